//! One request of HTTP/1.1 on a connection of its own, for the little that goes beside the WebSocket.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::answer::{Answered, answered};
use super::{Authority, LinkError, Origin, socket};

/// Longer than any answer that is read here.
const ANSWER_BYTES: u64 = 16 * 1024;
/// For connection, request and answer together.
pub(super) const WAIT: Duration = Duration::from_secs(10);

/// Sends a body of JSON to the first origin that answers.
///
/// `method`, `path`: as they stand in a request. Errors: the last origin's [`LinkError`].
pub(crate) async fn send_json(
    origins: &[Origin],
    authority: Authority,
    (method, path): (&str, &str),
    body: &str,
) -> Result<Answered, LinkError> {
    let mut last = LinkError::Unreachable(io::ErrorKind::AddrNotAvailable.into());
    for origin in origins {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            origin.authority(),
            body.len(),
        );
        let asked = async {
            let (stream, _) = socket::open_tls(origin, authority).await?;
            answered(&exchange(stream, &request).await?).map_err(|_| LinkError::NotOurs)
        };
        match tokio::time::timeout(WAIT, asked).await {
            Ok(Ok(answered)) => return Ok(answered),
            Ok(Err(error)) => last = error,
            Err(_) => last = LinkError::Unreachable(io::ErrorKind::TimedOut.into()),
        }
    }
    Err(last)
}

/// Writes a request that asks for the connection's end, and reads until it comes.
pub(super) async fn exchange(mut stream: TlsStream<TcpStream>, request: &str) -> Result<String, LinkError> {
    stream.write_all(request.as_bytes()).await.map_err(LinkError::Unreachable)?;
    let mut bytes = Vec::new();
    match stream.take(ANSWER_BYTES).read_to_end(&mut bytes).await {
        // Servers that close TCP without closing TLS first have still said everything.
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {}
        Err(error) => return Err(LinkError::Unreachable(error)),
    }
    String::from_utf8(bytes).map_err(|_| LinkError::NotOurs)
}
