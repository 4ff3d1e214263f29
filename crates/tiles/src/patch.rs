//! A captured part of the screen, as the platform delivers it.

use crate::Rect;

/// Pixels of one rectangle: rows of four bytes a pixel, blue first, the fourth without meaning.
///
/// INVARIANT: `bytes` holds every row of `rect` at `stride`.
#[derive(Debug, Clone, Copy)]
pub struct Patch<'a> {
    rect: Rect,
    stride: usize,
    bytes: &'a [u8],
}

impl<'a> Patch<'a> {
    /// `stride`: bytes from one row to the next. `None` where `bytes` is too short or the rectangle empty.
    pub fn new(rect: Rect, stride: usize, bytes: &'a [u8]) -> Option<Self> {
        let row = usize::from(rect.width) * 4;
        if rect.is_empty() || stride < row {
            return None;
        }
        let needed = stride.checked_mul(usize::from(rect.height) - 1)?.checked_add(row)?;
        if bytes.len() < needed { None } else { Some(Self { rect, stride, bytes }) }
    }

    /// Where the pixels belong in the picture.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// Its rows from top to bottom, each of four bytes a pixel without what lies between rows.
    pub fn rows(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let row_bytes = usize::from(self.rect.width) * 4;
        self.bytes
            .chunks(self.stride)
            .take(usize::from(self.rect.height))
            .filter_map(move |row| row.get(..row_bytes))
    }

    /// The pixels of row `y` of the picture from column `left` to before `right`, all in the picture's
    /// coordinates; empty where that is outside.
    pub(crate) fn span(&self, left: usize, right: usize, y: usize) -> &'a [[u8; 4]] {
        let row = y.wrapping_sub(self.rect.top());
        let Some(start) = row.checked_mul(self.stride) else { return &[] };
        let Some(bytes) = self.bytes.get(start..) else { return &[] };
        let pixels = bytes.as_chunks::<4>().0;
        let (from, to) = (left.wrapping_sub(self.rect.left()), right.wrapping_sub(self.rect.left()));
        pixels.get(from..to).unwrap_or(&[])
    }
}

/// The colour of a captured pixel.
pub(crate) fn colour(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes) & 0x00ff_ffff
}
