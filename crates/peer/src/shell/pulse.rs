//! How often a connection at rest looks at the clock.

use std::time::{Duration, Instant};

/// After so long without data a connection is at rest.
const REST_AFTER: Duration = Duration::from_secs(1);
/// At rest the clock is looked at no more often. The core's pacer alone would ask for 48 looks a second, which is most of
/// what a session costs while nothing happens; ICE and SCTP, which are left then, count in seconds.
const REST_INTERVAL: Duration = Duration::from_millis(250);

/// When data last went out. Data that comes in is acknowledged, so it counts as well.
#[derive(Debug)]
pub(super) struct Pulse {
    data_at: Instant,
}

impl Pulse {
    pub(super) fn new(now: Instant) -> Self {
        Self { data_at: now }
    }

    /// A datagram goes out. RFC 7983: 20 … 63 begins DTLS, which carries the channels.
    pub(super) fn sent(&mut self, datagram: &[u8], now: Instant) {
        if datagram.first().is_some_and(|first| (20..=63).contains(first)) {
            self.data_at = now;
        }
    }

    /// When to look at the clock, for a core that wants it at `wanted`.
    pub(super) fn wake(&self, wanted: Instant, now: Instant) -> Instant {
        if now.saturating_duration_since(self.data_at) < REST_AFTER {
            wanted
        } else {
            wanted.max(now + REST_INTERVAL)
        }
    }
}
