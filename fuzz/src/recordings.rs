//! Any bytes as a recording: errors, or pieces that say the same again, and a film of them that begins as one.

use film::{Film, Outline};
use protocol::recording::{Piece, pieces};

/// A film of more takes long, and shows nothing else.
const PIXELS: u32 = 64 * 1024;
const LENGTH_MS: u32 = 20_000;

pub(crate) fn run(data: &[u8]) {
    let mut outline = Outline::default();
    for piece in pieces(data).flatten() {
        assert!(piece.entries.is_sorted_by_key(|entry| entry.at_ms), "in order");
        assert!(piece.state_ms().is_none_or(|at_ms| (piece.starts_ms..=piece.ends_ms).contains(&at_ms)));
        assert_eq!(Piece::read(&piece.write()).as_ref(), Ok(&piece));
        outline.add(&piece);
    }
    let small = |plan: &film::Plan| {
        u32::from(plan.width) * u32::from(plan.height) <= PIXELS && plan.length_ms <= LENGTH_MS
    };
    let Some(plan) = outline.plan().ok().filter(small) else { return };
    let mut film = Film::new(plan).expect("a plan is of a size that can be encoded");
    for piece in pieces(data).flatten() {
        film.take(&piece).expect("what cannot be read is left out");
    }
    let (_, head) = film.finish().expect("a film has an end");
    assert!(head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]), "EBML");
}
