//! Why no certificate came, each in one line for the log.

use crate::tls::TlsError;
use instant_acme::{AuthorizationStatus, Error, Problem};

/// What stands before each type of the authority's own (RFC 8555 §6.7).
const TYPES: &str = "urn:ietf:params:acme:error:";
/// Longest reason that is passed on, in characters.
const REASON_CHARACTERS: usize = 500;

/// Why no certificate came.
#[derive(Debug, thiserror::Error)]
pub(super) enum AcmeError {
    /// The authority says no, and why (RFC 8555 §6.7).
    #[error("{}", reason(.0))]
    Refused(Problem),
    /// The authority takes no orders of the account any more (RFC 8555 §7.3.6).
    #[error("{}", reason(.0))]
    AccountRefused(Problem),
    /// What answers is no ACME server.
    #[error("{directory} does not answer as an ACME authority: {source}")]
    NotAcme {
        /// Where it was asked.
        directory: String,
        /// What cannot be read.
        source: serde_json::Error,
    },
    /// The authority cannot be reached, or breaks its own rules.
    #[error(transparent)]
    Authority(Error),
    /// The name's authorization can no longer be had by this order (RFC 8555 §7.1.6).
    #[error("the authority calls the authorization {0:?}")]
    Authorization(AuthorizationStatus),
    /// The authority would have the name proved in another way.
    #[error("the authority offers no tls-alpn-01 challenge for this name")]
    NoChallenge,
    /// It takes too long.
    #[error("the authority has not decided within {0} s")]
    Undecided(u64),
    /// What came is no certificate for this name and key, or something cannot be kept.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

impl AcmeError {
    /// Says what `directory` answered.
    pub(super) fn from_answer(error: Error, directory: &str) -> Self {
        match error {
            Error::Api(problem) => Self::Refused(problem),
            Error::Json(source) => Self::NotAcme { directory: directory.to_owned(), source },
            other => Self::Authority(other),
        }
    }

    /// As the answer to a new order: who is not authorised to make one has no account that is good for anything.
    pub(super) fn of_account(self) -> Self {
        match self {
            Self::Refused(problem) if kind(&problem) == "unauthorized" => Self::AccountRefused(problem),
            other => other,
        }
    }

    /// Whether our account is of no use any more (RFC 8555 §6.7, §7.3.6).
    pub(super) fn is_lost_account(&self) -> bool {
        match self {
            Self::AccountRefused(_) => true,
            Self::Refused(problem) => kind(problem) == "accountDoesNotExist",
            _ => false,
        }
    }
}

fn kind(problem: &Problem) -> &str {
    problem.r#type.as_deref().unwrap_or_default().trim_start_matches(TYPES)
}

/// What the authority says, in one line: a stranger wrote it.
fn reason(problem: &Problem) -> String {
    let mut parts = vec![problem.detail.clone().unwrap_or_default()];
    parts.extend(problem.subproblems.iter().filter_map(|part| part.detail.clone()));
    if !kind(problem).is_empty() {
        parts.push(format!("({})", kind(problem)));
    }
    let line = parts.join(" ").replace(|letter: char| letter.is_control(), " ");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(REASON_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::AcmeError;
    use instant_acme::Error;
    use serde_json::json;

    fn check(problem: serde_json::Value, expected: &str) {
        let problem = serde_json::from_value(problem).unwrap();
        let error = AcmeError::from_answer(Error::Api(problem), "https://acme.example/directory");
        assert_eq!(error.to_string(), expected);
    }

    /// an authority's reason is one line of limited length, whatever it sends.
    #[test]
    fn a_refusal_is_one_line() {
        let kind = "urn:ietf:params:acme:error:rateLimited";
        check(
            json!({ "type": kind, "detail": "too many\n certificates\u{1b}[0m" }),
            "too many certificates [0m (rateLimited)",
        );
        let part = json!({ "type": "x", "detail": "no such name" });
        check(
            json!({ "type": kind, "detail": "two", "subproblems": [part] }),
            "two no such name (rateLimited)",
        );
        check(json!({ "detail": "x".repeat(600) }), &"x".repeat(500));
    }
}
