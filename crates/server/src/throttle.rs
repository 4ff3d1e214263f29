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

/// So many times the limit of one network is that of the site which it is part of.
pub(crate) const NETWORKS_OF_SITE: u32 = 4;

type Limiter = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock>;

/// One kind of attempt, counted per network and per site.
#[derive(Clone)]
pub(crate) struct Throttle {
    networks: Arc<Limiter>,
    sites: Arc<Limiter>,
}

impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Throttle").field("networks", &self.networks.len()).finish()
    }
}

impl Throttle {
    /// So many a minute, all of them at once if need be.
    pub(crate) fn per_minute(attempts: NonZeroU32) -> Self {
        let of_site = attempts.saturating_mul(const { NonZeroU32::new(NETWORKS_OF_SITE).unwrap() });
        let limiter = |attempts| Arc::new(RateLimiter::keyed(Quota::per_minute(attempts)));
        Self { networks: limiter(attempts), sites: limiter(of_site) }
    }

    /// Counts an attempt. Errors: the problem that says how long to wait.
    pub(crate) fn count(&self, address: IpAddr) -> Result<(), Problem> {
        // The network first: who is refused there takes nothing from the others of the site.
        count(&self.networks, network_of(address))?;
        site_of(address).map_or(Ok(()), |site| count(&self.sites, site))
    }
}

fn count(limiter: &Limiter, key: IpAddr) -> Result<(), Problem> {
    if ADDRESSES < limiter.len() {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        let seconds = wait.as_secs().saturating_add(1);
        Problem::new(code::RATE_LIMITED).with("retry_after_s", seconds)
    })
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

/// The site of an IPv6 address: many subscribers, and everybody who rents a machine somewhere, have 65,536 networks in
/// one /48 (RFC 6177). With IPv4 an address is all that anybody has.
pub(crate) fn site_of(address: IpAddr) -> Option<IpAddr> {
    match address {
        IpAddr::V4(_) => None,
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            Some(IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NETWORKS_OF_SITE, Throttle};

    #[test]
    fn the_networks_of_one_site_have_a_limit_together() {
        let throttle = Throttle::per_minute(5.try_into().unwrap());
        let passed = |address: String| throttle.count(address.parse().unwrap()).is_ok();
        let site = (0..1_000).filter(|n| passed(format!("2001:db8:0:{n:x}::1"))).count();
        assert_eq!(site, 5 * NETWORKS_OF_SITE as usize);
        assert!(passed("2001:db8:1::1".to_owned()), "another site");
        assert_eq!((0..10).filter(|_| passed("192.0.2.1".to_owned())).count(), 5);
        assert!(passed("192.0.2.2".to_owned()));
    }
}
