//! Any bytes as a recording: errors, or pieces that say the same again.

use protocol::recording::{Piece, pieces};

pub(crate) fn run(data: &[u8]) {
    for piece in pieces(data).flatten() {
        assert!(piece.entries.is_sorted_by_key(|entry| entry.at_ms), "in order");
        assert!(piece.state_ms().is_none_or(|at_ms| (piece.starts_ms..=piece.ends_ms).contains(&at_ms)));
        assert_eq!(Piece::read(&piece.write()).as_ref(), Ok(&piece));
    }
}
