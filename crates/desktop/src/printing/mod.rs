//! The customer's printing system, which a printer of ours is offered to for a while (S-12).
//!
//! Every implementation keeps these promises:
//!
//! - what is offered goes away by itself soon after nobody keeps it any more, also after a crash;
//! - nothing else of the system's is changed, and no right is used that its user does not have.

#[cfg(target_os = "linux")]
mod linux;

use std::path::Path;
use std::time::Duration;

/// How often a queue is to be kept ([`PrintSystem::keep`]): for so long it may be missing once a minute.
pub const KEEP_EVERY: Duration = Duration::from_secs(1);

/// The customer's printing system. Calls may take seconds.
pub trait PrintSystem: Send {
    /// Offers a printer to whoever prints here, and waits until they can.
    ///
    /// Errors: [`PrintError`].
    fn offer(&mut self, queue: &Queue) -> Result<(), PrintError>;

    /// Sees that it is there; one that has gone meanwhile is there again.
    ///
    /// Errors: [`PrintError`].
    fn keep(&mut self, queue: &Queue) -> Result<(), PrintError>;

    /// Takes it away. `false`: the system does that itself, within a minute or so.
    ///
    /// Errors: [`PrintError`].
    fn withdraw(&mut self, queue: &Queue) -> Result<bool, PrintError>;
}

/// A printer as the system knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// ASCII letters, digits and underscores, which is what CUPS makes of all else; no other queue has it.
    pub name: String,
    /// For people; at most 127 characters.
    pub info: String,
    /// Where it is: `ipp://127.0.0.1:PORT/…`.
    pub uri: String,
}

/// Why a printer is not there.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PrintError {
    /// There is no printing system that answers.
    #[error("no printing system answers")]
    NoSystem,
    /// It does not let this user have a printer.
    #[error("the printing system does not allow it")]
    NotAllowed,
    /// It could not take the printer; its status, or what went wrong on the way.
    #[error("the printing system failed: {what}")]
    Failed {
        /// For the log.
        what: String,
    },
    /// No implementation for this platform is built in.
    #[error("not possible on this platform")]
    NoPlatform,
}

impl PrintError {
    /// Stable kebab-case name, told to the console.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSystem => "printer-no-cups",
            Self::NotAllowed => "printer-not-allowed",
            Self::Failed { .. } => "printer-failed",
            Self::NoPlatform => "printer-no-platform",
        }
    }
}

/// The printing system that listens on this socket; none: the one of this machine.
///
/// Errors: [`PrintError::NoPlatform`].
#[cfg(target_os = "linux")]
pub fn open(socket: Option<&Path>) -> Result<Box<dyn PrintSystem>, PrintError> {
    Ok(Box::new(linux::Cups::new(socket)))
}

/// The printing system of this machine.
///
/// Errors: [`PrintError::NoPlatform`].
#[cfg(not(target_os = "linux"))]
pub fn open(_: Option<&Path>) -> Result<Box<dyn PrintSystem>, PrintError> {
    Err(PrintError::NoPlatform)
}
