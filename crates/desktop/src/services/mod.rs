//! The customer's system services: which there are, and starting and stopping them [F-07].

#[cfg(target_os = "linux")]
mod systemd;

#[cfg(target_os = "linux")]
use systemd as imp;

use crate::Unsupported;

/// Services at most; what is beyond is left out.
pub const SERVICES_MAX: usize = 2048;
/// Every text's length at most, in characters.
pub const TEXT_MAX: usize = 256;

/// A service of the system. Every text is one line of at most [`TEXT_MAX`] characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// As [`start`] and the others take it: "cups.service".
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it does.
    pub state: State,
    /// The system's own word within the state: "running", "exited", "dead", "auto-restart".
    pub sub_state: String,
    /// The system's own word for when it starts by itself: "enabled" (at every start of the system), "disabled", "static" (when
    /// another needs it), "masked" (never, not even by hand); empty if it does not tell.
    pub startup: String,
}

/// What a service does (systemd(1), "UNITS").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It runs, or has done its work.
    Active,
    /// It runs, and reads its settings anew.
    Reloading,
    /// It does not run.
    Inactive,
    /// It ended with a failure.
    Failed,
    /// It starts.
    Activating,
    /// It stops.
    Deactivating,
    /// None of these.
    Other,
}

impl State {
    /// Stable name for the wire, which is systemd's where it has one.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Reloading => "reloading",
            Self::Inactive => "inactive",
            Self::Failed => "failed",
            Self::Activating => "activating",
            Self::Deactivating => "deactivating",
            Self::Other => "other",
        }
    }
}

/// Why a service was not started or stopped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// The platform has none that could be managed.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
    /// It is not in the list.
    #[error("there is no such service")]
    Unknown,
    /// The account in which the app runs has no right to it. Nobody was asked for a password.
    #[error("user may not manage services")]
    NotAllowed,
    /// The system still works on it; [`list`] tells what became of it.
    #[error("service takes long")]
    Slow,
    /// It was tried.
    #[error("service did not do it: {said}")]
    Failed {
        /// The system's own words, one line of at most [`TEXT_MAX`] characters, mostly in English.
        said: String,
    },
}

impl ServiceError {
    /// Stable name for the wire and the record, kebab-case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsupported(unsupported) => unsupported.what,
            Self::Unknown => "service-unknown",
            Self::NotAllowed => "service-not-allowed",
            Self::Slow => "service-slow",
            Self::Failed { .. } => "service-failed",
        }
    }
}

/// All services by name, running or not, at most [`SERVICES_MAX`]. Takes up to 20 seconds, mostly less than one.
///
/// Errors: [`Unsupported`] `services-no-systemd`; `services-no-answer` if it does not answer; `services-no-platform`.
pub fn list() -> Result<Vec<Service>, Unsupported> {
    imp::list()
}

/// Starts a service and waits until it runs, at most 30 seconds. One that runs goes on.
///
/// Errors: [`ServiceError`].
pub fn start(name: &str) -> Result<(), ServiceError> {
    imp::act(imp::Act::Start, name)
}

/// Stops a service and waits until it has ended, at most 30 seconds.
///
/// Errors: [`ServiceError`].
pub fn stop(name: &str) -> Result<(), ServiceError> {
    imp::act(imp::Act::Stop, name)
}

/// Stops a service if it runs, and starts it, at most 30 seconds.
///
/// Errors: [`ServiceError`].
pub fn restart(name: &str) -> Result<(), ServiceError> {
    imp::act(imp::Act::Restart, name)
}

/// No implementation for this platform is built in.
#[cfg(not(target_os = "linux"))]
mod imp {
    use super::{Service, ServiceError, Unsupported};

    const NONE: Unsupported = Unsupported { what: "services-no-platform" };

    pub(super) enum Act {
        Start,
        Stop,
        Restart,
    }

    pub(super) fn list() -> Result<Vec<Service>, Unsupported> {
        Err(NONE)
    }

    pub(super) fn act(_act: Act, _name: &str) -> Result<(), ServiceError> {
        Err(NONE.into())
    }
}
