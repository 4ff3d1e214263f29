//! The second step of signing in: a code of an authenticator app (RFC 6238: SHA-1, six digits, 30 s), or a recovery code.
//!
//! The secret is kept sealed by a key of this server, recovery codes by a keyed hash, so that a copied database gives neither.
//! A code is good once, a recovery code too.

use crate::{
    clock::now_ms,
    problem::{Problem, code, field_code},
    roles::Person,
    secrets::{digest, hex},
    state::AppState,
};
use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use rand::seq::IndexedRandom as _;
use store::{Reads, StoreError, Write, second_steps, web_sessions::Account};
use totp_rs::{Builder, Secret, Totp};

/// Length of the secret: that of SHA-1 (RFC 4226 §4, R6).
const SECRET_BYTES: usize = 20;
const NONCE_BYTES: usize = 12;
/// Recovery codes of an account.
const RECOVERY_CODES: usize = 10;
/// Letters of a recovery code: 49 random bits.
const RECOVERY_LETTERS: usize = 10;
/// Letters and digits that nobody takes for another.
const ALPHABET: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Longest code that is looked at.
const LONGEST_CODE: usize = 64;

/// What the authenticator app is given.
#[derive(Debug)]
pub(crate) struct Begun {
    /// For those who type it.
    pub(crate) secret: String,
    /// For the QR code.
    pub(crate) uri: String,
}

/// What a code is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The account has no second step.
    NotOn,
    /// It has one, and nothing was typed.
    Missing,
    /// No code of now, or one that was used.
    Wrong,
    /// Right, and used up once the write is committed.
    Right {
        /// It was one for when the app is lost.
        by_recovery: bool,
    },
}

/// Begins the second step of an account. `issuer`: what the app shows above the code.
pub(crate) async fn begin(
    state: &AppState,
    write: &Write,
    who: &Person<'_>,
    issuer: &str,
) -> Result<Begun, Problem> {
    let secret: [u8; SECRET_BYTES] = rand::random();
    let sealed = seal(state, who.account, &secret).ok_or_else(broken)?;
    second_steps::begin(write, who.account, &sealed).await.map_err(|error| match error {
        StoreError::Taken => Problem::new(code::SECOND_STEP_ON),
        other => other.into(),
    })?;
    let uri = named(&secret, who.login, issuer).and_then(|totp| totp.to_url().ok()).ok_or_else(broken)?;
    Ok(Begun { secret: Secret::from(secret).to_base32(), uri })
}

/// Turns it on by a first code. Gives the recovery codes, which nobody can read again.
pub(crate) async fn confirm(
    state: &AppState,
    write: &Write,
    account: Account,
    typed: &str,
) -> Result<Vec<String>, Problem> {
    let begun = second_steps::find(write.company(), write, account).await?;
    let begun = begun.filter(|step| !step.is_on).ok_or(Problem::new(code::SECOND_STEP_NOT_BEGUN))?;
    let step = step_of(state, account, &begun.secret, &normalised(typed));
    let is_right = match step {
        Some(step) => second_steps::use_step(write, account, step).await?,
        None => false,
    };
    if !is_right {
        return Err(Problem::of_field("code", field_code::CODE_WRONG));
    }
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(state, account, code)).collect();
    second_steps::confirm(write, account, now_ms(), &hashes).await?;
    Ok(codes)
}

/// Looks at a code and uses it up.
pub(crate) async fn check(
    state: &AppState,
    write: &Write,
    account: Account,
    typed: Option<&str>,
) -> Result<Verdict, StoreError> {
    if !is_on(write.company(), write, account).await? {
        return Ok(Verdict::NotOn);
    }
    let Some(typed) = typed.map(normalised).filter(|typed| !typed.is_empty()) else {
        return Ok(Verdict::Missing);
    };
    let kept = second_steps::find(write.company(), write, account).await?;
    let secret = kept.map(|step| step.secret).unwrap_or_default();
    if let Some(step) = step_of(state, account, &secret, &typed) {
        let is_new = second_steps::use_step(write, account, step).await?;
        return Ok(if is_new { Verdict::Right { by_recovery: false } } else { Verdict::Wrong });
    }
    let hash = recovery_hash(state, account, &typed);
    let is_right = second_steps::use_recovery(write, account, &hash).await?;
    Ok(if is_right { Verdict::Right { by_recovery: true } } else { Verdict::Wrong })
}

/// Whether sign-in asks for a code.
pub(crate) async fn is_on(
    company: store::CompanyId,
    on: &impl Reads,
    account: Account,
) -> Result<bool, StoreError> {
    Ok(second_steps::find(company, on, account).await?.is_some_and(|step| step.is_on))
}

/// The time step that a code is of: now, or the one before or after.
fn step_of(state: &AppState, account: Account, sealed: &[u8], typed: &str) -> Option<i64> {
    let totp = Builder::new().with_secret(unseal(state, account, sealed)?).build().ok()?;
    let step = totp.check(typed, u64::try_from(now_ms() / 1000).ok()?)?;
    i64::try_from(step).ok()
}

fn named(secret: &[u8], login: &str, issuer: &str) -> Option<Totp> {
    // The colon stands between the two in the address.
    let issuer = issuer.replace(':', " ");
    let builder = Builder::new().with_secret(secret.to_vec()).with_account_name(login.to_owned());
    builder.with_issuer(Some(issuer)).build().ok()
}

/// As people type it, without blanks and hyphens.
fn normalised(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-');
    letters.take(LONGEST_CODE).collect::<String>().to_lowercase()
}

fn recovery_code() -> String {
    let mut rng = rand::rng();
    let mut code = String::new();
    for position in 0..RECOVERY_LETTERS {
        if position == RECOVERY_LETTERS / 2 {
            code.push('-');
        }
        code.extend(ALPHABET.choose(&mut rng).copied().map(char::from));
    }
    code
}

fn recovery_hash(state: &AppState, account: Account, code: &str) -> String {
    let pepper = hex(&state.sessions.secret("recovery-codes"));
    digest(&format!("beside/recovery/v1/{pepper}"), &format!("{}\n{}", id_of(account), normalised(code)))
}

fn seal(state: &AppState, account: Account, secret: &[u8]) -> Option<Vec<u8>> {
    let nonce: [u8; NONCE_BYTES] = rand::random();
    let cipher = Aes256Gcm::new(&state.sessions.secret("second-steps").into());
    let id = id_of(account);
    let payload = Payload { msg: secret, aad: id.as_bytes() };
    let sealed = cipher.encrypt(Nonce::from_slice(&nonce), payload).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

fn unseal(state: &AppState, account: Account, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
    let cipher = Aes256Gcm::new(&state.sessions.secret("second-steps").into());
    let id = id_of(account);
    let payload = Payload { msg: sealed, aad: id.as_bytes() };
    cipher.decrypt(Nonce::from_slice(nonce), payload).ok()
}

fn id_of(account: Account) -> String {
    match account {
        Account::Administrator(id) => id.to_string(),
        Account::Operator(id) => id.to_string(),
    }
}

fn broken() -> Problem {
    tracing::error!("A second step could not be made");
    Problem::new(code::INTERNAL).with("incident", "-")
}
