//! When every row is compared by checksum: once a second while pictures come, and soon after they have ceased.

use std::time::{Duration, Instant};

/// After the first update since the last check.
const AFTER: Duration = Duration::from_secs(1);
/// After the last one.
const WHEN_STILL: Duration = Duration::from_millis(250);

/// First and last update since every row was checked.
#[derive(Debug, Default)]
pub(super) struct Checks(Option<(Instant, Instant)>);

impl Checks {
    /// An update was made; `checked`: with the checksum of every row.
    pub(super) fn sent(&mut self, now: Instant, checked: bool) {
        self.0 = match self.0 {
            _ if checked => None,
            None => Some((now, now)),
            Some((first, _)) => Some((first, now)),
        };
    }

    pub(super) fn at(&self) -> Option<Instant> {
        self.0.map(|(first, last)| (first + AFTER).min(last + WHEN_STILL))
    }

    pub(super) fn due(&self, now: Instant) -> bool {
        self.at().is_some_and(|at| at <= now)
    }
}
