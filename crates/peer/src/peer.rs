//! The handle of a connection, and how one begins.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use protocol::Fingerprint;
use str0m::change::SdpOffer;
use str0m::{Candidate, Rtc};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Notify, mpsc};

use crate::outbox::FILES_UNSENT_BYTES;
use crate::shell::Shell;
use crate::sockets::Sockets;
use crate::{
    Certificate, Channel, Command, Event, PeerError, SCREEN_UNSENT_BYTES, description, video, voice,
};

/// Commands that wait for the task.
const COMMANDS: usize = 256;
/// Events that wait for the caller; a caller that does not read stops the connection's reading.
const EVENTS: usize = 256;
/// All channels together, unacknowledged: the largest share and room for what is more urgent.
const BUFFERED_BYTES: usize = FILES_UNSENT_BYTES + SCREEN_UNSENT_BYTES;

/// An offer and what it must fulfil.
#[derive(Debug)]
pub struct Offer<'a> {
    /// The session description.
    pub sdp: &'a str,
    /// The certificate that the policy names for the other end.
    pub remote: Fingerprint,
    /// Our own.
    pub certificate: &'a Certificate,
    /// A line of audio may be agreed; else one that is offered is refused.
    pub voice: bool,
}

/// What remains of it.
pub(crate) struct Offered {
    pub(crate) sdp: String,
    pub(crate) remote: Fingerprint,
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
    overflow: Arc<Notify>,
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
        let media = Media { video: description::offers_av1(offer.sdp), voice: offer.voice };
        let mut rtc = connection(offer.certificate, media, Instant::now());
        let candidates = add_candidates(&mut rtc, &sockets);
        let answer = rtc.sdp_api().accept_offer(description).map_err(PeerError::offer)?;
        let (peer, events) = Self::spawn(
            rtc,
            sockets,
            candidates,
            Offered { sdp: offer.sdp.to_owned(), remote: offer.remote },
        );
        Ok(Answered { peer, events, sdp: description::complete(&answer.to_sdp_string(), offer.sdp) })
    }

    pub(crate) fn spawn(
        rtc: Rtc,
        sockets: Sockets,
        candidates: Vec<String>,
        offer: Offered,
    ) -> (Self, mpsc::Receiver<Event>) {
        let (commands, command_receiver) = mpsc::channel(COMMANDS);
        let (event_sender, events) = mpsc::channel(EVENTS);
        let overflow = Arc::new(Notify::new());
        let shell = Shell::new(rtc, sockets, offer, event_sender, Arc::clone(&overflow));
        tokio::spawn(shell.run(command_receiver, candidates));
        (Self { commands, overflow }, events)
    }

    /// Sends a message ([`Command::Send`]) now or not at all. `false`: it is lost. A reliable channel with a lost message is
    /// none, so the connection then fails as [`crate::FailReason::NotReading`].
    #[must_use]
    pub fn send(&self, channel: Channel, bytes: Bytes) -> bool {
        match self.commands.try_send(Command::Send(channel, bytes)) {
            Ok(()) => true,
            Err(TrySendError::Full(_)) => {
                if channel.is_reliable() {
                    self.overflow.notify_one();
                }
                false
            }
            Err(TrySendError::Closed(_)) => false,
        }
    }

    /// Where commands go. A task that has ended takes none.
    #[must_use]
    pub fn commands(&self) -> &mpsc::Sender<Command> {
        &self.commands
    }
}

/// What a connection carries beside its channels.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Media {
    pub(crate) video: bool,
    pub(crate) voice: bool,
}

pub(crate) fn connection(certificate: &Certificate, media: Media, now: Instant) -> Rtc {
    let config = Rtc::builder()
        .set_crypto_provider(certificate.provider())
        .set_dtls_cert(certificate.certificate())
        .set_sctp_max_buffered_amount(BUFFERED_BYTES)
        .clear_codecs();
    voice::prepare(video::prepare(config, media.video), media.voice).build(now)
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
