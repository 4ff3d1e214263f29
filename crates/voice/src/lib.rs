//! What is said (F-14), between samples and packets: Opus both ways, the short buffer that evens out the way, and how
//! loud it is.
//!
//! No device, no socket, no clock: the microphone's samples clock what goes out, the speaker's what comes in.

mod level;
mod listener;
mod speaker;
#[cfg(test)]
mod tests;

pub use level::Level;
pub use listener::{Listener, PACKET_BYTES};
pub use speaker::Speaker;

/// Samples a second, of one channel; what Opus and WebRTC count in (RFC 7587 §4.1).
pub const RATE: u32 = 48_000;
/// Samples of one packet that goes out: 20 ms, as browsers send them.
pub const FRAME: usize = 960;

/// There is no codec: the machine has no memory for it.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("no opus codec: {code}")]
pub struct NoCodec {
    code: i32,
}

impl From<opusic_c::ErrorCode> for NoCodec {
    fn from(error: opusic_c::ErrorCode) -> Self {
        Self { code: error as i32 }
    }
}
