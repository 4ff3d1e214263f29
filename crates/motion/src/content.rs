//! What kind of picture it is, for libaom codes the two kinds in different ways.

use crate::Frame;

/// Only every so many rows are looked at.
const ROW_STEP: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A camera saw it: hardly a pixel equals its neighbour.
    Filmed,
    /// A program drew it: text, windows, slides.
    Drawn,
}

impl Content {
    /// Drawn if more than half of the pixels have their left neighbour's colour: pages of text and windows are above nine
    /// tenths, and the grain of a film leaves next to nothing.
    pub(crate) fn of(frame: &Frame<'_>, width: usize) -> Self {
        let rows = frame.bgrx.chunks(frame.stride_bytes).step_by(ROW_STEP);
        let rows = rows.filter_map(|row| row.get(..width * 4));
        let (mut same, mut all) = (0, 0);
        for row in rows {
            let (pixels, _) = row.as_chunks::<4>();
            let neighbours = pixels.iter().zip(pixels.iter().skip(1));
            same += neighbours.filter(|(left, right)| left[..3] == right[..3]).count();
            all += width - 1;
        }
        if same * 2 > all { Self::Drawn } else { Self::Filmed }
    }
}
