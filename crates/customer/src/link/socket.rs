//! The WebSocket to the server, owned by a task.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use protocol::limits;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message, protocol::WebSocketConfig};

use super::{Authority, LinkError, Origin, tls};

/// Frames that wait to be sent.
const OUTGOING: usize = 256;
const CONNECT_WAIT: Duration = Duration::from_secs(8);
/// How long what was sent last may take to leave.
const CLOSE_WAIT: Duration = Duration::from_millis(500);

/// What the link tells.
#[derive(Debug)]
pub(crate) enum Signal {
    /// It is open.
    Opened,
    /// A frame of the server's.
    Frame(Bytes),
    /// It is closed, or was never opened.
    Closed(Option<LinkError>),
}

/// A link that is being opened or is open. Dropping it closes it after what was sent.
pub(crate) struct Link {
    outgoing: mpsc::Sender<Bytes>,
    task: JoinHandle<()>,
}

impl Link {
    /// Sends a frame. `false`: too many wait, or the link is closed.
    pub(crate) fn send(&self, frame: Bytes) -> bool {
        self.outgoing.try_send(frame).is_ok()
    }

    /// Closes it and waits until what was sent has left.
    pub(crate) async fn close(self) {
        drop(self.outgoing);
        if tokio::time::timeout(CLOSE_WAIT, self.task).await.is_err() {
            tracing::debug!("Link closed before everything had left");
        }
    }
}

/// Opens the WebSocket at `/ws/customer` of the first origin that answers; everything is told on `signals`, wrapped by
/// `wrap`.
pub(crate) fn connect<T: Send + 'static>(
    origins: Vec<Origin>,
    authority: Authority,
    signals: mpsc::Sender<T>,
    wrap: impl Fn(Signal) -> T + Send + Sync + 'static,
) -> Link {
    let (outgoing, frames) = mpsc::channel(OUTGOING);
    let task = tokio::spawn(async move {
        let end = match open_any(&origins, authority).await {
            Ok(socket) => {
                if signals.send(wrap(Signal::Opened)).await.is_err() {
                    return;
                }
                carry(socket, frames, &signals, &wrap).await;
                None
            }
            Err(error) => Some(error),
        };
        if signals.send(wrap(Signal::Closed(end))).await.is_err() {
            tracing::trace!("Nobody listens to the link any more");
        }
    });
    Link { outgoing, task }
}

type Socket = WebSocketStream<TlsStream<TcpStream>>;

async fn open_any(origins: &[Origin], authority: Authority) -> Result<Socket, LinkError> {
    let mut last = LinkError::Unreachable(io::ErrorKind::AddrNotAvailable.into());
    for origin in origins {
        match tokio::time::timeout(CONNECT_WAIT, open(origin, authority)).await {
            Ok(Ok(socket)) => return Ok(socket),
            Ok(Err(error)) => last = error,
            Err(_) => last = LinkError::Unreachable(io::ErrorKind::TimedOut.into()),
        }
        tracing::info!(error = ?last, server = %origin, "Server not reached");
    }
    Err(last)
}

async fn open(origin: &Origin, authority: Authority) -> Result<Socket, LinkError> {
    let (stream, _) = open_tls(origin, authority).await?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(limits::FRAME_BYTES))
        .max_frame_size(Some(limits::FRAME_BYTES));
    let address = format!("wss://{}/ws/customer", origin.authority());
    match tokio_tungstenite::client_async_with_config(address, stream, Some(config)).await {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::Error::Io(error)) => Err(LinkError::Unreachable(error)),
        Err(error) => {
            tracing::debug!(%error, "No WebSocket there");
            Err(LinkError::NotOurs)
        }
    }
}

pub(super) async fn open_tls(
    origin: &Origin,
    authority: Authority,
) -> Result<(TlsStream<TcpStream>, tls::Vouched), LinkError> {
    let stream = TcpStream::connect((origin.host(), origin.port())).await.map_err(LinkError::Unreachable)?;
    // Small frames (an answer, a candidate, a ping) must not wait for more.
    stream.set_nodelay(true).map_err(LinkError::Unreachable)?;
    let (config, vouched) = tls::config(authority);
    let connector = TlsConnector::from(std::sync::Arc::new(config));
    let stream = connector.connect(origin.name(), stream).await.map_err(LinkError::of_tls)?;
    Ok((stream, vouched))
}

async fn carry<T>(
    socket: Socket,
    mut frames: mpsc::Receiver<Bytes>,
    signals: &mpsc::Sender<T>,
    wrap: &impl Fn(Signal) -> T,
) {
    let (mut sink, mut source) = socket.split();
    loop {
        tokio::select! {
            frame = frames.recv() => {
                let Some(frame) = frame else { break };
                if sink.send(Message::Binary(frame)).await.is_err() {
                    return;
                }
            }
            message = source.next() => match message {
                Some(Ok(Message::Binary(bytes))) => {
                    if signals.send(wrap(Signal::Frame(bytes))).await.is_err() {
                        break;
                    }
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
    if let Err(error) = sink.close().await {
        tracing::trace!(%error, "Link was closed already");
    }
}
