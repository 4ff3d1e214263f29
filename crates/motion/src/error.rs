//! What can go wrong with an encoder.

/// Why there is no encoder, or no picture of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MotionError {
    /// A side of 0 pixels, or more pixels than an AV1 level knows.
    #[error("an area of {width} x {height} pixels cannot be encoded")]
    Size {
        /// Pixels from left to right.
        width: u16,
        /// Pixels from top to bottom.
        height: u16,
    },
    /// A picture whose rows are shorter than the area's.
    #[error("a row has {given_bytes} bytes, not {needed_bytes}")]
    Stride {
        /// Four times the width.
        needed_bytes: usize,
        /// What the caller said.
        given_bytes: usize,
    },
    /// A picture whose last row is not whole.
    #[error("the picture has {given_bytes} bytes, not {needed_bytes}")]
    Pixels {
        /// From the first byte of the first row to the last byte of the last.
        needed_bytes: usize,
        /// What the caller gave.
        given_bytes: usize,
    },
    /// libaom refused.
    #[error("libaom refuses to {what}: error {code}")]
    Codec {
        /// What it was asked for.
        what: &'static str,
        /// Its `aom_codec_err_t`.
        code: u32,
    },
}
