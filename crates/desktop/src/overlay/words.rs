//! Words as pixels, with the fonts of the customer's machine, each letter in one that has it.

use parley::{FontContext, LayoutContext, PositionedLayoutItem, StyleProperty};
use protocol::drawing::Point;
use swash::FontRef;
use swash::scale::{Render, ScaleContext, Source, image::Image};
use swash::zeno::Format;

use super::runs::Run;

/// From this share of a pixel on, of 255, a letter has it.
const COVERED: u8 = 110;

/// The fonts, looked for when the first word is drawn.
#[derive(Default)]
pub(super) struct Words {
    fonts: Option<FontContext>,
    layouts: LayoutContext<()>,
    scaling: ScaleContext,
}

impl Words {
    /// The pixels of one line of text whose top left corner is at `at`.
    pub(super) fn runs(&mut self, text: &str, height_px: u16, at: Point) -> Vec<Run> {
        let fonts = self.fonts.get_or_insert_with(FontContext::new);
        let mut builder = self.layouts.ranged_builder(fonts, text, 1.0, true);
        builder.push_default(StyleProperty::FontSize(f32::from(height_px)));
        let mut layout = builder.build(text);
        layout.break_all_lines(None);
        let mut runs = Vec::new();
        for item in layout.lines().flat_map(|line| line.items().collect::<Vec<_>>()) {
            let PositionedLayoutItem::GlyphRun(glyphs) = item else { continue };
            let run = glyphs.run();
            let font = run.font();
            let Some(face) = usize::try_from(font.index)
                .ok()
                .and_then(|index| FontRef::from_index(font.data.as_ref(), index))
            else {
                continue;
            };
            let scaler = self.scaling.builder(face).size(run.font_size());
            let mut scaler = scaler.normalized_coords(run.normalized_coords()).build();
            for glyph in glyphs.positioned_glyphs() {
                let render =
                    |id| Render::new(&[Source::Outline]).format(Format::Alpha).render(&mut scaler, id);
                if let Some(image) = u16::try_from(glyph.id).ok().and_then(render) {
                    letter(&image, (glyph.x, glyph.y), at, &mut runs);
                }
            }
        }
        runs
    }
}

/// The covered pixels of a letter whose origin lies at `origin` from the corner.
#[expect(clippy::cast_possible_truncation, reason = "a text of 200 letters of 200 pixels; `as` saturates")]
fn letter(image: &Image, origin: (f32, f32), corner: Point, into: &mut Vec<Run>) {
    let placed = image.placement;
    let left = i32::from(corner.x) + origin.0.round() as i32 + placed.left;
    let top = i32::from(corner.y) + origin.1.round() as i32 - placed.top;
    let Ok(width) = usize::try_from(placed.width) else { return };
    if width == 0 {
        return;
    }
    for (row, pixels) in (top..).zip(image.data.chunks_exact(width)) {
        for (column, share) in (left..).zip(pixels) {
            let place = (i16::try_from(row), i16::try_from(column), i16::try_from(column.saturating_add(1)));
            if let (Ok(y), Ok(left), Ok(right)) = place
                && COVERED <= *share
            {
                into.push(Run { y, left, right });
            }
        }
    }
}
