//! Microphone and speaker (F-14).
//!
//! Every implementation keeps these promises:
//!
//! - nothing is opened before [`Sound::mend`] is called for the first time, and everything is closed when the value is dropped;
//! - samples are of one channel, −1 to 1, 48,000 a second, in pieces of whatever size the device likes;
//! - what the computer plays is never taken for a microphone, and a device that plays into nothing is no speaker;
//! - a machine without sound is a value, and never keeps the program from starting.

#[cfg(target_os = "linux")]
mod pulse;

use std::sync::Arc;

/// What the devices are joined to. Called on a device's own thread, which is not to be kept waiting.
pub trait Ends: Send + Sync {
    /// The microphone gave these.
    fn said(&self, samples: &[f32]);

    /// The speaker plays these next: all are to be filled.
    fn hear(&self, samples: &mut [f32]);
}

/// What is missing, kebab-case (`voice-no-sound-server`, `voice-no-microphone`, `voice-no-speaker`, `voice-no-platform`); `None`:
/// it is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    /// To say something.
    pub microphone: Option<&'static str>,
    /// To hear something.
    pub speaker: Option<&'static str>,
}

/// One machine's microphone and speaker. Not for sharing: its owner calls it from one thread, which may wait for the devices.
pub trait Sound: Send {
    /// Opens what is not open, also what went away meanwhile and is there again. To be called every two seconds.
    fn mend(&mut self) -> Lacks;
}

/// The sound of this machine; the devices that the customer's desktop has for calls. Nothing is open yet.
#[cfg(target_os = "linux")]
#[must_use]
pub fn open(ends: Arc<dyn Ends>) -> Box<dyn Sound> {
    Box::new(pulse::Pulse::new(ends, None))
}

/// The sound of this machine: no implementation for this platform is built in.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn open(_ends: Arc<dyn Ends>) -> Box<dyn Sound> {
    Box::new(Nothing)
}

#[cfg(not(target_os = "linux"))]
struct Nothing;

#[cfg(not(target_os = "linux"))]
impl Sound for Nothing {
    fn mend(&mut self) -> Lacks {
        Lacks { microphone: Some("voice-no-platform"), speaker: Some("voice-no-platform") }
    }
}
