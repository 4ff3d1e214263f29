//! The operator's mouse and keyboard on the customer's desktop (F-05, X-4).
//!
//! Every implementation keeps these promises (`contract.rs` holds them against each):
//!
//! - keys are physical: what a key means is the customer's layout's matter; text arrives as the characters given;
//! - what was pressed goes up at the end, on [`Input::release_all`] and when the value is dropped;
//! - the customer's own mouse and keyboard win: until 500 ms after their last sign, input is refused;
//! - nothing reaches the app's own windows, and nothing at all while a question is open.

mod activity;
#[cfg(all(test, target_os = "linux"))]
mod contract;
mod escapes;
mod keys;
#[cfg(test)]
mod tests;
mod wheel;
#[cfg(target_os = "linux")]
mod x11;

use std::path::PathBuf;
use std::time::Instant;

use protocol::input::InputEvent;

pub use crate::unsupported::Unsupported;
pub use activity::QUIET;

/// By this class (ICCCM §4.1.2.5 on X11) every window of the program is known from its creation on, in whichever process
/// and before anybody could register it. The shell gives it to its windows.
pub const OWN_CLASS: &str = "beside-customer";

/// The keyboard and mouse of one desktop. Not for sharing: its owner calls it from one thread.
pub trait Input: Send {
    /// Does what the operator did. `now` never runs backwards.
    ///
    /// [`Applied::Queued`] text and what follows it goes out in later calls and in [`Input::poll`].
    /// Errors: [`InputError`] when the desktop is gone; the value is of no use then.
    fn apply(&mut self, now: Instant, event: &InputEvent) -> Result<Applied, InputError>;

    /// Looks for the customer's own input and types what waits. To be called every 50 ms or faster while the
    /// operator controls, and at [`Polled::wake_at`]; it never blocks for longer than a round trip to the display.
    ///
    /// Errors: [`InputError`] when the desktop is gone.
    fn poll(&mut self, now: Instant) -> Result<Polled, InputError>;

    /// Lets go of everything that was pressed and forgets what waits: end, lost focus, disconnect.
    ///
    /// Errors: [`InputError`] when the desktop is gone.
    fn release_all(&mut self) -> Result<(), InputError>;

    /// The app's own windows, which no input reaches; those of [`OWN_CLASS`] it does not reach anyway. Replaces the earlier list; as long as there is none, nothing is
    /// injected.
    fn set_own_windows(&mut self, windows: &[WindowId]);

    /// Beyond this nothing is injected; at first it is everything.
    fn set_reach(&mut self, reach: Reach);

    /// While a question to the customer is open, nothing is injected. To be called before the question's window is
    /// shown: whatever is held goes up now.
    ///
    /// Errors: [`InputError`] when the desktop is gone; the question counts as open all the same.
    fn set_question_open(&mut self, open: bool) -> Result<(), InputError>;
}

/// A window as the platform names it: on X11 its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WindowId(pub u64);

/// What input may reach: what is shared (F-01).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// The whole desktop.
    #[default]
    Everything,
    /// This window with its frame; keys go there only while it has the keyboard.
    Window(WindowId),
    /// A rectangle of the screen, pixels; keys go only to a window of which something lies within.
    Area {
        /// Left edge.
        x: i32,
        /// Top edge.
        y: i32,
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// Nothing.
    Nothing,
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Done, or there was nothing to do (a release of what is not held).
    Done,
    /// It waits its turn behind text that is still being typed.
    Queued,
    /// Nothing was injected.
    Refused(Refusal),
}

/// Why nothing was injected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// It would have reached one of the app's own windows, or these are not known.
    OwnWindow,
    /// It would have reached what is not shared.
    OutsidePart,
    /// A question to the customer is open.
    QuestionOpen,
    /// The customer uses mouse or keyboard, or did so less than 500 ms ago.
    CustomerActive,
    /// This desktop's keyboards have no such key.
    UnknownKey,
    /// Too much text waits already.
    Busy,
}

impl Refusal {
    /// Stable name for the wire and the record, kebab-case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::OwnWindow => "own-window",
            Self::OutsidePart => "input-outside-part",
            Self::QuestionOpen => "question-open",
            Self::CustomerActive => "customer-active",
            Self::UnknownKey => "unknown-key",
            Self::Busy => "input-busy",
        }
    }
}

/// What [`Input::poll`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// The customer goes first just now.
    pub customer_active: bool,
    /// The customer pressed Esc three times within a second since the last call, whichever window has the keyboard.
    pub escaped: bool,
    /// When to call again at the latest; `None`: nothing waits.
    pub wake_at: Option<Instant>,
    /// What was refused of that which had waited, each reason once.
    pub refused: Vec<Refusal>,
}

/// How to reach the desktop.
#[derive(Clone, Debug)]
pub struct Options {
    /// X11: the display's name; `None` takes `DISPLAY`.
    pub display: Option<String>,
    /// A folder of the user's own that survives a crash of the app but not a new login (`XDG_RUNTIME_DIR`). Here lies
    /// the note of what must be put back on the desktop after a crash.
    pub runtime_dir: PathBuf,
}

/// The desktop stopped taking input.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The connection to the display is gone.
    #[error("connection to the display is lost")]
    DisplayLost(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The display answered a request with an error.
    #[error("display refused a request")]
    DisplayRefused(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Opens the desktop's keyboard and mouse, and puts right what a crashed app left behind.
///
/// Errors: [`Unsupported`] names what is missing.
#[cfg(target_os = "linux")]
pub fn open(options: &Options) -> Result<Box<dyn Input>, Unsupported> {
    Ok(Box::new(x11::X11Input::open(options)?))
}

/// Opens the desktop's keyboard and mouse.
///
/// Errors: [`Unsupported`]; no implementation for this platform is built in.
#[cfg(not(target_os = "linux"))]
pub fn open(_options: &Options) -> Result<Box<dyn Input>, Unsupported> {
    Err(Unsupported { what: "input-no-platform" })
}
