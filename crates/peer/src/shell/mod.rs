//! The task that owns a connection: sockets, clock and channels around str0m's core.

mod incoming;
mod orders;
mod outgoing;
mod pulse;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use protocol::{Fingerprint, limits};
use str0m::channel::ChannelId;
use str0m::{Input, Output, Rtc};
use tokio::sync::{Notify, mpsc};

use self::pulse::Pulse;
use crate::outbox::{Drain, Outbox};
use crate::peer::Offered;
use crate::sockets::{DATAGRAM_BYTES, Sockets};
use crate::video::Video;
use crate::voice::Voice;
use crate::{Channel, Command, Event, FailReason};

/// How long the farewell may take.
const CLOSE_WAIT: Duration = Duration::from_millis(300);

/// How the task goes on.
enum Flow {
    On,
    End(Event),
}

pub(crate) struct Shell {
    rtc: Rtc,
    sockets: Sockets,
    remote: Fingerprint,
    events: mpsc::Sender<Event>,
    /// A message on a reliable channel found no room among the commands.
    overflow: Arc<Notify>,
    channels: [Option<ChannelId>; Channel::ALL.len()],
    outbox: Outbox,
    drain: Drain,
    video: Video,
    voice: Voice,
    pulse: Pulse,
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
    pub(crate) fn new(
        rtc: Rtc,
        sockets: Sockets,
        offer: Offered,
        events: mpsc::Sender<Event>,
        overflow: Arc<Notify>,
    ) -> Self {
        Self {
            rtc,
            sockets,
            remote: offer.remote,
            events,
            overflow,
            channels: [None; Channel::ALL.len()],
            outbox: Outbox::default(),
            drain: Drain::default(),
            video: Video::new(offer.sdp),
            voice: Voice::default(),
            pulse: Pulse::new(Instant::now()),
            candidates_seen: 0,
            relays: Vec::new(),
            media_to: None,
            established: false,
            deadline: Some((Instant::now() + limits::PEER_CONNECT, FailReason::NoPath)),
        }
    }

    pub(crate) async fn run(mut self, mut commands: mpsc::Receiver<Command>, candidates: Vec<String>) {
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
        let busy = self.video.is_wanted() || self.voice.is_open();
        let wake = if busy { wake } else { self.pulse.wake(wake, Instant::now()) };
        let wake = self.deadline.map_or(wake, |(at, _)| wake.min(at));
        tokio::select! {
            biased;
            () = self.overflow.notified() => return Flow::End(Event::Failed(FailReason::NotReading)),
            command = commands.recv() => match command {
                Some(command) => return self.command(command, commands),
                None => return Flow::End(Event::Closed),
            },
            (source, destination, length) = self.sockets.receive(buffer) => {
                return self.datagrams((source, destination, length), buffer).await;
            }
            () = sleep_until(wake) => {}
        }
        let now = Instant::now();
        if let Some((at, reason)) = self.deadline
            && at <= now
        {
            return Flow::End(Event::Failed(reason));
        }
        self.input(Input::Timeout(now))
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
                    self.report_video().await;
                    return if self.rtc.is_alive() { Ok(at) } else { Err(Event::Closed) };
                }
                Output::Transmit(transmit) => {
                    self.pulse.sent(&transmit.contents, Instant::now());
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

/// The clock's sleep is rounded up to a millisecond, which would send one packet of video in each.
async fn sleep_until(wake: Instant) {
    if Instant::now() < wake {
        tokio::time::sleep_until(wake.into()).await;
    }
}
