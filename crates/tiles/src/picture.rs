//! The picture that both ends keep, with the checksum that tells whether they are the same.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::{
    Rect,
    limits::{MAX_PICTURE_PX, MAX_SIDE_PX},
};

/// Order of the four bytes of a pixel in memory. The fourth byte has no meaning on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Blue, green, red, 0: as X11 and Windows capture.
    Bgrx,
    /// Red, green, blue, 255: as a canvas takes.
    Rgba,
}

/// A colour as 0x00RRGGBB.
pub(crate) type Colour = u32;

/// A picture whose rows can be compared with those of another end, whatever the order of bytes.
///
/// INVARIANT: `pixels` has `width * height` values; both sides are within [`MAX_SIDE_PX`].
/// INVARIANT: `hashes[y]` is the hash of row `y` wherever `stale[y]` is false.
#[derive(Debug, Clone)]
pub struct Picture {
    width: usize,
    height: usize,
    order: Order,
    pixels: Vec<u32>,
    hashes: Vec<u64>,
    stale: Vec<bool>,
}

impl Picture {
    /// A black picture; `None` where the size is zero or over the limits.
    pub fn new(width: u16, height: u16, order: Order) -> Option<Self> {
        let pixel_count = usize::from(width) * usize::from(height);
        if width == 0 || height == 0 || MAX_SIDE_PX.min(width) < width || MAX_SIDE_PX < height {
            return None;
        }
        if MAX_PICTURE_PX < pixel_count {
            return None;
        }
        let rows = usize::from(height);
        Some(Self {
            width: usize::from(width),
            height: rows,
            order,
            pixels: vec![order.pack(0); pixel_count],
            hashes: vec![0; rows],
            stale: vec![true; rows],
        })
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The whole as a rectangle.
    pub fn bounds(&self) -> Rect {
        Rect::from_edges(0, 0, self.width, self.height)
    }

    /// All pixels, row by row, in the order of the picture.
    pub fn pixels(&self) -> &[u32] {
        &self.pixels
    }

    /// The colour of a pixel, 0x00RRGGBB; `None` outside.
    pub fn colour_at(&self, x: usize, y: usize) -> Option<u32> {
        let row = self.row(y)?;
        row.get(x).map(|value| self.order.unpack(*value))
    }

    /// How many rows the next [`Picture::checksum`] has to hash.
    pub(crate) fn stale_rows(&self) -> usize {
        self.stale.iter().filter(|stale| **stale).count()
    }

    /// Makes the next checksum hash every row again.
    pub(crate) fn forget_hashes(&mut self) {
        self.stale.fill(true);
    }

    /// The checksum over size and every pixel's red, green and blue. The same at both ends exactly when the
    /// pictures are.
    pub fn checksum(&mut self) -> u64 {
        let mut scratch: Vec<u8> = Vec::with_capacity(self.width * 4);
        let mut whole = Xxh3::new();
        whole.update(&u32::try_from(self.width).unwrap_or(0).to_le_bytes());
        whole.update(&u32::try_from(self.height).unwrap_or(0).to_le_bytes());
        let rows = self.pixels.chunks_exact(self.width);
        for ((row, hash), stale) in rows.zip(&mut self.hashes).zip(&mut self.stale) {
            if *stale {
                scratch.clear();
                scratch.extend(row.iter().flat_map(|value| self.order.unpack(*value).to_le_bytes()));
                *hash = xxh3_64(&scratch);
                *stale = false;
            }
            whole.update(&hash.to_le_bytes());
        }
        whole.digest()
    }

    pub(crate) fn order(&self) -> Order {
        self.order
    }

    pub(crate) fn row(&self, y: usize) -> Option<&[u32]> {
        let start = y.checked_mul(self.width)?;
        self.pixels.get(start..start + self.width)
    }

    /// The pixels of `rect` in row `y`.
    pub(crate) fn span(&self, rect: &Rect, y: usize) -> Option<&[u32]> {
        self.row(y)?.get(rect.left()..rect.right())
    }

    /// The pixels of `rect` in row `y`, to be written.
    pub(crate) fn span_mut(&mut self, rect: &Rect, y: usize) -> Option<&mut [u32]> {
        let start = y.checked_mul(self.width)?;
        *self.stale.get_mut(y)? = true;
        if self.width < rect.right() {
            return None;
        }
        self.pixels.get_mut(start + rect.left()..start + rect.right())
    }

    /// Paints a rectangle in one colour.
    pub(crate) fn fill(&mut self, rect: &Rect, colour: Colour) {
        let value = self.order.pack(colour);
        for y in rect.top()..rect.bottom() {
            if let Some(span) = self.span_mut(rect, y) {
                span.fill(value);
            }
        }
    }

    /// Copies the pixels of `from` to the same-sized `to`; the two may overlap. Rectangles that are not of one
    /// size or do not lie inside change nothing.
    pub(crate) fn copy(&mut self, from: &Rect, to: &Rect) {
        let bounds = self.bounds();
        let one_size = from.width == to.width && from.height == to.height;
        if !one_size || !bounds.holds(from) || !bounds.holds(to) {
            return;
        }
        let rows = usize::from(from.height);
        for step in 0..rows {
            // Away from the side that is read next, so that no row is read after it was written.
            let row = if from.y < to.y { rows - 1 - step } else { step };
            let source = (from.top() + row) * self.width + from.left();
            let target = (to.top() + row) * self.width + to.left();
            self.pixels.copy_within(source..source + usize::from(from.width), target);
            if let Some(stale) = self.stale.get_mut(to.top() + row) {
                *stale = true;
            }
        }
    }
}

impl Order {
    /// A colour as a value of this order.
    pub(crate) fn pack(self, colour: Colour) -> u32 {
        match self {
            Self::Bgrx => colour,
            Self::Rgba => 0xff00_0000 | swap_red_blue(colour),
        }
    }

    /// A value of this order as a colour.
    pub(crate) fn unpack(self, value: u32) -> Colour {
        match self {
            Self::Bgrx => value & 0x00ff_ffff,
            Self::Rgba => swap_red_blue(value & 0x00ff_ffff),
        }
    }
}

fn swap_red_blue(value: u32) -> u32 {
    (value & 0x0000_ff00) | ((value & 0xff) << 16) | ((value >> 16) & 0xff)
}
