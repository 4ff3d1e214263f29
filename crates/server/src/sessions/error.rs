//! What can go wrong with sessions, and the only lines that know a status for it.

use super::keys::KeyError;
use crate::{
    captures::VaultError,
    problem::{Problem, code},
    recordings,
};
use session::hosting::{NotInvited, NotReversed};
use store::StoreError;

/// Why something about a session was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SessionError {
    /// Every code is taken, or this operator has too many sessions.
    #[error("no room for another session")]
    Full,
    /// The company's licence is over [D-2].
    #[error("licence has ended")]
    LicenceEnded,
    /// A customer has joined, or nobody can any more.
    #[error("session waits for nobody")]
    NotWaiting,
    /// Nobody joined, so there is nothing to write a record of.
    #[error("session has no record yet")]
    NoRecord,
    /// Nobody can be invited now [F-18].
    #[error("no operator is invited: {0:?}")]
    NotInvited(NotInvited),
    /// The customer cannot control the operator's computer now [F-15].
    #[error("operator's computer is not controlled: {0:?}")]
    NotReversed(NotReversed),
    /// The server's keys.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Pictures that were kept of it.
    #[error(transparent)]
    Captures(#[from] VaultError),
    /// What was recorded of it.
    #[error(transparent)]
    Recordings(#[from] recordings::VaultError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SessionError {
    /// Whether another try may do: the database is away, or the disk is full.
    pub(super) fn may_pass(&self) -> bool {
        matches!(self, Self::Store(StoreError::Database(_)) | Self::Key(KeyError::File { .. }))
    }
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Full => Self::new(code::SESSIONS_FULL),
            SessionError::LicenceEnded => Self::new(code::LICENCE_ENDED),
            SessionError::NotWaiting => Self::new(code::SESSION_NOT_WAITING),
            SessionError::NoRecord => Self::new(code::RECORD_NOT_STARTED),
            SessionError::NotInvited(NotInvited::Forbidden) => Self::new(code::INVITE_FORBIDDEN),
            SessionError::NotInvited(NotInvited::NoCustomer) => Self::new(code::INVITE_NO_CUSTOMER),
            SessionError::NotInvited(NotInvited::Busy) => Self::new(code::INVITE_BUSY),
            SessionError::NotReversed(NotReversed::Forbidden) => Self::new(code::OPERATOR_CONTROL_FORBIDDEN),
            SessionError::NotReversed(NotReversed::NoCustomer) => {
                Self::new(code::OPERATOR_CONTROL_NO_CUSTOMER)
            }
            SessionError::NotReversed(NotReversed::Busy) => Self::new(code::OPERATOR_CONTROL_BUSY),
            SessionError::Key(error) => {
                tracing::error!(error = %error, "Keys are not usable");
                Self::new(code::INTERNAL)
            }
            SessionError::Captures(error) => {
                tracing::error!(error = %error, "Kept pictures are not usable");
                Self::new(code::INTERNAL)
            }
            SessionError::Recordings(error) => {
                tracing::error!(error = %error, "Recordings are not usable");
                Self::new(code::INTERNAL)
            }
            SessionError::Store(error) => error.into(),
        }
    }
}
