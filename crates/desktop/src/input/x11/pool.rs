//! Which spare keycode carries which character. Pure: the calls to the display are in `spares.rs`.

use std::time::{Duration, Instant};

/// How long a keycode keeps its character after use. A program may look a key up long after it was pressed (an input
/// method answers it first); noVNC and RustDesk remap at once and lose characters.
pub(super) const KEEP: Duration = Duration::from_secs(1);

/// How long a program gets to read the changed table before the key goes down. Without it Chromium was seen to lose one
/// of 168 characters, with it none of 126; xterm, GTK 3 and Qt 5 lost none either way.
pub(super) const SETTLE: Duration = Duration::from_millis(30);

/// One spare keycode.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    keycode: u8,
    keysym: Option<u32>,
    used: Option<Instant>,
    ready_at: Option<Instant>,
}

/// Spare keycodes, least recently used first.
#[derive(Debug, Default)]
pub(super) struct Pool {
    slots: Vec<Slot>,
}

/// Where a character is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// This keycode carries it, and programs have had time to learn so.
    Mapped(u8),
    /// This keycode is free for it: map, then [`Pool::assign`].
    Free(u8),
    /// Nobody has had time to learn of it yet, or all keycodes were used less than a second ago.
    NotBefore(Instant),
}

impl Pool {
    pub(super) fn new(keycodes: impl IntoIterator<Item = u8>) -> Self {
        let slots = keycodes
            .into_iter()
            .map(|keycode| Slot { keycode, keysym: None, used: None, ready_at: None })
            .collect();
        Self { slots }
    }

    /// Finds the place for a character.
    pub(super) fn find(&self, now: Instant, keysym: u32) -> Place {
        if let Some(slot) = self.slots.iter().find(|slot| slot.keysym == Some(keysym)) {
            return match slot.ready_at {
                Some(ready_at) if now < ready_at => Place::NotBefore(ready_at),
                _ => Place::Mapped(slot.keycode),
            };
        }
        match self.slots.iter().min_by_key(|slot| slot.used) {
            Some(Slot { used: Some(used), .. }) if now < *used + KEEP => Place::NotBefore(*used + KEEP),
            Some(slot) => Place::Free(slot.keycode),
            None => Place::NotBefore(now + KEEP),
        }
    }

    /// The keycode carries the character from now on; gives the time at which it may be pressed.
    pub(super) fn assign(&mut self, now: Instant, keycode: u8, keysym: u32) -> Instant {
        let ready_at = now + SETTLE;
        if let Some(slot) = self.slot(keycode) {
            *slot = Slot { keycode, keysym: Some(keysym), used: Some(ready_at), ready_at: Some(ready_at) };
        }
        ready_at
    }

    /// The keycode is pressed now.
    pub(super) fn touch(&mut self, now: Instant, keycode: u8) {
        if let Some(slot) = self.slot(keycode) {
            slot.used = Some(now);
        }
    }

    /// Somebody else changed the keyboard: the keycode carries nothing of ours any more.
    pub(super) fn forget(&mut self, keycode: u8) {
        if let Some(slot) = self.slot(keycode) {
            slot.keysym = None;
        }
    }

    /// Takes a keycode out: a new layout gave it a meaning.
    pub(super) fn remove(&mut self, keycode: u8) {
        self.slots.retain(|slot| slot.keycode != keycode);
    }

    /// Keycodes that carry a character, each with it.
    pub(super) fn assigned(&self) -> impl Iterator<Item = (u8, u32)> + '_ {
        self.slots.iter().filter_map(|slot| slot.keysym.map(|keysym| (slot.keycode, keysym)))
    }

    /// Until when the last pressed keycode must keep its character.
    pub(super) fn quiet_at(&self) -> Option<Instant> {
        self.slots
            .iter()
            .filter(|slot| slot.keysym.is_some())
            .filter_map(|slot| slot.used)
            .max()
            .map(|used| used + KEEP)
    }

    fn slot(&mut self, keycode: u8) -> Option<&mut Slot> {
        self.slots.iter_mut().find(|slot| slot.keycode == keycode)
    }
}
