//! Time as the machines see it.

use std::time::Duration;

/// A point of a monotonic clock, as the time since any fixed moment of the shell's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(Duration);

impl Timestamp {
    /// The point `since_start` after the shell's fixed moment.
    #[must_use]
    pub fn new(since_start: Duration) -> Self {
        Self(since_start)
    }

    /// The time from the fixed moment.
    #[must_use]
    pub fn since_start(self) -> Duration {
        self.0
    }

    /// The time from `earlier` until here; nothing where `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, wait: Duration) -> Self {
        Self(self.0.saturating_add(wait))
    }
}
