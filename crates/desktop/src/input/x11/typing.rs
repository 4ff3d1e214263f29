//! Text, character by character, and what waits behind it.

use std::collections::VecDeque;
use std::time::Instant;

use protocol::input::InputEvent;
use protocol::limits;
use x11rb::protocol::xkb::{self, ConnectionExt as _};
use x11rb::protocol::xproto::ModMask;

use super::{Aim, X11Input, spares};
use crate::input::{Applied, InputError, Refusal};

/// Characters and events that may wait: four of the longest texts.
const WAITING_MAX: usize = 4 * limits::INPUT_TEXT_CHARS;

/// Characters between two looks at the input focus.
const RUN_CHARS: usize = 16;

/// One step of what waits: a keysym from a spare keycode, or an event.
enum Step {
    Tap(u32),
    Event(InputEvent),
}

/// What waits, in order.
#[derive(Default)]
pub(super) struct Waiting {
    steps: VecDeque<Step>,
    refused: Vec<Refusal>,
}

impl Waiting {
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
    }

    pub(super) fn take_refused(&mut self) -> Vec<Refusal> {
        std::mem::take(&mut self.refused)
    }

    /// What became of an event that had to wait, when nothing waits any more.
    pub(super) fn settle(&mut self) -> Applied {
        match self.refused.pop() {
            Some(refusal) => Applied::Refused(refusal),
            None => Applied::Done,
        }
    }

    fn refuse(&mut self, refusal: Refusal) {
        if !self.refused.contains(&refusal) {
            self.refused.push(refusal);
        }
    }
}

impl X11Input {
    /// Puts text at the end of what waits.
    pub(super) fn queue_text(&mut self, text: &str) -> Result<Applied, InputError> {
        if WAITING_MAX < self.waiting.steps.len() + text.chars().count() {
            return Ok(Applied::Refused(Refusal::Busy));
        }
        let applied = self.guarded(Aim::Focus, |_, _| Ok(()))?;
        if applied != Applied::Done {
            return Ok(applied);
        }
        self.waiting.steps.extend(text.chars().map(spares::keysym).map(Step::Tap));
        Ok(Applied::Queued)
    }

    /// Puts a keysym that no key of the customer's carries before all that waits.
    pub(super) fn queue_tap(&mut self, keysym: u32) -> Applied {
        self.waiting.steps.push_front(Step::Tap(keysym));
        Applied::Queued
    }

    /// Puts an event behind the text before it.
    pub(super) fn queue_event(&mut self, event: &InputEvent) -> Applied {
        if let InputEvent::Text(text) = event {
            if WAITING_MAX < self.waiting.steps.len() + text.chars().count() {
                return Applied::Refused(Refusal::Busy);
            }
            self.waiting.steps.extend(text.chars().map(spares::keysym).map(Step::Tap));
            return Applied::Queued;
        }
        if WAITING_MAX <= self.waiting.steps.len() {
            return Applied::Refused(Refusal::Busy);
        }
        self.waiting.steps.push_back(Step::Event(event.clone()));
        Applied::Queued
    }

    /// Types what can be typed now; gives the time at which to go on.
    pub(super) fn type_waiting(&mut self, now: Instant) -> Result<Option<Instant>, InputError> {
        while !self.waiting.is_empty() {
            if let Some(until) = self.activity.until(now) {
                return Ok(Some(until));
            }
            let (run, free_at) = self.next_run(now)?;
            if !run.is_empty() {
                self.type_run(&run)?;
            }
            if let Some(time) = free_at {
                return Ok(Some(time));
            }
            if let Some(Step::Event(_)) = self.waiting.steps.front()
                && let Some(Step::Event(event)) = self.waiting.steps.pop_front()
                && let Applied::Refused(refusal) = self.perform(&event)?
            {
                self.waiting.refuse(refusal);
            }
        }
        Ok(None)
    }

    /// Takes the characters at the front that have a keycode, mapping where needed; and when the next one gets one.
    fn next_run(&mut self, now: Instant) -> Result<(Vec<u8>, Option<Instant>), InputError> {
        let mut run = Vec::new();
        while let Some(Step::Tap(keysym)) = self.waiting.steps.front() {
            if run.len() == RUN_CHARS {
                break;
            }
            match self.spares.place(&self.display, now, *keysym)? {
                Ok(keycode) => run.push(keycode),
                Err(free_at) => {
                    self.map_ahead(now)?;
                    return Ok((run, Some(free_at)));
                }
            }
            self.waiting.steps.pop_front();
        }
        Ok((run, None))
    }

    /// Maps what comes next as well, so that a text waits once for the programs and not at each character.
    fn map_ahead(&mut self, now: Instant) -> Result<(), InputError> {
        for step in self.waiting.steps.iter().take(RUN_CHARS) {
            let Step::Tap(keysym) = step else { break };
            let _ready_or_not = self.spares.place(&self.display, now, *keysym)?;
        }
        self.display.flush()
    }

    fn type_run(&mut self, keycodes: &[u8]) -> Result<(), InputError> {
        // The new rows are in force, and every program was told, before the first key goes down.
        self.display.sync()?;
        let locked = self.caps_lock()?;
        let applied = self.guarded(Aim::Focus, |hands, display| {
            if locked {
                set_caps_lock(display, false)?;
            }
            hands.without_modifiers(display, |hands| {
                keycodes.iter().try_for_each(|keycode| hands.tap(display, *keycode))
            })?;
            if locked {
                set_caps_lock(display, true)?;
            }
            Ok(())
        })?;
        if let Applied::Refused(refusal) = applied {
            self.waiting.refuse(refusal);
        }
        Ok(())
    }

    /// Whether Caps Lock is on: programs would make capitals of the characters.
    fn caps_lock(&self) -> Result<bool, InputError> {
        let keyboard = xkb::ID::USE_CORE_KBD.into();
        let state = self.display.connection.xkb_get_state(keyboard)?.reply()?;
        Ok(state.locked_mods.contains(ModMask::LOCK))
    }
}

fn set_caps_lock(display: &super::Display, on: bool) -> Result<(), InputError> {
    let keyboard = xkb::ID::USE_CORE_KBD.into();
    let (lock, none) = (ModMask::LOCK, ModMask::default());
    let locks = if on { lock } else { none };
    display.connection.xkb_latch_lock_state(keyboard, lock, locks, false, xkb::Group::M1, none, false, 0)?;
    Ok(())
}
