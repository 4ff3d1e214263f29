//! The task that owns a connection: sockets, clock and channels around str0m's core.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bytes::Bytes;
use protocol::{Fingerprint, limits};
use str0m::change::SdpOffer;
use str0m::channel::{ChannelData, ChannelId};
use str0m::net::{Protocol, Receive};
use str0m::{Candidate, IceConnectionState, Input, Output, Rtc};
use tokio::sync::mpsc;

use crate::outbox::{Drain, Outbox, Wrote};
use crate::sockets::{DATAGRAM_BYTES, Sockets};
use crate::{Certificate, Channel, PeerError, SCREEN_UNSENT_BYTES};

/// Commands that wait for the task.
const COMMANDS: usize = 256;
/// Events that wait for the caller; a caller that does not read stops the connection's reading.
const EVENTS: usize = 256;
/// Datagrams taken in one go before anything else gets its turn.
const DATAGRAMS_AT_ONCE: usize = 32;
/// All channels together, unacknowledged: the picture's share and room for what is more urgent.
const BUFFERED_BYTES: usize = SCREEN_UNSENT_BYTES + 192 * 1024;
/// How long the farewell may take.
const CLOSE_WAIT: Duration = Duration::from_millis(300);
/// How long a connection that was lost may come back by itself.
const LOST_WAIT: Duration = Duration::from_secs(30);

/// What the caller asks of the connection.
#[derive(Debug)]
pub enum Command {
    /// A candidate of the other end, as in RFC 8839 §5.1 without "a="; empty: no more.
    Candidate(String),
    /// A new offer on the same connection (ICE restart after a change of network). Answered by [`Event::Answer`]; an
    /// offer with another certificate ends the connection.
    Offer(String),
    /// A message of at most 16 KiB.
    Send(Channel, Bytes),
    /// Says goodbye and ends.
    Close,
}

/// What the connection tells.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The answer to [`Command::Offer`].
    Answer(String),
    /// A candidate of ours; empty: no more.
    Candidate(String),
    /// Connected, or connected again.
    Connected {
        /// Whether a relay passes the media on.
        relayed: bool,
    },
    /// The console's channel is there.
    Open(Channel),
    /// A message of at most 16 KiB.
    Message(Channel, Bytes),
    /// So many more bytes may be sent on the screen channel: [`SCREEN_UNSENT_BYTES`] when it opens, then what the other
    /// end acknowledged.
    Room {
        /// More bytes than before.
        bytes: usize,
    },
    /// Nothing gets through just now; it may come back.
    Disconnected,
    /// The connection is over, by itself.
    Failed(FailReason),
    /// The connection is over: [`Command::Close`], or the other end closed it.
    Closed,
}

/// Why a connection failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailReason {
    /// No way to the other end was found in time.
    NoPath,
    /// The way was lost and did not come back.
    Lost,
    /// The other end broke the protocol, or proved to be someone else.
    Protocol,
    /// The other end does not read what it is sent.
    NotReading,
}

/// An offer and what it must fulfil.
#[derive(Debug)]
pub struct Offer<'a> {
    /// The session description.
    pub sdp: &'a str,
    /// The certificate that the policy names for the other end.
    pub remote: Fingerprint,
    /// Our own.
    pub certificate: &'a Certificate,
}

/// A connection that is being made.
#[derive(Debug)]
pub struct Answered {
    /// The connection.
    pub peer: Peer,
    /// What it tells.
    pub events: mpsc::Receiver<Event>,
    /// The session description to send back.
    pub sdp: String,
}

/// A running connection. Its task ends with its last command sender, after a farewell of at most 300 ms.
#[derive(Debug)]
pub struct Peer {
    commands: mpsc::Sender<Command>,
}

impl Peer {
    /// Answers an offer and starts the connection.
    ///
    /// Errors: [`PeerError`]; nothing was sent to the other end then.
    pub async fn answer(offer: Offer<'_>) -> Result<Answered, PeerError> {
        let description = SdpOffer::from_sdp_string(offer.sdp).map_err(PeerError::offer)?;
        if protocol::sdp::fingerprint(offer.sdp) != Some(offer.remote) {
            return Err(PeerError::Fingerprint);
        }
        let sockets = Sockets::open().await.map_err(PeerError::NoSocket)?;
        let mut rtc = connection(offer.certificate, Instant::now());
        let candidates = add_candidates(&mut rtc, &sockets);
        let answer = rtc.sdp_api().accept_offer(description).map_err(PeerError::offer)?;
        let (peer, events) = Self::spawn(rtc, sockets, candidates, offer.remote);
        Ok(Answered { peer, events, sdp: answer.to_sdp_string() })
    }

    pub(crate) fn spawn(
        rtc: Rtc,
        sockets: Sockets,
        candidates: Vec<String>,
        remote: Fingerprint,
    ) -> (Self, mpsc::Receiver<Event>) {
        let (commands, command_receiver) = mpsc::channel(COMMANDS);
        let (event_sender, events) = mpsc::channel(EVENTS);
        let shell = Shell::new(rtc, sockets, remote, event_sender);
        tokio::spawn(shell.run(command_receiver, candidates));
        (Self { commands }, events)
    }

    /// Where commands go. A task that has ended takes none.
    #[must_use]
    pub fn commands(&self) -> &mpsc::Sender<Command> {
        &self.commands
    }
}

pub(crate) fn connection(certificate: &Certificate, now: Instant) -> Rtc {
    Rtc::builder()
        .set_crypto_provider(certificate.provider())
        .set_dtls_cert(certificate.certificate())
        .set_sctp_max_buffered_amount(BUFFERED_BYTES)
        .clear_codecs()
        .enable_av1(true)
        .build(now)
}

pub(crate) fn add_candidates(rtc: &mut Rtc, sockets: &Sockets) -> Vec<String> {
    let mut lines = Vec::new();
    for address in sockets.addresses() {
        let Ok(candidate) = Candidate::host(address, "udp") else { continue };
        if let Some(candidate) = rtc.add_local_candidate(candidate) {
            lines.push(candidate.to_sdp_string());
        }
    }
    lines
}

/// How the task goes on.
enum Flow {
    On,
    End(Event),
}

struct Shell {
    rtc: Rtc,
    sockets: Sockets,
    remote: Fingerprint,
    events: mpsc::Sender<Event>,
    channels: [Option<ChannelId>; Channel::ALL.len()],
    outbox: Outbox,
    drain: Drain,
    candidates_seen: usize,
    relays: Vec<SocketAddr>,
    /// Where the last media or data went: tells a relayed connection from a direct one.
    media_to: Option<SocketAddr>,
    /// DTLS is up: from then on a change of ICE's state is worth telling.
    established: bool,
    /// When to give up, and as what.
    deadline: Option<(Instant, FailReason)>,
}

impl Shell {
    fn new(rtc: Rtc, sockets: Sockets, remote: Fingerprint, events: mpsc::Sender<Event>) -> Self {
        Self {
            rtc,
            sockets,
            remote,
            events,
            channels: [None; Channel::ALL.len()],
            outbox: Outbox::default(),
            drain: Drain::default(),
            candidates_seen: 0,
            relays: Vec::new(),
            media_to: None,
            established: false,
            deadline: Some((Instant::now() + limits::PEER_CONNECT, FailReason::NoPath)),
        }
    }

    async fn run(mut self, mut commands: mpsc::Receiver<Command>, candidates: Vec<String>) {
        for line in candidates.into_iter().chain([String::new()]) {
            self.tell(Event::Candidate(line)).await;
        }
        let mut buffer = vec![0_u8; DATAGRAM_BYTES];
        let end = loop {
            self.flush();
            let wake = match self.drive().await {
                Ok(wake) => wake,
                Err(event) => break event,
            };
            if let Flow::End(event) = self.wait(wake, &mut commands, &mut buffer).await {
                break event;
            }
        };
        commands.close();
        self.say_goodbye().await;
        self.tell(end).await;
    }

    /// Waits for whatever comes first and hands it to the core.
    async fn wait(
        &mut self,
        wake: Instant,
        commands: &mut mpsc::Receiver<Command>,
        buffer: &mut [u8],
    ) -> Flow {
        let wake = self.deadline.map_or(wake, |(at, _)| wake.min(at));
        tokio::select! {
            biased;
            command = commands.recv() => match command {
                Some(command) => return self.command(command, commands),
                None => return Flow::End(Event::Closed),
            },
            (source, destination, length) = self.sockets.receive(buffer) => {
                return self.datagrams((source, destination, length), buffer).await;
            }
            () = tokio::time::sleep_until(wake.into()) => {}
        }
        let now = Instant::now();
        if let Some((at, reason)) = self.deadline
            && at <= now
        {
            return Flow::End(Event::Failed(reason));
        }
        self.input(Input::Timeout(now))
    }

    fn command(&mut self, first: Command, commands: &mut mpsc::Receiver<Command>) -> Flow {
        let mut next = Some(first);
        while let Some(command) = next {
            let flow = match command {
                Command::Candidate(line) => self.remote_candidate(&line),
                Command::Offer(sdp) => self.renegotiate(&sdp),
                Command::Send(channel, bytes) => self.queue(channel, bytes),
                Command::Close => Flow::End(Event::Closed),
            };
            if matches!(flow, Flow::End(_)) {
                return flow;
            }
            next = commands.try_recv().ok();
        }
        Flow::On
    }

    fn queue(&mut self, channel: Channel, bytes: Bytes) -> Flow {
        if limits::PEER_MESSAGE_BYTES < bytes.len() {
            tracing::warn!(size_bytes = bytes.len(), "Message over the limit not sent");
            return Flow::On;
        }
        match self.outbox.push(channel, bytes) {
            Ok(()) => Flow::On,
            Err(_) => Flow::End(Event::Failed(FailReason::NotReading)),
        }
    }

    fn remote_candidate(&mut self, line: &str) -> Flow {
        // Browsers hide their addresses behind names in .local; their checks reach us all the same.
        let usable = !line.is_empty()
            && line.len() <= limits::CANDIDATE_BYTES
            && !line.to_ascii_lowercase().contains(".local")
            && self.candidates_seen < limits::CANDIDATES;
        if usable {
            self.candidates_seen += 1;
            match Candidate::from_sdp_string(line) {
                Ok(candidate) => self.add_remote(candidate),
                Err(error) => tracing::debug!(%error, "Candidate skipped"),
            }
        }
        self.input(Input::Timeout(Instant::now()))
    }

    fn add_remote(&mut self, candidate: Candidate) {
        if candidate.proto() != Protocol::Udp {
            return;
        }
        if candidate.kind() == str0m::CandidateKind::Relayed {
            self.relays.push(candidate.addr());
        }
        self.rtc.add_remote_candidate(candidate);
    }

    fn renegotiate(&mut self, sdp: &str) -> Flow {
        let answer = SdpOffer::from_sdp_string(sdp).ok().filter(|_| {
            // The core keeps the first offer's fingerprint; a second one that differs is another console.
            protocol::sdp::fingerprint(sdp) == Some(self.remote)
        });
        let Some(offer) = answer else { return Flow::End(Event::Failed(FailReason::Protocol)) };
        self.candidates_seen = 0;
        match self.rtc.sdp_api().accept_offer(offer) {
            Ok(answer) => match self.events.try_send(Event::Answer(answer.to_sdp_string())) {
                Ok(()) => Flow::On,
                Err(_) => Flow::End(Event::Failed(FailReason::Protocol)),
            },
            Err(error) => {
                tracing::debug!(%error, "New offer refused");
                Flow::End(Event::Failed(FailReason::Protocol))
            }
        }
    }

    /// Takes what has arrived. The core is emptied after each datagram: its DTLS keeps only a few unread records.
    async fn datagrams(&mut self, first: (SocketAddr, SocketAddr, usize), buffer: &mut [u8]) -> Flow {
        let mut next = Some(first);
        for _ in 0..DATAGRAMS_AT_ONCE {
            let Some((source, destination, length)) = next else { break };
            if let Flow::End(event) =
                self.datagram(source, destination, buffer.get(..length).unwrap_or_default())
            {
                return Flow::End(event);
            }
            if let Err(event) = self.drive().await {
                return Flow::End(event);
            }
            next = self.sockets.try_receive(buffer);
        }
        Flow::On
    }

    fn datagram(&mut self, source: SocketAddr, destination: SocketAddr, bytes: &[u8]) -> Flow {
        let Ok(contents) = bytes.try_into() else { return Flow::On };
        let receive = Receive { proto: Protocol::Udp, source, destination, contents };
        let input = Input::Receive(Instant::now(), receive);
        if !self.rtc.accepts(&input) {
            return Flow::On;
        }
        self.input(input)
    }

    fn input(&mut self, input: Input<'_>) -> Flow {
        match self.rtc.handle_input(input) {
            Ok(()) => Flow::On,
            Err(error) => {
                tracing::debug!(%error, "Connection broke");
                Flow::End(Event::Failed(FailReason::Protocol))
            }
        }
    }

    /// Takes everything out of the core; its next wake-up, or the event that ends the connection.
    async fn drive(&mut self) -> Result<Instant, Event> {
        loop {
            let output = self.rtc.poll_output().map_err(|error| {
                tracing::debug!(%error, "Connection broke");
                Event::Failed(FailReason::Protocol)
            })?;
            match output {
                Output::Timeout(at) => {
                    self.report_room().await;
                    return if self.rtc.is_alive() { Ok(at) } else { Err(Event::Closed) };
                }
                Output::Transmit(transmit) => {
                    // RFC 7983: STUN begins with 0 … 3, everything else is DTLS or media.
                    if transmit.contents.first().is_some_and(|first| 3 < *first) {
                        self.media_to = Some(transmit.destination);
                    }
                    self.sockets.send(transmit.source, transmit.destination, &transmit.contents).await;
                }
                Output::Event(event) => self.core_event(event).await?,
            }
        }
    }

    async fn core_event(&mut self, event: str0m::Event) -> Result<(), Event> {
        match event {
            str0m::Event::Connected => self.handshake_done().await?,
            str0m::Event::IceConnectionStateChange(state) => self.ice_changed(state).await,
            str0m::Event::ChannelOpen(id, label) => self.channel_open(id, &label).await,
            str0m::Event::ChannelData(data) => self.message(data).await,
            str0m::Event::ChannelClose(id) => self.channels.iter_mut().for_each(|slot| {
                if *slot == Some(id) {
                    *slot = None;
                }
            }),
            str0m::Event::Closed => return Err(Event::Closed),
            _ => {}
        }
        Ok(())
    }

    /// The core has compared the certificate with the offer; this compares it with the policy, so that no two readings
    /// of one offer can differ.
    async fn handshake_done(&mut self) -> Result<(), Event> {
        let api = self.rtc.direct_api();
        let proven = api.remote_dtls_fingerprint().is_some_and(|found| {
            found.hash_func.eq_ignore_ascii_case("sha-256") && found.bytes == self.remote.0
        });
        if !proven {
            return Err(Event::Failed(FailReason::Protocol));
        }
        self.established = true;
        self.connected().await;
        Ok(())
    }

    async fn ice_changed(&mut self, state: IceConnectionState) {
        match state {
            IceConnectionState::Disconnected if self.established && self.deadline.is_none() => {
                self.deadline = Some((Instant::now() + LOST_WAIT, FailReason::Lost));
                self.tell(Event::Disconnected).await;
            }
            IceConnectionState::Connected | IceConnectionState::Completed
                if self.established && self.deadline.is_some() =>
            {
                self.connected().await;
            }
            _ => {}
        }
    }

    async fn connected(&mut self) {
        self.deadline = None;
        let relayed = self.media_to.is_some_and(|to| self.relays.contains(&to));
        self.tell(Event::Connected { relayed }).await;
    }

    async fn channel_open(&mut self, id: ChannelId, label: &str) {
        let Some(channel) = Channel::from_label(label) else { return };
        let Some(slot) = self.channels.get_mut(channel.index()) else { return };
        if slot.is_some() {
            return;
        }
        *slot = Some(id);
        self.tell(Event::Open(channel)).await;
        if channel == Channel::Screen {
            self.tell(Event::Room { bytes: SCREEN_UNSENT_BYTES }).await;
        }
    }

    async fn message(&mut self, data: ChannelData) {
        let known = Channel::ALL.into_iter().find(|channel| self.id(*channel) == Some(data.id));
        let Some(channel) = known else { return };
        if limits::PEER_MESSAGE_BYTES < data.data.len() {
            tracing::debug!(size_bytes = data.data.len(), "Message over the limit skipped");
            return;
        }
        self.tell(Event::Message(channel, data.data.into())).await;
    }

    fn flush(&mut self) {
        if self.outbox.is_empty() {
            return;
        }
        let Self { rtc, channels, outbox, drain, .. } = self;
        outbox.flush(|channel, bytes| {
            let Some(mut open) =
                channels.get(channel.index()).copied().flatten().and_then(|id| rtc.channel(id))
            else {
                return Wrote::NotReady;
            };
            if channel == Channel::Screen && SCREEN_UNSENT_BYTES < open.buffered_amount() + bytes.len() {
                return Wrote::NotReady;
            }
            match open.write(true, bytes) {
                Ok(true) => {
                    if channel == Channel::Screen {
                        drain.wrote(bytes.len());
                    }
                    Wrote::Taken
                }
                Ok(false) => Wrote::Full,
                Err(_) => Wrote::NotReady,
            }
        });
    }

    async fn report_room(&mut self) {
        let Some(mut screen) = self.id(Channel::Screen).and_then(|id| self.rtc.channel(id)) else { return };
        let buffered = screen.buffered_amount();
        let bytes = self.drain.drained(buffered);
        if 0 < bytes {
            self.tell(Event::Room { bytes }).await;
        }
    }

    fn id(&self, channel: Channel) -> Option<ChannelId> {
        self.channels.get(channel.index()).copied().flatten()
    }

    /// Lets what is queued and the farewell out, for as long as that takes but not longer than `CLOSE_WAIT`.
    async fn say_goodbye(&mut self) {
        let until = Instant::now() + CLOSE_WAIT;
        self.flush();
        let mut closing = false;
        while Instant::now() < until {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(transmit)) => {
                    self.sockets.send(transmit.source, transmit.destination, &transmit.contents).await;
                }
                Ok(Output::Event(_)) => {}
                Ok(Output::Timeout(_)) if !closing => {
                    closing = true;
                    if self.rtc.close().is_err() {
                        return;
                    }
                }
                Ok(Output::Timeout(_)) | Err(_) => return,
            }
        }
    }

    async fn tell(&self, event: Event) {
        if self.events.send(event).await.is_err() {
            tracing::trace!("Nobody listens to this connection any more");
        }
    }
}
