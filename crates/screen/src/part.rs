//! What of the screen is shared, and what of that can be seen now.

use tiles::Rect;

/// A part of the screen (F-01). What is outside of it, what covers a shared window, and the program's own windows leave the
/// capture as one colour, whatever they show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    #[default]
    Desktop,
    /// One monitor, by [`crate::Display::id`]; without it nothing is seen.
    Monitor(u32),
    /// One window with its frame, wherever it goes.
    Window(u32),
    /// A rectangle, pixels of the picture.
    Area(Rect),
}

/// How it stands with the part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PartState {
    /// Something of it can be seen.
    Shown,
    /// Nothing of it: it is minimised, covered as a whole, or beside every screen.
    #[default]
    Hidden,
    /// The window is closed, or the monitor gone. A later one with the same number is another one.
    Gone,
}

/// What can be seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Of which part.
    pub part: Part,
    /// How it stands.
    pub state: PartState,
    /// The part as a whole, with what covers it, pixels of the picture.
    pub area: Rect,
    /// What of it can be seen; rectangles that do not meet. The program's own windows are not among them.
    pub visible: Vec<Rect>,
}

/// A window that can be shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWindow {
    /// For [`Part::Window`].
    pub id: u32,
    /// As its program says it: a stranger's words, at most 128 characters without control characters.
    pub title: String,
}
