//! Why an operator is not as asked.

use crate::{
    passwords::GivenUp,
    problem::{FieldProblem, Problem, code, field_code},
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
    /// D-2: the licence allows no more.
    #[error("licence allows {operators} operators")]
    LicenceFull { operators: i64 },
    /// D-2: the licence allows no more with mobile support.
    #[error("licence allows {operators} operators with mobile support")]
    LicenceMobileFull { operators: i64 },
    /// Another administrator has changed it since it was read.
    #[error("operator was changed meanwhile")]
    ChangedMeanwhile,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    GivenUp(#[from] GivenUp),
}

impl OperatorError {
    /// What is wrong with a row of a file, which has a department's name where a form has its id. `None`: it is about no row.
    pub(super) fn of_row(&self) -> Option<FieldProblem> {
        Some(match self {
            Self::LoginTaken => FieldProblem::new("login", field_code::TAKEN),
            Self::DepartmentUnknown => FieldProblem::new("department", field_code::UNKNOWN),
            Self::LicenceFull { operators } => {
                FieldProblem::new("login", field_code::LICENCE_FULL).with("operators", *operators)
            }
            Self::LicenceMobileFull { operators } => {
                FieldProblem::new("mobile", field_code::LICENCE_MOBILE_FULL).with("operators", *operators)
            }
            Self::ChangedMeanwhile => FieldProblem::new("login", field_code::CHANGED_SINCE_PREVIEW),
            Self::Store(_) | Self::GivenUp(_) => return None,
        })
    }
}

impl From<OperatorError> for Problem {
    fn from(error: OperatorError) -> Self {
        match error {
            OperatorError::LoginTaken => Self::of_field("login", field_code::TAKEN),
            OperatorError::DepartmentUnknown => Self::of_field("department_id", field_code::UNKNOWN),
            OperatorError::LicenceFull { operators } => {
                Self::new(code::LICENCE_FULL).with("operators", operators)
            }
            OperatorError::LicenceMobileFull { operators } => {
                Self::new(code::LICENCE_MOBILE_FULL).with("operators", operators)
            }
            OperatorError::ChangedMeanwhile => Self::new(code::CHANGED_MEANWHILE),
            OperatorError::Store(error) => error.into(),
            OperatorError::GivenUp(error) => error.into(),
        }
    }
}
