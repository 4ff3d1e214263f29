//! What comes out of the customer's machine.

use bytes::Bytes;
use protocol::{
    Fingerprint, IdentityHash, Permissions, Right, chat::Line, input::InputEvent, tools::Tool, wire,
};

use super::{
    CaptureWay, ClipboardOrder, DrawingOrder, FilesOrder, OperatorScreenOrder, OperatorScreenView, Part,
    PartView, PrinterOrder, PrinterView, RebootView, Returning, SecondAsking, SecondView, VoiceOrder,
    VoiceView,
};
use crate::Timestamp;

/// Numbers the peer connections of one run, from 1. What a closed one still reports is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionNo(pub u64);

/// A data channel, by its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Reliable, ordered: everything but pictures.
    Control,
    /// Unordered, no retransmission: moves, and repeats of keys and buttons.
    Pointer,
    /// Reliable, ordered: pictures.
    Screen,
    /// Unordered, no retransmission: the last small picture again.
    Repeat,
    /// Reliable, ordered, on a connection of its own: files.
    Files,
    /// Reliable, ordered: pictures of the operator's screen (F-09).
    OperatorScreen,
}

impl Channel {
    /// The channel of this label; others are of later versions.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        match label {
            "control" => Some(Self::Control),
            "pointer" => Some(Self::Pointer),
            "screen" => Some(Self::Screen),
            "repeat" => Some(Self::Repeat),
            "files" => Some(Self::Files),
            "operator-screen" => Some(Self::OperatorScreen),
            _ => None,
        }
    }

    /// Its label.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Pointer => "pointer",
            Self::Screen => "screen",
            Self::Repeat => "repeat",
            Self::Files => "files",
            Self::OperatorScreen => "operator-screen",
        }
    }
}

/// One thing for the shell to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// Send a frame on the WebSocket.
    ToServer(Bytes),
    /// Send a message on a data channel, at most 16 KiB.
    ToPeer {
        /// Which connection.
        connection: ConnectionNo,
        /// Which channel.
        channel: Channel,
        /// The message.
        bytes: Bytes,
    },
    /// Do something on this machine.
    Do(Action),
    /// Come back with [`super::Input::Tick`] at this moment; replaces the moment asked for before.
    WakeAt(Timestamp),
}

/// What the shell does on the customer's machine.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Open the WebSocket to the server.
    OpenSignalling,
    /// Close it, after what was sent.
    CloseSignalling,
    /// Show this in the window.
    Show(Box<View>),
    /// Show a chat line, of either side.
    ShowChat(Line),
    /// The operator's console has shown this line of the customer's.
    ShowChatDelivered([u8; 16]),
    /// Keep the identity of a server met for the first time, and show it.
    PinIdentity(IdentityHash),
    /// Keep the token that brings this app back, readable by this user alone.
    KeepResumeToken(Bytes),
    /// Forget the token: the session is over.
    ForgetResumeToken,

    /// Make a peer connection that answers this offer, closing none.
    AnswerOffer {
        /// Its number.
        connection: ConnectionNo,
        /// The offer.
        sdp: String,
        /// The only certificate that DTLS may accept.
        peer: Fingerprint,
        /// STUN and TURN.
        ice_servers: Vec<wire::IceServer>,
        /// The policy allows the voice (F-14): a line of audio may be agreed. None is without it.
        voice: bool,
    },
    /// A candidate of the console's.
    AddCandidate {
        /// Which connection.
        connection: ConnectionNo,
        /// The candidate; empty: no more.
        candidate: wire::Candidate,
    },
    /// Close a peer connection, after what was sent.
    ClosePeer {
        /// Which connection.
        connection: ConnectionNo,
    },

    /// Begin to capture: the first picture, which goes nowhere before [`Action::StartSharing`].
    PrepareSharing(ShareGrant),
    /// Send pictures.
    StartSharing(ShareGrant),
    /// Capture this part from now on, and nothing of what was captured before leaves any more.
    SharePart(Part),
    /// End capture, begun or prepared. No picture may leave after this.
    StopSharing,
    /// The customer does not want to be seen (`true`), or does again: while it is held, no picture is made and none leaves, also
    /// of what was made before. Said before [`Action::StartSharing`] where that one is to begin so.
    HoldPicture(bool),
    /// The console's wishes about pictures.
    Picture(PictureWish),
    /// What the second operator sees (F-18).
    Second(SecondOrder),
    /// Apply one input event now.
    ApplyInput(InputEvent),
    /// Every key and button that the operator holds goes up.
    ReleaseInput,
    /// Do this on the machine, and say what came of it ([`super::Input::ToolDone`]).
    RunTool {
        /// Which connection asks.
        connection: ConnectionNo,
        /// Its number there.
        id: u32,
        /// What to do.
        tool: Tool,
    },
    /// A right is taken back: what was begun and not yet done is not done any more.
    StopTools,
    /// Show this over the customer's screen, until [`Action::StopSharing`].
    Draw(DrawingOrder),
    /// Whether the customer draws just now, for the bar.
    ShowDrawing(bool),
    /// What microphone and speaker do.
    Voice(VoiceOrder),
    /// What the window of the operator's screen does (F-09).
    OperatorScreen(OperatorScreenOrder),
    /// Open the server's page /viewer with this ticket in the customer's own browser (F-15).
    OpenViewer(String),
    /// Keep what leads back after a restart, for this user alone, and have the desktop start this program then; in the place of
    /// what is kept already. Answered by [`super::Input::ReturnKept`].
    KeepReturn(Box<Returning>),
    /// Nothing leads back any more.
    ForgetReturn,
    /// Restart the machine. Answered by [`super::Input::RebootFailed`] where it does not.
    Reboot,
    /// Look at the customer's clipboard, or put something there.
    Clipboard(ClipboardOrder),
    /// Ask something of the customer's disk.
    Files(FilesOrder),
    /// Do this with the remote printer (S-12).
    Printer(PrinterOrder),
    /// Say that this is the remote printer of this name: somebody wants to know.
    ShowPrinter(String),
}

/// What is to be shown to the second operator (F-18).
#[derive(Clone, Debug, PartialEq)]
pub enum SecondOrder {
    /// Send pictures of the share that runs there, too. It is over with [`Action::StopSharing`].
    Start(ShareGrant),
    /// No picture may leave to there after this.
    Stop(ConnectionNo),
    /// Their console's wishes about pictures.
    Picture(ConnectionNo, PictureWish),
}

/// The right to capture. Only the machine makes one, from a customer's consent and a verified policy, and it is
/// worth nothing after [`Action::StopSharing`], nor while [`Action::HoldPicture`] holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareGrant {
    connection: ConnectionNo,
    permissions: Permissions,
    part: Part,
    capture: CaptureWay,
}

impl ShareGrant {
    /// `None`: policy and customer do not both allow the screen to be shown.
    pub(super) fn new(
        connection: ConnectionNo,
        permissions: Permissions,
        part: Part,
        capture: CaptureWay,
    ) -> Option<Self> {
        permissions.view.then_some(Self { connection, permissions, part, capture })
    }

    /// Where pictures go.
    #[must_use]
    pub fn connection(&self) -> ConnectionNo {
        self.connection
    }

    /// Of what part.
    #[must_use]
    pub fn part(&self) -> Part {
        self.part
    }

    /// How (S-04).
    #[must_use]
    pub fn capture(&self) -> CaptureWay {
        self.capture
    }

    /// What policy and customer allow.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        self.permissions
    }
}

/// What a console says about the pictures it gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureWish {
    /// It has drawn everything up to here.
    Acknowledged(wire::PictureAcknowledged),
    /// Start a new epoch.
    NewEpoch,
    /// The whole picture once more, for a recording.
    FullState,
    /// It is hidden.
    Pause,
    /// It is shown again.
    Resume,
    /// Preference and codecs.
    Settings(wire::PictureSettings),
}

/// What the window shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// The code is being checked.
    Joining,
    /// Welcome was said; the operator is not there yet (S-02).
    WaitingForOperator {
        /// Whose session it is.
        host: Host,
    },
    /// The question of consent.
    Question {
        /// Whose session it is.
        host: Host,
        /// Who asks; known with S-02 on.
        operator: Option<String>,
        /// What the customer may agree to.
        offered: Permissions,
        /// Whoever does not agree to be recorded is not supported.
        recording_required: bool,
        /// What the press is called.
        press: ConsentPress,
    },
    /// Agreed; no picture leaves yet.
    Connecting {
        /// Whose session it is.
        host: Host,
        /// Who connects, once known.
        operator: Option<String>,
        /// What the customer could allow.
        could: Permissions,
        /// What policy and customer allow as soon as nothing is held up.
        given: Permissions,
        /// The customer holds everything up but the chat.
        paused: bool,
    },
    /// The picture is shared.
    Sharing {
        /// Whose session it is.
        host: Host,
        /// Who is connected.
        operator: Option<String>,
        /// What policy and customer allow.
        permissions: Permissions,
        /// What the customer could allow.
        could: Permissions,
        /// What policy and customer allow as soon as nothing is held up.
        given: Permissions,
        /// The customer holds everything up but the chat.
        paused: bool,
        /// What the operator asks for, until the customer answers.
        asking: Option<Asking>,
        /// Whether an operator controls at this moment.
        control: ControlView,
        /// Whether the session is recorded at this moment.
        recording: bool,
        /// Whether the customer may ask for a copy of what was recorded.
        copy: CopyView,
        /// The second operator, while they are there (F-18).
        second: Option<Box<SecondView>>,
        /// The operator who is to come in, until the customer answers (S-10).
        second_asking: Option<Box<SecondAsking>>,
        /// Whether the server is reached; a running session goes on without.
        signalling: bool,
        /// What of the screen is shared.
        part: Box<PartView>,
        /// Both can talk, or could if nothing were held up; `None`: there is no voice.
        voice: Option<VoiceView>,
        /// The operator's screen is shown, or would be if nothing were held up (F-09).
        operator_screen: Option<OperatorScreenView>,
        /// How it stands with a restart.
        reboot: RebootView,
        /// Where the remote printer stands.
        printer: PrinterView,
    },
    /// The session is over.
    Ended(Ending),
}

/// A copy of what was recorded, for the customer (F-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyView {
    /// Nothing was recorded, or the company gives none.
    None,
    /// The customer may ask for one.
    Offered,
    /// They have.
    Asked,
}

/// A right that the operator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Which question it is; the answer names it.
    pub no: u64,
    /// What is asked for.
    pub right: Right,
}

/// The press that is the customer's consent (S-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentPress {
    /// S-02 on: to an operator who is there and named.
    Agree,
    /// S-02 off: to the company, whichever operator of it comes.
    Connect,
}

/// Whose session it is, for the customer to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// The company.
    pub company: String,
    /// The name that customers know.
    pub service: String,
    /// This computer is an operator's, and whoever sees it is the customer of another session (F-15).
    pub reversed: bool,
}

/// Control as the bar shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlView {
    /// Policy or customer forbid it.
    Forbidden,
    /// Allowed; the operator has not taken it.
    Off,
    /// The operator controls.
    On,
    /// The customer's own hand keeps the operator's input away.
    CustomerActive,
    /// This machine takes no input: what it lacks, kebab-case.
    Unavailable(&'static str),
}

/// Why there is no session any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As the record says.
    Reason(wire::EndReason),
    /// The server refused; the code has a translated text ("code-unknown", "rate-limited" …).
    Problem {
        /// kebab-case.
        code: String,
        /// How long to wait, for "rate-limited"; else 0.
        retry_after_s: u32,
    },
    /// The server could not be reached with the code.
    Unreachable,
    /// The server is not the one that this app was prepared for, or has pinned.
    WrongServer,
    /// The server's key is not of the time that this machine's clock shows: either of the two is wrong, and an old key
    /// may be in wrong hands.
    WrongClock,
    /// The policy was refused: `what` is the kebab-case name of the refusal.
    PolicyRefused {
        /// As in the record.
        what: &'static str,
    },
}
