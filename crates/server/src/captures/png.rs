//! Whether a file is a picture as consoles make them: PNG (W3C, Portable Network Graphics, 3rd edition), whole, and nothing beside it.

/// Largest file, in bytes: a screen of 4K in which no two pixels are alike.
pub(super) const MOST_BYTES: usize = 32 << 20;
/// Most pixels a side: more than any desktop that is shared.
const MOST_PX: u32 = 16_384;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
}

/// The size of the picture; `None`: it is no whole PNG of 8 bits a channel, or too large.
///
/// Each chunk: length of the data (4 bytes, big endian), kind (4 letters), data, checksum (4). What the pixels are is the browser's to
/// decode, in a page's own sandbox: the server never does.
pub(super) fn size_of(file: &[u8]) -> Option<Size> {
    let mut rest = file.strip_prefix(SIGNATURE)?;
    let (kind, header) = chunk(&mut rest)?;
    let size = if kind == *b"IHDR" { read_header(header)? } else { return None };
    let mut has_pixels = false;
    loop {
        match chunk(&mut rest)? {
            (kind, data) if kind == *b"IEND" => {
                return (data.is_empty() && rest.is_empty() && has_pixels).then_some(size);
            }
            (kind, data) => has_pixels |= kind == *b"IDAT" && !data.is_empty(),
        }
    }
}

/// Width and height (4 bytes each, big endian), bits a channel (1), colour type (1), compression, filter and interlacing (1 each).
fn read_header(header: &[u8]) -> Option<Size> {
    let (width, rest) = header.split_first_chunk::<4>()?;
    let (height, rest) = rest.split_first_chunk::<4>()?;
    let (width_px, height_px) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    let sides = 1..=MOST_PX;
    let is_taken = matches!(rest, [8, 0 | 2 | 4 | 6, 0, 0, 0]);
    (is_taken && sides.contains(&width_px) && sides.contains(&height_px))
        .then_some(Size { width_px, height_px })
}

fn chunk<'a>(rest: &mut &'a [u8]) -> Option<([u8; 4], &'a [u8])> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (kind, after) = after.split_first_chunk::<4>()?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let (data, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let (_checksum, after) = after.split_first_chunk::<4>()?;
    *rest = after;
    Some((*kind, data))
}
