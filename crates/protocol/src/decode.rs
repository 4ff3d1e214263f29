//! Bounded decoding of received bytes.

use bytes::Bytes;
use prost::Message;

/// Why received bytes are no message.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DecodeError {
    /// Longer than its channel allows; it was not looked at.
    #[error("message of {bytes} bytes is over the limit of {limit_bytes}")]
    TooLong {
        /// The message's size.
        bytes: usize,
        /// What the channel allows.
        limit_bytes: usize,
    },
    /// Not Protocol Buffers of this kind.
    #[error("message is malformed")]
    Malformed,
}

/// Decodes one message of at most `limit_bytes`. Fields that this version does not know are skipped.
///
/// Errors: [`DecodeError::TooLong`], [`DecodeError::Malformed`].
pub fn decode<M: Message + Default>(bytes: &Bytes, limit_bytes: usize) -> Result<M, DecodeError> {
    if bytes.len() > limit_bytes {
        return Err(DecodeError::TooLong { bytes: bytes.len(), limit_bytes });
    }
    M::decode(bytes.clone()).map_err(|_| DecodeError::Malformed)
}
