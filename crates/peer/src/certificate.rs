//! The DTLS certificate of one run of the app.

use std::sync::Arc;

use protocol::Fingerprint;
use sha2::{Digest, Sha256};
use str0m::crypto::{CryptoProvider, dtls::DtlsCert, from_feature_flags};

use crate::PeerError;

/// A self-signed certificate, made at start, since its fingerprint goes out before there is any offer. Clones share it.
#[derive(Clone)]
pub struct Certificate {
    provider: Arc<CryptoProvider>,
    certificate: DtlsCert,
    fingerprint: Fingerprint,
}

impl Certificate {
    /// Makes a new one.
    ///
    /// Errors: [`PeerError::Certificate`].
    pub fn generate() -> Result<Self, PeerError> {
        let provider = Arc::new(from_feature_flags());
        let certificate = provider.dtls_provider.generate_certificate().ok_or(PeerError::Certificate)?;
        let fingerprint = Fingerprint(Sha256::digest(&certificate.certificate).into());
        Ok(Self { provider, certificate, fingerprint })
    }

    /// SHA-256 of the certificate, as in its session descriptions.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    pub(crate) fn provider(&self) -> Arc<CryptoProvider> {
        Arc::clone(&self.provider)
    }

    pub(crate) fn certificate(&self) -> DtlsCert {
        self.certificate.clone()
    }
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Certificate").finish_non_exhaustive()
    }
}
