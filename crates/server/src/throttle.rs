//! Limits per client address on what strangers may try.

use crate::problem::{Problem, code};
use governor::{
    Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DefaultKeyedStateStore,
};
use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::Arc,
};

/// So many addresses are remembered before those at rest are forgotten.
const ADDRESSES: usize = 10_000;

/// One kind of attempt, counted per address.
#[derive(Clone)]
pub(crate) struct Throttle {
    limiter: Arc<RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>>,
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Throttle").field("addresses", &self.limiter.len()).finish()
    }
}

impl Throttle {
    /// So many a minute, all of them at once if need be.
    pub(crate) fn per_minute(attempts: NonZeroU32) -> Self {
        Self { limiter: Arc::new(RateLimiter::keyed(Quota::per_minute(attempts))) }
    }

    /// Counts an attempt. Errors: the problem that says how long to wait.
    pub(crate) fn count(&self, address: IpAddr) -> Result<(), Problem> {
        if ADDRESSES < self.limiter.len() {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&network_of(address)).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            let seconds = wait.as_secs().saturating_add(1);
            Problem::new(code::RATE_LIMITED).with("retry_after_s", seconds)
        })
    }
}

/// One subscriber has a whole /64 of IPv6 addresses.
pub(crate) fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
