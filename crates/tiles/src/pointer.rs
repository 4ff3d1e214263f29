//! Pixels of a pointer's shape, compressed by themselves.

use crate::{
    DecodeError,
    limits::{LEVEL, MAX_POINTER_PX},
};

/// Compresses the RGBA bytes of a pointer's shape; `None` where zstd has no memory.
pub fn compress_pointer(rgba: &[u8]) -> Option<Vec<u8>> {
    zstd::bulk::compress(rgba, LEVEL).ok()
}

/// The RGBA bytes of a pointer's shape of `width` × `height`. Errors: [`DecodeError::Limit`] where it is larger than
/// [`MAX_POINTER_PX`] on a side, [`DecodeError::Compression`] where the bytes are not exactly that shape.
pub fn decompress_pointer(bytes: &[u8], width: u16, height: u16) -> Result<Vec<u8>, DecodeError> {
    if MAX_POINTER_PX < width || MAX_POINTER_PX < height {
        return Err(DecodeError::Limit);
    }
    let length = usize::from(width) * usize::from(height) * 4;
    let rgba = zstd::bulk::decompress(bytes, length).map_err(|_| DecodeError::Compression)?;
    if rgba.len() == length { Ok(rgba) } else { Err(DecodeError::Compression) }
}
