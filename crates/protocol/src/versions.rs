//! The handshake of protocol versions.

use crate::wire;

/// The oldest protocol version that this build speaks.
pub const LOWEST: u32 = 1;
/// The newest protocol version that this build speaks.
pub const HIGHEST: u32 = 1;

/// No version in common.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum VersionError {
    /// The other side's newest version is below our oldest.
    #[error("protocol is too old")]
    TooOld,
    /// The other side's oldest version is above our newest.
    #[error("protocol is too new")]
    TooNew,
    /// The range is empty, or was not sent.
    #[error("range of protocol versions is empty")]
    Empty,
}

impl VersionError {
    /// The `code` of the Problem that says so.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooOld => "protocol-too-old",
            Self::TooNew => "protocol-too-new",
            Self::Empty => "bad-message",
        }
    }
}

/// This build's range. `program` is its own version, for people.
#[must_use]
pub fn ours(program: &str) -> wire::Versions {
    wire::Versions { lowest: LOWEST, highest: HIGHEST, program: program.to_owned() }
}

/// Picks the highest version that both sides speak.
///
/// Errors: all of [`VersionError`].
pub fn choose(theirs: Option<&wire::Versions>) -> Result<u32, VersionError> {
    let theirs = theirs.ok_or(VersionError::Empty)?;
    if theirs.lowest == 0 || theirs.highest < theirs.lowest {
        return Err(VersionError::Empty);
    }
    if theirs.highest < LOWEST {
        return Err(VersionError::TooOld);
    }
    if HIGHEST < theirs.lowest {
        return Err(VersionError::TooNew);
    }
    Ok(theirs.highest.min(HIGHEST))
}
