//! Why an account was not activated.

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
