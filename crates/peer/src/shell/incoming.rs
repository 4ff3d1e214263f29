//! What arrives, and what the core makes of it.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use protocol::limits;
use str0m::bwe::BweKind;
use str0m::channel::{ChannelData, ChannelId};
use str0m::net::{Protocol, Receive};
use str0m::{IceConnectionState, Input};

use super::{Flow, Shell};
use crate::{Channel, Event, FailReason, SCREEN_UNSENT_BYTES};

/// Datagrams taken in one go before anything else gets its turn.
const DATAGRAMS_AT_ONCE: usize = 32;
/// What was there already is acknowledged together, four at a time: each answer costs both ends as much as a datagram. Not more, since
/// Chromium sends no more than four for an answer (RFC 9260 §6.1, Max.Burst), and the core's DTLS keeps 30 unread.
const DATAGRAMS_PER_ANSWER: usize = 4;
/// How long a connection that was lost may come back by itself.
const LOST_WAIT: Duration = Duration::from_secs(30);

impl Shell {
    /// Takes what has arrived.
    pub(super) async fn datagrams(
        &mut self,
        first: (SocketAddr, SocketAddr, usize),
        buffer: &mut [u8],
    ) -> Flow {
        let (mut source, mut destination, mut length) = first;
        for no in 1..=DATAGRAMS_AT_ONCE {
            if let Flow::End(event) =
                self.datagram(source, destination, buffer.get(..length).unwrap_or_default())
            {
                return Flow::End(event);
            }
            // One that is taken out of its socket is handled: none beyond the last.
            let next = if no < DATAGRAMS_AT_ONCE { self.sockets.try_receive(buffer) } else { None };
            // Without a handshake each one may ask for an answer of its own.
            let is_answered = next.is_none() || no % DATAGRAMS_PER_ANSWER == 0 || !self.established;
            if is_answered && let Err(event) = self.drive().await {
                return Flow::End(event);
            }
            match next {
                Some(another) => (source, destination, length) = another,
                None => break,
            }
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

    pub(super) async fn core_event(&mut self, event: str0m::Event) -> Result<(), Event> {
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
            str0m::Event::MediaAdded(media) => {
                self.video.added(&mut self.rtc, &media);
                self.voice.added(&mut self.rtc, &media);
                self.video_ready().await;
            }
            str0m::Event::MediaData(data) => {
                if let Some(event) = self.voice.heard(data, Instant::now()) {
                    self.tell(event).await;
                }
            }
            str0m::Event::KeyframeRequest(_) => self.tell(Event::VideoKeyWanted).await,
            str0m::Event::EgressBitrateEstimate(BweKind::Twcc { estimate, .. }) => {
                self.video.estimated(estimate);
            }
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
        self.video_ready().await;
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

    /// Told once, when both are there: the handshake and a video line that was agreed.
    async fn video_ready(&mut self) {
        if self.established
            && let Some(full_chroma) = self.video.ready()
        {
            self.tell(Event::VideoReady { full_chroma }).await;
        }
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
}
