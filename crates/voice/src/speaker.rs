//! Out: samples become Opus packets.

use bytes::Bytes;
use opusic_c::{Application, Bitrate, Channels, Encoder, InbandFec, SampleRate};

use crate::{FRAME, NoCodec, RATE};

/// What a voice needs in full band; RFC 7587 §3.1.1 recommends 28 to 40 kbit/s.
const BITS_PER_S: u32 = 32_000;
/// Of each packet the one before is repeated coarsely for so much loss.
const EXPECTED_LOSS_PERCENT: u8 = 5;
/// The largest that one frame becomes (RFC 6716 §3.4), so that none is cut.
const FRAME_BYTES: usize = 1_275;

/// Makes packets of one voice.
pub struct Speaker {
    encoder: Encoder,
    waiting: Vec<f32>,
    /// Of the next packet, in samples.
    time: u64,
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Speaker").field("time", &self.time).finish_non_exhaustive()
    }
}

impl Speaker {
    /// Begins to speak.
    ///
    /// Errors: [`NoCodec`].
    pub fn new() -> Result<Self, NoCodec> {
        let mut encoder = Encoder::new(Channels::Mono, SampleRate::Hz48000, Application::Voip)?;
        encoder.set_bitrate(Bitrate::Value(BITS_PER_S))?;
        encoder.set_inband_fec(InbandFec::Mode1)?;
        encoder.set_packet_loss(EXPECTED_LOSS_PERCENT)?;
        Ok(Self { encoder, waiting: Vec::with_capacity(2 * FRAME), time: 0 })
    }

    /// Takes in the next samples, −1 to 1, at [`RATE`]; each packet that is whole goes to `send` with its time in samples.
    pub fn take(&mut self, samples: &[f32], mut send: impl FnMut(u64, Bytes)) {
        for piece in samples.chunks(RATE as usize) {
            self.waiting.extend_from_slice(piece);
            self.encode(&mut send);
        }
    }

    /// Time goes on, and nothing is said: what waits is forgotten, and no packet is made of it.
    pub fn skip(&mut self, samples: usize) {
        self.time += (self.waiting.len() + samples) as u64;
        self.waiting.clear();
    }

    fn encode(&mut self, send: &mut impl FnMut(u64, Bytes)) {
        let whole = self.waiting.len() / FRAME * FRAME;
        let mut packet = [0_u8; FRAME_BYTES];
        for frame in self.waiting.drain(..whole).as_slice().chunks_exact(FRAME) {
            // An encoder that was made takes every frame of this size; one that does not leaves a gap of 20 ms.
            if let Ok(length) = self.encoder.encode_float_to_slice(frame, &mut packet) {
                send(self.time, Bytes::copy_from_slice(packet.get(..length).unwrap_or_default()));
            }
            self.time += FRAME as u64;
        }
    }
}
