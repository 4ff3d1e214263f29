//! The running share: commands in, events out, a thread of its own between.

mod checks;
mod commands;
mod dirty;
mod flow;
mod motion;
mod opening;
mod outlet;
mod pointer;
mod repeat;
mod stream;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;
#[cfg(test)]
mod unseen;
mod viewer;
mod worker;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use tokio::sync::mpsc;

use crate::{
    Display, Part, PointerShape, ScreenError, Shown, Way, WayNow,
    capture::{self, Waker},
};
use commands::Commands;
use viewer::{Newcomer, Newcomers};
use worker::Worker;

/// Events that wait for the receiver before the share waits for it in turn.
const EVENT_QUEUE: usize = 256;

/// What is shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShareOptions {
    /// The X display, ":0"; `None` takes the environment's `DISPLAY`.
    pub display: Option<String>,
    /// The class of the program's own windows, which nobody sees; empty: it has none.
    pub own_class: String,
    /// What is shared at first.
    pub part: Part,
    /// How it is captured at first.
    pub way: Way,
}

/// What the share is told. [`ShareCommand::Part`] is the customer's word; none of the others can make it capture more than
/// that part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareCommand {
    /// The first update shall be ready when the first room is there: it is captured now, and handed out then.
    Ahead,
    /// That many more bytes may be handed out for the ordered channel. Before the first of these nothing is handed out,
    /// and without [`ShareCommand::Ahead`] nothing captured.
    Room {
        /// Added to what is left of earlier ones.
        bytes: usize,
    },
    /// The console has drawn everything up to this update (`PictureAcknowledged`).
    Acknowledged {
        /// Its epoch.
        epoch: u32,
        /// The update within it.
        update: u32,
    },
    /// The console needs the whole picture anew (`WHAT_NEW_EPOCH`).
    NewEpoch,
    /// The same for a recording (`WHAT_FULL_STATE`): what goes as video stays video.
    FullState,
    /// Nobody looks (`WHAT_PAUSE`): nothing is captured until [`ShareCommand::Resume`].
    Pause,
    /// Somebody looks again (`WHAT_RESUME`): a new epoch begins.
    Resume,
    /// Whether the console takes video of areas that move, and of what kind. Until this is said it takes none.
    Video(Option<VideoTrack>),
    /// The console cannot decode the video until a picture stands by itself.
    VideoKey,
    /// What the video's congestion control thinks that the link carries.
    Bandwidth {
        /// Bits a second, all channels together.
        bits_per_s: u32,
    },
    /// What the operator prefers.
    Preference(Preference),
    /// How the screen is captured from now on, for all who look; what can be seen is the same.
    Way(Way),
    /// Something else is shared from now on: what waits of before is never handed out, and a new epoch begins.
    Part(Part),
}

/// The track for areas that move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VideoTrack {
    /// AV1 with 4:4:4 (profile 1) is decoded there; if not, 4:2:0 alone.
    pub full_chroma: bool,
}

/// What matters more where not everything is possible at once (`PictureSettings`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Preference {
    /// What moves and does not compress goes as video, all else exactly.
    #[default]
    Balanced,
    /// Exact as long as the link can carry it; good video where it cannot.
    Quality,
    /// Video early, and small.
    Speed,
}

/// The data channel for which a packet is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// "screen": reliable and ordered. Counted against the room.
    Ordered,
    /// "repeat": unordered, unreliable; a packet that already went on the ordered one. Not counted.
    Repeat,
}

/// What the share hands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareEvent {
    /// A packet of at most 16 KiB, to be sent as one message, as it is.
    Packet {
        /// Where it goes.
        channel: Channel,
        /// The message.
        bytes: Vec<u8>,
    },
    /// A picture of the area that moves, for the video track.
    Video {
        /// AV1 profile 1 (4:4:4), or profile 0 (4:2:0).
        full_chroma: bool,
        /// 90 kHz; the lowest four bits are those of the area's id.
        rtp_time: u32,
        /// Decodable by itself.
        key: bool,
        /// One temporal unit.
        bytes: Vec<u8>,
    },
    /// How much video there could be; 0: no area is open.
    VideoDemand {
        /// Bits a second.
        bits_per_s: u32,
    },
    /// The customer's pointer looks different now.
    PointerShape(PointerShape),
    /// The customer's pointer is elsewhere, pixels of the shared picture; both are -1 while it is not over what can be seen.
    PointerPosition {
        /// From the left.
        x: i32,
        /// From the top.
        y: i32,
    },
    /// The screens that the shared picture consists of; first of all, and after each change.
    Displays(Vec<Display>),
    /// How the screen is captured; before the first packet, and after each [`ShareCommand::Way`].
    Way(WayNow),
    /// What can be seen of the shared part; before the first packet, and after each change.
    Shown(Shown),
    /// The last event: the screen cannot be shared any longer.
    Failed(ScreenError),
}

/// A running share, and the first who looks at it. Dropping it ends capture: nothing is captured after `drop` has returned but
/// what was in hand.
#[derive(Debug)]
pub struct Share {
    commands: Arc<Commands>,
    newcomers: Arc<Newcomers>,
    waker: Arc<Waker>,
    stopped: Arc<AtomicBool>,
}

/// Another one who looks at a share, with a room, an epoch and wishes of their own (F-18). Dropping it ends that.
#[derive(Debug)]
pub struct Viewing {
    commands: Arc<Commands>,
    waker: Arc<Waker>,
    gone: Arc<AtomicBool>,
}

impl Share {
    /// Opens the screen and waits for room. Only to be called with the customer's consent. Errors: the screen cannot
    /// be shared, with the reason for the customer.
    pub fn start(options: ShareOptions) -> Result<(Self, mpsc::Receiver<ShareEvent>), ScreenError> {
        let (mut capture, waker) = capture::open(options.display.as_deref(), &options.own_class)?;
        capture.set_part(options.part);
        let way = capture.set_way(options.way)?;
        let (events, receiver) = mpsc::channel(EVENT_QUEUE);
        let (commands, newcomers) = (Arc::new(Commands::default()), Arc::new(Newcomers::default()));
        let stopped = Arc::new(AtomicBool::new(false));
        let first = Newcomer { commands: Arc::clone(&commands), events, gone: Arc::default() };
        let worker = Worker::new((capture, way), first, Arc::clone(&newcomers), Arc::clone(&stopped))?;
        thread::Builder::new()
            .name("screen".to_owned())
            .spawn(move || worker.run())
            .map_err(|error| ScreenError::Resources { reason: error.to_string() })?;
        Ok((Self { commands, newcomers, waker: Arc::new(waker), stopped }, receiver))
    }

    /// Lets another one look. Capture is the same, and so is what is sent, as long as both keep up; whoever does not slows
    /// nobody. After the share has ended the event channel says so.
    #[must_use]
    pub fn join(&self) -> (Viewing, mpsc::Receiver<ShareEvent>) {
        let (events, receiver) = mpsc::channel(EVENT_QUEUE);
        let (commands, gone) = (Arc::new(Commands::default()), Arc::<AtomicBool>::default());
        let newcomer = Newcomer { commands: Arc::clone(&commands), events, gone: Arc::clone(&gone) };
        self.newcomers.add(newcomer);
        self.waker.wake();
        (Viewing { commands, waker: Arc::clone(&self.waker), gone }, receiver)
    }

    /// Gives a command; after the share has failed it is lost, and the event channel says so.
    pub fn send(&self, command: ShareCommand) {
        if self.commands.add(command) {
            self.waker.wake();
        }
    }
}

impl Viewing {
    /// As [`Share::send`]; what is shared is not for this one to say, and [`ShareCommand::Part`] changes nothing.
    pub fn send(&self, command: ShareCommand) {
        if self.commands.add(command) {
            self.waker.wake();
        }
    }
}

impl Drop for Viewing {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::SeqCst);
        self.waker.wake();
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.waker.wake();
    }
}
