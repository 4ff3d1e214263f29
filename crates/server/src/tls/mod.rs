//! How a connection becomes a secure one: by files, by an ACME authority, or by an authority of the server's own.

mod acme;
mod files;
mod own;

pub(crate) use acme::{Renewal, client, is_challenge};
pub(crate) use own::Authority;

use crate::address::Address;
use crate::configuration::{Configuration, TlsMode};
use crate::whole_file;
use rustls::{ServerConfig, crypto::ring, server::ResolvesServerCert, version};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_rustls::TlsAcceptor;

/// Why there is no TLS.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    /// A file of certificate or key cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds no certificate or no key.
    #[error("{path} holds no {what} in PEM")]
    Empty {
        /// Which one.
        path: PathBuf,
        /// What it lacks.
        what: &'static str,
    },
    /// Certificate and key do not belong together, or are of an unknown kind.
    #[error("certificate: {0}")]
    Rustls(#[from] rustls::Error),
    /// A certificate could not be made.
    #[error("own authority: {0}")]
    Authority(#[from] rcgen::Error),
    /// The root of a private ACME authority cannot be used.
    #[error("configuration: acme_root: {0}")]
    AcmeRoot(Box<TlsError>),
}

/// What secures connections; nothing of it: plain HTTP.
#[derive(Default)]
pub(crate) struct Tls {
    /// Takes the handshake.
    pub(crate) acceptor: Option<TlsAcceptor>,
    /// The server's own authority, where it is by that.
    pub(crate) authority: Option<Authority>,
    /// What must run to get certificates, where they are from an ACME authority.
    pub(crate) renewal: Option<Renewal>,
}

/// Prepares TLS as set.
pub(crate) fn prepare(configuration: &Configuration, address: &Address) -> Result<Tls, TlsError> {
    match configuration.tls {
        TlsMode::Off => Ok(Tls::default()),
        TlsMode::Files => {
            let certificate = configuration.tls_certificate.clone().unwrap_or_default();
            let resolver =
                files::Reloading::open(certificate, configuration.tls_key.clone().unwrap_or_default())?;
            Ok(Tls { acceptor: Some(acceptor(Arc::new(resolver), &[])?), ..Tls::default() })
        }
        TlsMode::Own => {
            let authority = Authority::open(&configuration.data.join("authority"))?;
            let resolver = own::Renewing::new(authority.clone(), own::names(configuration), address.clone())?;
            let acceptor = acceptor(Arc::new(resolver), &[])?;
            Ok(Tls { acceptor: Some(acceptor), authority: Some(authority), renewal: None })
        }
        TlsMode::Acme => {
            let renewal = Renewal::prepare(configuration, address)?;
            let acceptor = acceptor(renewal.certificates(), &[acme::ALPN])?;
            Ok(Tls { acceptor: Some(acceptor), authority: None, renewal: Some(renewal) })
        }
    }
}

/// TLS 1.2 and 1.3 with the suites of rustls; HTTP/1.1, which WebSockets need, before whatever is not for browsers.
fn acceptor(
    resolver: Arc<dyn ResolvesServerCert>,
    other_protocols: &[&[u8]],
) -> Result<TlsAcceptor, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])?
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.alpn_protocols.extend(other_protocols.iter().map(|protocol| protocol.to_vec()));
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Writes a file that only this account can read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), TlsError> {
    whole_file::write_private(path, bytes).map_err(|source| TlsError::File { path: path.to_owned(), source })
}
