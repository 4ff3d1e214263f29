//! Which kind of rectangle says changed pixels with few bytes, and the writing of it.

use crate::{
    Patch, Rect,
    body::{KIND_PALETTE, KIND_RAW, write_colour, write_fill, write_rect, write_run},
    limits::MAX_COLOURS,
    patch::colour,
};

/// A palette is worth it below this share of the pixels in bytes of runs. Text stays raw: zstd finds the same word
/// again in the window as raw pixels, hardly ever as runs; what is left are flat parts, which a page decodes
/// many times faster as runs.
const PIXELS_PER_RUN_BYTE: usize = 12;

/// Appends `rect` of `patch` as one operation.
pub(crate) fn write_pixels(out: &mut Vec<u8>, rect: &Rect, patch: &Patch<'_>) {
    match Palette::of(rect, patch) {
        Some(palette) if palette.colours.len() == 1 => {
            write_fill(out, rect, palette.colours.first().copied().unwrap_or(0));
        }
        Some(palette) => palette.write(out, rect),
        None => write_raw(out, rect, patch),
    }
}

fn write_raw(out: &mut Vec<u8>, rect: &Rect, patch: &Patch<'_>) {
    out.push(KIND_RAW);
    write_rect(out, rect);
    out.reserve(rect.area() * 3);
    for y in rect.top()..rect.bottom() {
        let row = patch.span(rect.left(), rect.right(), y);
        out.extend(row.iter().flat_map(|[blue, green, red, _]| [*blue, *green, *red]));
    }
}

struct Palette {
    colours: Vec<u32>,
    runs: Vec<u8>,
}

impl Palette {
    /// The rectangle as runs of few colours; `None` as soon as it takes too many of either.
    fn of(rect: &Rect, patch: &Patch<'_>) -> Option<Self> {
        let mut palette = Self { colours: Vec::new(), runs: Vec::new() };
        let (mut run_colour, mut length, mut seen) = (0_u32, 0_usize, 0_usize);
        for y in rect.top()..rect.bottom() {
            for bytes in patch.span(rect.left(), rect.right(), y) {
                let now = colour(*bytes);
                if now == run_colour && length != 0 {
                    length += 1;
                    continue;
                }
                palette.add_run(run_colour, length)?;
                (run_colour, length) = (now, 1);
            }
            seen += usize::from(rect.width);
            if seen / PIXELS_PER_RUN_BYTE + 32 < palette.runs.len() {
                return None;
            }
        }
        palette.add_run(run_colour, length)?;
        Some(palette)
    }

    fn add_run(&mut self, run_colour: u32, length: usize) -> Option<()> {
        if length == 0 {
            return Some(());
        }
        let known = self.colours.iter().position(|colour| *colour == run_colour);
        let index = known.unwrap_or(self.colours.len());
        if index == MAX_COLOURS {
            return None;
        }
        if known.is_none() {
            self.colours.push(run_colour);
        }
        write_run(&mut self.runs, u8::try_from(index).ok()?, length);
        Some(())
    }

    fn write(&self, out: &mut Vec<u8>, rect: &Rect) {
        out.push(KIND_PALETTE);
        write_rect(out, rect);
        out.push(u8::try_from(self.colours.len()).unwrap_or(u8::MAX));
        for colour in &self.colours {
            write_colour(out, *colour);
        }
        out.extend_from_slice(&u32::try_from(self.runs.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.extend_from_slice(&self.runs);
    }
}
