//! The operator's mouse and keyboard as complete, bounded values.

mod key;
#[cfg(test)]
mod tests;

pub use key::KeyCode;

use crate::{limits, wire};

/// One input event with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedInput {
    /// For a move: the number of the last event that is none. Else the event's own, from 1.
    pub number: u64,
    /// Grows by one per move; 0 for other events.
    pub move_number: u64,
    /// What to do.
    pub event: InputEvent,
}

/// What the operator did. Coordinates are pixels of the shared picture, within ±[`limits::COORDINATE_PX`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputEvent {
    /// The pointer moved.
    Move {
        /// Pixels from the left.
        x: i32,
        /// Pixels from the top.
        y: i32,
    },
    /// A button went down or up.
    Button {
        /// Which one.
        button: Button,
        /// Down or up.
        pressed: bool,
        /// Where: pixels from the left.
        x: i32,
        /// Where: pixels from the top.
        y: i32,
    },
    /// The wheel turned, in 1/120 of a notch, within ±[`limits::WHEEL_UNITS`].
    Wheel {
        /// Positive: right.
        x: i32,
        /// Positive: up, away from the user.
        y: i32,
        /// Where: pixels from the left.
        at_x: i32,
        /// Where: pixels from the top.
        at_y: i32,
    },
    /// A physical key went down or up.
    Key {
        /// Which one.
        code: KeyCode,
        /// Down or up.
        pressed: bool,
    },
    /// Committed text: 1 to [`limits::INPUT_TEXT_CHARS`] characters, none of them a control character.
    Text(String),
    /// Every held key and button goes up.
    ReleaseAll,
    /// A combination, pressed and released as a whole.
    SpecialKeys(Combination),
}

impl InputEvent {
    /// Whether this is a move, which may be lost.
    #[must_use]
    pub fn is_move(&self) -> bool {
        matches!(self, Self::Move { .. })
    }
}

/// A mouse button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Button {
    /// The main one.
    Left,
    /// The wheel pressed.
    Middle,
    /// The one for context menus.
    Right,
    /// Back.
    Back,
    /// Forward.
    Forward,
}

/// A combination that the operator's own machine keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Combination {
    /// Ctrl+Alt+Del.
    CtrlAltDel,
    /// The Super (Windows) key.
    Super,
    /// Alt+Tab.
    AltTab,
    /// Alt+F4.
    AltF4,
    /// 한/영.
    Hangul,
    /// 한자.
    Hanja,
    /// Print Screen.
    PrintScreen,
    /// Ctrl+Esc.
    CtrlEsc,
}

/// Why an input message is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InputError {
    /// It holds no event that this version knows.
    #[error("input event is unknown")]
    Unknown,
    /// Numbers start at 1.
    #[error("input event has no number")]
    Number,
    /// A coordinate outside every screen.
    #[error("coordinate {value_px} is out of range")]
    Coordinate {
        /// As received.
        value_px: i32,
    },
    /// A wheel event of more than a hundred notches.
    #[error("wheel value {units} is out of range")]
    Wheel {
        /// As received.
        units: i32,
    },
    /// No name of a physical key.
    #[error("key code is malformed")]
    KeyCode,
    /// An empty or too long text, or one with control characters.
    #[error("text of {chars} characters is no input")]
    Text {
        /// Its length.
        chars: usize,
    },
}

impl TryFrom<wire::Input> for NumberedInput {
    type Error = InputError;

    fn try_from(wire: wire::Input) -> Result<Self, InputError> {
        let event = InputEvent::try_from(wire.event.ok_or(InputError::Unknown)?)?;
        let numbered = if event.is_move() { wire.move_number } else { wire.number };
        if numbered == 0 {
            return Err(InputError::Number);
        }
        Ok(Self { number: wire.number, move_number: wire.move_number, event })
    }
}

impl TryFrom<wire::input::Event> for InputEvent {
    type Error = InputError;

    fn try_from(wire: wire::input::Event) -> Result<Self, InputError> {
        use wire::input::Event;
        match wire {
            Event::Move(at) => Ok(Self::Move { x: coordinate(at.x)?, y: coordinate(at.y)? }),
            Event::Button(event) => Ok(Self::Button {
                button: Button::try_from(event.button())?,
                pressed: event.pressed,
                x: coordinate(event.x)?,
                y: coordinate(event.y)?,
            }),
            Event::Wheel(event) => Ok(Self::Wheel {
                x: wheel(event.x)?,
                y: wheel(event.y)?,
                at_x: coordinate(event.at_x)?,
                at_y: coordinate(event.at_y)?,
            }),
            Event::Key(event) => Ok(Self::Key { code: KeyCode::new(&event.code)?, pressed: event.pressed }),
            Event::Text(event) => text(event.text),
            Event::ReleaseAll(_) => Ok(Self::ReleaseAll),
            Event::SpecialKeys(event) => Ok(Self::SpecialKeys(Combination::try_from(event.combination())?)),
        }
    }
}

impl TryFrom<wire::pointer_button::Button> for Button {
    type Error = InputError;

    fn try_from(wire: wire::pointer_button::Button) -> Result<Self, InputError> {
        use wire::pointer_button::Button as Wire;
        match wire {
            Wire::Left => Ok(Self::Left),
            Wire::Middle => Ok(Self::Middle),
            Wire::Right => Ok(Self::Right),
            Wire::Back => Ok(Self::Back),
            Wire::Forward => Ok(Self::Forward),
            Wire::Unspecified => Err(InputError::Unknown),
        }
    }
}

impl TryFrom<wire::special_keys::Combination> for Combination {
    type Error = InputError;

    fn try_from(wire: wire::special_keys::Combination) -> Result<Self, InputError> {
        use wire::special_keys::Combination as Wire;
        match wire {
            Wire::CtrlAltDel => Ok(Self::CtrlAltDel),
            Wire::Super => Ok(Self::Super),
            Wire::AltTab => Ok(Self::AltTab),
            Wire::AltF4 => Ok(Self::AltF4),
            Wire::Hangul => Ok(Self::Hangul),
            Wire::Hanja => Ok(Self::Hanja),
            Wire::PrintScreen => Ok(Self::PrintScreen),
            Wire::CtrlEsc => Ok(Self::CtrlEsc),
            Wire::Unspecified => Err(InputError::Unknown),
        }
    }
}

fn coordinate(value_px: i32) -> Result<i32, InputError> {
    if (-limits::COORDINATE_PX..=limits::COORDINATE_PX).contains(&value_px) {
        return Ok(value_px);
    }
    Err(InputError::Coordinate { value_px })
}

fn wheel(units: i32) -> Result<i32, InputError> {
    if (-limits::WHEEL_UNITS..=limits::WHEEL_UNITS).contains(&units) {
        return Ok(units);
    }
    Err(InputError::Wheel { units })
}

fn text(text: String) -> Result<InputEvent, InputError> {
    let chars = text.chars().count();
    if chars == 0 || limits::INPUT_TEXT_CHARS < chars || text.chars().any(char::is_control) {
        return Err(InputError::Text { chars });
    }
    Ok(InputEvent::Text(text))
}
