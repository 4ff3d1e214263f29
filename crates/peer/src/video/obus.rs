//! The outer form of AV1 data (AV1 specification, 5.3): a sequence of open bitstream units, OBUs.

const HAS_EXTENSION: u8 = 0b0000_0100;
const HAS_SIZE: u8 = 0b0000_0010;
/// Bytes of the longest size (AV1 specification, 4.10.5).
const SIZE_BYTES: usize = 8;

/// Whether the data is made of whole units that say their own size. The core would take anything else for a reason to
/// end the connection.
pub(super) fn well_formed(mut bytes: &[u8]) -> bool {
    if bytes.is_empty() {
        return false;
    }
    while let Some((header, rest)) = bytes.split_first() {
        if header & HAS_SIZE == 0 {
            return false;
        }
        let extension_bytes = usize::from(header & HAS_EXTENSION != 0);
        let after = rest
            .get(extension_bytes..)
            .and_then(size)
            .and_then(|(length, rest)| usize::try_from(length).ok().and_then(|length| rest.get(length..)));
        let Some(after) = after else { return false };
        bytes = after;
    }
    true
}

/// A little-endian base-128 number and what follows it.
fn size(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().enumerate().take(SIZE_BYTES) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}
