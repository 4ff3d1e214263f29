//! A person's own sign-ins and second step: bodies, and what both roles do alike.

use crate::{
    admission::idle_ms,
    body::Json,
    clock::now_ms,
    confirmation,
    locks::{CodeLock, Whose},
    problem::{Problem, code, field_code},
    roles::Person,
    second_step::{self, Verdict},
    state::AppState,
    usage_log::note_by,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{companies, key_of, second_steps, web_sessions};
use utoipa::ToSchema;

/// The password, for what a session that was left open must not do by itself.
#[derive(Deserialize, ToSchema)]
pub(super) struct OwnPassword {
    password: String,
}

/// A code of the authenticator app.
#[derive(Deserialize, ToSchema)]
pub(super) struct StepCode {
    code: String,
}

/// Password and code.
#[derive(Deserialize, ToSchema)]
pub(super) struct PasswordAndCode {
    password: String,
    /// Of the app, or a recovery code.
    code: String,
}

/// Where somebody is signed in.
#[derive(Debug, Serialize, ToSchema)]
struct SignInPlace {
    address: String,
    /// The browser's own words.
    browser: String,
    created_at_ms: i64,
    last_seen_ms: i64,
    /// It is the one that asks.
    is_this: bool,
}

/// A person's own sign-ins and second step.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OwnSignIns {
    sign_ins: Vec<SignInPlace>,
    /// Sign-in asks for a code.
    second_step: bool,
    /// Recovery codes that were not used.
    recovery_codes_left: u64,
}

/// What the authenticator app is given; it is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SecondStepBegun {
    /// Base32, for those who type it.
    secret: String,
    /// `otpauth://…`, for the QR code.
    uri: String,
}

/// Codes for when the app is lost; they are shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecoveryCodes {
    codes: Vec<String>,
}

pub(super) async fn list(state: &AppState, who: Person<'_>) -> Result<Json<OwnSignIns>, Problem> {
    let idle_ms = idle_ms(who.session.admitted.idle_s);
    let kept = web_sessions::list(who.company, &state.store, who.account, now_ms() - idle_ms).await?;
    let place = |session: web_sessions::WebSession| SignInPlace {
        is_this: session.token_hash == who.session.token_hash,
        address: session.address,
        browser: session.browser,
        created_at_ms: session.created_at_ms,
        last_seen_ms: session.last_seen_ms,
    };
    Ok(Json(OwnSignIns {
        sign_ins: kept.into_iter().map(place).collect(),
        second_step: second_step::is_on(who.company, &state.store, who.account).await?,
        recovery_codes_left: second_steps::recovery_left(who.company, &state.store, who.account).await?,
    }))
}

pub(super) async fn sign_out_everywhere(state: &AppState, who: Person<'_>) -> Result<StatusCode, Problem> {
    let write = state.store.write(who.company).await?;
    let ended = web_sessions::delete_of(&write, who.account, None).await?;
    note_by(&write, &who, "access.sign-out-everywhere", json!({ "ended": ended })).await?;
    write.commit().await?;
    state.rechecks.call(who.account);
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn begin(
    state: &AppState,
    who: Person<'_>,
    body: &OwnPassword,
) -> Result<Json<SecondStepBegun>, Problem> {
    confirmation::check_own(state, &who, "password", &body.password).await?;
    let write = state.store.write(who.company).await?;
    let company = companies::find(who.company, &write).await?;
    let begun = second_step::begin(state, &write, &who, &company.service_name).await?;
    write.commit().await?;
    Ok(Json(SecondStepBegun { secret: begun.secret, uri: begun.uri }))
}

pub(super) async fn confirm(
    state: &AppState,
    who: Person<'_>,
    body: &StepCode,
) -> Result<Json<RecoveryCodes>, Problem> {
    let lock = refused_by_lock(state, &who).await?;
    let write = state.store.write(who.company).await?;
    let codes = match second_step::confirm(state, &write, who.account, &body.code).await {
        Ok(codes) => codes,
        Err(problem) => {
            drop(write);
            lock.add(state, now_ms()).await?;
            return Err(problem);
        }
    };
    note_by(&write, &who, "access.second-step-on", json!({})).await?;
    write.commit().await?;
    lock.clear(state).await?;
    Ok(Json(RecoveryCodes { codes }))
}

pub(super) async fn turn_off(
    state: &AppState,
    who: Person<'_>,
    body: &PasswordAndCode,
) -> Result<StatusCode, Problem> {
    let lock = refused_by_lock(state, &who).await?;
    confirmation::check_own(state, &who, "password", &body.password).await?;
    let write = state.store.write(who.company).await?;
    match second_step::check(state, &write, who.account, Some(&body.code)).await? {
        Verdict::Right { .. } => {}
        Verdict::NotOn => return Err(Problem::new(code::SECOND_STEP_NOT_BEGUN)),
        Verdict::Missing => return Err(Problem::of_field("code", field_code::REQUIRED)),
        Verdict::Wrong => {
            drop(write);
            lock.add(state, now_ms()).await?;
            return Err(Problem::of_field("code", field_code::CODE_WRONG));
        }
    }
    second_steps::delete(&write, who.account).await?;
    note_by(&write, &who, "access.second-step-off", json!({})).await?;
    write.commit().await?;
    lock.clear(state).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The lock over codes that this session has guessed.
async fn refused_by_lock(state: &AppState, who: &Person<'_>) -> Result<CodeLock, Problem> {
    let whose = Whose { role: who.role, company: who.company.to_string(), login: key_of(who.login) };
    let lock = CodeLock::new(&whose, Some(&who.session.token_hash));
    if let Some(until_ms) = lock.until_ms(&state.store, now_ms()).await? {
        let retry_after_s = (until_ms - now_ms()).max(0) / 1000 + 1;
        return Err(Problem::new(code::SIGN_IN_LOCKED).with("retry_after_s", retry_after_s));
    }
    Ok(lock)
}
