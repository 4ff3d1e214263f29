//! Input on X11: XTEST injects, XInput 2 tells what the customer does, XKB carries the characters.

mod display;
mod hands;
mod journal;
mod keymap;
mod own_windows;
mod pool;
mod reach;
mod spares;
#[cfg(test)]
mod tests;
mod typing;
mod watch;

use std::time::Instant;

use protocol::input::{Button, Combination, InputEvent};

use self::display::Display;
use self::hands::Hands;
use self::keymap::Keymap;
use self::own_windows::OwnWindows;
use self::spares::Spares;
use self::typing::Waiting;
use super::activity::Activity;
use super::escapes::Escapes;
use super::keys;
use super::wheel::Wheel;
use super::{Applied, Input, InputError, Options, Polled, Reach, Refusal, Unsupported, WindowId};

/// One X display's keyboard and mouse.
pub(super) struct X11Input {
    display: Display,
    hands: Hands,
    activity: Activity,
    escapes: Escapes,
    wheel: Wheel,
    keymap: Keymap,
    spares: Spares,
    waiting: Waiting,
    own: OwnWindows,
    reach: Reach,
    question_open: bool,
}

impl X11Input {
    /// Opens the display, puts right what a crash left, and takes the keycodes for text.
    pub(super) fn open(options: &Options) -> Result<Self, Unsupported> {
        let gone = |_| Unsupported { what: "input-no-display" };
        let display = Display::open(options)?;
        spares::recover(&display, &options.runtime_dir).map_err(gone)?;
        let keymap = Keymap::read(&display).map_err(gone)?;
        let spares = Spares::open(&display, &options.runtime_dir)?;
        Ok(Self {
            display,
            hands: Hands::default(),
            activity: Activity::default(),
            escapes: Escapes::default(),
            wheel: Wheel::default(),
            keymap,
            spares,
            waiting: Waiting::default(),
            own: OwnWindows::default(),
            reach: Reach::default(),
            question_open: false,
        })
    }

    /// Does one event whose turn it is.
    fn perform(&mut self, event: &InputEvent) -> Result<Applied, InputError> {
        match event {
            InputEvent::Move { x, y } => self.pointer(*x, *y),
            InputEvent::Button { button, pressed: true, x, y } => self.press(*button, *x, *y),
            InputEvent::Button { button, pressed: false, x, y } => self.release(*button, *x, *y),
            InputEvent::Wheel { x, y, at_x, at_y } => self.scroll((*x, *y), (*at_x, *at_y)),
            InputEvent::Key { code, pressed: true } => self.key_down(code.as_str()),
            InputEvent::Key { code, pressed: false } => {
                self.hands.release_key(&self.display, code.as_str())?;
                Ok(Applied::Done)
            }
            InputEvent::SpecialKeys(combination) => self.combination(*combination),
            InputEvent::Text(text) => self.queue_text(text),
            InputEvent::ReleaseAll => {
                self.release_all()?;
                Ok(Applied::Done)
            }
        }
    }

    fn pointer(&mut self, x: i32, y: i32) -> Result<Applied, InputError> {
        let (x, y) = self.on_screen(x, y);
        self.hands.move_to(&self.display, x, y)?;
        Ok(Applied::Done)
    }

    fn press(&mut self, button: Button, x: i32, y: i32) -> Result<Applied, InputError> {
        let (x, y) = self.on_screen(x, y);
        self.guarded(Aim::Place(x, y), |hands, display| {
            hands.move_to(display, x, y)?;
            hands.press_button(display, number(button))
        })
    }

    fn release(&mut self, button: Button, x: i32, y: i32) -> Result<Applied, InputError> {
        // A release of what is not held (refused, or lifted for the customer's sake) must not move the pointer.
        if self.hands.holds_button(number(button)) {
            self.pointer(x, y)?;
            self.hands.release_button(&self.display, number(button))?;
        }
        Ok(Applied::Done)
    }

    fn scroll(&mut self, turn: (i32, i32), at: (i32, i32)) -> Result<Applied, InputError> {
        let (x, y) = self.on_screen(at.0, at.1);
        let (right, up) = self.wheel.turn(turn.0, turn.1);
        self.guarded(Aim::Place(x, y), |hands, display| {
            hands.move_to(display, x, y)?;
            for (notches, forth, back) in [(up, 4, 5), (right, 7, 6)] {
                let button = if 0 < notches { forth } else { back };
                for _ in 0..notches.unsigned_abs() {
                    hands.click(display, button)?;
                }
            }
            Ok(())
        })
    }

    fn key_down(&mut self, code: &str) -> Result<Applied, InputError> {
        // The console repeats a held key, and so does the customer's own server: once is enough.
        if self.hands.holds_key(code) {
            return Ok(Applied::Done);
        }
        if let Some(keycode) = keymap::keycode(&self.keymap, code) {
            return self.guarded(Aim::Focus, |hands, display| hands.press_key(display, code, keycode));
        }
        let Some(keysym) = keymap::language_keysym(code) else {
            return Ok(Applied::Refused(Refusal::UnknownKey));
        };
        // The customer's keyboard has no 한/영 or 한자 key at all: a spare one plays it, as a whole.
        Ok(self.queue_tap(keysym))
    }

    fn combination(&mut self, combination: Combination) -> Result<Applied, InputError> {
        let codes = keys::of_combination(combination);
        let keycodes: Vec<u8> = codes.iter().filter_map(|code| keymap::keycode(&self.keymap, code)).collect();
        match codes {
            [single] if keycodes.is_empty() => self.key_down(single),
            _ => self.guarded(Aim::Focus, |hands, display| {
                hands.without_modifiers(display, |hands| hands.chord(display, &keycodes))
            }),
        }
    }

    /// Injects unless it would reach one of the app's own windows, or what is not shared. Nothing happens between the look and the deed.
    fn guarded(
        &mut self,
        aim: Aim,
        act: impl FnOnce(&mut Hands, &Display) -> Result<(), InputError>,
    ) -> Result<Applied, InputError> {
        let Self { display, hands, own, reach, .. } = self;
        display.alone(|| {
            let (ours, within) = match aim {
                Aim::Place(x, y) => (own.under(display, x, y)?, reach.holds_place(display, x, y)?),
                Aim::Focus => (own.focused(display)?, reach.holds_focus(display)?),
            };
            if ours {
                return Ok(Applied::Refused(Refusal::OwnWindow));
            }
            if !within {
                return Ok(Applied::Refused(Refusal::OutsidePart));
            }
            act(hands, display)?;
            Ok(Applied::Done)
        })
    }

    fn on_screen(&self, x: i32, y: i32) -> (i16, i16) {
        let clamp = |at: i32, size: i32| i16::try_from(at.clamp(0, (size - 1).max(0))).unwrap_or(i16::MAX);
        (clamp(x, self.display.width), clamp(y, self.display.height))
    }

    /// Whether an event may go out now, and if not, why.
    fn refusal(&self, now: Instant) -> Option<Refusal> {
        if self.question_open {
            return Some(Refusal::QuestionOpen);
        }
        if self.own.is_empty() {
            return Some(Refusal::OwnWindow);
        }
        self.activity.until(now).map(|_| Refusal::CustomerActive)
    }

    /// A held key repeats in the customer's own server, wherever the focus has gone meanwhile.
    fn keep_repeats_off(&mut self) -> Result<(), InputError> {
        if !self.hands.holds_keys() {
            return Ok(());
        }
        if self.own.focused(&self.display)? || !self.reach.holds_focus(&self.display)? {
            self.release_all()?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), InputError> {
        self.release_all()?;
        self.spares.restore(&self.display)
    }
}

/// Where an injection goes.
enum Aim {
    /// To the window at this place.
    Place(i16, i16),
    /// To the window with the input focus.
    Focus,
}

impl Input for X11Input {
    fn apply(&mut self, now: Instant, event: &InputEvent) -> Result<Applied, InputError> {
        self.watch(now)?;
        let applied = match event {
            InputEvent::ReleaseAll => self.perform(event)?,
            _ if !is_release(event) && self.refusal(now).is_some() => {
                self.refusal(now).map_or(Applied::Done, Applied::Refused)
            }
            // A move may overtake text; all else keeps its place.
            _ if !self.waiting.is_empty() && !event.is_move() => self.queue_event(event),
            _ => self.perform(event)?,
        };
        self.type_waiting(now)?;
        self.display.flush()?;
        match applied {
            Applied::Queued if self.waiting.is_empty() => Ok(self.waiting.settle()),
            other => Ok(other),
        }
    }

    fn poll(&mut self, now: Instant) -> Result<Polled, InputError> {
        self.watch(now)?;
        self.keep_repeats_off()?;
        let wake_at = self.type_waiting(now)?;
        self.display.flush()?;
        let until = self.activity.until(now);
        Ok(Polled {
            customer_active: until.is_some(),
            escaped: self.escapes.take(),
            wake_at: [wake_at, until].into_iter().flatten().min(),
            refused: self.waiting.take_refused(),
        })
    }

    fn release_all(&mut self) -> Result<(), InputError> {
        self.waiting.clear();
        self.wheel.clear();
        self.hands.release_all(&self.display)?;
        // When this returns everything is up, whoever asks the server.
        self.display.sync()
    }

    fn set_own_windows(&mut self, windows: &[WindowId]) {
        self.own = OwnWindows::new(windows);
        if self.own.is_empty() {
            // What waits was meant for a desktop whose windows were known.
            self.waiting.clear();
        }
    }

    fn set_reach(&mut self, reach: Reach) {
        self.reach = reach;
    }

    fn set_question_open(&mut self, open: bool) -> Result<(), InputError> {
        self.question_open = open;
        if open { self.release_all() } else { Ok(()) }
    }
}

impl Drop for X11Input {
    /// Takes up to a second if text was typed just before.
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!(%error, "Keyboard was not put back");
        }
    }
}

fn is_release(event: &InputEvent) -> bool {
    matches!(event, InputEvent::Key { pressed: false, .. } | InputEvent::Button { pressed: false, .. })
}

/// X11 numbers: 4 to 7 are the wheel.
fn number(button: Button) -> u8 {
    match button {
        Button::Left => 1,
        Button::Middle => 2,
        Button::Right => 3,
        Button::Back => 8,
        Button::Forward => 9,
    }
}
