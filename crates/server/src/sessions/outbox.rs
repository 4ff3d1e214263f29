//! The sending half of a WebSocket: a bounded queue, and a way to end it. A side that does not read is closed; the
//! server never waits for it.

use axum::extract::ws::{CloseCode, CloseFrame, Message, WebSocket, close_code};
use bytes::Bytes;
use futures_util::{SinkExt as _, stream::SplitSink};
use protocol::limits;
use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Frames that wait for a side that reads slowly.
const QUEUE_FRAMES: usize = 256;
/// How long one frame may take to leave.
const SEND_WAIT: Duration = limits::SILENCE;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Where frames for one socket go in. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    number: u64,
    queue: mpsc::Sender<Bytes>,
    closed: CancellationToken,
    ending: Arc<OnceLock<Ending>>,
}

/// How a socket ends, as its close frame says (RFC 6455 §7.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing more is to be said.
    Done,
    /// A frame over the limit came.
    TooLong,
    /// What came was no message of ours, or not in its place.
    NotOurs,
}

/// Where they come out.
#[derive(Debug)]
pub(super) struct Outgoing {
    queue: mpsc::Receiver<Bytes>,
    closed: CancellationToken,
    ending: Arc<OnceLock<Ending>>,
}

impl Outbox {
    /// A queue for one socket.
    pub(super) fn new(shutdown: &CancellationToken) -> (Self, Outgoing) {
        let (sender, receiver) = mpsc::channel(QUEUE_FRAMES);
        let closed = shutdown.child_token();
        let ending = Arc::<OnceLock<Ending>>::default();
        let outbox = Self {
            number: NEXT.fetch_add(1, Ordering::Relaxed),
            queue: sender,
            closed: closed.clone(),
            ending: Arc::clone(&ending),
        };
        (outbox, Outgoing { queue: receiver, closed, ending })
    }

    /// Tells sockets apart.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Sends a frame; a full queue closes the socket.
    pub(super) fn send(&self, message: &impl prost::Message) {
        if self.queue.try_send(message.encode_to_vec().into()).is_err() {
            self.close();
        }
    }

    /// Closes the socket after what was sent.
    pub(super) fn close(&self) {
        self.close_with(Ending::Done);
    }

    /// Closes it for a reason; the first one counts.
    pub(super) fn close_with(&self, ending: Ending) {
        self.ending.get_or_init(|| ending);
        self.closed.cancel();
    }

    /// Ends when the socket is to be closed.
    pub(super) async fn closed(&self) {
        self.closed.cancelled().await;
    }
}

impl Outgoing {
    /// Writes frames until the socket is closed from either side.
    pub(super) async fn run(mut self, mut sink: SplitSink<WebSocket, Message>) {
        loop {
            let frame = tokio::select! {
                biased;
                frame = self.queue.recv() => frame,
                () = self.closed.cancelled() => None,
            };
            let Some(frame) = frame else { break };
            let sent = tokio::time::timeout(SEND_WAIT, sink.send(Message::Binary(frame))).await;
            if !matches!(sent, Ok(Ok(()))) {
                break;
            }
        }
        self.closed.cancel();
        // Not set: the server ends.
        let code = self.ending.get().map_or(close_code::AWAY, |ending| ending.code());
        let last = Message::Close(Some(CloseFrame { code, reason: "".into() }));
        let closing = async {
            sink.send(last).await?;
            sink.close().await
        };
        // The other side may be gone already; there is nobody to tell.
        drop(tokio::time::timeout(SEND_WAIT, closing).await);
    }
}

impl Ending {
    fn code(self) -> CloseCode {
        match self {
            Self::Done => close_code::NORMAL,
            Self::TooLong => close_code::SIZE,
            Self::NotOurs => close_code::PROTOCOL,
        }
    }
}
