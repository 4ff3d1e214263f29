//! Opening pages, folders and programs on the customer's desktop, as its user would [F-04, F-10].
//!
//! What is opened is the user's from then on: it outlives the app, and nothing of it comes back but whether it began. No
//! shell is asked, and no argument comes from outside.

#[cfg(target_os = "linux")]
mod linux;

use std::path::Path;

#[cfg(target_os = "linux")]
pub(crate) use linux::{Session, applications};

/// A URL's length at most, in bytes; browsers take more, people send less.
pub const URL_MAX_BYTES: usize = 8192;
/// Length of a program's name or path at most, in bytes (`PATH_MAX`).
pub const NAME_MAX_BYTES: usize = 4096;

/// Why nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    /// No such folder or program.
    #[error("nothing of that name is there")]
    NotFound,
    /// The user has no right to it, or it is no program.
    #[error("user may not open it")]
    NotAllowed,
    /// Nothing on this desktop opens such a thing: there is no browser, no file manager, no terminal.
    #[error("nothing on this desktop opens it")]
    NoOpener,
    /// No http or https URL, no absolute path, no name: what callers should have refused.
    #[error("not of a form that is opened")]
    Malformed,
    /// It could not be started, or ended with a failure at once.
    #[error("it was started and failed")]
    Failed,
    /// No implementation for this platform is built in.
    #[error("not possible on this desktop: launch-no-platform")]
    Unsupported,
}

impl LaunchError {
    /// Stable name for the wire and the record, kebab-case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "launch-not-found",
            Self::NotAllowed => "launch-not-allowed",
            Self::NoOpener => "launch-no-opener",
            Self::Malformed => "launch-malformed",
            Self::Failed => "launch-failed",
            Self::Unsupported => "launch-no-platform",
        }
    }
}

/// Opens a page in the user's browser. Takes up to 2 seconds, in which a failure would show.
///
/// `url`: http or https, at most [`URL_MAX_BYTES`], already checked; what could mean something else on its way to the browser is
/// refused here as well.
/// Errors: [`LaunchError`].
pub fn open_url(url: &str) -> Result<(), LaunchError> {
    if is_web_address(url) { imp::open_url(url) } else { Err(LaunchError::Malformed) }
}

/// Shows a folder in the user's file manager. Takes up to 2 seconds, in which a failure would show.
///
/// `path`: absolute.
/// Errors: [`LaunchError`]; what is no folder is not found.
pub fn open_folder(path: &Path) -> Result<(), LaunchError> {
    if path.is_absolute() { imp::open_folder(path) } else { Err(LaunchError::Malformed) }
}

/// Starts a program. Takes up to 2 seconds, in which a failure would show.
///
/// `name`: the absolute path of an executable file; or an application as the desktop lists it, by id ("org.gnome.Calculator",
/// "firefox.desktop") or by its name in any language ("계산기"); or a command. At most [`NAME_MAX_BYTES`].
/// Errors: [`LaunchError`].
pub fn open_program(name: &str) -> Result<(), LaunchError> {
    let name = name.trim();
    let is_name = !name.is_empty() && name.len() <= NAME_MAX_BYTES && !name.starts_with('-');
    if is_name && !name.contains(char::is_control) {
        imp::open_program(name)
    } else {
        Err(LaunchError::Malformed)
    }
}

/// Starts with `http://` or `https://` and a host, and holds only what RFC 3986 allows in a URL, so that no opener on the way
/// finds a second argument, an option or a quotation in it.
fn is_web_address(url: &str) -> bool {
    let begins =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    let Some(rest) = ["http://", "https://"]
        .iter()
        .find(|scheme| begins(scheme))
        .and_then(|scheme| url.get(scheme.len()..))
    else {
        return false;
    };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    let has_host = rest.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'[');
    url.len() <= URL_MAX_BYTES && has_host && url.bytes().all(is_allowed)
}

#[cfg(target_os = "linux")]
mod imp {
    use std::path::Path;

    use super::{LaunchError, Session};

    pub(super) fn open_url(url: &str) -> Result<(), LaunchError> {
        Session::of_this_process().open_url(url)
    }

    pub(super) fn open_folder(path: &Path) -> Result<(), LaunchError> {
        Session::of_this_process().open_folder(path)
    }

    pub(super) fn open_program(name: &str) -> Result<(), LaunchError> {
        Session::of_this_process().open_program(name)
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::path::Path;

    use super::LaunchError;

    pub(super) fn open_url(_url: &str) -> Result<(), LaunchError> {
        Err(LaunchError::Unsupported)
    }

    pub(super) fn open_folder(_path: &Path) -> Result<(), LaunchError> {
        Err(LaunchError::Unsupported)
    }

    pub(super) fn open_program(_name: &str) -> Result<(), LaunchError> {
        Err(LaunchError::Unsupported)
    }
}
