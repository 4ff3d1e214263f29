//! Connection codes: six random digits, kept by a keyed hash alone.

use super::error::SessionError;
use crate::{clock::now_ms, secrets::digest};
use protocol::limits;
use rand::Rng as _;
use session::hosting::Kind;
use std::time::Duration;
use store::{
    SessionId, Store, StoreError, Write, company_settings,
    connection_codes::{self, NewCode, Purpose, Redeemed},
};

/// How many random codes are tried before the server says that it is full.
const DRAWS: usize = 50;

/// A code that was just made.
#[derive(Clone, Debug)]
pub(super) struct Issued {
    /// Six digits.
    pub(super) digits: String,
    /// How long it works: 접속번호 유효 시간 [G-2].
    pub(super) valid: Duration,
    /// From when it no longer works.
    pub(super) expires_at_ms: i64,
}

/// Draws digits that no live session has and binds them to this one.
///
/// Errors: [`SessionError::Full`], [`SessionError::Store`].
pub(super) async fn issue(
    write: &Write,
    pepper: &str,
    session: SessionId,
    purpose: Purpose,
) -> Result<Issued, SessionError> {
    let created_at_ms = now_ms();
    let valid_min = company_settings::find(write.company(), write).await?.code_valid_min;
    let valid = Duration::from_secs(60 * u64::from(valid_min));
    let expires_at_ms = created_at_ms.saturating_add(i64::from(valid_min) * 60 * 1000);
    for _ in 0..DRAWS {
        let digits = draw();
        let code_hash = digest(pepper, &digits);
        let new = NewCode { code_hash: &code_hash, session, purpose, created_at_ms, expires_at_ms };
        match connection_codes::create(write, new).await {
            Ok(()) => return Ok(Issued { digits, valid, expires_at_ms }),
            Err(StoreError::Taken) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Err(SessionError::Full)
}

/// What a code as typed leads to, and its hash: blanks and hyphens are ignored. What is no code at all is unknown, after the
/// same work; so is a code for the app that somebody types elsewhere (Y-6, F-15). It is used up when its customer is let in.
pub(super) async fn find(
    store: &Store,
    pepper: &str,
    typed: &str,
    kind: Kind,
) -> Result<(Redeemed, String), StoreError> {
    let digits = normalised(typed).unwrap_or_default();
    let code_hash = digest(pepper, &digits);
    let found = connection_codes::find(store, &code_hash, now_ms()).await?;
    Ok(match found {
        Redeemed::Session { purpose: Purpose::App | Purpose::Reversed, .. } if kind != Kind::App => {
            (Redeemed::Unknown, code_hash)
        }
        found => (found, code_hash),
    })
}

/// The digits of a code as people type it: "123 456", "123-456".
pub(super) fn normalised(typed: &str) -> Option<String> {
    if 4 * limits::CODE_DIGITS < typed.len() {
        return None;
    }
    let digits: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–')).collect();
    let fits = digits.len() == limits::CODE_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(digits)
}

fn draw() -> String {
    format!("{:06}", rand::rng().random_range(0..1_000_000))
}

#[cfg(test)]
mod tests {
    use super::normalised;

    fn check(typed: &str, expected: Option<&str>) {
        assert_eq!(normalised(typed).as_deref(), expected, "{typed:?}");
    }

    #[test]
    fn blanks_and_hyphens_in_a_code_are_fine_and_nothing_else_is() {
        check("123456", Some("123456"));
        check(" 123 456 ", Some("123456"));
        check("123-456", Some("123456"));
        check("12345", None);
        check("1234567", None);
        check("12345a", None);
        check("１２３４５６", None);
        check(&"1".repeat(1000), None);
    }
}
