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

/// Which authority may vouch for the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authority {
    /// One of the operating system's.
    System,
    /// The one whose certificate has this SHA-256, and no other.
    Known([u8; 32]),
    /// One of the operating system's, or else the one at the end of the presented chain, whatever it is: to ask a new server who it is, before the customer
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

/// Who vouched for the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vouched(Arc<Mutex<Vouchers>>);

/// All who did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vouchers {
    /// The operating system's roots.
    pub(crate) system: bool,
    /// The own authority that the server presented, by its hash.
    pub(crate) own: Option<[u8; 32]>,
}

impl Vouched {
    pub(crate) fn get(&self) -> Vouchers {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, vouchers: Vouchers) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = vouchers;
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
        let unknown = || rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let by_system = match (&self.system, self.authority) {
            (Some(system), Authority::System | Authority::Presented) => {
                system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            _ => Err(unknown()),
        };
        let by_own = self.root(intermediates).map(|(root, hash)| {
            let mut roots = RootCertStore::empty();
            roots.add(root.clone().into_owned())?;
            let own =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
                    .build()
                    .map_err(|_| unknown())?;
            own.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)?;
            Ok(hash)
        });
        let own = by_own.as_ref().and_then(|result| result.as_ref().ok()).copied();
        self.vouched.set(Vouchers { system: by_system.is_ok(), own });
        match by_own {
            Some(Ok(_)) => Ok(ServerCertVerified::assertion()),
            Some(Err(error)) if by_system.is_err() => Err(error),
            _ => by_system,
        }
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
