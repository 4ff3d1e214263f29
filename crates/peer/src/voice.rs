//! The one line of audio: Opus both ways (F-14), where the caller allows any.

use std::time::{Duration, Instant};

use bytes::Bytes;
use str0m::media::{Direction, Frequency, MediaAdded, MediaData, MediaKind, MediaTime, Mid, Pt};
use str0m::{Rtc, RtcConfig};

use crate::Event;

/// A packet waits for no more than so many later ones: the listener's own buffer evens out the rest.
const REORDERED: usize = 2;
/// And for no longer than that.
const REORDERED_FOR: Duration = Duration::from_millis(40);
/// How often a console that talks to nobody is told of.
const UNINVITED_EVERY: Duration = Duration::from_secs(1);

/// The line, and whether anybody talks on it.
#[derive(Debug, Default)]
pub(crate) struct Voice {
    line: Option<(Mid, Pt)>,
    open: bool,
    uninvited_at: Option<Instant>,
}

/// Prepares a connection for Opus; without that, a line that is offered for it is refused as a whole.
pub(crate) fn prepare(config: RtcConfig, allowed: bool) -> RtcConfig {
    config
        .enable_opus(allowed, false)
        .set_reordering_size_audio(REORDERED)
        .set_reordering_timeout_audio(Some(REORDERED_FOR))
}

impl Voice {
    /// A media line is new. The first that carries Opus both ways counts.
    pub(crate) fn added(&mut self, rtc: &mut Rtc, media: &MediaAdded) {
        let both_ways = media.kind == MediaKind::Audio && media.direction == Direction::SendRecv;
        if self.line.is_some() || !both_ways {
            return;
        }
        let agreed =
            rtc.writer(media.mid).and_then(|writer| writer.payload_params().next().map(|one| one.pt()));
        self.line = agreed.map(|pt| (media.mid, pt));
    }

    /// Whether what comes is heard, and what is said leaves.
    pub(crate) fn set_open(&mut self, open: bool) {
        self.open = open;
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open
    }

    /// Says something, if anybody may hear it.
    pub(crate) fn say(&self, rtc: &mut Rtc, time: u64, bytes: &Bytes) {
        let Some((mid, pt)) = self.line.filter(|_| self.open) else { return };
        let Some(writer) = rtc.writer(mid) else { return };
        let time = MediaTime::new(time, Frequency::FORTY_EIGHT_KHZ);
        if let Err(error) = writer.write(pt, Instant::now(), time, bytes.as_ref()) {
            tracing::debug!(%error, "Voice not sent");
        }
    }

    /// Something came on a media line: what to tell of it.
    pub(crate) fn heard(&mut self, data: MediaData, now: Instant) -> Option<Event> {
        if self.line.is_none_or(|(mid, _)| mid != data.mid) {
            return None;
        }
        if self.open {
            return Some(Event::Voice { time: data.time.numer(), bytes: Bytes::copy_from_slice(&data.data) });
        }
        let is_due = self.uninvited_at.is_none_or(|at| at + UNINVITED_EVERY <= now);
        is_due.then(|| {
            self.uninvited_at = Some(now);
            Event::VoiceUninvited
        })
    }
}
