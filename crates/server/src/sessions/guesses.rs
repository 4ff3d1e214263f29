//! Limits on wrong connection codes, per network and for the whole server. A try is counted before its code is
//! looked up, so that many at once get no further than one after the other; a right one is given back, so that a
//! company behind one address is never kept out by its own customers.

use crate::throttle::network_of;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Wrong codes of one network in a minute.
const PER_NETWORK: u32 = 10;
/// Wrong codes of all networks in a minute.
const IN_ALL: u32 = 300;
/// Over which the limits are counted.
const MINUTE: Duration = Duration::from_secs(60);
/// So many networks are remembered before those at rest are forgotten.
const NETWORKS: usize = 1_000;

/// What was guessed wrong of late.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    in_all: Count,
    per_network: HashMap<IpAddr, Count>,
}

/// Tries of one kind: when all of them will be forgotten.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    empty_at: Option<Instant>,
}

/// One try at a code. It counts as wrong, unless it is given back.
#[derive(Debug)]
#[must_use]
pub(super) struct Try<'a> {
    guesses: &'a Guesses,
    network: IpAddr,
}

impl Guesses {
    /// Counts a try. Errors: how many seconds this network has to wait.
    pub(super) fn begin(&self, address: IpAddr) -> Result<Try<'_>, u32> {
        self.begin_at(Instant::now(), address)
    }

    fn begin_at(&self, now: Instant, address: IpAddr) -> Result<Try<'_>, u32> {
        let network = network_of(address);
        let mut counts = self.counts();
        let of_network = counts.per_network.get(&network).copied().unwrap_or_default();
        // Both or none: who is refused takes nothing from the others.
        let of_network = of_network.and_one(now, PER_NETWORK).map_err(seconds)?;
        let in_all = counts.in_all.and_one(now, IN_ALL).map_err(seconds)?;
        if NETWORKS < counts.per_network.len() {
            counts.per_network.retain(|_, count| count.empty_at.is_some_and(|at| now < at));
        }
        counts.in_all = in_all;
        counts.per_network.insert(network, of_network);
        Ok(Try { guesses: self, network })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    /// The code was right, or nobody could tell.
    pub(super) fn give_back(self) {
        let mut counts = self.guesses.counts();
        counts.in_all = counts.in_all.less_one(IN_ALL);
        if let Some(count) = counts.per_network.get_mut(&self.network) {
            *count = count.less_one(PER_NETWORK);
        }
    }
}

impl Count {
    /// One more, while there are fewer than `limit`; else how long to wait.
    fn and_one(self, now: Instant, limit: u32) -> Result<Self, Duration> {
        let from = self.empty_at.map_or(now, |at| at.max(now));
        let empty_at = from + MINUTE / limit;
        match empty_at.duration_since(now).checked_sub(MINUTE) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(Self { empty_at: Some(empty_at) }),
        }
    }

    fn less_one(self, limit: u32) -> Self {
        Self { empty_at: self.empty_at.and_then(|at| at.checked_sub(MINUTE / limit)) }
    }
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::{Guesses, IN_ALL, MINUTE, PER_NETWORK};
    use std::{net::IpAddr, time::Instant};

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// Many sockets of one network try at the same moment: none is answered yet, and the limit holds.
    #[test]
    fn tries_count_before_they_are_answered() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let open: Vec<_> =
            (0..100).filter_map(|_| guesses.begin_at(now, address("192.0.2.1")).ok()).collect();
        assert_eq!(open.len(), PER_NETWORK as usize);
        assert!(guesses.begin_at(now, address("192.0.2.2")).is_ok(), "another network");
        open.into_iter().for_each(super::Try::give_back);
        assert!(guesses.begin_at(now, address("192.0.2.1")).is_ok(), "right ones count for nothing");
    }

    #[test]
    fn all_networks_together_have_a_limit_and_it_passes() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let from = |n: u32, now| {
            let address =
                IpAddr::from([10, 0, u8::try_from(n / 256).unwrap(), u8::try_from(n % 256).unwrap()]);
            guesses.begin_at(now, address).map(drop)
        };
        assert_eq!((0..2 * IN_ALL).filter(|n| from(*n, now).is_ok()).count(), IN_ALL as usize);
        assert_eq!(from(700, now), Err(1));
        assert_eq!((800..2000).filter(|n| from(*n, now + MINUTE).is_ok()).count(), IN_ALL as usize);
    }

    #[test]
    fn one_subscriber_is_one_network() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let tries = (0..100).map(|n| guesses.begin_at(now, address(&format!("2001:db8::{n}"))));
        assert_eq!(tries.filter(Result::is_ok).count(), PER_NETWORK as usize);
    }
}
