//! The running share of a session: the `screen` crate's packets go straight to the peer, all else to the session.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use desktop::input::OWN_CLASS;
use peer::Command;
use protocol::wire;
use screen::{
    Lack, Preference, ScreenError, Share, ShareCommand, ShareEvent, ShareOptions, Shown, VideoTrack, Viewing,
    Way, WayNow,
};
use session::customer::{
    CaptureLack, CaptureNow, CaptureWay, ConnectionNo, Input, Part, PictureWish, ScreenFailure, ShareGrant,
};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinSet};

use super::{Trouble, part};

/// A share; dropping it ends capture and whatever is on its way to the peer.
pub(super) struct Sharing {
    share: Screen,
    pump: AbortHandle,
    /// Lets the pump run; none once it does.
    begin: Option<oneshot::Sender<()>>,
    pub(super) connection: ConnectionNo,
    track: Track,
    gate: Arc<Gate>,
}

/// The screen as one console sees it.
enum Screen {
    /// The session's operator, with whom capture begins and ends.
    First(Share),
    /// The second operator, who looks at the same (F-18).
    Second(Viewing),
}

impl Screen {
    fn send(&self, command: ShareCommand) {
        match self {
            Self::First(share) => share.send(command),
            Self::Second(viewing) => viewing.send(command),
        }
    }
}

/// Through which everything of the screen goes. Shut, it drops what was made before.
#[derive(Debug, Default)]
struct Gate {
    shut: AtomicBool,
    /// Of the ordered channel: the room that it would have taken is there still.
    dropped_bytes: AtomicUsize,
}

impl Gate {
    /// What may go to the peer.
    fn pass(&self, command: Command) -> Option<Command> {
        if !self.shut.load(Ordering::SeqCst) {
            return Some(command);
        }
        match command {
            Command::Send(peer::Channel::Screen, bytes) => {
                self.dropped_bytes.fetch_add(bytes.len(), Ordering::SeqCst);
                None
            }
            Command::Send(..) | Command::Video { .. } => None,
            other => Some(other),
        }
    }
}

/// What is known of the way for video.
#[derive(Debug, Default)]
struct Track {
    /// The connection has one, and whether it takes 4:4:4.
    ready: Option<bool>,
    /// What the console's browser decodes (`PictureSettings.codecs`).
    half: bool,
    full: bool,
}

impl Track {
    fn take_codecs(&mut self, codecs: &[String]) {
        self.full = codecs.iter().any(|codec| codec == "av1-444");
        self.half = codecs.iter().any(|codec| codec == "av1");
    }

    fn agreed(&self) -> Option<VideoTrack> {
        let full_chroma = self.ready? && self.full;
        (self.half || full_chroma).then_some(VideoTrack { full_chroma })
    }
}

impl Drop for Sharing {
    fn drop(&mut self) {
        self.pump.abort();
    }
}

/// What the share tells the session.
#[derive(Debug)]
pub(super) enum Told {
    /// For the console.
    Input(Input),
    /// What can be seen of the part.
    Shown(Shown),
    /// It is over.
    Failed(ScreenError),
}

impl Sharing {
    /// Opens the screen and makes the first picture, unless it is `held`. Nothing of it goes anywhere before [`Self::begin`].
    /// Only for a grant of the session.
    ///
    /// Errors: [`ScreenError`].
    pub(super) fn prepare<T: Send + 'static>(
        (grant, held): (&ShareGrant, bool),
        peer: mpsc::Sender<Command>,
        told: mpsc::Sender<T>,
        wrap: impl Fn(Told) -> T + Send + 'static,
        tasks: &mut JoinSet<()>,
    ) -> Result<Self, ScreenError> {
        let (share, events) = Share::start(ShareOptions {
            display: None,
            own_class: OWN_CLASS.to_owned(),
            part: part::to_screen(grant.part()),
            way: way_of(grant.capture()),
        })?;
        share.send(if held { ShareCommand::Pause } else { ShareCommand::Ahead });
        Ok(Self::pumped(
            (Screen::First(share), events),
            (grant.connection(), held),
            peer,
            told,
            (wrap, tasks),
        ))
    }

    /// Lets another console look at the same; nothing goes there before [`Self::begin`]. `None`: this is no share of its own.
    pub(super) fn join<T: Send + 'static>(
        &self,
        (connection, held): (ConnectionNo, bool),
        peer: mpsc::Sender<Command>,
        told: mpsc::Sender<T>,
        wrap: impl Fn(Told) -> T + Send + 'static,
        tasks: &mut JoinSet<()>,
    ) -> Option<Self> {
        let Screen::First(share) = &self.share else { return None };
        let (viewing, events) = share.join();
        if held {
            viewing.send(ShareCommand::Pause);
        }
        let screen = (Screen::Second(viewing), events);
        Some(Self::pumped(screen, (connection, held), peer, told, (wrap, tasks)))
    }

    fn pumped<T: Send + 'static>(
        (share, mut events): (Screen, mpsc::Receiver<ShareEvent>),
        (connection, held): (ConnectionNo, bool),
        peer: mpsc::Sender<Command>,
        told: mpsc::Sender<T>,
        (wrap, tasks): (impl Fn(Told) -> T + Send + 'static, &mut JoinSet<()>),
    ) -> Self {
        let gate = Arc::new(Gate { shut: AtomicBool::new(held), ..Gate::default() });
        let (begin, begun) = oneshot::channel();
        let passing = Arc::clone(&gate);
        let pump = tasks.spawn(async move {
            if begun.await.is_err() {
                return;
            }
            while let Some(event) = events.recv().await {
                let sent = match translate(event) {
                    Out::Peer(command) => match passing.pass(command) {
                        Some(command) => peer.send(command).await.is_ok(),
                        None => true,
                    },
                    Out::Told(what) => told.send(wrap(what)).await.is_ok(),
                };
                if !sent {
                    return;
                }
            }
        });
        Self { share, pump, begin: Some(begin), connection, track: Track::default(), gate }
    }

    /// The customer is not to be seen, or is again: then the picture begins anew.
    pub(super) fn hold(&self, on: bool) {
        self.gate.shut.store(on, Ordering::SeqCst);
        if on {
            return self.share.send(ShareCommand::Pause);
        }
        let bytes = self.gate.dropped_bytes.swap(0, Ordering::SeqCst);
        if bytes != 0 {
            self.share.send(ShareCommand::Room { bytes });
        }
        self.share.send(ShareCommand::Resume);
    }

    /// The connection stands: what is ready may go.
    pub(super) fn begin(&mut self) {
        if let Some(begin) = self.begin.take()
            && begin.send(()).is_err()
        {
            tracing::debug!("Share ended before it began");
        }
    }

    /// Something else is shared.
    pub(super) fn share_part(&self, part: Part) {
        self.share.send(ShareCommand::Part(part::to_screen(part)));
    }

    /// The screen is captured this way.
    pub(super) fn capture_by(&self, way: CaptureWay) {
        self.share.send(ShareCommand::Way(way_of(way)));
    }

    pub(super) fn room(&self, bytes: usize) {
        self.share.send(ShareCommand::Room { bytes });
    }

    /// The connection takes video.
    pub(super) fn video_ready(&mut self, full_chroma: bool) {
        self.track.ready = Some(full_chroma);
        self.share.send(ShareCommand::Video(self.track.agreed()));
    }

    pub(super) fn video_key(&self) {
        self.share.send(ShareCommand::VideoKey);
    }

    pub(super) fn bandwidth(&self, bits_per_s: u32) {
        self.share.send(ShareCommand::Bandwidth { bits_per_s });
    }

    pub(super) fn wish(&mut self, wish: PictureWish) {
        let command = match wish {
            PictureWish::Acknowledged(drawn) => {
                ShareCommand::Acknowledged { epoch: drawn.epoch, update: drawn.update }
            }
            PictureWish::NewEpoch => ShareCommand::NewEpoch,
            PictureWish::FullState => ShareCommand::FullState,
            PictureWish::Pause => ShareCommand::Pause,
            PictureWish::Resume => ShareCommand::Resume,
            PictureWish::Settings(settings) => return self.settings(&settings),
        };
        self.share.send(command);
    }

    fn settings(&mut self, settings: &wire::PictureSettings) {
        use wire::picture_settings::Preference as Wanted;
        let preference = match settings.preference() {
            Wanted::Quality => Preference::Quality,
            Wanted::Speed => Preference::Speed,
            Wanted::Balanced | Wanted::Unspecified => Preference::Balanced,
        };
        if let Some(way) = CaptureWay::asked(settings) {
            self.capture_by(way);
        }
        self.track.take_codecs(&settings.codecs);
        self.share.send(ShareCommand::Preference(preference));
        self.share.send(ShareCommand::Video(self.track.agreed()));
    }
}

enum Out {
    Peer(Command),
    Told(Told),
}

fn translate(event: ShareEvent) -> Out {
    match event {
        ShareEvent::Packet { channel, bytes } => {
            let channel = match channel {
                screen::Channel::Ordered => peer::Channel::Screen,
                screen::Channel::Repeat => peer::Channel::Repeat,
            };
            Out::Peer(Command::Send(channel, bytes.into()))
        }
        ShareEvent::Video { full_chroma, rtp_time, key, bytes } => {
            Out::Peer(Command::Video { full_chroma, rtp_time, key, bytes: bytes.into() })
        }
        ShareEvent::VideoDemand { bits_per_s } => Out::Peer(Command::VideoDemand { bits_per_s }),
        ShareEvent::PointerShape(shape) => Out::Told(Told::Input(Input::PointerShape(wire::PointerShape {
            width: shape.width.into(),
            height: shape.height.into(),
            hot_x: shape.hot_x.into(),
            hot_y: shape.hot_y.into(),
            rgba_zstd: shape.rgba_zstd.into(),
        }))),
        ShareEvent::PointerPosition { x, y } => {
            Out::Told(Told::Input(Input::PointerPosition(wire::PointerPosition { x, y })))
        }
        ShareEvent::Displays(displays) => {
            Out::Told(Told::Input(Input::Displays(displays.into_iter().map(to_wire).collect())))
        }
        ShareEvent::Way(now) => Out::Told(Told::Input(Input::Captured(capture_now(now)))),
        ShareEvent::Shown(shown) => Out::Told(Told::Shown(shown)),
        ShareEvent::Failed(error) => Out::Told(Told::Failed(error)),
    }
}

fn way_of(way: CaptureWay) -> Way {
    match way {
        CaptureWay::Fast => Way::Fast,
        CaptureWay::Plain => Way::Plain,
    }
}

fn capture_now(now: WayNow) -> CaptureNow {
    let way = match now.way {
        Way::Fast => CaptureWay::Fast,
        Way::Plain => CaptureWay::Plain,
    };
    let lack = now.lack.map(|lack| match lack {
        Lack::Damage => CaptureLack::Damage,
        Lack::SharedMemory => CaptureLack::SharedMemory,
    });
    CaptureNow { way, lack }
}

fn to_wire(display: screen::Display) -> wire::Display {
    wire::Display {
        id: display.id,
        name: display.name,
        x: display.x,
        y: display.y,
        width: display.width,
        height: display.height,
        primary: display.primary,
    }
}

/// Why the session ends with this error, for console and record.
pub(super) fn failure(error: &ScreenError) -> ScreenFailure {
    match error {
        ScreenError::Depth { .. } => ScreenFailure::Depth,
        ScreenError::Size { .. } => ScreenFailure::Size,
        ScreenError::Lost { .. } => ScreenFailure::Lost,
        ScreenError::NoDisplay { .. } | ScreenError::Unsupported | ScreenError::Resources { .. } => {
            ScreenFailure::Other
        }
    }
}

/// The same for the customer.
pub(super) fn trouble(error: &ScreenError) -> Trouble {
    match error {
        ScreenError::Depth { depth } => Trouble::Depth(depth.to_string()),
        other => Trouble::Screen(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, Gate, Ordering};

    /// of what was made before the pause nothing leaves in it, and the room for it is not lost.
    #[test]
    fn a_gate_that_is_shut_lets_nothing_of_the_screen_through() {
        let gate = Gate::default();
        let pictures = || {
            [
                Command::Send(peer::Channel::Screen, vec![0; 70].into()),
                Command::Send(peer::Channel::Repeat, vec![0; 7].into()),
                Command::Video { full_chroma: false, rtp_time: 0, key: true, bytes: vec![0; 9].into() },
            ]
        };
        assert!(pictures().into_iter().all(|picture| gate.pass(picture).is_some()));
        gate.shut.store(true, Ordering::SeqCst);
        assert!(pictures().into_iter().all(|picture| gate.pass(picture).is_none()));
        assert!(gate.pass(Command::VideoDemand { bits_per_s: 0 }).is_some());
        assert_eq!(gate.dropped_bytes.load(Ordering::SeqCst), 70);
    }
}
