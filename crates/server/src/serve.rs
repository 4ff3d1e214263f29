//! Connections: from the listener to the router.
//!
//! One port takes everything (design, The server). The first byte tells what comes: 22 opens a TLS handshake, a
//! byte below 4 is STUN (RFC 7983's ranges), anything else is plain HTTP. After TLS the same question is asked
//! again. STUN has no answer yet and is closed; plain HTTP on a TLS port is sent on to https.

use crate::{
    client::PeerAddress,
    door::{Door, Place, Placed},
    state::AppState,
    tls,
};
use axum::{Router, body::Body};
use http::Request;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{net::SocketAddr, pin::pin, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// A connection says what it is, and finishes its handshake, within this time.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// The head of a request arrives within this time.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// Running requests may take so long when the server ends.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// When the machine has no more handles, the listener waits.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Largest head of a request, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// First byte of a TLS handshake record (RFC 8446 §5.1).
const TLS_HANDSHAKE: u8 = 22;
/// First bytes of STUN (RFC 7983 §7).
const STUN: std::ops::RangeInclusive<u8> = 0..=3;

/// Serves until the state's shutdown fires, then lets running requests finish.
pub(crate) async fn run(listener: TcpListener, tls: Option<TlsAcceptor>, state: AppState, app: Router) {
    let connections = state.tasks.clone();
    let door = Door::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = state.shutdown.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection =
                    Connection { peer, tls: tls.clone(), state: state.clone(), app: app.clone() };
                match door.enter(peer.ip(), connection.is_shared()) {
                    Some(place) => drop(connections.spawn(connection.take(stream, Arc::new(place)))),
                    None => tracing::warn!(%peer, "Connection refused: too many are open"),
                }
            }
            Err(error) => {
                tracing::warn!(error = %error, "Connection not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    connections.close();
    if timeout(SHUTDOWN_TIMEOUT, connections.wait()).await.is_err() {
        tracing::warn!("Requests were cut off at the end");
    }
}

struct Connection {
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    state: AppState,
    app: Router,
}

impl Connection {
    async fn take(self, stream: TcpStream, place: Arc<Place>) {
        // Input and small pictures' acknowledgements must not wait for more of them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(error = %error, "Connection keeps its delay");
        }
        let mut first = [0];
        let peeked = timeout(HANDSHAKE_TIMEOUT, stream.peek(&mut first)).await;
        let [first] = first;
        let stream = Placed { stream, _place: Arc::clone(&place) };
        match (peeked, self.tls.clone()) {
            (Ok(Ok(1)), Some(tls)) if first == TLS_HANDSHAKE => self.take_tls(tls, stream, place).await,
            (Ok(Ok(1)), _) if STUN.contains(&first) => tracing::debug!("STUN has no answer here yet"),
            (Ok(Ok(1)), Some(_)) => self.send_to_https(stream).await,
            (Ok(Ok(1)), None) if self.may_come_plain() => self.serve(stream, place).await,
            (Ok(Ok(1)), None) => {
                tracing::warn!(peer = %self.peer, "Plain HTTP refused: not from a trusted proxy")
            }
            _ => {}
        }
    }

    /// Without TLS of our own only this machine and the configured proxies are answered.
    fn may_come_plain(&self) -> bool {
        self.is_shared()
    }

    /// Others stand behind this address.
    fn is_shared(&self) -> bool {
        let address = self.peer.ip().to_canonical();
        address.is_loopback() || self.state.configuration.trusted_proxies.contains(&address)
    }

    async fn take_tls(self, acceptor: TlsAcceptor, stream: Placed<TcpStream>, place: Arc<Place>) {
        let secure = match timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await {
            Ok(Ok(secure)) => secure,
            Ok(Err(error)) => return tracing::debug!(error = %error, "TLS handshake failed"),
            Err(_) => return,
        };
        if tls::is_challenge(secure.get_ref().1) {
            return end_challenge(secure).await;
        }
        let mut buffered = BufReader::new(secure);
        match timeout(HANDSHAKE_TIMEOUT, buffered.fill_buf()).await {
            Ok(Ok([first, ..])) if !STUN.contains(first) => self.serve(buffered, place).await,
            _ => {}
        }
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, place: Arc<Place>) {
        let Self { peer, state, app, .. } = self;
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(PeerAddress(peer));
            request.extensions_mut().insert(Arc::clone(&place));
            app.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = state.shutdown.cancelled() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = ended {
            tracing::debug!(error = %error, "Connection ended");
        }
    }

    /// The browser came without TLS: it is sent to the address with it, whatever it asked for.
    async fn send_to_https(self, mut stream: Placed<TcpStream>) {
        let origin = self.state.address.origin();
        let answer = format!(
            "HTTP/1.1 308 Permanent Redirect\r\nlocation: {origin}/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        if let Err(error) = stream.write_all(answer.as_bytes()).await {
            tracing::debug!(error = %error, "Connection ended");
        }
        // Closing with unread bytes would reset the connection before the answer is read.
        let mut rest = BufReader::new(stream);
        if let Ok(Ok(read)) = timeout(HANDSHAKE_TIMEOUT, rest.fill_buf()).await {
            let length = read.len();
            rest.consume(length);
        }
    }
}

/// The authority has seen the certificate of its challenge, and nothing more is said.
async fn end_challenge(mut stream: impl AsyncWrite + Unpin) {
    if let Ok(Err(error)) = timeout(HANDSHAKE_TIMEOUT, stream.shutdown()).await {
        tracing::debug!(error = %error, "Connection ended");
    }
}
