//! How fast a side's messages are read: what comes faster waits in its socket, so that nobody fills a record, or the
//! database, faster than people act. The pace is the session's, and not the socket's: whoever comes back goes on in it.

use session::hosting::Side;
use std::time::{Duration, Instant};

/// Between two events in the long run.
const INTERVAL: Duration = Duration::from_millis(50);
/// Events at once: more than a page keeps while it cannot reach the server.
const BURST: u32 = 1_024;

/// The paces of one session.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paces {
    customer: Pace,
    operator: Pace,
}

#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    /// When a whole burst will be allowed again.
    rested_at: Option<Instant>,
}

impl Paces {
    /// How long what a side has just sent waits.
    pub(super) fn wait(&mut self, now: Instant, side: Side) -> Duration {
        let pace = match side {
            Side::Customer => &mut self.customer,
            Side::Operator => &mut self.operator,
        };
        pace.wait(now, INTERVAL, BURST)
    }
}

impl Pace {
    fn wait(&mut self, now: Instant, interval: Duration, burst: u32) -> Duration {
        let rested_at = self.rested_at.map_or(now, |at| at.max(now)) + interval;
        self.rested_at = Some(rested_at);
        rested_at.duration_since(now).saturating_sub(interval * burst)
    }
}

#[cfg(test)]
mod tests {
    use super::{BURST, INTERVAL, Paces};
    use session::hosting::Side;
    use std::time::{Duration, Instant};

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let (mut paces, now) = (Paces::default(), Instant::now());
        let mut wait = |now| paces.wait(now, Side::Customer);
        assert!((0..BURST).all(|_| wait(now).is_zero()));
        assert_eq!(wait(now), INTERVAL);
        assert_eq!(wait(now), 2 * INTERVAL);
        assert_eq!(wait(now + Duration::from_secs(60)), Duration::ZERO, "it passes");
    }

    #[test]
    fn a_flood_of_one_side_keeps_the_other_waiting_for_nothing() {
        let (mut paces, now) = (Paces::default(), Instant::now());
        for _ in 0..2 * BURST {
            paces.wait(now, Side::Customer);
        }
        assert_eq!(paces.wait(now, Side::Operator), Duration::ZERO);
    }
}
