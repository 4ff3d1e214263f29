//! Why nobody is signed in.

use crate::{
    passwords::GivenUp,
    problem::{Problem, code},
};
use std::net::IpAddr;
use store::StoreError;

#[derive(Debug, thiserror::Error)]
pub(super) enum SignInError {
    /// Company, ID or password is wrong; which one is not said.
    #[error("company, ID or password is wrong")]
    Failed,
    /// Too many failures in a row.
    #[error("locked for {retry_after_s} s")]
    Locked { retry_after_s: i64 },
    /// The password is right, and the address is not allowed.
    #[error("address is not allowed")]
    Address { address: IpAddr },
    /// The password is right, and the account has a second step.
    #[error("second step is needed")]
    CodeNeeded,
    /// The code of the second step is wrong, or was used before.
    #[error("code is wrong")]
    CodeWrong,
    /// S-01: the operator's console is open elsewhere.
    #[error("signed in at {address}")]
    Elsewhere { may_end: bool, address: String, since_ms: i64 },
    /// Too many attempts from one address.
    #[error("too many attempts")]
    Throttled(Problem),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    GivenUp(#[from] GivenUp),
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Failed => Self::new(code::SIGN_IN_FAILED),
            SignInError::Locked { retry_after_s } => {
                Self::new(code::SIGN_IN_LOCKED).with("retry_after_s", retry_after_s)
            }
            SignInError::Address { address } => {
                Self::new(code::ADDRESS_NOT_ALLOWED).with("address", address.to_string())
            }
            SignInError::CodeNeeded => Self::new(code::CODE_NEEDED),
            SignInError::CodeWrong => Self::new(code::CODE_WRONG),
            SignInError::Elsewhere { may_end, address, since_ms } => {
                let code = if may_end { code::SIGNED_IN_ELSEWHERE } else { code::SECOND_SIGN_IN };
                Self::new(code).with("address", address).with("since_ms", since_ms)
            }
            SignInError::Throttled(problem) => problem,
            SignInError::Store(error) => error.into(),
            SignInError::GivenUp(error) => error.into(),
        }
    }
}
