//! Limits on wrong connection codes, per network and for the whole server. A try is counted before its code is
//! looked up, so that many at once get no further than one after the other; a right one is given back, so that a
//! company behind one address is never kept out by its own customers.

use crate::throttle::{NETWORKS_OF_SITE, network_of, site_of};
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
/// How many of them are kept for networks that guessed nothing wrong of late, so that those who guess keep nobody out.
const FOR_OTHERS: u32 = 100;
/// Over which the limits are counted.
const MINUTE: Duration = Duration::from_secs(60);
/// How long a wrong code is remembered of a network.
const MEMORY: Duration = Duration::from_secs(10 * 60);
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
    of: HashMap<Key, Guesser>,
}

/// Whose tries are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Network(IpAddr),
    Site(IpAddr),
}

/// What one of them did.
#[derive(Clone, Copy, Debug, Default)]
struct Guesser {
    count: Count,
    /// Tries that are not answered yet.
    open: u32,
    wrong_at: Option<Instant>,
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
    address: IpAddr,
    begun_at: Instant,
    was_right: bool,
}

impl Guesses {
    /// Counts a try. Errors: how many seconds this network has to wait.
    pub(super) fn begin(&self, address: IpAddr) -> Result<Try<'_>, u32> {
        self.begin_at(Instant::now(), address)
    }

    fn begin_at(&self, now: Instant, address: IpAddr) -> Result<Try<'_>, u32> {
        let mut counts = self.counts();
        let mut tries = Vec::new();
        let mut is_other = true;
        for key in keys_of(address) {
            let known = counts.of.get(&key).copied().unwrap_or_default();
            is_other &= known.is_innocent(now);
            let count = known.count.and_one(now, key.limit(), key.limit()).map_err(seconds)?;
            tries.push((key, Guesser { count, open: known.open.saturating_add(1), ..known }));
        }
        // All or none: who is refused takes nothing from the others.
        let at_most = if is_other { IN_ALL } else { IN_ALL - FOR_OTHERS };
        counts.in_all = counts.in_all.and_one(now, IN_ALL, at_most).map_err(seconds)?;
        if NETWORKS < counts.of.len() {
            counts.of.retain(|_, guesser| !guesser.is_at_rest(now));
        }
        counts.of.extend(tries);
        Ok(Try { guesses: self, address, begun_at: now, was_right: false })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    /// The code was right, or nobody could tell.
    pub(super) fn give_back(mut self) {
        self.was_right = true;
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        let mut counts = self.guesses.counts();
        if self.was_right {
            counts.in_all = counts.in_all.less_one(IN_ALL);
        }
        for key in keys_of(self.address) {
            let Some(guesser) = counts.of.get_mut(&key) else { continue };
            guesser.open = guesser.open.saturating_sub(1);
            if self.was_right {
                guesser.count = guesser.count.less_one(key.limit());
            } else {
                guesser.wrong_at = guesser.wrong_at.max(Some(self.begun_at));
            }
        }
    }
}

impl Key {
    /// Wrong codes in a minute.
    fn limit(self) -> u32 {
        match self {
            Self::Network(_) => PER_NETWORK,
            Self::Site(_) => PER_NETWORK * NETWORKS_OF_SITE,
        }
    }
}

fn keys_of(address: IpAddr) -> impl Iterator<Item = Key> {
    let network = Key::Network(network_of(address));
    std::iter::once(network).chain(site_of(address).map(Key::Site))
}

impl Guesser {
    /// Nothing wrong of late, and nothing that may turn out so.
    fn is_innocent(&self, now: Instant) -> bool {
        self.open == 0 && self.wrong_at.is_none_or(|at| MEMORY <= now.saturating_duration_since(at))
    }

    fn is_at_rest(&self, now: Instant) -> bool {
        self.is_innocent(now) && self.count.empty_at.is_none_or(|at| at <= now)
    }
}

impl Count {
    /// One more, while there are fewer than `at_most` of those that `per_minute` are forgotten of; else how long to wait.
    fn and_one(self, now: Instant, per_minute: u32, at_most: u32) -> Result<Self, Duration> {
        let one = MINUTE / per_minute;
        let empty_at = self.empty_at.map_or(now, |at| at.max(now)) + one;
        match empty_at.duration_since(now).checked_sub(one * at_most) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(Self { empty_at: Some(empty_at) }),
        }
    }

    fn less_one(self, per_minute: u32) -> Self {
        Self { empty_at: self.empty_at.and_then(|at| at.checked_sub(MINUTE / per_minute)) }
    }
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::{FOR_OTHERS, Guesses, IN_ALL, MEMORY, MINUTE, NETWORKS_OF_SITE, PER_NETWORK};
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

    #[test]
    fn the_networks_of_one_site_have_a_limit_together() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let tries = (0..1_000).map(|n| guesses.begin_at(now, address(&format!("2001:db8:0:{n:x}::1"))));
        assert_eq!(tries.filter(Result::is_ok).count(), (PER_NETWORK * NETWORKS_OF_SITE) as usize);
    }

    /// Thirty networks guess as fast as they may.
    #[test]
    fn those_who_guess_keep_nobody_else_out() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        let guess = |now, network: u32| {
            let network = u8::try_from(network % 30).unwrap();
            guesses.begin_at(now, IpAddr::from([203, 0, 113, network])).is_ok()
        };
        let wrong = (0..10 * IN_ALL).filter(|n| guess(now, *n)).count();
        assert_eq!(wrong, (IN_ALL - FOR_OTHERS) as usize);
        let others: Vec<_> = (0..2 * FOR_OTHERS)
            .filter_map(|n| guesses.begin_at(now, IpAddr::from([10, 0, 0, u8::try_from(n).unwrap()])).ok())
            .collect();
        assert_eq!(others.len(), FOR_OTHERS as usize);
        others.into_iter().for_each(super::Try::give_back);
        assert!(guesses.begin_at(now, address("10.0.0.1")).is_ok(), "a right code is held against nobody");
        let later = now + MEMORY;
        assert_eq!((0..10 * IN_ALL).filter(|n| guess(later, *n)).count(), (IN_ALL - FOR_OTHERS) as usize);
    }
}
