//! A console that takes video: the plain core, so that every packet can be looked at, or lost.

use std::time::{Duration, Instant};

use str0m::change::{SdpAnswer, SdpPendingOffer};
use str0m::channel::{ChannelConfig, ChannelId};
use str0m::format::PayloadParams;
use str0m::media::{Direction, Frequency, KeyframeRequestKind, MediaData, MediaKind, MediaTime, Mid};
use str0m::net::{Protocol, Receive};
use str0m::rtp::{RawPacket, RtpHeader};
use str0m::{Input, Output, Rtc};
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use crate::peer::add_candidates;
use crate::sockets::Sockets;
use crate::{Certificate, Channel, Event, Offer, Peer, video, voice};

/// RTP by its first byte; RTCP has payload types from 64 to 95 once the marker bit is off (RFC 5761).
fn is_rtp(datagram: &[u8]) -> bool {
    matches!(datagram, [first, second, ..] if 127 < *first && *first < 192 && !(64..96).contains(&(second & 0x7f)))
}

/// The console's half.
pub(super) struct Viewer {
    rtc: Box<Rtc>,
    sockets: Sockets,
    mid: Mid,
    /// The line of the voice, if one was offered.
    voice: Option<Mid>,
    control: Option<ChannelId>,
    pub(super) closed: bool,
    /// Messages on the control channel.
    pub(super) messages: Vec<Vec<u8>>,
    /// RTP datagrams so far.
    pub(super) arrived: usize,
    /// Which of them are lost, by their number.
    pub(super) lost: fn(usize) -> bool,
    /// Headers of all packets that got through.
    pub(super) headers: Vec<RtpHeader>,
    pub(super) pictures: Vec<MediaData>,
}

pub(super) struct Pending {
    viewer: Viewer,
    pending: SdpPendingOffer,
    certificate: Certificate,
    pub(super) sdp: String,
}

impl Pending {
    /// An offer with a line for video that only receives.
    pub(super) async fn new() -> Self {
        Self::offering(false).await
    }

    /// And, if `voice`, a line of audio both ways behind it.
    pub(super) async fn offering(voice: bool) -> Self {
        let certificate = Certificate::generate().unwrap();
        let sockets = Sockets::open().await.unwrap();
        let config = Rtc::builder()
            .set_crypto_provider(certificate.provider())
            .set_dtls_cert(certificate.certificate())
            .enable_raw_packets(true)
            .set_sctp_max_buffered_amount(400_000_000)
            .clear_codecs();
        let mut rtc = Box::new(voice::prepare(video::prepare(config, false), voice).build(Instant::now()));
        add_candidates(&mut rtc, &sockets);
        let mut api = rtc.sdp_api();
        api.add_channel_with_config(ChannelConfig {
            label: Channel::Control.label().to_owned(),
            ..ChannelConfig::default()
        });
        let mid = api.add_media(MediaKind::Video, Direction::RecvOnly, None, None, None);
        let voice = voice.then(|| api.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None));
        let (offer, pending) = api.apply().unwrap();
        let viewer = Viewer {
            rtc,
            sockets,
            mid,
            voice,
            control: None,
            closed: false,
            messages: vec![],
            arrived: 0,
            lost: |_| false,
            headers: vec![],
            pictures: vec![],
        };
        Self { viewer, pending, certificate, sdp: offer.to_sdp_string() }
    }

    /// The app answers `sdp`, which is the offer or what became of it on its way.
    pub(super) async fn connect(self, sdp: &str) -> (Viewer, Peer, Receiver<Event>, String) {
        self.connect_to(sdp, false).await
    }

    /// The same for an app that may talk, or not.
    pub(super) async fn connect_to(self, sdp: &str, voice: bool) -> (Viewer, Peer, Receiver<Event>, String) {
        let Self { mut viewer, pending, certificate, .. } = self;
        let own = Certificate::generate().unwrap();
        let offer = Offer { sdp, remote: certificate.fingerprint(), certificate: &own, voice };
        let answered = Box::pin(Peer::answer(offer)).await.unwrap();
        // The core takes a rejected line only with a codec.
        let rejected = answered.sdp.contains("m=video 0 ");
        let silent = answered.sdp.contains("m=audio 0 ");
        let codec = match (rejected, silent) {
            (true, _) => "a=rtpmap:47 VP8/90000\r\n",
            (false, true) => "a=rtpmap:111 opus/48000/2\r\n",
            (false, false) => "",
        };
        // This console does not keep to the largest message that the app takes.
        let text = answered.sdp.replace("a=max-message-size:262144", "a=max-message-size:1000000000");
        assert_ne!(text, answered.sdp);
        let answer = SdpAnswer::from_sdp_string(&format!("{text}{codec}")).unwrap();
        viewer.rtc.sdp_api().accept_answer(pending, answer).unwrap();
        (viewer, answered.peer, answered.events, answered.sdp)
    }
}

impl Viewer {
    /// Runs until `done`, or for as long as is left.
    pub(super) async fn run_for(&mut self, time: Duration, mut done: impl FnMut(&mut Self) -> bool) -> bool {
        let until = Instant::now() + time;
        while Instant::now() < until {
            let wake = self.drain().await.min(until);
            if done(self) {
                return true;
            }
            let mut buffer = vec![0; 2048];
            let received =
                timeout(wake.saturating_duration_since(Instant::now()), self.sockets.receive(&mut buffer));
            if let Ok((source, destination, length)) = received.await {
                self.datagram(source, destination, buffer.get(..length).unwrap());
            }
            self.rtc.handle_input(Input::Timeout(Instant::now())).unwrap();
        }
        false
    }

    pub(super) async fn run_until(&mut self, done: impl FnMut(&mut Self) -> bool) {
        assert!(self.run_for(Duration::from_secs(20), done).await, "what was waited for comes");
    }

    fn datagram(&mut self, source: std::net::SocketAddr, destination: std::net::SocketAddr, bytes: &[u8]) {
        if is_rtp(bytes) {
            self.arrived += 1;
            if (self.lost)(self.arrived) {
                return;
            }
        }
        let contents = bytes.try_into().unwrap();
        let receive = Receive { proto: Protocol::Udp, source, destination, contents };
        let input = Input::Receive(Instant::now(), receive);
        if self.rtc.accepts(&input) {
            self.rtc.handle_input(input).unwrap();
        }
    }

    async fn drain(&mut self) -> Instant {
        loop {
            match self.rtc.poll_output().unwrap() {
                Output::Timeout(at) => return at,
                Output::Transmit(out) => self.sockets.send(out.source, out.destination, &out.contents).await,
                Output::Event(str0m::Event::MediaData(data)) => self.pictures.push(data),
                Output::Event(str0m::Event::RawPacket(packet)) => {
                    if let RawPacket::RtpRx(header, _) = *packet {
                        self.headers.push(header);
                    }
                }
                Output::Event(str0m::Event::ChannelOpen(id, _)) => self.control = Some(id),
                Output::Event(str0m::Event::ChannelData(data)) => self.messages.push(data.data),
                Output::Event(str0m::Event::ChannelClose(_) | str0m::Event::Closed) => self.closed = true,
                Output::Event(_) => {}
            }
        }
    }

    /// A new offer on the same connection, as after a change of network.
    pub(super) fn restart(&mut self) -> (String, SdpPendingOffer) {
        let mut api = self.rtc.sdp_api();
        api.ice_restart(true);
        let (offer, pending) = api.apply().unwrap();
        (offer.to_sdp_string(), pending)
    }

    pub(super) fn accept(&mut self, pending: SdpPendingOffer, answer: &str) {
        let answer = SdpAnswer::from_sdp_string(answer).unwrap();
        self.rtc.sdp_api().accept_answer(pending, answer).unwrap();
    }

    pub(super) fn is_open(&self) -> bool {
        self.control.is_some()
    }

    /// Writes a message of any size on the control channel, if the core takes it.
    pub(super) fn say(&mut self, bytes: &[u8]) -> bool {
        let channel = self.control.and_then(|id| self.rtc.channel(id));
        channel.is_some_and(|mut channel| channel.write(true, bytes).unwrap_or(false))
    }

    /// Says a packet on the line of audio; false: there is none.
    pub(super) fn talk(&mut self, time: u64, packet: &[u8]) -> bool {
        let Some(writer) = self.voice.and_then(|mid| self.rtc.writer(mid)) else { return false };
        let Some(pt) = writer.payload_params().next().map(PayloadParams::pt) else { return false };
        let time = MediaTime::new(time, Frequency::FORTY_EIGHT_KHZ);
        writer.write(pt, Instant::now(), time, packet).is_ok()
    }

    /// What the app has not acknowledged of that.
    pub(super) fn unacknowledged_bytes(&mut self) -> usize {
        let channel = self.control.and_then(|id| self.rtc.channel(id));
        channel.map_or(0, |mut channel| channel.buffered_amount())
    }

    pub(super) fn ask_for_key(&mut self) {
        let mut writer = self.rtc.writer(self.mid).unwrap();
        writer.request_keyframe(None, KeyframeRequestKind::Pli).unwrap();
    }

    pub(super) fn profile_of(params: &PayloadParams) -> Option<u8> {
        params.spec().format.profile
    }
}
