//! Two voices become one track: most players play one.

use crate::webm::{Block, Track};
use opusic_c::{Channels, Decoder, SampleRate};
use protocol::recording::Speaker;
use std::collections::VecDeque;
use voice::{FRAME, NoCodec, RATE};

/// Samples in a millisecond.
const IN_MS: u64 = RATE as u64 / 1000;
/// The longest that one packet lasts (RFC 6716 §2.1.4), in samples.
const LONGEST: usize = RATE as usize * 120 / 1_000;
/// A packet that comes by so much earlier or later than its turn has its own time; one nearer follows the one before: the way was uneven.
const UNEVEN: u64 = 200 * IN_MS;
/// So long after a moment nothing of it comes any more.
const LATE_MS: u32 = 400;

/// Hears both, says one.
pub(crate) struct Mixer {
    voices: [Voice; 2],
    mixed: VecDeque<f32>,
    /// Of the first sample in `mixed`.
    start: u64,
    speaker: voice::Speaker,
}

struct Voice {
    decoder: Decoder,
    /// Where its next packet belongs.
    next: u64,
}

impl Voice {
    fn new() -> Result<Self, NoCodec> {
        Ok(Self { decoder: Decoder::new(Channels::Mono, SampleRate::Hz48000)?, next: 0 })
    }
}

impl Mixer {
    pub(crate) fn new() -> Result<Self, NoCodec> {
        let voices = [Voice::new()?, Voice::new()?];
        Ok(Self { voices, mixed: VecDeque::new(), start: 0, speaker: voice::Speaker::new()? })
    }

    /// A packet that came at this moment.
    pub(crate) fn take(&mut self, speaker: Speaker, at_ms: u32, packet: &[u8]) {
        let [operator, customer] = &mut self.voices;
        let voice = if speaker == Speaker::Operator { operator } else { customer };
        let mut samples = [0.0_f32; LONGEST];
        // Bytes that are no Opus are silence. An empty packet would make up what is missing.
        let count = (!packet.is_empty())
            .then(|| voice.decoder.decode_float_to_slice(packet, &mut samples, false).ok());
        let samples = samples.get(..count.flatten().unwrap_or_default()).unwrap_or_default();
        let at = u64::from(at_ms) * IN_MS;
        let from = if at.abs_diff(voice.next) <= UNEVEN { voice.next } else { at };
        voice.next = from + samples.len() as u64;
        // What is too late was silence.
        let skipped = usize::try_from(self.start.saturating_sub(from)).unwrap_or(usize::MAX);
        let first = usize::try_from(from.saturating_sub(self.start)).unwrap_or_default();
        let samples = samples.get(skipped..).unwrap_or_default();
        let needed = first + samples.len();
        if self.mixed.len() < needed {
            self.mixed.resize(needed, 0.0);
        }
        self.mixed.range_mut(first..needed).zip(samples).for_each(|(to, from)| *to += from);
    }

    /// All that was said up to a moment is there: what can be mixed becomes packets, without a gap.
    pub(crate) fn advance(&mut self, now_ms: u32, out: &mut VecDeque<Block>) {
        self.mix_until(now_ms.saturating_sub(LATE_MS), out);
    }

    /// Nothing comes any more.
    pub(crate) fn finish(&mut self, end_ms: u32, out: &mut VecDeque<Block>) {
        self.mix_until(end_ms, out);
    }

    /// Up to when everything is mixed.
    pub(crate) fn until_ms(&self) -> u32 {
        u32::try_from(self.start / IN_MS).unwrap_or(u32::MAX)
    }

    fn mix_until(&mut self, until_ms: u32, out: &mut VecDeque<Block>) {
        let until = u64::from(until_ms) * IN_MS;
        while self.start + FRAME as u64 <= until {
            let mut frame = [0.0_f32; FRAME];
            let count = FRAME.min(self.mixed.len());
            frame
                .iter_mut()
                .zip(self.mixed.drain(..count))
                .for_each(|(to, from)| *to = from.clamp(-1.0, 1.0));
            self.start += FRAME as u64;
            self.speaker.take(&frame, |time, packet| {
                let at_ms = u32::try_from(time / IN_MS).unwrap_or(u32::MAX);
                out.push_back(Block { at_ms, track: Track::Audio, data: packet.to_vec() });
            });
        }
    }
}
