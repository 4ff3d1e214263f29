//! A picture in memory, BGRX, and what the workloads draw on it.

use fontdue::Font;

/// How many squares the strip has: the low bits of the picture's number, lowest first.
pub(crate) const STRIP_BITS: u32 = 16;

/// A colour, 0xRRGGBB.
pub(crate) type Colour = u32;

/// Rows of BGRX pixels without padding.
#[derive(Clone, Debug)]
pub(crate) struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u32>,
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32, colour: Colour) -> Canvas {
        Canvas { width, height, pixels: vec![colour; width as usize * height as usize] }
    }

    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    pub(crate) fn height(&self) -> u32 {
        self.height
    }

    /// The pixels as the X server takes them: four bytes each, blue first.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.pixels.iter().flat_map(|pixel| pixel.to_le_bytes()).collect()
    }

    pub(crate) fn set(&mut self, x: u32, y: u32, colour: Colour) {
        if x < self.width
            && let Some(pixel) = self.pixels.get_mut(y as usize * self.width as usize + x as usize)
        {
            *pixel = colour;
        }
    }

    fn get(&self, x: u32, y: u32) -> Colour {
        self.pixels.get(y as usize * self.width as usize + x as usize).copied().unwrap_or_default()
    }

    pub(crate) fn fill(&mut self, x: u32, y: u32, width: u32, height: u32, colour: Colour) {
        for row in y..(y + height).min(self.height) {
            for column in x..(x + width).min(self.width) {
                self.set(column, row, colour);
            }
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "glyphs and pens lie within a screen's few thousand pixels"
    )]
    /// Draws `text` with its baseline at `y` and returns where it ends.
    pub(crate) fn text(
        &mut self,
        font: &Font,
        size_px: f32,
        (x, y): (u32, u32),
        colour: Colour,
        text: &str,
    ) -> u32 {
        let mut pen = x as f32;
        for character in text.chars() {
            let (metrics, coverage) = font.rasterize(character, size_px);
            for (index, &alpha) in coverage.iter().enumerate() {
                let column = pen as i32 + metrics.xmin + (index % metrics.width) as i32;
                let row = y as i32 - metrics.ymin - metrics.height as i32 + (index / metrics.width) as i32;
                if let (Ok(column), Ok(row), 1..) = (u32::try_from(column), u32::try_from(row), alpha) {
                    let mixed = mix(self.get(column, row), colour, alpha);
                    self.set(column, row, mixed);
                }
            }
            pen += metrics.advance_width.round();
        }
        pen as u32
    }

    /// Draws the picture's number from `(x, y)` on, as squares of this side.
    pub(crate) fn strip(&mut self, (x, y): (u32, u32), square: u32, number: u32) {
        for bit in 0..STRIP_BITS {
            let colour = if number >> bit & 1 == 1 { 0x00ff_ffff } else { 0 };
            self.fill(x + bit * square, y, square, square, colour);
        }
    }
}

fn mix(below: Colour, above: Colour, alpha: u8) -> Colour {
    let channel = |shift: u32| {
        let (low, high, alpha) = (below >> shift & 255, above >> shift & 255, u32::from(alpha));
        ((low * (255 - alpha) + high * alpha) / 255) << shift
    };
    channel(16) | channel(8) | channel(0)
}
