//! What goes into the customer's machine.

use bytes::Bytes;
use protocol::{Fingerprint, IdentityHash, Nonce, Permissions, Right, tools::Outcome, wire};

use super::{
    CaptureNow, Channel, ChosenPart, ClipboardNews, ConnectionNo, DrawingInput, FilesNews,
    OperatorScreenInput, PartShown, PrinterInput, Returning, VoiceInput,
};

/// Whose policies this app obeys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The identities of the prepared slot, or the one pinned before. Nothing else is believed.
    Known(Vec<IdentityHash>),
    /// An unprepared app that meets its server for the first time: takes what comes and asks the shell to pin it
    /// ([`super::Action::PinIdentity`]).
    FirstUse,
}

/// How the customer comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Six digits, as typed: blanks and hyphens are ignored.
    Code(String),
    /// A token that an earlier run of the app kept.
    Resume(Bytes),
}

/// What the machine must know from the start.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whose policies count.
    pub trust: Trust,
    /// Code or token.
    pub entry: Entry,
    /// 32 fresh random bytes of this run.
    pub nonce: Nonce,
    /// SHA-256 of the DTLS certificate that every peer connection of this run uses.
    pub fingerprint: Fingerprint,
    /// What this machine tells of itself.
    pub machine: wire::Machine,
    /// "ko" or "en".
    pub language: String,
    /// The program's own version, for people.
    pub program: String,
    /// After a restart of the machine (F-03): what this customer had agreed to. With [`Entry::Resume`].
    pub returning: Option<Returning>,
    /// Options that change nothing on this machine, by their keys (`NotInEffect`).
    pub not_in_effect: &'static [&'static str],
}

/// Why a screen cannot be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenFailure {
    /// Its colour depth.
    Depth,
    /// It is too large.
    Size,
    /// It went away in the middle of the session.
    Lost,
    /// No display, no memory, a system whose screen cannot be shared yet.
    Other,
}

impl ScreenFailure {
    /// As the console is told and the record keeps it.
    pub(super) fn reason(self) -> wire::EndReason {
        match self {
            Self::Depth => wire::EndReason::ScreenDepth,
            Self::Size => wire::EndReason::ScreenSize,
            Self::Lost => wire::EndReason::ScreenLost,
            Self::Other => wire::EndReason::ScreenFailed,
        }
    }
}

/// What is told apart from the pictures, to the second operator's console.
#[derive(Clone, Debug)]
pub enum SecondSees {
    /// The displays of this machine.
    Displays(Vec<wire::Display>),
    /// The pointer's shape.
    PointerShape(wire::PointerShape),
    /// Where the pointer is.
    PointerPosition(wire::PointerPosition),
    /// How the screen is captured.
    Capture(CaptureNow),
}

/// Everything that can happen to the customer's side.
#[derive(Clone, Debug)]
pub enum Input {
    /// The WebSocket that [`super::Action::OpenSignalling`] asked for is open.
    SignallingOpened {
        /// What this machine's own clock shows, epoch milliseconds: the server's word for the time is not enough to
        /// believe an old key.
        clock_ms: u64,
    },
    /// It could not be opened, or closed.
    SignallingClosed,
    /// A frame of the WebSocket.
    ServerMessage(Bytes),

    /// The customer pressed Agree, with the switches of the sheet as they stood.
    Agreed(Permissions),
    /// The customer pressed Decline.
    Declined,
    /// The customer's switch in the bar: the operator may control (within the policy).
    ControlAllowed,
    /// The customer's switch in the bar: the operator may not control.
    ControlForbidden,
    /// A switch of the customer's: they give a right (within the policy), or take it back at once.
    RightSet {
        /// Which one.
        right: Right,
        /// Whether it is given.
        on: bool,
    },
    /// The customer's press upon the operator's question ([`super::Asking`]).
    RightAnswered {
        /// The question that they read.
        no: u64,
        /// Whether they allow it.
        allowed: bool,
    },
    /// The customer's press upon whether another operator may come in ([`super::SecondAsking`]).
    SecondAnswered {
        /// The question that they read.
        no: u64,
        /// Whether they allow it.
        allowed: bool,
    },
    /// The customer holds everything up but the chat, or goes on.
    Paused(bool),
    /// The customer wants a copy of what is recorded (F-13).
    CopyAsked,
    /// The customer's press upon the operator's question for a restart ([`super::RebootView::Asked`]).
    RebootAnswered {
        /// The question that they read.
        no: u64,
        /// Whether they allow it.
        allowed: bool,
    },
    /// The customer wants no restart any more, or has read why there was none.
    RebootCalledOff,
    /// What came of [`super::Action::KeepReturn`]; why not, kebab-case.
    ReturnKept(Result<(), &'static str>),
    /// What came of [`super::Action::Reboot`], where the machine does not restart; why, kebab-case.
    RebootFailed(&'static str),
    /// The system asks the program to end, or takes its display.
    GoingDown,
    /// The customer used mouse or keyboard.
    CustomerActive,
    /// The desktop let an input of the operator's reach nothing, and why, kebab-case ("own-window").
    InputRefused(&'static str),
    /// A question of the app to its customer is open: no input is applied meanwhile.
    QuestionOpened,
    /// The question is answered.
    QuestionClosed,
    /// The customer wrote a chat line.
    Chat {
        /// 16 fresh random bytes.
        id: [u8; 16],
        /// As typed.
        text: String,
    },
    /// The customer chose what is shared (F-01, S-14).
    PartChosen(ChosenPart),
    /// The customer leaves it as it is, although the operator asks.
    PartDeclined,
    /// What can be seen of what is shared, at the start of sharing and when it changes.
    PartShown(PartShown),
    /// The customer pressed Stop, or closed the window.
    Stopped,
    /// The screen cannot be shared, or not any more.
    ScreenFailed(ScreenFailure),

    /// The peer connection answers the offer.
    LocalAnswer {
        /// Which connection.
        connection: ConnectionNo,
        /// The session description.
        sdp: String,
    },
    /// The peer connection found a candidate.
    LocalCandidate {
        /// Which connection.
        connection: ConnectionNo,
        /// The candidate.
        candidate: wire::Candidate,
    },
    /// DTLS is up, with the certificate that the offer named.
    PeerConnected {
        /// Which connection.
        connection: ConnectionNo,
        /// Through a relay.
        relayed: bool,
    },
    /// A data channel is open.
    ChannelOpened {
        /// Which connection.
        connection: ConnectionNo,
        /// Which channel.
        channel: Channel,
    },
    /// A message on a data channel.
    PeerMessage {
        /// Which connection.
        connection: ConnectionNo,
        /// Which channel.
        channel: Channel,
        /// The message.
        bytes: Bytes,
    },
    /// The peer connection is gone.
    PeerLost {
        /// Which connection.
        connection: ConnectionNo,
    },

    /// What the share of [`super::SecondOrder::Start`] tells for their console alone.
    ForSecond(SecondSees),
    /// The displays of this machine, at the start of sharing and when they change. The first is the shared one.
    Displays(Vec<wire::Display>),
    /// The pointer's shape changed.
    PointerShape(wire::PointerShape),
    /// The pointer moved, in pixels of the shared picture.
    PointerPosition(wire::PointerPosition),
    /// How the screen is captured, at the start of sharing and after each wish of the operator's (S-04).
    Captured(CaptureNow),
    /// This machine takes the operator's input: only from here on can control be on. Said once for each
    /// [`super::Action::StartSharing`], as is the opposite.
    DesktopTakesInput,
    /// This machine takes no input, or none any more: what it lacks, kebab-case ("input-no-xtest").
    DesktopTakesNoInput(&'static str),

    /// What came of [`super::Action::RunTool`].
    ToolDone {
        /// Which connection asked for it.
        connection: ConnectionNo,
        /// Its number there.
        id: u32,
        /// On what it was done, as this machine calls it; empty: as the request does.
        object: String,
        /// What came of it.
        outcome: Outcome,
    },
    /// What the customer does with drawing, and what became of a [`super::Action::Draw`].
    Drawing(DrawingInput),
    /// What the customer does with the voice, and what became of a [`super::Action::Voice`].
    Voice(VoiceInput),
    /// What the customer does with the operator's screen, and what became of a [`super::Action::OperatorScreen`].
    OperatorScreen(OperatorScreenInput),
    /// The page of an [`super::Action::OpenViewer`] could not be opened: what this machine lacks, kebab-case.
    ViewerNotOpened(&'static str),
    /// What the customer copied, and what became of a [`super::Action::Clipboard`].
    Clipboard(ClipboardNews),
    /// What became of a [`super::Action::Files`].
    Files(FilesNews),
    /// What became of a [`super::Action::Printer`], and what the customer prints.
    Printer(PrinterInput),

    /// A moment that [`super::Output::WakeAt`] asked for has come.
    Tick,
}
