//! Why there is no token.

use crate::problem::{Problem, code};

#[derive(Debug, thiserror::Error)]
pub(super) enum ApiTokenError {
    /// An administrator has so many and no more.
    #[error("administrator has {max} tokens")]
    Full { max: u64 },
}

impl From<ApiTokenError> for Problem {
    fn from(error: ApiTokenError) -> Self {
        match error {
            ApiTokenError::Full { max } => Self::new(code::TOKENS_FULL).with("max", max),
        }
    }
}
