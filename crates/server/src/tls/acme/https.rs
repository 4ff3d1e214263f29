//! How the authority is asked: by HTTPS with the roots of the operating system and perhaps one more, HTTP/1.1, a connection
//! for each request, and limits on what comes back. Some ten requests in two months need no pool.

use crate::tls::TlsError;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{HeaderValue, Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, HttpClient};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, InvalidDnsNameError, ServerName, pem::PemObject as _},
};
use std::{fs, io, path::Path, pin::Pin, sync::Arc, time::Duration};
use tokio::{net::TcpStream, task::JoinSet, time::timeout};
use tokio_rustls::TlsConnector;

/// A request is answered within this time.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest answer, in bytes; a chain of certificates has some 5 kB.
const ANSWER_BYTES: usize = 256 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
enum HttpsError {
    #[error("{0} is not an https address")]
    Address(Uri),
    #[error("{0}: {1}")]
    Name(String, InvalidDnsNameError),
    #[error("{host}:{port}: {source}")]
    Connect { host: String, port: u16, source: io::Error },
    #[error("{0}: {1}")]
    Http(String, hyper::Error),
    #[error("{host}: the answer cannot be read or has over {ANSWER_BYTES} bytes: {source}")]
    Answer { host: String, source: axum::Error },
    #[error("{0} does not answer within {seconds} s", seconds = REQUEST_TIMEOUT.as_secs())]
    Late(String),
}

/// An HTTPS client. Cheap to clone.
#[derive(Clone)]
pub(super) struct Https {
    connector: TlsConnector,
}

impl Https {
    /// `root`: the file of a root that is trusted beside those of the operating system, PEM.
    pub(super) fn new(root: Option<&Path>) -> Result<Self, TlsError> {
        Ok(Self { connector: client(root).map_err(|error| TlsError::AcmeRoot(Box::new(error)))? })
    }

    async fn ask(self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, HttpsError> {
        let uri = request.uri().clone();
        let Some(host) = uri.host().filter(|_| uri.scheme_str() == Some("https")) else {
            return Err(HttpsError::Address(uri));
        };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        match timeout(REQUEST_TIMEOUT, self.exchange(&uri, &host, request)).await {
            Ok(answer) => answer,
            Err(_) => Err(HttpsError::Late(host)),
        }
    }

    async fn exchange(
        &self,
        uri: &Uri,
        host: &str,
        mut request: Request<BodyWrapper<Bytes>>,
    ) -> Result<BytesResponse, HttpsError> {
        let port = uri.port_u16().unwrap_or(443);
        let unreached = |source| HttpsError::Connect { host: host.to_owned(), port, source };
        let http = |error| HttpsError::Http(host.to_owned(), error);
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| HttpsError::Name(host.to_owned(), error))?;
        let stream = TcpStream::connect((host, port)).await.map_err(unreached)?;
        let stream = self.connector.connect(name, stream).await.map_err(unreached)?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(http)?;
        // Ends with this function, which is what the set is for.
        let mut connections = JoinSet::new();
        connections.spawn(connection);
        to_origin_form(&mut request, uri);
        let (parts, body) = sender.send_request(request).await.map_err(http)?.into_parts();
        let body = to_bytes(Body::new(body), ANSWER_BYTES).await;
        let body = body.map_err(|source| HttpsError::Answer { host: host.to_owned(), source })?;
        Ok(BytesResponse { parts, body: Box::new(body) })
    }
}

impl HttpClient for Https {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, instant_acme::Error>> + Send>> {
        let asked = self.clone().ask(request);
        Box::pin(async { asked.await.map_err(|error| instant_acme::Error::Other(Box::new(error))) })
    }
}

/// TLS to others, verified by the roots of the operating system and those in the file `root`, PEM.
pub(crate) fn client(root: Option<&Path>) -> Result<TlsConnector, TlsError> {
    let mut roots = RootCertStore::empty();
    // Single roots that cannot be read are the operating system's affair.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = root {
        add_roots(&mut roots, path)?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// RFC 9112 §3.2.1: a server is asked for the path, and told the host beside it.
fn to_origin_form(request: &mut Request<BodyWrapper<Bytes>>, uri: &Uri) {
    let host = uri.authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
    if let Some(host) = host {
        request.headers_mut().insert(header::HOST, host);
    }
    let path = uri.path_and_query().map_or_else(|| Uri::from_static("/"), |path| Uri::from(path.clone()));
    *request.uri_mut() = path;
}

fn add_roots(roots: &mut RootCertStore, path: &Path) -> Result<(), TlsError> {
    let pem = fs::read(path).map_err(|source| TlsError::File { path: path.to_owned(), source })?;
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok).collect();
    if certificates.is_empty() {
        return Err(TlsError::Empty { path: path.to_owned(), what: "certificate" });
    }
    for certificate in certificates {
        roots.add(certificate)?;
    }
    Ok(())
}
