//! Rectangles of the picture, in pixels, origin top left.

/// A rectangle of pixels. Fields stay within [`crate::limits::MAX_SIDE_PX`] wherever a picture is near, so sums of
/// a position and a length never leave `usize`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rect {
    /// Left edge, inside.
    pub x: u16,
    /// Top edge, inside.
    pub y: u16,
    /// Width; 0 is an empty rectangle.
    pub width: u16,
    /// Height; 0 is an empty rectangle.
    pub height: u16,
}

impl Rect {
    /// A rectangle by position and size.
    pub const fn new(x: u16, y: u16, width: u16, height: u16) -> Self {
        Self { x, y, width, height }
    }

    /// The rectangle between two corners, the second one outside. Edges past 65,535 are cut; corners in the wrong
    /// order give an empty rectangle.
    pub fn from_edges(left: usize, top: usize, right: usize, bottom: usize) -> Self {
        Self {
            x: saturate(left),
            y: saturate(top),
            width: saturate(right.saturating_sub(left)),
            height: saturate(bottom.saturating_sub(top)),
        }
    }

    /// First column outside.
    pub fn right(&self) -> usize {
        usize::from(self.x) + usize::from(self.width)
    }

    /// First row outside.
    pub fn bottom(&self) -> usize {
        usize::from(self.y) + usize::from(self.height)
    }

    /// First column inside.
    pub fn left(&self) -> usize {
        usize::from(self.x)
    }

    /// First row inside.
    pub fn top(&self) -> usize {
        usize::from(self.y)
    }

    /// Number of pixels.
    pub fn area(&self) -> usize {
        usize::from(self.width) * usize::from(self.height)
    }

    /// Whether it holds no pixel.
    pub fn is_empty(&self) -> bool {
        self.width == 0 || self.height == 0
    }

    /// What both hold; empty when they do not meet.
    pub fn intersection(&self, other: &Self) -> Self {
        Self::from_edges(
            self.left().max(other.left()),
            self.top().max(other.top()),
            self.right().min(other.right()),
            self.bottom().min(other.bottom()),
        )
    }

    /// Whether they share a pixel.
    pub fn meets(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// Whether every pixel of `other` lies in this one.
    pub fn holds(&self, other: &Self) -> bool {
        other.is_empty() || self.intersection(other) == *other
    }

    /// The smallest rectangle around both.
    pub fn hull(&self, other: &Self) -> Self {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        Self::from_edges(
            self.left().min(other.left()),
            self.top().min(other.top()),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }

    /// Bands of whole rows of about `band_px` pixels, from the top down.
    pub(crate) fn bands(self, band_px: usize) -> impl Iterator<Item = Self> {
        let rows = (band_px / usize::from(self.width.max(1))).max(1);
        (self.top()..self.bottom())
            .step_by(rows)
            .map(move |top| Self::from_edges(self.left(), top, self.right(), self.bottom().min(top + rows)))
    }

    /// The same size elsewhere, if it stays at or right and below of the origin.
    pub fn moved_by(&self, dx: i32, dy: i32) -> Option<Self> {
        let x = u16::try_from(i32::from(self.x) + dx).ok()?;
        let y = u16::try_from(i32::from(self.y) + dy).ok()?;
        Some(Self { x, y, ..*self })
    }

    /// What is left of this one without `other`: at most four rectangles, which do not meet, pushed to `out`.
    pub fn subtract_into(&self, other: &Self, out: &mut Vec<Self>) {
        let hole = self.intersection(other);
        if hole.is_empty() {
            if !self.is_empty() {
                out.push(*self);
            }
            return;
        }
        let parts = [
            Self::from_edges(self.left(), self.top(), self.right(), hole.top()),
            Self::from_edges(self.left(), hole.bottom(), self.right(), self.bottom()),
            Self::from_edges(self.left(), hole.top(), hole.left(), hole.bottom()),
            Self::from_edges(hole.right(), hole.top(), self.right(), hole.bottom()),
        ];
        out.extend(parts.into_iter().filter(|part| !part.is_empty()));
    }
}

/// `rects` without every pixel of `holes`.
pub(crate) fn subtract_all(rects: &[Rect], holes: &[Rect]) -> Vec<Rect> {
    let mut left = rects.to_vec();
    for hole in holes {
        let mut next = Vec::with_capacity(left.len() + 3);
        for rect in &left {
            rect.subtract_into(hole, &mut next);
        }
        left = next;
    }
    left
}

fn saturate(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}
