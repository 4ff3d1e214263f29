//! Restarting the customer's machine, and having this program start once more when its user is back (F-03).

#[cfg(target_os = "linux")]
mod linux;

use std::path::Path;

use crate::Unsupported;

/// A machine that can be restarted.
pub trait Restart: Send {
    /// Has the desktop start `program` with `arguments` when this user's next session of it begins, until
    /// [`Self::clear_start`].
    ///
    /// Errors: [`RestartError`].
    fn set_start(&self, program: &Path, arguments: &[&str]) -> Result<(), RestartError>;

    /// Takes that back, whether it was there or not; also what a run that crashed has left.
    fn clear_start(&self);

    /// Restarts the machine. May ask the customer for a password, and wait for it. Coming back without an error says that the
    /// restart has begun.
    ///
    /// Errors: [`RestartError`].
    fn restart(&self) -> Result<(), RestartError>;
}

/// Why a machine does not restart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestartError {
    /// Not for this user.
    #[error("restart is not allowed")]
    NotAllowed,
    /// A program holds it up.
    #[error("restart is held up by a program")]
    Inhibited,
    /// What is to start again cannot be named.
    #[error("start of the desktop cannot be set")]
    NotPrepared,
    /// The system failed to.
    #[error("restart failed")]
    Failed,
    /// This system knows none.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
}

impl RestartError {
    /// As console and record are told; kebab-case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAllowed => "reboot-not-allowed",
            Self::Inhibited => "reboot-inhibited",
            Self::NotPrepared => "reboot-not-prepared",
            Self::Failed => "reboot-failed",
            Self::Unsupported(_) => "unsupported",
        }
    }
}

/// Writes a file that this user alone can read, as a whole, in the place of what is there; it outlasts a machine that goes down now.
///
/// Errors: what the disk says.
#[cfg(target_os = "linux")]
pub fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    linux::write_private(path, bytes)
}

/// The same; elsewhere a user's settings are that user's alone.
///
/// Errors: what the disk says.
#[cfg(not(target_os = "linux"))]
pub fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}

/// Whether another run of this program goes on under this number.
#[cfg(target_os = "linux")]
#[must_use]
pub fn is_this_program(process: u32) -> bool {
    linux::is_this_program(process)
}

/// Not known on this system.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn is_this_program(_process: u32) -> bool {
    false
}

/// This machine.
#[cfg(target_os = "linux")]
#[must_use]
pub fn open() -> Box<dyn Restart> {
    Box::new(linux::Logind::new())
}

/// This machine.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn open() -> Box<dyn Restart> {
    Box::new(NoPlatform)
}

#[cfg(not(target_os = "linux"))]
struct NoPlatform;

#[cfg(not(target_os = "linux"))]
impl Restart for NoPlatform {
    fn set_start(&self, _program: &Path, _arguments: &[&str]) -> Result<(), RestartError> {
        Err(Unsupported { what: "restart-no-platform" }.into())
    }

    fn clear_start(&self) {}

    fn restart(&self) -> Result<(), RestartError> {
        Err(Unsupported { what: "restart-no-platform" }.into())
    }
}
