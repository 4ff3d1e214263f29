//! The digest of a recording, which its record's chain holds: it grows with each piece, so that what a crash leaves has one, too.
//!
//! d(0) = SHA-256 of "beside/recording/v1\0" and the recording's id (16 bytes); d(n) = SHA-256 of d(n-1) and the SHA-256 of piece n
//! as it came. Whoever has the recording's file makes it again from the pieces in it.

use sha2::{Digest as _, Sha256};
use store::RecordingId;

/// Of the pieces so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) [u8; 32]);

impl Digest {
    /// Before the first piece.
    pub(crate) fn begin(id: RecordingId) -> Self {
        let first = Sha256::new().chain_update(b"beside/recording/v1\0").chain_update(id.as_bytes());
        Self(first.finalize().into())
    }

    /// With one more piece; `piece`: its SHA-256.
    pub(crate) fn add(self, piece: &[u8; 32]) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(piece).finalize().into())
    }
}
