//! The peer connections of a session: one in use, others on their way out.

use std::collections::HashMap;

use bytes::Bytes;
use peer::{Answered, Command, Offer, Peer, PeerError};
use session::customer::{Channel, ConnectionNo};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// All connections, by number.
pub(super) struct Peers {
    open: HashMap<ConnectionNo, Open>,
    forwarders: JoinSet<()>,
}

struct Open {
    peer: Peer,
    early: Early,
}

/// What a connection told before anything captures.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Early {
    pub(super) room_bytes: usize,
    /// It takes video, and whether in 4:4:4.
    pub(super) video: Option<bool>,
}

impl Peers {
    pub(super) fn new() -> Self {
        Self { open: HashMap::new(), forwarders: JoinSet::new() }
    }

    /// Answers an offer; what the connection tells goes to `events`. Returns the answer.
    ///
    /// Errors: [`PeerError`].
    pub(super) async fn answer<T: Send + 'static>(
        &mut self,
        connection: ConnectionNo,
        offer: Offer<'_>,
        events: mpsc::Sender<T>,
        wrap: impl Fn(peer::Event) -> T + Send + 'static,
    ) -> Result<String, PeerError> {
        let Answered { peer, events: mut told, sdp } = Peer::answer(offer).await?;
        self.open.insert(connection, Open { peer, early: Early::default() });
        self.forwarders.spawn(async move {
            while let Some(event) = told.recv().await {
                if events.send(wrap(event)).await.is_err() {
                    return;
                }
            }
        });
        Ok(sdp)
    }

    /// Sends a message. `false`: there is no such connection, or it takes nothing any more; one that has lost a reliable
    /// message tells so itself, and ends.
    pub(super) fn send(&self, connection: ConnectionNo, channel: Channel, bytes: Bytes) -> bool {
        self.open.get(&connection).is_some_and(|open| open.peer.send(to_peer(channel), bytes))
    }

    pub(super) fn add_candidate(&self, connection: ConnectionNo, line: String) {
        self.command(connection, Command::Candidate(line));
    }

    /// Whether what is said on a connection goes out, and what comes in is told.
    pub(super) fn set_voice_open(&self, connection: ConnectionNo, open: bool) {
        if !self.command(connection, Command::VoiceOpen(open)) {
            tracing::debug!(open, "Voice of a connection that takes nothing any more");
        }
    }

    /// Ends a connection after what was sent.
    pub(super) fn close(&mut self, connection: ConnectionNo) {
        self.command(connection, Command::Close);
        self.open.remove(&connection);
    }

    pub(super) fn commands(&self, connection: ConnectionNo) -> Option<mpsc::Sender<Command>> {
        self.open.get(&connection).map(|open| open.peer.commands().clone())
    }

    /// Changes what is kept until the share begins.
    pub(super) fn keep(&mut self, connection: ConnectionNo, change: impl FnOnce(&mut Early)) {
        if let Some(open) = self.open.get_mut(&connection) {
            change(&mut open.early);
        }
    }

    pub(super) fn take_early(&mut self, connection: ConnectionNo) -> Early {
        self.open.get_mut(&connection).map(|open| std::mem::take(&mut open.early)).unwrap_or_default()
    }

    /// Closes all and waits until their farewells are out.
    pub(super) async fn close_all(&mut self) {
        let all: Vec<ConnectionNo> = self.open.keys().copied().collect();
        all.into_iter().for_each(|connection| self.close(connection));
        while self.forwarders.join_next().await.is_some() {}
    }

    fn command(&self, connection: ConnectionNo, command: Command) -> bool {
        self.open.get(&connection).is_some_and(|open| open.peer.commands().try_send(command).is_ok())
    }
}

fn to_peer(channel: Channel) -> peer::Channel {
    match channel {
        Channel::Control => peer::Channel::Control,
        Channel::Pointer => peer::Channel::Pointer,
        Channel::Screen => peer::Channel::Screen,
        Channel::Repeat => peer::Channel::Repeat,
        Channel::Files => peer::Channel::Files,
        Channel::OperatorScreen => peer::Channel::OperatorScreen,
    }
}

pub(super) fn from_peer(channel: peer::Channel) -> Channel {
    match channel {
        peer::Channel::Control => Channel::Control,
        peer::Channel::Pointer => Channel::Pointer,
        peer::Channel::Screen => Channel::Screen,
        peer::Channel::Repeat => Channel::Repeat,
        peer::Channel::Files => Channel::Files,
        peer::Channel::OperatorScreen => Channel::OperatorScreen,
    }
}
