//! Certificate and key by files, read again when they change, without a restart.

use super::TlsError;
use rustls::{
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant, SystemTime},
};

/// How often the files are looked at, at most: a handshake asks.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The newest pair that could be read.
#[derive(Debug)]
pub(super) struct Reloading {
    certificate: PathBuf,
    key: PathBuf,
    current: Mutex<Current>,
}

#[derive(Debug)]
struct Current {
    pair: Arc<CertifiedKey>,
    changed: [Option<SystemTime>; 2],
    looked: Instant,
}

impl Reloading {
    /// Reads the pair for the first time; from now on a pair that cannot be read leaves the last one in use.
    pub(super) fn open(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let changed = [changed(&certificate), changed(&key)];
        let pair = Arc::new(read(&certificate, &key)?);
        Ok(Self { certificate, key, current: Mutex::new(Current { pair, changed, looked: Instant::now() }) })
    }

    fn current(&self) -> Arc<CertifiedKey> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if LOOK_EVERY <= current.looked.elapsed() {
            current.looked = Instant::now();
            let now = [changed(&self.certificate), changed(&self.key)];
            if now != current.changed {
                match read(&self.certificate, &self.key) {
                    Ok(pair) => {
                        current.pair = Arc::new(pair);
                        current.changed = now;
                        tracing::info!("Certificate reloaded");
                    }
                    Err(error) => tracing::warn!(error = %error, "Certificate not reloaded"),
                }
            }
        }
        current.pair.clone()
    }
}

impl ResolvesServerCert for Reloading {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn read(certificate: &Path, key: &Path) -> Result<CertifiedKey, TlsError> {
    let text =
        |path: &Path| fs::read(path).map_err(|source| TlsError::File { path: path.to_owned(), source });
    let chain: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(&text(certificate)?).filter_map(Result::ok).collect();
    if chain.is_empty() {
        return Err(TlsError::Empty { path: certificate.to_owned(), what: "certificate" });
    }
    let key_der = PrivateKeyDer::from_pem_slice(&text(key)?)
        .map_err(|_| TlsError::Empty { path: key.to_owned(), what: "key" })?;
    Ok(CertifiedKey::from_der(chain, key_der, &ring::default_provider())?)
}

#[cfg(test)]
mod tests;
