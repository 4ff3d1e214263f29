//! The administrator's own sign-ins and second step: the routes.

use super::own::{self, OwnPassword, OwnSignIns, PasswordAndCode, RecoveryCodes, SecondStepBegun, StepCode};
use crate::{body::Json, problem::Problem, roles::Administrator, state::AppState};
use axum::extract::State;
use http::StatusCode;

/// Where the administrator is signed in, and whether sign-in asks for a code.
#[utoipa::path(get, path = "/api/manage/own/sign-ins", responses((status = 200, body = OwnSignIns)))]
pub(super) async fn list_administrator_sign_ins(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<OwnSignIns>, Problem> {
    own::list(&state, who.person()?).await
}

/// Ends every sign-in of the administrator, this one too.
#[utoipa::path(post, path = "/api/manage/own/sign-out-everywhere", responses((status = 204)))]
pub(super) async fn sign_out_administrator_everywhere(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<StatusCode, Problem> {
    own::sign_out_everywhere(&state, who.person()?).await
}

/// Begins the administrator's second step: the secret for an authenticator app.
#[utoipa::path(post, path = "/api/manage/own/second-step", request_body = OwnPassword,
    responses((status = 200, body = SecondStepBegun)))]
pub(super) async fn begin_administrator_second_step(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<OwnPassword>,
) -> Result<Json<SecondStepBegun>, Problem> {
    own::begin(&state, who.person()?, &body).await
}

/// Turns the administrator's second step on by a first code, and gives recovery codes.
#[utoipa::path(put, path = "/api/manage/own/second-step", request_body = StepCode,
    responses((status = 200, body = RecoveryCodes)))]
pub(super) async fn confirm_administrator_second_step(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<StepCode>,
) -> Result<Json<RecoveryCodes>, Problem> {
    own::confirm(&state, who.person()?, &body).await
}

/// Turns the administrator's second step off.
#[utoipa::path(post, path = "/api/manage/own/second-step/off", request_body = PasswordAndCode,
    responses((status = 204)))]
pub(super) async fn turn_administrator_second_step_off(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<PasswordAndCode>,
) -> Result<StatusCode, Problem> {
    own::turn_off(&state, who.person()?, &body).await
}
