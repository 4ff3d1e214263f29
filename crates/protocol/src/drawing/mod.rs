//! What is drawn over the customer's screen (F-11, F-12), as complete, bounded values.

#[cfg(test)]
mod tests;

use crate::{limits, wire};

/// A pixel of the shared picture, within ±[`limits::COORDINATE_PX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Pixels from the left.
    pub x: i16,
    /// Pixels from the top.
    pub y: i16,
}

impl Point {
    /// The nearest place that a desktop can have.
    #[must_use]
    pub fn clamped(x: i32, y: i32) -> Self {
        let within = |value: i32| {
            i16::try_from(value.clamp(-limits::COORDINATE_PX, limits::COORDINATE_PX)).unwrap_or_default()
        };
        Self { x: within(x), y: within(y) }
    }
}

/// A colour, without alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub [u8; 3]);

/// What kind of shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Through every point.
    Pen,
    /// The same, hatched.
    Highlighter,
    /// From the first point to the last.
    Line,
    /// The same with a head.
    Arrow,
    /// The first point and the last are corners.
    Box,
    /// Within that box.
    Ellipse,
}

/// How a shape looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// A line.
    Line {
        /// Which kind.
        tool: Tool,
        /// In which colour.
        rgb: Rgb,
        /// 1 to [`limits::DRAW_WIDTH_PX`].
        width_px: u16,
    },
    /// Words; their top left corner is the first point.
    Text {
        /// 1 to [`limits::DRAW_TEXT_CHARS`] characters, none of them a control character.
        text: String,
        /// In which colour.
        rgb: Rgb,
        /// [`limits::DRAW_TEXT_PX_LEAST`] to [`limits::DRAW_TEXT_PX`].
        height_px: u16,
    },
}

/// What the console says of a shape: that it begins, or how it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// The console's own number.
    pub id: u32,
    /// With the first message of a shape.
    pub look: Option<Look>,
    /// 0 to [`limits::DRAW_POINTS`].
    pub points: Vec<Point>,
    /// The shape is whole.
    pub done: bool,
}

/// What a console asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draw {
    /// Drawing is taken up, or laid down.
    Mode(bool),
    /// A shape, or more of it.
    Stroke(Stroke),
    /// The last own shape goes.
    Undo,
    /// Everything goes.
    Clear,
    /// The fading pointer is here.
    Pointer(Point),
}

/// A message about drawing that is none.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("drawing is malformed")]
pub struct DrawError {
    /// Of a shape: whose answer is awaited.
    pub id: Option<u32>,
}

impl TryFrom<wire::Draw> for Draw {
    type Error = DrawError;

    fn try_from(wire: wire::Draw) -> Result<Self, DrawError> {
        use wire::draw::Act;
        Ok(match wire.act.ok_or(DrawError { id: None })? {
            Act::Mode(mode) => Self::Mode(mode.on),
            Act::Stroke(stroke) => {
                let id = Some(stroke.id);
                Self::Stroke(self::stroke(stroke).ok_or(DrawError { id })?)
            }
            Act::Undo(_) => Self::Undo,
            Act::Clear(_) => Self::Clear,
            Act::Pointer(at) => Self::Pointer(Point::clamped(at.x, at.y)),
        })
    }
}

fn stroke(wire: wire::DrawStroke) -> Option<Stroke> {
    let (pairs, rest) = wire.points.as_chunks::<2>();
    if wire.id == 0 || !rest.is_empty() || limits::DRAW_POINTS < pairs.len() {
        return None;
    }
    let look = match wire.tool() {
        // A number of a later version is no tool; 0 goes on with a shape.
        wire::draw_stroke::Tool::Unspecified if wire.tool != 0 => return None,
        wire::draw_stroke::Tool::Unspecified => None,
        tool => Some(look(tool, &wire)?),
    };
    let points: Vec<Point> = pairs.iter().map(|[x, y]| Point::clamped(*x, *y)).collect();
    // A shape begins somewhere.
    let begins_nowhere = look.is_some() && points.is_empty();
    (!begins_nowhere).then_some(Stroke { id: wire.id, look, points, done: wire.done })
}

fn look(tool: wire::draw_stroke::Tool, wire: &wire::DrawStroke) -> Option<Look> {
    use wire::draw_stroke::Tool as Asked;
    let rgb = rgb(wire.rgb)?;
    let size_px = u16::try_from(wire.width).ok()?;
    let tool = match tool {
        Asked::Unspecified => return None,
        Asked::Pen => Tool::Pen,
        Asked::Highlighter => Tool::Highlighter,
        Asked::Line => Tool::Line,
        Asked::Arrow => Tool::Arrow,
        Asked::Box => Tool::Box,
        Asked::Ellipse => Tool::Ellipse,
        Asked::Text => {
            let text = wire.text.trim();
            let fits = !text.is_empty() && text.chars().count() <= limits::DRAW_TEXT_CHARS;
            let is_sized = (limits::DRAW_TEXT_PX_LEAST..=limits::DRAW_TEXT_PX).contains(&size_px);
            let is_text = fits && is_sized && !text.chars().any(char::is_control);
            return is_text.then(|| Look::Text { text: text.to_owned(), rgb, height_px: size_px });
        }
    };
    (1..=limits::DRAW_WIDTH_PX).contains(&size_px).then_some(Look::Line { tool, rgb, width_px: size_px })
}

fn rgb(wire: u32) -> Option<Rgb> {
    let [0, red, green, blue] = wire.to_be_bytes() else { return None };
    Some(Rgb([red, green, blue]))
}
