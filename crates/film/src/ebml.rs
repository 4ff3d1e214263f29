//! Elements of EBML, as the container writes them: an id, a length, data.
//!
//! Source: RFC 8794 §5 (ids), §4 (lengths), §7 (data). Numbers stand in as many bytes as the caller names, since places are known before
//! what they point at is written.

/// An element with these bytes in it.
pub(crate) fn element(id: u32, data: &[u8]) -> Vec<u8> {
    let mut out = id_bytes(id);
    out.extend_from_slice(&length(data.len() as u64));
    out.extend_from_slice(data);
    out
}

/// An element that holds others.
pub(crate) fn master(id: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    element(id, &parts.concat())
}

/// A whole number, always in eight bytes.
pub(crate) fn number(id: u32, value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// A number in floating point.
pub(crate) fn float(id: u32, value: f64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// A text of ASCII.
pub(crate) fn text(id: u32, value: &str) -> Vec<u8> {
    element(id, value.as_bytes())
}

/// An id with its marker in it, without leading zeros.
pub(crate) fn id_bytes(id: u32) -> Vec<u8> {
    id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect()
}

/// A length in eight bytes.
pub(crate) fn length(bytes: u64) -> [u8; 8] {
    (bytes & 0x00ff_ffff_ffff_ffff | 1 << 56).to_be_bytes()
}
