//! The receiving half of a WebSocket: bounded frames, and what is told to a side whose frame is none of ours.
//!
//! Whoever has not introduced itself has little to say: its first frame is small. A frame over the limit of all ends the
//! socket before it is read.

use super::outbox::{Ending, Outbox};
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream::SplitStream};
use protocol::limits;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Error;

/// What a socket reads at once; axum's own is 128 KiB for each, also for one that says nothing.
const READ_BYTES: usize = 4 * 1024;

/// Messages that are none, before any socket is closed.
pub(super) const BAD_MESSAGES: u32 = 16;

/// Frames of one socket, in order.
#[derive(Debug)]
pub(super) struct Frames {
    stream: SplitStream<WebSocket>,
}

/// What comes instead of a frame of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoFrame {
    /// Closed by either side, lost, or silent for too long.
    Gone,
    /// Larger than it may be. Nothing that follows it can be read.
    TooLong,
}

/// The limits of every socket.
pub(super) fn limited(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BYTES)
        .max_message_size(limits::FRAME_BYTES)
        .max_frame_size(limits::FRAME_BYTES)
}

impl Frames {
    pub(super) fn new(stream: SplitStream<WebSocket>) -> Self {
        Self { stream }
    }

    /// The frame in which a side introduces itself, unless it takes too long.
    pub(super) async fn first(&mut self, outbox: &Outbox) -> Result<Bytes, NoFrame> {
        let frame = self.in_time(limits::HELLO_WAIT, outbox).await?;
        if limits::HELLO_BYTES < frame.len() { Err(NoFrame::TooLong) } else { Ok(frame) }
    }

    /// The next frame, unless 15 s pass in silence or the socket is closed from our side.
    pub(super) async fn next(&mut self, outbox: &Outbox) -> Result<Bytes, NoFrame> {
        self.in_time(limits::SILENCE, outbox).await
    }

    async fn in_time(&mut self, time: Duration, outbox: &Outbox) -> Result<Bytes, NoFrame> {
        tokio::select! {
            frame = tokio::time::timeout(time, self.binary()) => frame.unwrap_or(Err(NoFrame::Gone)),
            () = outbox.closed() => Err(NoFrame::Gone),
        }
    }

    /// The next binary frame. Text is none of ours and becomes a message that decodes to nothing.
    async fn binary(&mut self) -> Result<Bytes, NoFrame> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Binary(frame))) => return Ok(frame),
                Some(Ok(Message::Text(_))) => return Ok(Bytes::from_static(&[0xff])),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Err(error)) if is_too_long(&error) => return Err(NoFrame::TooLong),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(NoFrame::Gone),
            }
        }
    }
}

impl NoFrame {
    /// The problem to tell before the socket closes, if there is one, and how it closes.
    pub(super) fn tell(self, outbox: &Outbox, say: impl FnOnce(&Outbox, &'static str)) {
        if self == Self::TooLong {
            say(outbox, "message-too-long");
            outbox.close_with(Ending::TooLong);
        }
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    let inner = std::error::Error::source(error).and_then(|inner| inner.downcast_ref::<Error>());
    inner.is_some_and(|error| matches!(error, Error::Capacity(_)))
}
