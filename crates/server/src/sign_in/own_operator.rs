//! The operator's own sign-ins and second step: the routes.

use super::own::{self, OwnPassword, OwnSignIns, PasswordAndCode, RecoveryCodes, SecondStepBegun, StepCode};
use crate::{body::Json, problem::Problem, roles::Operator, state::AppState};
use axum::extract::State;
use http::StatusCode;

/// Where the operator is signed in, and whether sign-in asks for a code.
#[utoipa::path(get, path = "/api/console/own/sign-ins", responses((status = 200, body = OwnSignIns)))]
pub(super) async fn list_operator_sign_ins(
    State(state): State<AppState>,
    who: Operator,
) -> Result<Json<OwnSignIns>, Problem> {
    own::list(&state, who.person()).await
}

/// Ends every sign-in of the operator, this one too, and with them every session.
#[utoipa::path(post, path = "/api/console/own/sign-out-everywhere", responses((status = 204)))]
pub(super) async fn sign_out_operator_everywhere(
    State(state): State<AppState>,
    who: Operator,
) -> Result<StatusCode, Problem> {
    let done = own::sign_out_everywhere(&state, who.person()).await?;
    // As by any sign-out.
    state.sessions.end_all(who.company, who.id).await;
    Ok(done)
}

/// Begins the operator's second step: the secret for an authenticator app.
#[utoipa::path(post, path = "/api/console/own/second-step", request_body = OwnPassword,
    responses((status = 200, body = SecondStepBegun)))]
pub(super) async fn begin_operator_second_step(
    State(state): State<AppState>,
    who: Operator,
    Json(body): Json<OwnPassword>,
) -> Result<Json<SecondStepBegun>, Problem> {
    own::begin(&state, who.person(), &body).await
}

/// Turns the operator's second step on by a first code, and gives recovery codes.
#[utoipa::path(put, path = "/api/console/own/second-step", request_body = StepCode,
    responses((status = 200, body = RecoveryCodes)))]
pub(super) async fn confirm_operator_second_step(
    State(state): State<AppState>,
    who: Operator,
    Json(body): Json<StepCode>,
) -> Result<Json<RecoveryCodes>, Problem> {
    own::confirm(&state, who.person(), &body).await
}

/// Turns the operator's second step off.
#[utoipa::path(post, path = "/api/console/own/second-step/off", request_body = PasswordAndCode,
    responses((status = 204)))]
pub(super) async fn turn_operator_second_step_off(
    State(state): State<AppState>,
    who: Operator,
    Json(body): Json<PasswordAndCode>,
) -> Result<StatusCode, Problem> {
    own::turn_off(&state, who.person(), &body).await
}
