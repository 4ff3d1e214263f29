//! When a certificate is asked for: as soon as there is none, when two thirds of its life are gone, and after a failure later
//! each time.

use rustls::pki_types::CertificateDer;
use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

/// After the first failure; each further one waits [`WAIT_FACTOR`] times as long. Let's Encrypt allows five failed validations
/// of a name an hour: these are as many.
const FIRST_WAIT: Duration = Duration::from_secs(60);
const WAIT_FACTOR: u32 = 3;
/// Longest time between two attempts. A certificate of 90 days has 30 left when the next one is first asked for.
const LONGEST_WAIT: Duration = Duration::from_secs(6 * 60 * 60);

/// From when to when a certificate is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: SystemTime,
    pub(super) to: SystemTime,
}

impl Validity {
    /// What the certificate says (RFC 5280 §4.1.2.5); `None`: it cannot be read.
    pub(super) fn of(certificate: &CertificateDer<'_>) -> Option<Self> {
        let (_, certificate) = x509_parser::parse_x509_certificate(certificate).ok()?;
        let validity = certificate.validity();
        let time =
            |seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(u64::try_from(seconds).ok()?));
        Some(Self { from: time(validity.not_before.timestamp())?, to: time(validity.not_after.timestamp())? })
    }

    /// When the next one is due.
    fn renewal(self) -> SystemTime {
        self.from + self.to.duration_since(self.from).unwrap_or_default() * 2 / 3
    }
}

/// What has failed, by name.
#[derive(Debug, Default)]
pub(super) struct Schedule {
    failures: BTreeMap<String, Failures>,
}

#[derive(Debug)]
struct Failures {
    count: u32,
    until: SystemTime,
}

impl Schedule {
    /// When this name is asked for next; `held`: the certificate that there is.
    pub(super) fn due(&self, name: &str, held: Option<Validity>, now: SystemTime) -> SystemTime {
        let wanted = held.map_or(now, Validity::renewal);
        // A clock that was set back must not make a wait of years.
        let wait = self.failures.get(name).map(|failures| failures.until.min(now + LONGEST_WAIT));
        wait.map_or(wanted, |until| wanted.max(until))
    }

    /// Nothing came. Returns how long to wait.
    pub(super) fn failed(&mut self, name: &str, now: SystemTime) -> Duration {
        let failures = self.failures.entry(name.to_owned()).or_insert(Failures { count: 0, until: now });
        let wait = WAIT_FACTOR
            .checked_pow(failures.count)
            .map_or(LONGEST_WAIT, |times| FIRST_WAIT * times.min(1_000));
        let wait = wait.min(LONGEST_WAIT);
        failures.count = failures.count.saturating_add(1);
        failures.until = now + wait;
        wait
    }

    /// A certificate came. Errors: it is due for renewal already, so that this clock and the authority's differ; the next one is
    /// asked for after the returned wait, not at once and for ever.
    pub(super) fn obtained(
        &mut self,
        name: &str,
        validity: Validity,
        now: SystemTime,
    ) -> Result<(), Duration> {
        if now < validity.renewal() {
            self.failures.remove(name);
            return Ok(());
        }
        Err(self.failed(name, now))
    }
}

#[cfg(test)]
mod tests {
    use super::{FIRST_WAIT, LONGEST_WAIT, Schedule, Validity};
    use std::time::{Duration, SystemTime};

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    fn start() -> SystemTime {
        SystemTime::UNIX_EPOCH + DAY * 20_000
    }

    fn ninety_days() -> Validity {
        Validity { from: start(), to: start() + DAY * 90 }
    }

    /// what is missing is due at once, what is there after two thirds of its life.
    #[test]
    fn a_certificate_is_due_when_two_thirds_of_its_life_are_gone() {
        let schedule = Schedule::default();
        assert_eq!(schedule.due("a.example", None, start()), start());
        assert_eq!(schedule.due("a.example", Some(ninety_days()), start() + DAY), start() + DAY * 60);
        let inverted = Validity { from: start(), to: start() - DAY };
        assert_eq!(schedule.due("a.example", Some(inverted), start()), start());
    }

    /// failures wait longer each time, never too long, and one name's do not hold up another.
    #[test]
    fn failures_of_a_name_wait_longer_each_time() {
        let mut schedule = Schedule::default();
        let minutes = |schedule: &mut Schedule| schedule.failed("a.example", start()).as_secs() / 60;
        let waits: Vec<u64> = (0..8).map(|_| minutes(&mut schedule)).collect();
        assert_eq!(waits, [1, 3, 9, 27, 81, 243, 360, 360]);
        for _ in 0..100 {
            assert_eq!(minutes(&mut schedule), 360);
        }
        assert_eq!(schedule.due("a.example", None, start()), start() + LONGEST_WAIT);
        assert_eq!(schedule.due("b.example", None, start()), start());
        let set_back = start() - DAY * 365;
        assert_eq!(schedule.due("a.example", None, set_back), set_back + LONGEST_WAIT);
        assert_eq!(schedule.obtained("a.example", ninety_days(), start()), Ok(()));
        assert_eq!(schedule.due("a.example", None, start()), start());
    }

    /// A clock that is far ahead must not ask for one certificate after another.
    #[test]
    fn a_certificate_that_is_due_already_is_no_success() {
        let mut schedule = Schedule::default();
        let ahead = start() + DAY * 61;
        assert_eq!(schedule.obtained("a.example", ninety_days(), ahead), Err(FIRST_WAIT));
        assert_eq!(schedule.due("a.example", Some(ninety_days()), ahead), ahead + FIRST_WAIT);
    }
}
