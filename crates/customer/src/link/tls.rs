//! TLS: the operating system's roots, or the server's own authority by its hash. It cannot be switched off.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use sha2::{Digest, Sha256};

/// Most certificates that a server may present: a chain is two to four.
const CHAIN: usize = 8;

/// Which authority may vouch for the server besides the operating system's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authority {
    /// None.
    System,
    /// The one whose certificate has this SHA-256.
    Known([u8; 32]),
    /// The one at the end of the presented chain, whatever it is: to ask a new server who it is, before the customer
    /// confirms and before anything is said to it.
    Presented,
}

/// A client's settings, and where the authority that vouched is told.
pub(crate) fn config(authority: Authority) -> (ClientConfig, Vouched) {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let vouched = Vouched::default();
    let verifier = Verifier {
        system: system(&provider),
        provider: Arc::clone(&provider),
        authority,
        vouched: vouched.clone(),
    };
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| ClientConfig::builder());
    let mut config =
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    (config, vouched)
}

/// The hash of the own authority that vouched for the server; `None`: the operating system's roots did.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vouched(Arc<Mutex<Option<[u8; 32]>>>);

impl Vouched {
    pub(crate) fn get(&self) -> Option<[u8; 32]> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, hash: Option<[u8; 32]>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = hash;
    }
}

#[derive(Debug)]
struct Verifier {
    system: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
    authority: Authority,
    vouched: Vouched,
}

impl Verifier {
    /// The presented root that may vouch. A root's own signature proves nothing: its hash does.
    fn root<'a, 'b>(
        &self,
        intermediates: &'a [CertificateDer<'b>],
    ) -> Option<(&'a CertificateDer<'b>, [u8; 32])> {
        let mut presented = intermediates.iter().take(CHAIN).map(|root| (root, Sha256::digest(root).into()));
        match self.authority {
            Authority::System => None,
            Authority::Known(known) => presented.find(|(_, hash)| *hash == known),
            Authority::Presented => presented.next_back(),
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let by_system = match &self.system {
            Some(system) => {
                system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            None => Err(rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer)),
        };
        if by_system.is_ok() {
            self.vouched.set(None);
            return by_system;
        }
        let Some((root, hash)) = self.root(intermediates) else { return by_system };
        let mut roots = RootCertStore::empty();
        roots.add(root.clone().into_owned())?;
        let own = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
            .build()
            .map_err(|_| rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer))?;
        let verified = own.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)?;
        self.vouched.set(Some(hash));
        Ok(verified)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn system(provider: &Arc<CryptoProvider>) -> Option<Arc<WebPkiServerVerifier>> {
    let mut roots = RootCertStore::empty();
    let (added, skipped) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    tracing::debug!(added, skipped, "Operating system's roots read");
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build().ok()
}
