//! The picture as it is encoded: what the console showed, in the middle of a surface that has one size through the whole film.

use crate::pointer::Pointer;
use tiles::{Picture, Rect};

type Pixel = [u8; 4];

/// Blue, green, red and 0 of each pixel, row after row.
pub(crate) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Pixel>,
    /// Size of what is shown now, and where it lies.
    shown: (usize, usize),
    left: usize,
    top: usize,
    /// Whether it differs from what was encoded last.
    pub(crate) changed: bool,
}

impl Canvas {
    /// A black one.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let (width, height) = (usize::from(width), usize::from(height));
        let pixels = vec![[0; 4]; width * height];
        Self { width, height, pixels, shown: (0, 0), left: 0, top: 0, changed: true }
    }

    /// Nothing is to be seen.
    pub(crate) fn clear(&mut self) {
        self.pixels.fill([0; 4]);
        self.changed = true;
    }

    /// What is shown is of this size from now on.
    pub(crate) fn fit(&mut self, width: usize, height: usize) {
        if (width, height) == self.shown {
            return;
        }
        self.clear();
        self.shown = (width, height);
        (self.left, self.top) =
            (self.width.saturating_sub(width) / 2, self.height.saturating_sub(height) / 2);
    }

    /// Takes over what `picture` has within `rect`.
    pub(crate) fn draw(&mut self, picture: &Picture, rect: &Rect) {
        let rows = picture.pixels().chunks(picture.width()).enumerate();
        for (y, row) in rows.skip(rect.top()).take(rect.height.into()) {
            let from = row.get(rect.left()..rect.right()).unwrap_or_default();
            let Some(to) = self.span_mut(rect.left(), y, from.len()) else { continue };
            // Of most that comes again nothing is other: of a full state, above all.
            let changed =
                to.iter().zip(from).fold(0, |all, (to, from)| all | (u32::from_le_bytes(*to) ^ *from));
            if changed != 0 {
                to.iter_mut().zip(from).for_each(|(to, from)| *to = from.to_le_bytes());
                self.changed = true;
            }
        }
    }

    /// Puts a picture of the video into its area.
    pub(crate) fn draw_video(&mut self, video: &motion::Decoded, area: &Rect) {
        let width = video.width().min(area.width.into());
        for y in 0..video.height().min(area.height.into()) {
            let Some(to) = self.span_mut(area.left(), area.top() + y, width) else { continue };
            to.iter_mut().zip(video.row(y)).for_each(|(to, from)| *to = from);
            self.changed = true;
        }
    }

    /// What it looks like with the pointer on it.
    pub(crate) fn with<T>(&mut self, pointer: &Pointer, see: impl FnOnce(&[u8]) -> T) -> T {
        let mut below = Vec::new();
        for (x, y, [red, green, blue, opacity]) in pointer.pixels() {
            let Some(at) = self.place(x, y) else { continue };
            let Some(pixel) = self.pixels.get_mut(at) else { continue };
            below.push((at, *pixel));
            let mixed = |over: u8, under: u8| {
                let (over, under, opacity) = (u32::from(over), u32::from(under), u32::from(opacity));
                u8::try_from((over * opacity + under * (255 - opacity) + 127) / 255).unwrap_or(u8::MAX)
            };
            let [under_blue, under_green, under_red, _] = *pixel;
            *pixel = [mixed(blue, under_blue), mixed(green, under_green), mixed(red, under_red), 0];
        }
        let seen = see(self.pixels.as_flattened());
        for (at, pixel) in below.into_iter().rev() {
            if let Some(place) = self.pixels.get_mut(at) {
                *place = pixel;
            }
        }
        seen
    }

    /// Where a pixel of what is shown lies; `None`: outside.
    fn place(&self, x: i32, y: i32) -> Option<usize> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        let inside = x < self.shown.0 && y < self.shown.1;
        let (x, y) = (x + self.left, y + self.top);
        (inside && x < self.width && y < self.height).then_some(y * self.width + x)
    }

    fn span_mut(&mut self, x: usize, y: usize, length: usize) -> Option<&mut [Pixel]> {
        let (x, y) = (x + self.left, y + self.top);
        if self.width < x + length || self.height <= y {
            return None;
        }
        let start = y * self.width + x;
        self.pixels.get_mut(start..start + length)
    }
}
