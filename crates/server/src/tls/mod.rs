//! How a connection becomes a secure one: by files, or by an authority of the server's own.

mod files;
mod own;

pub(crate) use own::Authority;

use crate::address::Address;
use crate::configuration::{Configuration, TlsMode};
use rustls::{ServerConfig, crypto::ring, server::ResolvesServerCert, version};
use std::{path::PathBuf, sync::Arc};
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
}

/// What secures connections.
#[derive(Clone)]
pub(crate) struct Tls {
    /// Takes the handshake.
    pub(crate) acceptor: TlsAcceptor,
    /// The server's own authority, where it is by that.
    pub(crate) authority: Option<Authority>,
}

/// Prepares TLS as set; `None`: plain HTTP.
pub(crate) fn prepare(configuration: &Configuration, address: &Address) -> Result<Option<Tls>, TlsError> {
    match configuration.tls {
        TlsMode::Off => Ok(None),
        TlsMode::Files => {
            let certificate = configuration.tls_certificate.clone().unwrap_or_default();
            let resolver =
                files::Reloading::open(certificate, configuration.tls_key.clone().unwrap_or_default())?;
            Ok(Some(Tls { acceptor: acceptor(Arc::new(resolver))?, authority: None }))
        }
        TlsMode::Own => {
            let authority = Authority::open(&configuration.data.join("authority"))?;
            let resolver = own::Renewing::new(authority.clone(), own::names(configuration), address.clone())?;
            Ok(Some(Tls { acceptor: acceptor(Arc::new(resolver))?, authority: Some(authority) }))
        }
    }
}

/// TLS 1.2 and 1.3 with the suites of rustls; HTTP/1.1, which WebSockets need.
fn acceptor(resolver: Arc<dyn ResolvesServerCert>) -> Result<TlsAcceptor, TlsError> {
    let provider = Arc::new(ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])?
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
