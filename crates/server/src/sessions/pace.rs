//! How fast one socket's events are read: what comes faster waits in the socket, so that nobody fills a record, or
//! the database, faster than people act.

use std::time::{Duration, Instant};

/// Between two events in the long run.
const INTERVAL: Duration = Duration::from_millis(50);
/// Events at once: more than a page keeps while it cannot reach the server.
const BURST: u32 = 1_024;

/// The pace of one socket.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    /// When a whole burst will be allowed again.
    rested_at: Option<Instant>,
}

impl Pace {
    /// How long the event that has just come waits.
    pub(super) fn wait(&mut self, now: Instant) -> Duration {
        let rested_at = self.rested_at.map_or(now, |at| at.max(now)) + INTERVAL;
        self.rested_at = Some(rested_at);
        rested_at.duration_since(now).saturating_sub(INTERVAL * BURST)
    }
}

#[cfg(test)]
mod tests {
    use super::{BURST, INTERVAL, Pace};
    use std::time::{Duration, Instant};

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let (mut pace, now) = (Pace::default(), Instant::now());
        assert!((0..BURST).all(|_| pace.wait(now).is_zero()));
        assert_eq!(pace.wait(now), INTERVAL);
        assert_eq!(pace.wait(now), 2 * INTERVAL);
        assert_eq!(pace.wait(now + Duration::from_secs(60)), Duration::ZERO, "it passes");
    }
}
