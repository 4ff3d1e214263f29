//! In: packets become samples again, evenly, whatever the way does to them.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use opusic_c::{Channels, Decoder, SampleRate};

use crate::{FRAME, NoCodec, RATE};

/// The longest packet that is taken: 120 ms in frames of the largest size would be 7,650 bytes; a voice never comes near.
pub const PACKET_BYTES: usize = 4_000;
/// Packets that wait; more than a second of the shortest ones that browsers send.
const PACKETS: usize = 128;
/// The longest that one packet lasts (RFC 6716 §2.1.4), in samples.
const LONGEST: usize = RATE as usize * 120 / 1_000;

/// How far ahead the packets are when sound begins, in samples: 40 ms evens out an ordinary way.
const AHEAD: usize = 2 * FRAME;
/// After each time that sound ran dry it begins with so much more, up to `AHEAD_MOST`: 120 ms.
const MORE_AHEAD: usize = FRAME;
const AHEAD_MOST: usize = 6 * FRAME;
/// So much more than wanted may wait; what is beyond it is skipped, so that no delay stays after a burst.
const TOO_MUCH: usize = 3 * FRAME;
/// After so much sound without running dry, 10 s, a little less is kept ahead again.
const CALM: usize = RATE as usize * 10;
/// A sender whose times jump so far has begun anew: 2 s.
const JUMP: u64 = RATE as u64 * 2;
/// What is missing is made up for so long, 60 ms; then there is silence.
const MADE_UP: usize = 3 * FRAME;

/// Hears one voice.
pub struct Listener {
    decoder: Decoder,
    packets: BTreeMap<u64, Bytes>,
    ready: VecDeque<f32>,
    /// Of the next sample to decode; `None`: sound has not begun, or ran dry.
    next: Option<u64>,
    ahead: usize,
    made_up: usize,
    calm: usize,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").field("packets", &self.packets.len()).finish_non_exhaustive()
    }
}

impl Listener {
    /// Begins to listen.
    ///
    /// Errors: [`NoCodec`].
    pub fn new() -> Result<Self, NoCodec> {
        let decoder = Decoder::new(Channels::Mono, SampleRate::Hz48000)?;
        let (packets, ready) = (BTreeMap::new(), VecDeque::with_capacity(LONGEST));
        Ok(Self { decoder, packets, ready, next: None, ahead: AHEAD, made_up: 0, calm: 0 })
    }

    /// A packet came, in whichever order. `time`: of its first sample. One that is too late, too large, or no Opus, is dropped.
    pub fn take(&mut self, time: u64, packet: Bytes) {
        if packet.is_empty() || PACKET_BYTES < packet.len() {
            return;
        }
        match self.next {
            Some(next) if JUMP < next.abs_diff(time) => self.begin_anew(),
            Some(next) if time < next => return,
            _ => {}
        }
        if PACKETS <= self.packets.len() {
            self.packets.pop_first();
        }
        self.packets.insert(time, packet);
    }

    /// The next samples for the speaker: silence where there is nothing to hear. True: something was.
    pub fn fill(&mut self, out: &mut [f32]) -> bool {
        let mut heard = false;
        for piece in out.chunks_mut(FRAME) {
            while self.ready.len() < piece.len() && self.decode_next() {}
            let count = piece.len().min(self.ready.len());
            heard |= 0 < count;
            let sound = self.ready.drain(..count).chain(std::iter::repeat(0.0));
            piece.iter_mut().zip(sound).for_each(|(to, from)| *to = from);
        }
        heard
    }

    /// How long a packet that comes now waits before it is heard, in samples.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.ready.len() + self.span()
    }

    /// Everything that waits goes.
    pub fn begin_anew(&mut self) {
        self.packets.clear();
        self.ready.clear();
        self.next = None;
        self.made_up = 0;
    }

    /// From the next sample to the end of the last packet.
    fn span(&self) -> usize {
        let Some((last, packet)) = self.packets.last_key_value() else { return 0 };
        let first = self.next.or_else(|| self.packets.keys().next().copied()).unwrap_or(*last);
        let until_last = usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX);
        until_last.saturating_add(self.length(packet))
    }

    fn length(&self, packet: &[u8]) -> usize {
        self.decoder.get_nb_samples(packet).unwrap_or(FRAME).clamp(1, LONGEST)
    }

    /// Adds to what is ready; false: there is nothing.
    fn decode_next(&mut self) -> bool {
        let Some(next) = self.next.or_else(|| self.begin()) else { return false };
        self.catch_up();
        let next = self.next.unwrap_or(next);
        match self.packets.remove(&next) {
            Some(packet) => {
                let length = self.length(&packet);
                self.made_up = 0;
                self.go_on(length);
                self.decode(&packet, length, false);
                true
            }
            None => self.make_up(next),
        }
    }

    /// Sound begins once enough is there.
    fn begin(&mut self) -> Option<u64> {
        if self.span() < self.ahead {
            return None;
        }
        self.next = self.packets.keys().next().copied();
        self.next
    }

    /// What waits longer than it has to is skipped: a burst that came late, or a sender whose clock is the faster one.
    fn catch_up(&mut self) {
        while self.ahead + TOO_MUCH < self.span() {
            let Some((time, packet)) = self.packets.pop_first() else { return };
            let length = self.length(&packet);
            self.next = Some(time + length as u64);
        }
    }

    fn go_on(&mut self, length: usize) {
        self.next = self.next.map(|next| next.saturating_add(length as u64));
        self.calm += length;
        if CALM <= self.calm {
            self.calm = 0;
            self.ahead = self.ahead.saturating_sub(MORE_AHEAD).max(AHEAD);
        }
    }

    /// The packet is missing: of the one after it, of what was said before, or, at last, of nothing.
    fn make_up(&mut self, next: u64) -> bool {
        let after = self.packets.first_key_value().map(|(time, packet)| (*time, packet.clone()));
        match after {
            // An overlap: the sender cut its packets anew.
            Some((time, _)) if time < next => {
                self.packets.remove(&time);
                return true;
            }
            None if MADE_UP <= self.made_up => {
                // Dry: from now on with more in hand.
                self.next = None;
                self.calm = 0;
                self.ahead = (self.ahead + MORE_AHEAD).min(AHEAD_MOST);
                return false;
            }
            Some((time, _)) if MADE_UP <= self.made_up => {
                self.next = Some(time);
                return true;
            }
            _ => {}
        }
        self.made_up += FRAME;
        let gap = after.as_ref().map_or(FRAME as u64, |(time, _)| time - next);
        let length = usize::try_from(gap).unwrap_or(FRAME).clamp(1, FRAME);
        let repeat = after.filter(|_| gap == FRAME as u64).map(|(_, packet)| packet);
        self.go_on(length);
        // Opus makes up multiples of 2.5 ms alone.
        let made = length.div_ceil(120) * 120;
        self.decode(repeat.as_deref().unwrap_or_default(), made, repeat.is_some());
        true
    }

    fn decode(&mut self, packet: &[u8], length: usize, repeat: bool) {
        let mut samples = [0.0_f32; LONGEST];
        let room = samples.get_mut(..length).unwrap_or_default();
        match self.decoder.decode_float_to_slice(packet, room, repeat) {
            Ok(count) => self.ready.extend(samples.get(..count).unwrap_or_default()),
            // A stranger's bytes that are no Opus: silence instead.
            Err(_) => self.ready.extend(std::iter::repeat_n(0.0, length)),
        }
    }
}
