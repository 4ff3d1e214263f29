//! Why a department is not as asked.

use crate::problem::{Problem, code, field_code};
use store::StoreError;

#[derive(Debug, thiserror::Error)]
pub(super) enum DepartmentError {
    /// C-1: names are unique in the company.
    #[error("department name is taken")]
    NameTaken,
    /// C-4: operators must move first.
    #[error("department still has {operators} operators")]
    NotEmpty { operators: i64 },
    /// C-4: at least one department remains.
    #[error("department is the last one")]
    Last,
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for DepartmentError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Taken => Self::NameTaken,
            other => Self::Store(other),
        }
    }
}

impl From<DepartmentError> for Problem {
    fn from(error: DepartmentError) -> Self {
        match error {
            DepartmentError::NameTaken => Self::of_field("name", field_code::TAKEN),
            DepartmentError::NotEmpty { operators } => {
                Self::new(code::DEPARTMENT_NOT_EMPTY).with("operators", operators)
            }
            DepartmentError::Last => Self::new(code::DEPARTMENT_LAST),
            DepartmentError::Store(error) => error.into(),
        }
    }
}
