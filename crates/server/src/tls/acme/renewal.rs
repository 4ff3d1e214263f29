//! Gets each name's certificate, and the next one in time, for as long as the server runs.

use super::{
    certificates::Certificates,
    error::AcmeError,
    https::Https,
    kept::Kept,
    order::{Authority, Obtained},
    schedule::{Schedule, Validity},
};
use crate::{address::Address, configuration::Configuration, tls::TlsError};
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How long nothing is looked at, at most: a machine that slept, or whose clock was set, is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(60 * 60);
/// From account to certificate.
const ORDER_TIMEOUT: Duration = Duration::from_secs(300);

/// The certificates, and what it takes to get them.
pub(crate) struct Renewal {
    authority: Authority,
    address: Address,
    certificates: Arc<Certificates>,
    schedule: Schedule,
    /// Whose kept certificate was looked for.
    looked_for: BTreeSet<String>,
}

impl Renewal {
    /// Takes the certificates that are kept. Nothing is asked for before [`Self::run`].
    pub(in crate::tls) fn prepare(
        configuration: &Configuration,
        address: &Address,
    ) -> Result<Self, TlsError> {
        let mut renewal = Self {
            authority: Authority {
                directory: configuration.acme_directory.clone(),
                contact: configuration.acme_contact.as_ref().map(|contact| format!("mailto:{contact}")),
                https: Https::new(configuration.acme_root.as_deref())?,
                kept: Kept::new(&configuration.data, &configuration.acme_directory),
            },
            address: address.clone(),
            certificates: Arc::new(Certificates::new(address.clone())),
            schedule: Schedule::default(),
            looked_for: BTreeSet::new(),
        };
        renewal.take_kept();
        Ok(renewal)
    }

    /// What handshakes are answered with.
    pub(in crate::tls) fn certificates(&self) -> Arc<Certificates> {
        self.certificates.clone()
    }

    /// Asks for what is due until the server ends.
    pub(crate) async fn run(mut self, shutdown: CancellationToken) {
        // An end by shutdown is the only one there is.
        shutdown.run_until_cancelled(self.renew()).await;
    }

    async fn renew(&mut self) {
        let mut changes = self.address.changes();
        loop {
            self.take_kept();
            match self.next(SystemTime::now()) {
                Next::Ask(name) => self.obtain(&name).await,
                Next::Sleep(time) => tokio::select! {
                    () = changes.next() => {}
                    () = tokio::time::sleep(time.min(LONGEST_SLEEP)) => {}
                },
            }
        }
    }

    /// Names may have come that had a certificate before.
    fn take_kept(&mut self) {
        for name in self.certificates.names() {
            if !self.looked_for.insert(name.clone()) {
                continue;
            }
            match self.authority.kept.certificate(&name) {
                Ok(Some(pair)) => self.certificates.hold(&name, pair),
                Ok(None) => {}
                Err(error) => tracing::warn!(name, error = %error, "Kept certificate not taken"),
            }
        }
    }

    /// The present name goes before the others.
    fn next(&self, now: SystemTime) -> Next {
        let mut sleep = LONGEST_SLEEP;
        for name in self.certificates.names() {
            let due = self.schedule.due(&name, self.certificates.validity(&name), now);
            match due.duration_since(now) {
                Ok(wait) if !wait.is_zero() => sleep = sleep.min(wait),
                _ => return Next::Ask(name),
            }
        }
        Next::Sleep(sleep)
    }

    async fn obtain(&mut self, name: &str) {
        let directory = &self.authority.directory;
        let has_one = self.certificates.validity(name).is_some();
        if has_one {
            tracing::info!(name, directory, "Certificate is renewed");
        } else {
            tracing::info!(
                name,
                directory,
                "Certificate is asked for: TLS waits for it, and the authority must reach port 443 of the name"
            );
        }
        let mut ordered = self.order(name).await;
        if ordered.as_ref().is_err_and(AcmeError::is_lost_account) {
            tracing::warn!(directory, "The authority does not know the account any more: a new one is made");
            ordered = match self.authority.kept.forget_account() {
                Ok(()) => self.order(name).await,
                Err(error) => Err(error.into()),
            };
        }
        match ordered {
            Ok(obtained) => self.hold(name, obtained),
            Err(error) => self.failed(name, &error),
        }
    }

    async fn order(&self, name: &str) -> Result<Obtained, AcmeError> {
        let ordered = timeout(ORDER_TIMEOUT, self.authority.order(name, &self.certificates)).await;
        ordered.unwrap_or(Err(AcmeError::Undecided(ORDER_TIMEOUT.as_secs())))
    }

    fn hold(&mut self, name: &str, Obtained { pair, pem }: Obtained) {
        let now = SystemTime::now();
        if let Err(error) = self.authority.kept.keep_certificate(name, pem.as_bytes()) {
            tracing::error!(name, error = %error, "Certificate not kept: the next start asks for another one");
        }
        let validity = pair.cert.first().and_then(Validity::of).unwrap_or(Validity { from: now, to: now });
        self.certificates.hold(name, pair);
        let days = validity.to.duration_since(now).unwrap_or_default().as_secs() / (24 * 60 * 60);
        tracing::info!(name, days, "Certificate obtained");
        if let Err(wait) = self.schedule.obtained(name, validity, now) {
            let retry_s = wait.as_secs();
            tracing::warn!(
                name,
                retry_s,
                "Certificate is old already: this clock differs from the authority's"
            );
        }
    }

    fn failed(&mut self, name: &str, error: &AcmeError) {
        let retry_s = self.schedule.failed(name, SystemTime::now()).as_secs();
        tracing::warn!(name, reason = %error, retry_s, "Certificate not obtained");
    }
}

/// What comes next.
enum Next {
    Ask(String),
    Sleep(Duration),
}
