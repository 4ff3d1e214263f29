//! What every state of the customer's side has: the outputs, the link, the clock, and what waits to be reported.

use std::{collections::VecDeque, time::Duration};

use bytes::Bytes;
use prost::Message;
use protocol::wire;

use super::{
    Action, Channel, ConnectionNo, Options, Output, chat_book::ChatBook, event_log::EventLog, link::Link,
    refusals::Refusals,
};
use crate::Timestamp;

#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) options: Options,
    pub(super) outputs: VecDeque<Output>,
    pub(super) link: Link,
    pub(super) failures: u32,
    pub(super) resume_token: Option<Bytes>,
    pub(super) events: EventLog,
    pub(super) refusals: Refusals,
    pub(super) chat: ChatBook,
    pub(super) skipped: u64,
    /// Told to the server as soon as it is reached again.
    pub(super) untold_end: Option<wire::EndReason>,
    /// The link is closed at this moment, told or not.
    pub(super) close_at: Option<Timestamp>,
    connections: u64,
    clock: ServerClock,
}

/// The server's clock: what Welcome said, plus the time since.
#[derive(Debug, Default)]
struct ServerClock {
    at: Timestamp,
    ms: u64,
}

impl Outgoing {
    pub(super) fn new(options: Options) -> Self {
        let mut out = Self {
            options,
            outputs: VecDeque::new(),
            link: Link::Opening,
            failures: 0,
            resume_token: None,
            events: EventLog::default(),
            refusals: Refusals::default(),
            chat: ChatBook::default(),
            skipped: 0,
            untold_end: None,
            close_at: None,
            connections: 0,
            clock: ServerClock::default(),
        };
        out.act(Action::OpenSignalling);
        out
    }

    pub(super) fn act(&mut self, action: Action) {
        self.outputs.push_back(Output::Do(action));
    }

    /// Sends to the server if it is reached; what must arrive goes through [`Self::report`].
    pub(super) fn send_server(&mut self, body: wire::customer_to_server::Body) {
        if self.link.is_up() {
            self.frame(body);
        }
    }

    /// Sends a frame, whatever the link's state.
    pub(super) fn frame(&mut self, body: wire::customer_to_server::Body) {
        let message = wire::CustomerToServer { body: Some(body) };
        self.outputs.push_back(Output::ToServer(message.encode_to_vec().into()));
    }

    pub(super) fn send_peer(&mut self, connection: ConnectionNo, body: wire::peer_message::Body) {
        let bytes = wire::PeerMessage { body: Some(body) }.encode_to_vec().into();
        self.outputs.push_back(Output::ToPeer { connection, channel: Channel::Control, bytes });
    }

    /// Keeps an event for the record and sends it as soon as the server is reached.
    pub(super) fn report(&mut self, now: Timestamp, kind: wire::event::Kind) {
        let at_ms = self.server_ms(now);
        if let Some(event) = self.events.add(at_ms, kind) {
            self.send_server(wire::customer_to_server::Body::Event(event));
        }
    }

    /// Counts a refusal; it is reported with others of its kind.
    pub(super) fn refuse(&mut self, what: &'static str) {
        self.refusals.note(what);
    }

    pub(super) fn next_connection(&mut self) -> ConnectionNo {
        self.connections += 1;
        ConnectionNo(self.connections)
    }

    pub(super) fn set_clock(&mut self, now: Timestamp, server_ms: u64) {
        self.clock = ServerClock { at: now, ms: server_ms };
    }

    /// The server's time, as far as known; 0 + elapsed before Welcome.
    pub(super) fn server_ms(&self, now: Timestamp) -> u64 {
        let since = u64::try_from(now.since(self.clock.at).as_millis()).unwrap_or(u64::MAX);
        self.clock.ms.saturating_add(since)
    }

    /// When the server's clock will show `server_ms`.
    pub(super) fn when(&self, server_ms: u64) -> Timestamp {
        self.clock.at + Duration::from_millis(server_ms.saturating_sub(self.clock.ms))
    }
}
