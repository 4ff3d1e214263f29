//! What is pressed and moved in the operator's name, and how it is told from what the customer does.
//!
//! The server reports raw events of every device (XI2), ours included: all that XTEST clients inject comes from the same
//! "XTEST" devices, so the device says nothing. But the server makes the events of an injection while it serves the
//! request, and every event bears the number of the last request served for its receiver. A raw event is ours if it
//! bears the number of one of our injections, or for a moment a later one, and says what that one did, once each; all others are the customer's,
//! whether from a mouse or from another program (xdotool, a password manager).

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
    MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;

use super::display::Display;
use crate::input::InputError;

/// Injections whose raw events have not been seen. More than fit between two looks at the connection.
const EXPECTED_MAX: usize = 4096;

/// How long a frozen pointer holds our injections' events back, at most: a window manager on a busy machine takes its time
/// over a click, and what is typed meanwhile must not be taken for the customer's.
const HELD_BACK: Duration = Duration::from_secs(1);

/// What an injection does, by the event's number in the core protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deed {
    pub(super) kind: u8,
    /// Keycode or button; 0 for a move.
    pub(super) detail: u8,
}

/// An injection whose raw event has not been seen.
struct Expected {
    sequence: u64,
    deed: Deed,
    at: Instant,
}

/// Our injections and what they left pressed.
#[derive(Default)]
pub(super) struct Hands {
    expected: VecDeque<Expected>,
    /// In the order in which they went down: W3C code and keycode.
    keys: Vec<(String, u8)>,
    buttons: Vec<u8>,
}

impl Hands {
    /// Whether this raw event, which bears the number `sequence`, came from one of our injections. A window manager
    /// that holds the pointer for a moment (a click into a window without focus) lets what came meanwhile through
    /// later, and then it bears a later number: so an injection waits for its event for a short while.
    pub(super) fn did(&mut self, sequence: u64, deed: Deed) -> bool {
        let now = Instant::now();
        let is_over = |expected: &Expected| expected.sequence < sequence && expected.at + HELD_BACK < now;
        while self.expected.front().is_some_and(is_over) {
            self.expected.pop_front();
        }
        let found =
            self.expected.iter().position(|expected| expected.deed == deed && expected.sequence <= sequence);
        found.and_then(|index| self.expected.remove(index)).is_some()
    }

    /// Moves the pointer; pixels of the root window.
    pub(super) fn move_to(&mut self, display: &Display, x: i16, y: i16) -> Result<(), InputError> {
        self.fake(display, Deed { kind: MOTION_NOTIFY_EVENT, detail: 0 }, x, y)
    }

    /// A key goes down and stays so.
    pub(super) fn press_key(&mut self, display: &Display, code: &str, keycode: u8) -> Result<(), InputError> {
        self.keys.push((code.to_owned(), keycode));
        self.fake(display, Deed { kind: KEY_PRESS_EVENT, detail: keycode }, 0, 0)
    }

    /// A held key goes up; nothing if it is not held.
    pub(super) fn release_key(&mut self, display: &Display, code: &str) -> Result<(), InputError> {
        let Some(index) = self.keys.iter().position(|(held, _)| held == code) else { return Ok(()) };
        let (_, keycode) = self.keys.remove(index);
        self.fake(display, Deed { kind: KEY_RELEASE_EVENT, detail: keycode }, 0, 0)
    }

    /// A key goes down and up.
    pub(super) fn tap(&mut self, display: &Display, keycode: u8) -> Result<(), InputError> {
        self.fake(display, Deed { kind: KEY_PRESS_EVENT, detail: keycode }, 0, 0)?;
        self.fake(display, Deed { kind: KEY_RELEASE_EVENT, detail: keycode }, 0, 0)
    }

    /// Keys go down one after the other and up in the opposite order.
    pub(super) fn chord(&mut self, display: &Display, keycodes: &[u8]) -> Result<(), InputError> {
        for keycode in keycodes {
            self.fake(display, Deed { kind: KEY_PRESS_EVENT, detail: *keycode }, 0, 0)?;
        }
        for keycode in keycodes.iter().rev() {
            self.fake(display, Deed { kind: KEY_RELEASE_EVENT, detail: *keycode }, 0, 0)?;
        }
        Ok(())
    }

    /// A button goes down and stays so.
    pub(super) fn press_button(&mut self, display: &Display, button: u8) -> Result<(), InputError> {
        if self.buttons.contains(&button) {
            return Ok(());
        }
        self.buttons.push(button);
        self.fake(display, Deed { kind: BUTTON_PRESS_EVENT, detail: button }, 0, 0)
    }

    /// A held button goes up; nothing if it is not held.
    pub(super) fn release_button(&mut self, display: &Display, button: u8) -> Result<(), InputError> {
        let Some(index) = self.buttons.iter().position(|held| *held == button) else { return Ok(()) };
        self.buttons.remove(index);
        self.fake(display, Deed { kind: BUTTON_RELEASE_EVENT, detail: button }, 0, 0)
    }

    /// A button goes down and up: a notch of the wheel.
    pub(super) fn click(&mut self, display: &Display, button: u8) -> Result<(), InputError> {
        self.fake(display, Deed { kind: BUTTON_PRESS_EVENT, detail: button }, 0, 0)?;
        self.fake(display, Deed { kind: BUTTON_RELEASE_EVENT, detail: button }, 0, 0)
    }

    /// Everything held goes up, the last first.
    pub(super) fn release_all(&mut self, display: &Display) -> Result<(), InputError> {
        while let Some(button) = self.buttons.pop() {
            self.fake(display, Deed { kind: BUTTON_RELEASE_EVENT, detail: button }, 0, 0)?;
        }
        while let Some((_, keycode)) = self.keys.pop() {
            self.fake(display, Deed { kind: KEY_RELEASE_EVENT, detail: keycode }, 0, 0)?;
        }
        display.flush()
    }

    /// Held modifiers go up, something is done, and they go down again.
    pub(super) fn without_modifiers(
        &mut self,
        display: &Display,
        act: impl FnOnce(&mut Self) -> Result<(), InputError>,
    ) -> Result<(), InputError> {
        let held: Vec<u8> = self
            .keys
            .iter()
            .filter(|(code, _)| crate::input::keys::is_modifier(code))
            .map(|key| key.1)
            .collect();
        for keycode in held.iter().rev() {
            self.fake(display, Deed { kind: KEY_RELEASE_EVENT, detail: *keycode }, 0, 0)?;
        }
        act(self)?;
        for keycode in &held {
            self.fake(display, Deed { kind: KEY_PRESS_EVENT, detail: *keycode }, 0, 0)?;
        }
        Ok(())
    }

    pub(super) fn holds_key(&self, code: &str) -> bool {
        self.keys.iter().any(|(held, _)| held == code)
    }

    pub(super) fn holds_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    pub(super) fn holds_button(&self, button: u8) -> bool {
        self.buttons.contains(&button)
    }

    pub(super) fn holds_something(&self) -> bool {
        !self.keys.is_empty() || !self.buttons.is_empty()
    }

    fn fake(&mut self, display: &Display, deed: Deed, x: i16, y: i16) -> Result<(), InputError> {
        let request =
            display.connection.xtest_fake_input(deed.kind, deed.detail, 0, display.root, x, y, 0)?;
        if self.expected.len() == EXPECTED_MAX {
            self.expected.pop_front();
        }
        let sequence = request.sequence_number();
        self.expected.push_back(Expected { sequence, deed, at: Instant::now() });
        Ok(())
    }
}

/// Lets go of all that injection holds on this display, whoever pressed it; what the customer's own devices hold stays
/// down, since the server keeps a key down as long as one device does.
pub(super) fn lift_everything(display: &Display) -> Result<(), InputError> {
    let connection = &display.connection;
    let down = connection.query_keymap()?.reply()?.keys;
    for keycode in connection.setup().min_keycode..=connection.setup().max_keycode {
        let byte = down.get(usize::from(keycode / 8)).copied().unwrap_or(0);
        if byte & (1 << (keycode % 8)) != 0 {
            connection.xtest_fake_input(KEY_RELEASE_EVENT, keycode, 0, display.root, 0, 0, 0)?;
        }
    }
    for button in 1..=9 {
        connection.xtest_fake_input(BUTTON_RELEASE_EVENT, button, 0, display.root, 0, 0, 0)?;
    }
    display.flush()
}
