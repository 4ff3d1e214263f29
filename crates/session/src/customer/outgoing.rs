//! What every state of the customer's side has: the outputs, the link, the clock, and what waits to be reported.

use std::{collections::VecDeque, time::Duration};

use bytes::Bytes;
use prost::Message;
use protocol::wire;

use super::{
    Action, Channel, ConnectionNo, Options, Output, chat_book::ChatBook, event_log::EventLog, link::Link,
    refusals::Refusals, tools::Tools,
};
use crate::Timestamp;

/// How long events may stay unconfirmed before they are sent again.
const RESEND: Duration = Duration::from_secs(10);
/// How long the end waits for the record's tail to leave.
const TAIL: Duration = Duration::from_secs(30);
/// Between two tellings of the end.
const END_AGAIN: Duration = Duration::from_secs(1);
/// How long the link stays open for the server to confirm the end.
const FAREWELL: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) options: Options,
    pub(super) outputs: VecDeque<Output>,
    pub(super) link: Link,
    pub(super) failures: u32,
    pub(super) resume_token: Option<Bytes>,
    pub(super) events: EventLog,
    pub(super) refusals: Refusals,
    pub(super) tools: Tools,
    pub(super) chat: ChatBook,
    pub(super) skipped: u64,
    /// The customer's Yes was told: from here on the server takes reports.
    pub(super) consented: bool,
    /// Events that are not confirmed are sent again at this moment.
    pub(super) resend_at: Option<Timestamp>,
    /// Told to the server until it answers, or the link is closed for good.
    pub(super) untold_end: Option<wire::EndReason>,
    /// When it is told, once more or at the latest.
    pub(super) tell_end_at: Option<Timestamp>,
    /// The link is closed at this moment, told or not.
    pub(super) close_at: Option<Timestamp>,
    /// This machine's own clock when the link was opened last.
    pub(super) own_clock_ms: u64,
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
            tools: Tools::default(),
            chat: ChatBook::default(),
            skipped: 0,
            consented: false,
            resend_at: None,
            untold_end: None,
            tell_end_at: None,
            close_at: None,
            own_clock_ms: 0,
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
        self.events.add(at_ms, kind);
    }

    /// Sends what the server may take now.
    pub(super) fn send_events(&mut self, now: Timestamp) {
        if !self.link.is_up() || !self.consented {
            return;
        }
        if self.resend_at.is_some_and(|at| at <= now) {
            self.resend_at = None;
            self.events.send_again();
        }
        while let Some(event) = self.events.next_to_send() {
            self.frame(wire::customer_to_server::Body::Event(event));
        }
        if !self.events.is_waiting() {
            self.resend_at = None;
        } else if self.resend_at.is_none() {
            self.resend_at = Some(now + RESEND);
        }
    }

    /// Tells the end after the last event, again and again until the link is closed.
    pub(super) fn tell_end(&mut self, now: Timestamp) {
        let Some(reason) = self.untold_end.filter(|_| self.link.is_up()) else { return };
        let is_due = self.tell_end_at.is_some_and(|at| at <= now);
        let is_told = self.close_at.is_some();
        if !is_told && !is_due && self.consented && self.events.has_unsent() {
            self.tell_end_at = self.tell_end_at.or(Some(now + TAIL));
            return;
        }
        if !is_told || is_due {
            self.frame(wire::customer_to_server::Body::End(reason.into()));
            self.tell_end_at = Some(now + END_AGAIN);
            self.close_at = self.close_at.or(Some(now + FAREWELL));
        }
    }

    /// The link is gone, and with it whatever was on its way.
    pub(super) fn link_lost(&mut self) {
        self.events.send_again();
        self.resend_at = None;
        self.tell_end_at = None;
        self.close_at = None;
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
