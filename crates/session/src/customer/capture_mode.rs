//! How the screen is captured (S-04): as the option says at first, and as the operator switches it.

use std::time::Duration;

use protocol::wire;
use wire::peer_message::Body;

use super::{Customer, pace::Pace, state::State};
use crate::Timestamp;

/// Changes of the way that a console may ask for.
const SWITCHES: u32 = 20;
const SWITCHES_WITHIN: Duration = Duration::from_secs(60);

/// A way to capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CaptureWay {
    /// The fastest of the platform.
    #[default]
    Fast,
    /// The plain one, which every display has.
    Plain,
}

/// What the fast way lacks on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptureLack {
    /// Nobody says what has changed: the plain way is taken instead.
    Damage,
    /// Memory that is shared with the display: the fast way is taken without.
    SharedMemory,
}

/// Which way is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaptureNow {
    /// What runs.
    pub way: CaptureWay,
    /// Where the fast way is wanted and is not there as it should be.
    pub lack: Option<CaptureLack>,
}

/// What is wanted of it in a session, whatever becomes of its connections.
#[derive(Debug)]
pub(super) struct Capture {
    wanted: CaptureWay,
    by_operator: bool,
    pace: Pace,
    /// What stands in the record, or needs no line there.
    known: Option<CaptureWay>,
}

impl Capture {
    /// As Welcome says.
    pub(super) fn at_start(plain: bool) -> Self {
        let wanted = if plain { CaptureWay::Plain } else { CaptureWay::Fast };
        Self { wanted, by_operator: false, pace: Pace::default(), known: None }
    }

    pub(super) fn wanted(&self) -> CaptureWay {
        self.wanted
    }

    fn mode(&self, now: CaptureNow) -> wire::CaptureMode {
        use wire::CaptureReason as Reason;
        let reason = match now.lack {
            Some(CaptureLack::Damage) => Reason::NoDamage,
            Some(CaptureLack::SharedMemory) => Reason::NoSharedMemory,
            None if self.by_operator => Reason::Operator,
            None => Reason::Option,
        };
        wire::CaptureMode { way: now.way.to_wire().into(), reason: reason.into() }
    }

    /// What the record is to say; nothing where it is as the option says, or has been.
    fn line(&mut self, now: CaptureNow) -> Option<wire::CaptureModeChanged> {
        let wire::CaptureMode { way, reason } = self.mode(now);
        let is_known = match self.known.replace(now.way) {
            Some(known) => known == now.way,
            None => reason == i32::from(wire::CaptureReason::Option),
        };
        (!is_known).then_some(wire::CaptureModeChanged { way, reason })
    }
}

impl CaptureWay {
    fn to_wire(self) -> wire::CaptureWay {
        match self {
            Self::Fast => wire::CaptureWay::Fast,
            Self::Plain => wire::CaptureWay::Plain,
        }
    }

    /// What a console's settings ask for; nothing: it leaves that as it is.
    #[must_use]
    pub fn asked(settings: &wire::PictureSettings) -> Option<Self> {
        match settings.capture() {
            wire::CaptureWay::Fast => Some(Self::Fast),
            wire::CaptureWay::Plain => Some(Self::Plain),
            wire::CaptureWay::Unspecified => None,
        }
    }
}

impl Customer {
    /// The operator has switched; the share does it, and says what came of it ([`Self::captured_by`]). `false`: too often, since
    /// each time may be a line of the record.
    pub(super) fn capture_asked(&mut self, now: Timestamp, way: Option<CaptureWay>) -> bool {
        let (Some(way), Some(member)) = (way, self.state.member_mut()) else {
            return true;
        };
        let capture = &mut member.capture;
        if way != capture.wanted && !capture.pace.has_room(now, SWITCHES, SWITCHES_WITHIN) {
            return false;
        }
        (capture.wanted, capture.by_operator) = (way, true);
        true
    }

    /// The share says which way it takes.
    pub(super) fn captured_by(&mut self, at: Timestamp, now: CaptureNow) {
        let State::Sharing(sharing) = &mut self.state else { return };
        let capture = &mut sharing.member.capture;
        let (mode, line) = (capture.mode(now), capture.line(now));
        self.tell(Body::CaptureMode(mode));
        if let Some(line) = line {
            self.out.report(at, wire::event::Kind::CaptureModeChanged(line));
        }
    }

    /// The same for the second operator's console; the record has it already.
    pub(super) fn captured_for_second(&mut self, now: CaptureNow) {
        let State::Sharing(sharing) = &self.state else { return };
        let mode = sharing.member.capture.mode(now);
        self.tell_second(Body::CaptureMode(mode));
    }
}
