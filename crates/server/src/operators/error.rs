//! Why an operator was not created.

use crate::{
    passwords::GivenUp,
    problem::{Problem, field_code},
};
use store::StoreError;

#[derive(Debug, thiserror::Error)]
pub(super) enum OperatorError {
    /// D-1: IDs are unique in the company, compared without case.
    #[error("login is taken")]
    LoginTaken,
    /// There is no such department.
    #[error("department is unknown")]
    DepartmentUnknown,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    GivenUp(#[from] GivenUp),
}

impl From<OperatorError> for Problem {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::LoginTaken => Self::of_field("login", field_code::TAKEN),
            OperatorError::DepartmentUnknown => Self::of_field("department_id", field_code::UNKNOWN),
            OperatorError::Store(error) => error.into(),
            OperatorError::GivenUp(error) => error.into(),
        }
    }
}
