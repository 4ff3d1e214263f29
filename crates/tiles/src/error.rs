//! What can be wrong with received bytes.

/// Why received bytes are no part of a picture. After any of these the decoder shows nothing new until a new
/// epoch begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Shorter than its own layout says, or longer.
    #[error("packet or update has the wrong length")]
    Length,
    /// A first byte, kind or flag that this version does not know.
    #[error("layout of another version")]
    Version,
    /// A number beyond [`crate::limits`].
    #[error("a bound of the layout is exceeded")]
    Limit,
    /// A packet that does not follow the one before.
    #[error("packets are out of order")]
    Order,
    /// A rectangle that does not lie inside the picture.
    #[error("a rectangle lies outside of the picture")]
    Outside,
    /// A copy from or a rectangle in pixels that nobody knows.
    #[error("a copy reads an open area of motion")]
    Unknown,
    /// Bytes that zstd refuses.
    #[error("compressed bytes are damaged")]
    Compression,
}
