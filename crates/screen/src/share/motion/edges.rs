//! Tells text from films: how many pixels differ from their left neighbour.

use tiles::{Picture, Rect};

/// Of 100 pixels: below it the exact layer does better. Text has 10 to 25, photographs and films 60 and more.
const FEW_PERCENT: usize = 30;
/// Every so manyth row of a picture is looked at.
const ROWS: usize = 8;

/// Edges among the pixels looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Edges {
    pixels: usize,
    edges: usize,
}

impl Edges {
    /// Looks at pixels of one row.
    pub(super) fn add<P: PartialEq>(&mut self, row: &[P]) {
        self.pixels += row.len();
        self.edges += row.windows(2).filter(|pair| matches!(pair, [left, right] if left != right)).count();
    }

    /// Those of `rect` in `picture`.
    pub(super) fn of(picture: &Picture, rect: &Rect) -> Self {
        let mut edges = Self::default();
        let rows = picture.pixels().chunks_exact(picture.width().max(1));
        for row in rows.skip(rect.top()).take(usize::from(rect.height)).step_by(ROWS) {
            edges.add(row.get(rect.left()..rect.right()).unwrap_or(&[]));
        }
        edges
    }

    pub(super) fn are_few(&self) -> bool {
        self.edges * 100 < self.pixels * FEW_PERCENT
    }
}
