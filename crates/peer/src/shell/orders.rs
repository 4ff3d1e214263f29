//! What the caller asks.

use std::time::Instant;

use bytes::Bytes;
use protocol::limits;
use str0m::change::SdpOffer;
use str0m::net::Protocol;
use str0m::{Candidate, Input};
use tokio::sync::mpsc;

use super::{Flow, Shell};
use crate::video::Picture;
use crate::{Channel, Command, Event, FailReason, description};

impl Shell {
    pub(super) fn command(&mut self, first: Command, commands: &mut mpsc::Receiver<Command>) -> Flow {
        let mut next = Some(first);
        while let Some(command) = next {
            let flow = match command {
                Command::Candidate(line) => self.remote_candidate(&line),
                Command::Offer(sdp) => self.renegotiate(&sdp),
                Command::Send(channel, bytes) => self.queue(channel, bytes),
                Command::Video { full_chroma, rtp_time, key, bytes } => {
                    self.video.write(&mut self.rtc, Picture { full_chroma, rtp_time, key, bytes });
                    self.input(Input::Timeout(Instant::now()))
                }
                Command::VideoDemand { bits_per_s } => {
                    self.video.demand(&mut self.rtc, bits_per_s);
                    Flow::On
                }
                Command::VoiceOpen(open) => {
                    self.voice.set_open(open);
                    Flow::On
                }
                Command::Voice { time, bytes } => {
                    self.voice.say(&mut self.rtc, time, &bytes);
                    self.input(Input::Timeout(Instant::now()))
                }
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
        // An empty message takes a number in the core's sequence that never goes out: nothing after it would arrive.
        if bytes.is_empty() || limits::PEER_MESSAGE_BYTES < bytes.len() {
            tracing::warn!(size_bytes = bytes.len(), "Message of no size, or over the limit, not sent");
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
            Ok(answer) => {
                self.video.renewed(&mut self.rtc, sdp);
                let answer = description::complete(&answer.to_sdp_string(), sdp);
                match self.events.try_send(Event::Answer(answer)) {
                    Ok(()) => Flow::On,
                    Err(_) => Flow::End(Event::Failed(FailReason::Protocol)),
                }
            }
            Err(error) => {
                tracing::debug!(%error, "New offer refused");
                Flow::End(Event::Failed(FailReason::Protocol))
            }
        }
    }
}
