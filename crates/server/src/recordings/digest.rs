//! The digest of a recording, which its record's chain holds: it grows with each piece, so that what a crash leaves has one, too.
//!
//! d(0) = SHA-256 of "beside/recording/v1\0" and the recording's id (16 bytes); d(n) = SHA-256 of d(n-1) and the SHA-256 of piece n
//! as it came. Whoever has the recording's file makes it again from the pieces in it.

use sha2::{Digest as _, Sha256};
use store::RecordingId;

/// Before the first piece.
pub(super) fn begin(id: RecordingId) -> [u8; 32] {
    Sha256::new().chain_update(b"beside/recording/v1\0").chain_update(id.as_bytes()).finalize().into()
}

/// With one more piece.
pub(super) fn add(before: &[u8; 32], piece: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(before).chain_update(piece).finalize().into()
}
