//! What the display tells: the customer's input, other layouts, another size.

use std::time::Instant;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xinput::RawKeyPressEvent;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MOTION_NOTIFY_EVENT,
};

use super::hands::Deed;
use super::{X11Input, keymap};
use crate::input::InputError;
use crate::input::activity::Part;

impl X11Input {
    /// Reads what has arrived, without waiting. When the customer begins to act, whatever we hold goes up: nobody can
    /// type while somebody else keeps Ctrl down.
    pub(super) fn watch(&mut self, now: Instant) -> Result<(), InputError> {
        while let Some((event, sequence)) = self.display.connection.poll_for_event_with_sequence()? {
            self.heard(now, &event, sequence);
        }
        if self.activity.until(now).is_some() && self.hands.holds_something() {
            self.hands.release_all(&self.display)?;
        }
        if let Some(keymap) = self.spares.refresh(&self.display)? {
            self.keymap = keymap;
        }
        Ok(())
    }

    fn heard(&mut self, now: Instant, event: &Event, sequence: u64) {
        match event {
            Event::XinputRawKeyPress(raw) => self.raw_key(now, sequence, raw),
            Event::XinputRawKeyRelease(raw) => self.noticed(now, sequence, KEY_RELEASE_EVENT, raw.detail),
            Event::XinputRawButtonPress(raw) => self.noticed(now, sequence, BUTTON_PRESS_EVENT, raw.detail),
            Event::XinputRawButtonRelease(raw) => {
                self.noticed(now, sequence, BUTTON_RELEASE_EVENT, raw.detail)
            }
            Event::XinputRawMotion(_) => self.noticed(now, sequence, MOTION_NOTIFY_EVENT, 0),
            Event::XinputRawTouchBegin(_) | Event::XinputRawTouchUpdate(_) => self.activity.moved(now),
            Event::XkbMapNotify(_) | Event::XkbNewKeyboardNotify(_) | Event::MappingNotify(_) => {
                self.spares.table_changed(sequence);
            }
            Event::ConfigureNotify(change) if change.window == self.display.root => {
                (self.display.width, self.display.height) = (change.width.into(), change.height.into());
            }
            // A request that went wrong on its own: nothing waits for it.
            Event::Error(error) => tracing::debug!(?error, "X server refused a request"),
            _ => {}
        }
    }

    fn noticed(&mut self, now: Instant, sequence: u64, kind: u8, detail: u32) {
        let _whose = self.raw(now, sequence, kind, detail);
    }

    fn raw_key(&mut self, now: Instant, sequence: u64, raw: &RawKeyPressEvent) {
        // A held key repeats.
        let was_down = self.activity.holds(Part::Key(raw.detail));
        let is_customers = self.raw(now, sequence, KEY_PRESS_EVENT, raw.detail);
        if !is_customers || was_down {
            return;
        }
        if keymap::keycode(&self.keymap, "Escape").map(u32::from) == Some(raw.detail) {
            self.escapes.pressed(raw.time);
        } else {
            self.escapes.interrupted();
        }
    }

    /// Whether it was the customer.
    fn raw(&mut self, now: Instant, sequence: u64, kind: u8, detail: u32) -> bool {
        if u8::try_from(detail).is_ok_and(|detail| self.hands.did(sequence, Deed { kind, detail })) {
            return false;
        }
        match kind {
            KEY_PRESS_EVENT => self.activity.pressed(now, Part::Key(detail)),
            KEY_RELEASE_EVENT => self.activity.released(now, Part::Key(detail)),
            BUTTON_PRESS_EVENT => self.activity.pressed(now, Part::Button(detail)),
            BUTTON_RELEASE_EVENT => self.activity.released(now, Part::Button(detail)),
            _ => self.activity.moved(now),
        }
        true
    }
}
