//! The voice (F-14): the machine's microphone and speaker, joined to a connection to the console. On a thread of its own, since
//! devices keep whoever opens them waiting.

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use desktop::voice::{Ends, Lacks, Sound};
use peer::Command;
use tokio::sync::mpsc;
use voice::{Level, Listener, NoCodec, Speaker};

/// How often the levels are shown; more often no eye follows.
const LEVELS_EVERY: Duration = Duration::from_millis(100);
/// How often the devices are looked after.
const MEND_EVERY: Duration = Duration::from_secs(2);

/// What the voice tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// What is missing; once at the beginning, and when it changes.
    Devices(Lacks),
    /// How loud it is, when it changes.
    Levels(VoiceLevels),
}

/// How loud both sides are, 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct VoiceLevels {
    /// The customer; 0 while their microphone is off.
    pub(crate) said: u8,
    /// The operator.
    pub(crate) heard: u8,
}

/// An open voice. Dropped, nothing more leaves, and the devices are closed.
pub(super) struct Talk {
    line: Arc<Line>,
    /// Its end wakes the thread.
    _stop: SyncSender<()>,
}

impl Talk {
    /// Opens the devices. `peer`: where what is said goes. `tell` is called on the voice's thread.
    ///
    /// Errors: [`NoCodec`].
    pub(super) fn start(
        peer: mpsc::Sender<Command>,
        muted: bool,
        open: impl FnOnce(Arc<dyn Ends>) -> Box<dyn Sound> + Send + 'static,
        tell: impl Fn(Heard) + Send + 'static,
    ) -> Result<Self, NoCodec> {
        let line = Arc::new(Line {
            peer,
            muted: AtomicBool::new(muted),
            over: AtomicBool::new(false),
            speaker: Mutex::new(Speaker::new()?),
            listener: Mutex::new(Listener::new()?),
            said: Mutex::default(),
            heard: Mutex::default(),
        });
        let (stop, stopped) = sync_channel(1);
        let ends = Arc::clone(&line);
        let work = move || look_after(&mut *open(Arc::clone(&ends) as Arc<dyn Ends>), &ends, &stopped, &tell);
        if let Err(error) = std::thread::Builder::new().name("voice".to_owned()).spawn(work) {
            tracing::error!(%error, "Nobody talks");
        }
        Ok(Self { line, _stop: stop })
    }

    /// The customer's microphone is off, or on again.
    pub(super) fn set_muted(&self, muted: bool) {
        self.line.muted.store(muted, Ordering::SeqCst);
    }

    /// A packet of the operator's.
    pub(super) fn take(&self, time: u64, packet: Bytes) {
        lock(&self.line.listener).take(time, packet);
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.line.over.store(true, Ordering::SeqCst);
    }
}

fn look_after(sound: &mut dyn Sound, line: &Line, stopped: &Receiver<()>, tell: &impl Fn(Heard)) {
    let (mut lacks, mut levels) = (None, VoiceLevels::default());
    let mut mend_at = Instant::now();
    loop {
        if mend_at <= Instant::now() && !line.over.load(Ordering::SeqCst) {
            let found = sound.mend();
            if lacks.replace(found) != Some(found) {
                tell(Heard::Devices(found));
            }
            mend_at = Instant::now() + MEND_EVERY;
        }
        match stopped.recv_timeout(LEVELS_EVERY) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
        let now = line.levels();
        if std::mem::replace(&mut levels, now) != now {
            tell(Heard::Levels(now));
        }
    }
}

/// Between the devices and the connection.
struct Line {
    peer: mpsc::Sender<Command>,
    muted: AtomicBool,
    over: AtomicBool,
    speaker: Mutex<Speaker>,
    listener: Mutex<Listener>,
    said: Mutex<Level>,
    heard: Mutex<Level>,
}

impl Line {
    fn levels(&self) -> VoiceLevels {
        VoiceLevels { said: lock(&self.said).percent(), heard: lock(&self.heard).percent() }
    }
}

impl Ends for Line {
    fn said(&self, samples: &[f32]) {
        if self.over.load(Ordering::SeqCst) || self.muted.load(Ordering::SeqCst) {
            lock(&self.speaker).skip(samples.len());
            *lock(&self.said) = Level::default();
            return;
        }
        lock(&self.said).take(samples);
        lock(&self.speaker).take(samples, |time, bytes| {
            // What finds no room now is worth nothing later.
            if self.peer.try_send(Command::Voice { time, bytes }).is_err() {
                tracing::trace!("Packet of the voice dropped");
            }
        });
    }

    fn hear(&self, samples: &mut [f32]) {
        if self.over.load(Ordering::SeqCst) {
            return samples.fill(0.0);
        }
        lock(&self.listener).fill(samples);
        lock(&self.heard).take(samples);
    }
}

/// What a thread that broke has left is sound at worst.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
