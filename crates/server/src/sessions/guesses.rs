//! Limits on wrong connection codes, per address and for the whole server. Right ones are not counted, so that
//! a company behind one address is never kept out by its own customers.

use governor::{
    Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DefaultKeyedStateStore,
};
use governor::{clock::QuantaInstant, state::InMemoryState, state::NotKeyed};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Wrong codes of one address in a minute.
const PER_ADDRESS: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Wrong codes of all addresses in a minute.
const IN_ALL: NonZeroU32 = NonZeroU32::new(300).unwrap();
/// So many addresses are remembered before those at rest are forgotten.
const ADDRESSES: usize = 10_000;

/// What was guessed wrong of late.
pub(super) struct Guesses {
    per_address: RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>,
    in_all: RateLimiter<NotKeyed, InMemoryState, DefaultClock>,
    shut_out: Mutex<HashMap<IpAddr, Instant>>,
    all_shut_out: Mutex<Option<Instant>>,
}

impl std::fmt::Debug for Guesses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guesses").finish_non_exhaustive()
    }
}

impl Guesses {
    pub(super) fn new() -> Self {
        Self {
            per_address: RateLimiter::keyed(Quota::per_minute(PER_ADDRESS)),
            in_all: RateLimiter::direct(Quota::per_minute(IN_ALL)),
            shut_out: Mutex::new(HashMap::new()),
            all_shut_out: Mutex::new(None),
        }
    }

    /// Whether this address may try a code now; else how many seconds it has to wait.
    pub(super) fn check(&self, address: IpAddr) -> Result<(), u32> {
        let now = Instant::now();
        let of_address = self.shut_out().get(&network_of(address)).copied();
        let of_all = *self.all_shut_out.lock().unwrap_or_else(PoisonError::into_inner);
        match [of_address, of_all].into_iter().flatten().filter(|until| now < *until).max() {
            Some(until) => Err(seconds(until - now)),
            None => Ok(()),
        }
    }

    /// A code was wrong.
    pub(super) fn count(&self, address: IpAddr) {
        let network = network_of(address);
        let now = Instant::now();
        if ADDRESSES < self.per_address.len() {
            self.per_address.retain_recent();
        }
        if let Err(until) = self.per_address.check_key(&network) {
            let mut shut_out = self.shut_out();
            shut_out.retain(|_, until| now < *until);
            if shut_out.len() < ADDRESSES {
                shut_out.insert(network, now + wait(&until));
            }
        }
        if let Err(until) = self.in_all.check() {
            *self.all_shut_out.lock().unwrap_or_else(PoisonError::into_inner) = Some(now + wait(&until));
        }
    }

    fn shut_out(&self) -> std::sync::MutexGuard<'_, HashMap<IpAddr, Instant>> {
        self.shut_out.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wait(until: &governor::NotUntil<QuantaInstant>) -> Duration {
    until.wait_time_from(DefaultClock::default().now())
}

fn seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
}

/// One subscriber has a whole /64 of IPv6 addresses.
fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
