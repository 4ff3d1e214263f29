//! Why an account was not activated, and why an administrator was not removed.

use crate::{
    passwords::GivenUp,
    problem::{Problem, code, field_code},
};
use store::StoreError;

#[derive(Debug, thiserror::Error)]
pub(super) enum ActivationError {
    /// The link does not exist, was used, or is too old.
    #[error("activation link does not work")]
    Unknown,
    /// Another administrator of the company has this ID.
    #[error("login is taken")]
    LoginTaken,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    GivenUp(#[from] GivenUp),
}

impl From<ActivationError> for Problem {
    fn from(error: ActivationError) -> Self {
        match error {
            ActivationError::Unknown => Self::new(code::ACTIVATION_UNKNOWN),
            ActivationError::LoginTaken => Self::of_field("login", field_code::TAKEN),
            ActivationError::Store(error) => error.into(),
            ActivationError::GivenUp(error) => error.into(),
        }
    }
}

#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(super) enum AdministratorError {
    /// Somebody else does that.
    #[error("administrator is the one who asks")]
    OneSelf,
    /// G-4: at least one remains.
    #[error("administrator is the last one")]
    Last,
}

impl From<AdministratorError> for Problem {
    fn from(error: AdministratorError) -> Self {
        match error {
            AdministratorError::OneSelf => Self::new(code::ADMINISTRATOR_SELF),
            AdministratorError::Last => Self::new(code::ADMINISTRATOR_LAST),
        }
    }
}
