//! The server's own certificate authority, for networks without a public name (as Caddy's `tls internal`).
//!
//! A root that lives ten years lies in `DATA/authority`, its key readable by the server's account alone. Leaves
//! live 90 days, are made at the start and again when two thirds of the time are gone, and are kept nowhere. The
//! root travels in the chain, so that a program which knows its hash can trust it at first sight.

use super::{TlsError, write_private};
use crate::{address::Address, configuration::Configuration};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};
use rustls::{
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a root is good for.
const ROOT_LIFE: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);
/// How long a leaf is good for.
const LEAF_LIFE: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// When the next leaf is made.
const LEAF_USE: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The root: its certificate, and its key as it lies on the disk.
#[derive(Clone)]
pub(crate) struct Authority {
    /// The certificate, DER. Programs are prepared with its SHA-256.
    pub(crate) root_der: Arc<[u8]>,
    /// The certificate, PEM, as `/ca.pem` gives it.
    pub(crate) root_pem: String,
    key_pem: Arc<zeroize::Zeroizing<String>>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority").field("fingerprint", &self.fingerprint()).finish_non_exhaustive()
    }
}

impl Authority {
    /// Reads the root, or makes it where there is none.
    pub(super) fn open(folder: &Path) -> Result<Self, TlsError> {
        let (certificate, key) = (folder.join("root.pem"), folder.join("root-key.pem"));
        if !certificate.is_file() || !key.is_file() {
            make_root(folder, &certificate, &key)?;
        }
        let text = |path: &Path| {
            fs::read_to_string(path).map_err(|source| TlsError::File { path: path.to_owned(), source })
        };
        let root_pem = text(&certificate)?;
        let root_der = CertificateDer::from_pem_slice(root_pem.as_bytes())
            .map_err(|_| TlsError::Empty { path: certificate.clone(), what: "certificate" })?;
        Ok(Self { root_der: root_der.as_ref().into(), root_pem, key_pem: Arc::new(text(&key)?.into()) })
    }

    /// SHA-256 of the certificate, as browsers show it.
    pub(crate) fn fingerprint(&self) -> String {
        let hash = Sha256::digest(&self.root_der);
        hash.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }

    /// A leaf for these names and addresses, with the root behind it.
    fn issue(&self, names: &BTreeSet<String>) -> Result<CertifiedKey, TlsError> {
        let issuer = Issuer::from_ca_cert_pem(&self.root_pem, KeyPair::from_pem(&self.key_pem)?)?;
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names.iter().cloned().collect::<Vec<_>>())?;
        params.distinguished_name = named(names.first().map_or("Beside", String::as_str));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        lives(&mut params, LEAF_LIFE);
        let leaf = params.signed_by(&key, &issuer)?;
        let root = CertificateDer::from(self.root_der.to_vec());
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        Ok(CertifiedKey::from_der(vec![leaf.der().clone(), root], key, &ring::default_provider())?)
    }
}

fn make_root(folder: &Path, certificate: &Path, key: &Path) -> Result<(), TlsError> {
    let pair = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params.distinguished_name = named("Beside server authority");
    // A path of length 0: it signs servers, and no further authorities.
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    lives(&mut params, ROOT_LIFE);
    let root = params.self_signed(&pair)?;
    fs::create_dir_all(folder).map_err(|source| TlsError::File { path: folder.to_owned(), source })?;
    // The key first: a certificate without its key is made anew at the next start.
    write_private(key, pair.serialize_pem().as_bytes())?;
    write_private(certificate, root.pem().as_bytes())
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished.push(DnType::OrganizationName, "Beside");
    distinguished
}

/// From a day ago, for clocks that are behind.
fn lives(params: &mut CertificateParams, life: Duration) {
    let now = SystemTime::now();
    params.not_before = (now - DAY).into();
    params.not_after = (now + life).into();
}

/// The names and addresses of the leaf that are this machine's own.
pub(super) fn names(configuration: &Configuration) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    if !configuration.listen.ip().is_unspecified() {
        names.insert(configuration.listen.ip().to_string());
    }
    names
}

/// The current leaf, made anew in time, and when the server's address changes.
#[derive(Debug)]
pub(super) struct Renewing {
    authority: Authority,
    own: BTreeSet<String>,
    address: Address,
    current: Mutex<Leaf>,
}

/// A leaf, when it was made, and for which names.
#[derive(Debug)]
struct Leaf {
    pair: Arc<CertifiedKey>,
    made: SystemTime,
    names: BTreeSet<String>,
}

impl Renewing {
    /// Makes the first leaf.
    pub(super) fn new(
        authority: Authority,
        own: BTreeSet<String>,
        address: Address,
    ) -> Result<Self, TlsError> {
        let names = with_hosts(&own, &address);
        let leaf = Leaf { pair: Arc::new(authority.issue(&names)?), made: SystemTime::now(), names };
        Ok(Self { authority, own, address, current: Mutex::new(leaf) })
    }
}

/// With the hosts that people use, the former ones too [O-4].
fn with_hosts(own: &BTreeSet<String>, address: &Address) -> BTreeSet<String> {
    let origins = address.origins();
    let hosts = origins.iter().filter_map(|origin| {
        let uri: http::Uri = origin.parse().ok()?;
        Some(uri.host()?.trim_start_matches('[').trim_end_matches(']').to_owned())
    });
    own.iter().cloned().chain(hosts).collect()
}

impl ResolvesServerCert for Renewing {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let names = with_hosts(&self.own, &self.address);
        // One that was made while the clock was ahead would be of use to nobody until then.
        let is_used = current.made.elapsed().is_ok_and(|age| age < LEAF_USE);
        if !is_used || names != current.names {
            match self.authority.issue(&names) {
                Ok(next) => *current = Leaf { pair: Arc::new(next), made: SystemTime::now(), names },
                Err(error) => tracing::error!(error = %error, "Certificate not renewed"),
            }
        }
        Some(current.pair.clone())
    }
}
