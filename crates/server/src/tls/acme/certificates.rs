//! Which certificate a handshake gets.

use super::{ALPN, schedule::Validity};
use crate::{address::Address, configuration::certifiable_name};
use rustls::{
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

/// Certificates by name, and challenges that the authority is about to look at.
#[derive(Debug)]
pub(in crate::tls) struct Certificates {
    address: Address,
    by_name: RwLock<ByName>,
}

#[derive(Debug, Default)]
struct ByName {
    held: BTreeMap<String, Arc<CertifiedKey>>,
    challenges: BTreeMap<String, Arc<CertifiedKey>>,
}

impl Certificates {
    pub(super) fn new(address: Address) -> Self {
        Self { address, by_name: RwLock::default() }
    }

    /// The server's names, the present one first, without what no authority certifies.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.address.origins().iter().filter_map(|origin| certifiable_name(origin)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// How long the certificate of this name is good, if there is one.
    pub(super) fn validity(&self, name: &str) -> Option<Validity> {
        self.read().held.get(name).and_then(|pair| Validity::of(pair.cert.first()?))
    }

    /// From now on this name has this certificate.
    pub(super) fn hold(&self, name: &str, pair: CertifiedKey) {
        self.write().held.insert(name.to_owned(), Arc::new(pair));
    }

    /// Answers the authority's challenge for this name, until the returned value is dropped.
    pub(super) fn challenge(&self, name: &str, pair: CertifiedKey) -> Challenge<'_> {
        self.write().challenges.insert(name.to_owned(), Arc::new(pair));
        Challenge { certificates: self, name: name.to_owned() }
    }

    /// Who names nobody, or another name, gets the present name's certificate, and decides.
    fn for_client(&self, name: Option<&str>) -> Option<Arc<CertifiedKey>> {
        let by_name = self.read();
        let named = name.and_then(|name| by_name.held.get(name));
        named.cloned().or_else(|| by_name.held.get(&certifiable_name(&self.address.origin())?).cloned())
    }

    fn read(&self) -> RwLockReadGuard<'_, ByName> {
        self.by_name.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, ByName> {
        self.by_name.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ResolvesServerCert for Certificates {
    /// `None` ends the handshake with an alert: there is no certificate yet, or nobody ordered one.
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        // RFC 8737 §3: the authority offers this protocol and no other.
        let is_challenge = hello.alpn().is_some_and(|protocols| protocols.eq([ALPN]));
        if is_challenge {
            return self.read().challenges.get(hello.server_name()?).cloned();
        }
        self.for_client(hello.server_name())
    }
}

/// See [`Certificates::challenge`].
#[must_use]
pub(super) struct Challenge<'a> {
    certificates: &'a Certificates,
    name: String,
}

impl Drop for Challenge<'_> {
    fn drop(&mut self) {
        self.certificates.write().challenges.remove(&self.name);
    }
}
