//! Text messages by an HTTP service of the company's choice, which gets a signed request (`docs/invitations.md`). HTTP/1.1, a
//! connection for each, TLS verified, no redirect followed: the text is for that service alone.

use super::delivery::Undelivered;
use crate::{
    clock::now_ms,
    configuration::{ConfigurationError, SmsSettings, read_secret},
    secrets::{Secret, hex},
    tls,
};
use axum::body::{Body, to_bytes};
use hmac::{Hmac, Mac as _};
use http::{Request, StatusCode, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use serde::Serialize;
use sha2::Sha256;
use std::{io, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinSet,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use uuid::Uuid;

/// A request is answered within this time.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);
/// Longest answer that is read, in bytes; nothing in it is looked at.
const ANSWER_BYTES: usize = 64 * 1024;

/// What is asked for.
#[derive(Debug, Serialize)]
pub(super) struct Order<'a> {
    /// The same for every try.
    pub(super) id: Uuid,
    pub(super) to: &'a str,
    pub(super) text: &'a str,
    pub(super) language: &'a str,
    /// The company's short name.
    pub(super) company: &'a str,
}

/// The service.
pub(super) struct Hook {
    uri: Uri,
    secret: Secret,
    connector: TlsConnector,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hook").field("host", &self.uri.host()).finish_non_exhaustive()
    }
}

impl Hook {
    pub(super) fn open(settings: &SmsSettings) -> Result<Self, ConfigurationError> {
        let rule = |key, what| ConfigurationError::Rule { key, what };
        Ok(Self {
            uri: settings.url.parse().map_err(|_| rule("sms.url", "an https address"))?,
            secret: read_secret(&settings.secret_file, "sms.secret_file")?,
            connector: tls::client(settings.root.as_deref())
                .map_err(|_| rule("sms.root", "a file of certificates in PEM"))?,
        })
    }

    /// Asks for one message.
    pub(super) async fn send(&self, order: &Order<'_>) -> Result<(), Undelivered> {
        let body = serde_json::to_string(order).map_err(|_| Undelivered::lasting("sms-refused"))?;
        let request = self.request(order.id, body).ok_or(Undelivered::lasting("sms-refused"))?;
        let status = match timeout(REQUEST_TIMEOUT, self.exchange(request)).await {
            Ok(Ok(status)) => status,
            Ok(Err(error)) if error.kind() == io::ErrorKind::InvalidData => {
                tracing::warn!("Message service is not the one that it says to be");
                return Err(Undelivered::lasting("sms-tls"));
            }
            Ok(Err(_)) | Err(_) => return Err(Undelivered::passing("sms-unreachable")),
        };
        match status.as_u16() {
            200..=299 => Ok(()),
            408 | 425 | 429 | 500..=599 => Err(Undelivered::passing("sms-busy")),
            status => {
                tracing::warn!(status, "Message service refuses");
                Err(Undelivered::lasting(if status == 401 || status == 403 {
                    "sms-sign-in"
                } else {
                    "sms-refused"
                }))
            }
        }
    }

    fn request(&self, id: Uuid, body: String) -> Option<Request<Body>> {
        let at_s = now_ms() / 1_000;
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.text().as_bytes()).ok()?;
        mac.update(format!("{at_s}.{body}").as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        let path = self.uri.path_and_query().map_or("/", |path| path.as_str());
        Request::post(path)
            .header(header::HOST, self.uri.authority()?.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", id.to_string())
            .header("beside-timestamp", at_s)
            .header("beside-signature", format!("v1={signature}"))
            .body(Body::from(body))
            .ok()
    }

    async fn exchange(&self, request: Request<Body>) -> io::Result<StatusCode> {
        let host =
            self.uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let is_tls = self.uri.scheme_str() == Some("https");
        let port = self.uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        if !is_tls {
            return over(stream, request).await;
        }
        let name = ServerName::try_from(host).map_err(io::Error::other)?;
        over(self.connector.connect(name, stream).await?, request).await
    }
}

async fn over(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Body>,
) -> io::Result<StatusCode> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // Ends with this function, which is what the set is for.
    let mut connections = JoinSet::new();
    connections.spawn(connection);
    let (parts, body) = sender.send_request(request).await.map_err(io::Error::other)?.into_parts();
    // Read, so that the service is not cut off; whatever it says, the status is its answer.
    drop(to_bytes(Body::new(body), ANSWER_BYTES).await);
    Ok(parts.status)
}
