//! What windows and sessions tell each other.

use protocol::chat::Line;
use protocol::{IdentityHash, Right};
use session::customer::{ChosenPart, View};

use super::{CopyView, OperatorPicture, Receipt, SurveyView, VoiceLevels};
use crate::texts::Language;

/// What the customer did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Press {
    /// Connect, with the code as typed.
    Connect {
        /// The code.
        code: String,
        /// For the operator to know.
        language: Language,
    },
    /// The new server's identity is the right one.
    TrustIdentity,
    /// It is not.
    RefuseIdentity,
    /// Agree, with the switches as they stand.
    Agree {
        /// Control.
        control: bool,
        /// Recording.
        record: bool,
    },
    /// Decline.
    Decline,
    /// The switch in the bar, or Esc three times.
    Control {
        /// Allowed from now on.
        allowed: bool,
    },
    /// A switch among the rights.
    Right {
        /// Which one.
        right: Right,
        /// Given from now on.
        on: bool,
    },
    /// Allow or Do not allow, below the operator's question.
    AnswerRight {
        /// The question that was read.
        no: u64,
        /// Allow.
        allowed: bool,
    },
    /// Allow or Do not allow, below whether another operator may come in.
    AnswerSecond {
        /// The question that was read.
        no: u64,
        /// Allow.
        allowed: bool,
    },
    /// A copy of what is recorded.
    Copy,
    /// Pause, or go on.
    Pause {
        /// Pause.
        on: bool,
    },
    /// Drawing (F-12).
    Draw(DrawPress),
    /// The customer's microphone (F-14).
    Mute {
        /// Off.
        on: bool,
    },
    /// No voice any more.
    EndVoice,
    /// The operator's screen is not to be seen any more (F-09).
    EndOperatorScreen,
    /// A chat line.
    Chat(String),
    /// Share this from now on (F-01, S-14).
    Share(ChosenPart),
    /// Share a rectangle, to be drawn now.
    DrawArea,
    /// Leave what is shared as it is, although the operator asks.
    KeepPart,
    /// Send, after the end [S-03].
    Answer {
        /// 1 to 5.
        rating: u8,
        /// As written; perhaps nothing.
        comment: String,
    },
    /// Skip, after the end.
    SkipSurvey,
    /// A copy of what was recorded is wanted.
    AskForCopy,
    /// Restart, or not, below the operator's question (F-03).
    AnswerReboot {
        /// The question that was read.
        no: u64,
        /// Restart.
        allowed: bool,
    },
    /// No restart any more, or its failure was read.
    NoReboot,
    /// Stop, or a closed window.
    Stop,
    /// The program ends.
    Quit,
    /// Windows of this program, which no input reaches.
    Windows(Vec<u64>),
}

/// What the customer did with their own pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DrawPress {
    /// Taken up, or laid down.
    Mode(bool),
    /// Red, green, blue.
    Colour([u8; 3]),
    /// Their last shape goes.
    Undo,
    /// Everything goes.
    Clear,
}

/// What the windows show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Whether this new server is the right one.
    Identity(IdentityHash),
    /// A session's state.
    View(View),
    /// There is no session, and why.
    Trouble(Trouble),
    /// A chat line of either side.
    Chat(Line),
    /// The operator has seen this line.
    Delivered([u8; 16]),
    /// Whether the customer draws.
    Drawing(bool),
    /// How loud it is.
    VoiceLevels(VoiceLevels),
    /// A newer picture of the operator's screen lies ready (F-09).
    OperatorPicture(OperatorPicture),
    /// The remote printer has this name (S-12): somebody asked.
    Printer(String),
    /// What is asked after the end [S-03].
    Survey(SurveyView),
    /// What the customer can keep of the session [Y-2].
    Receipt(Receipt),
    /// What is shown of a copy of what was recorded.
    Copy(CopyView),
    /// Back to the code.
    Code,
}

/// Why there is no session, or no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A text of this key says it.
    Text(&'static str),
    /// The screen cannot be shared: what it lacks.
    Screen(String),
    /// Its colour depth cannot.
    Depth(String),
}
