//! The customer's own hand goes first (F-05): 500 ms of quiet before the operator's input counts again.

use std::time::{Duration, Instant};

/// How long the customer's mouse and keyboard must rest.
pub const QUIET: Duration = Duration::from_millis(500);

/// How long a key that the customer holds counts as activity without any other sign. A release that was never seen
/// (a switched console, an unplugged keyboard) must not lock the operator out for ever.
const HELD_LIMIT: Duration = Duration::from_secs(10);

/// At most so many held keys and buttons are followed: more than fingers.
const HELD_MAX: usize = 32;

/// A key or button that the customer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// By keycode.
    Key(u32),
    /// By button number.
    Button(u32),
}

/// When the customer last did something, and what is still held.
#[derive(Debug, Default)]
pub(crate) struct Activity {
    last: Option<Instant>,
    held: Vec<Part>,
}

impl Activity {
    /// The pointer moved.
    pub(crate) fn moved(&mut self, now: Instant) {
        self.last = Some(now);
    }

    /// A key or button went down.
    pub(crate) fn pressed(&mut self, now: Instant, part: Part) {
        self.last = Some(now);
        if !self.held.contains(&part) && self.held.len() < HELD_MAX {
            self.held.push(part);
        }
    }

    /// Whether the customer holds it.
    pub(crate) fn holds(&self, part: Part) -> bool {
        self.held.contains(&part)
    }

    /// A key or button went up.
    pub(crate) fn released(&mut self, now: Instant, part: Part) {
        self.last = Some(now);
        self.held.retain(|held| *held != part);
    }

    /// Until when the customer goes first; `None` when the operator may act.
    pub(crate) fn until(&self, now: Instant) -> Option<Instant> {
        let wait = if self.held.is_empty() { QUIET } else { HELD_LIMIT };
        self.last.map(|last| last + wait).filter(|until| now < *until)
    }
}
