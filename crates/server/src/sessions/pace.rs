//! How fast a side's messages are read: what comes faster waits in its socket, so that nobody fills a record, or the
//! database, faster than people act. The pace is the session's, and not the socket's: whoever comes back goes on in it.

use protocol::wire::{console_to_server, customer_to_server};
use session::hosting::Side;
use std::time::{Duration, Instant};

/// Messages: more at once than a page keeps while it cannot reach the server.
const MESSAGES: Rate = Rate { interval: Duration::from_millis(50), burst: 1_024 };
/// Acts that are a line of the record each time, and more than a line: people press, and networks come back, less often.
const ACTS: Rate = Rate { interval: Duration::from_secs(1), burst: 60 };

/// How dear something that a side sends is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Costs nothing: a ping, or the end.
    Free,
    /// May be written down, or passed on.
    Message,
    /// Consent, return, offer, opening.
    Act,
}

/// The paces of one session.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paces {
    customer: OfSide,
    operator: OfSide,
}

#[derive(Clone, Copy, Debug, Default)]
struct OfSide {
    messages: Pace,
    acts: Pace,
}

#[derive(Clone, Copy, Debug)]
struct Rate {
    /// Between two in the long run.
    interval: Duration,
    /// So many at once.
    burst: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Pace {
    /// When a whole burst will be allowed again.
    rested_at: Option<Instant>,
}

impl Weight {
    /// Of what a customer sends.
    pub(super) fn of_customer(body: &customer_to_server::Body) -> Self {
        use customer_to_server::Body;
        match body {
            Body::Ping(_) | Body::End(_) => Self::Free,
            Body::Consent(_) => Self::Act,
            _ => Self::Message,
        }
    }

    /// Of what a console sends.
    pub(super) fn of_console(body: &console_to_server::Body) -> Self {
        use console_to_server::Body;
        match body {
            Body::Ping(_) | Body::End(_) => Self::Free,
            Body::Open(_) | Body::Offer(_) => Self::Act,
            _ => Self::Message,
        }
    }
}

impl Paces {
    /// How long what a side has just sent waits.
    pub(super) fn wait(&mut self, now: Instant, side: Side, weight: Weight) -> Duration {
        let of_side = match side {
            Side::Customer => &mut self.customer,
            Side::Operator => &mut self.operator,
        };
        match weight {
            Weight::Free => Duration::ZERO,
            Weight::Message => of_side.messages.wait(now, MESSAGES),
            Weight::Act => of_side.acts.wait(now, ACTS),
        }
    }
}

impl Pace {
    fn wait(&mut self, now: Instant, Rate { interval, burst }: Rate) -> Duration {
        let rested_at = self.rested_at.map_or(now, |at| at.max(now)) + interval;
        self.rested_at = Some(rested_at);
        rested_at.duration_since(now).saturating_sub(interval * burst)
    }
}

#[cfg(test)]
mod tests {
    use super::{ACTS, MESSAGES, Paces, Weight};
    use protocol::wire::{self, customer_to_server::Body};
    use session::hosting::Side;
    use std::time::{Duration, Instant};

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let now = Instant::now();
        for (weight, rate) in [(Weight::Message, MESSAGES), (Weight::Act, ACTS)] {
            let mut paces = Paces::default();
            let mut wait = |now| paces.wait(now, Side::Customer, weight);
            assert!((0..rate.burst).all(|_| wait(now).is_zero()));
            assert_eq!(wait(now), rate.interval);
            assert_eq!(wait(now), 2 * rate.interval);
            assert_eq!(wait(now + Duration::from_secs(120)), Duration::ZERO, "it passes");
        }
    }

    #[test]
    fn a_flood_of_one_side_keeps_the_other_waiting_for_nothing() {
        let (mut paces, now) = (Paces::default(), Instant::now());
        for _ in 0..2 * MESSAGES.burst {
            paces.wait(now, Side::Customer, Weight::Message);
        }
        assert_eq!(paces.wait(now, Side::Operator, Weight::Message), Duration::ZERO);
    }

    #[test]
    fn the_end_waits_for_nothing_and_all_that_is_written_or_passed_on_does() {
        let (mut paces, now) = (Paces::default(), Instant::now());
        let mut wait = |body| paces.wait(now, Side::Customer, Weight::of_customer(&body));
        for _ in 0..2 * MESSAGES.burst {
            wait(Body::Event(wire::Event::default()));
            wait(Body::Consent(wire::Consent::default()));
        }
        assert_eq!(wait(Body::End(0)), Duration::ZERO);
        assert_eq!(wait(Body::Ping(wire::Ping::default())), Duration::ZERO);
        for body in [
            Body::Event(wire::Event::default()),
            Body::Consent(wire::Consent::default()),
            Body::Answer(wire::SessionDescription::default()),
            Body::Candidate(wire::Candidate::default()),
            Body::RequestAppCode(wire::RequestAppCode {}),
        ] {
            assert_ne!(wait(body), Duration::ZERO);
        }
    }
}
