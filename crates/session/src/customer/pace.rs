//! How fast a console may ask for what costs something here.

use std::time::Duration;

use crate::Timestamp;

/// How many came in the window that runs.
#[derive(Debug, Default)]
pub(super) struct Pace {
    since: Timestamp,
    count: u32,
}

impl Pace {
    /// Whether another one fits: `most` in each `window`.
    pub(super) fn has_room(&mut self, now: Timestamp, most: u32, window: Duration) -> bool {
        self.has_room_for(now, 1, most, window)
    }

    /// Whether so many more fit: `most` in each `window`.
    pub(super) fn has_room_for(&mut self, now: Timestamp, more: u32, most: u32, window: Duration) -> bool {
        if window <= now.since(self.since) {
            *self = Self { since: now, count: 0 };
        }
        self.count = self.count.saturating_add(more);
        self.count <= most
    }
}
