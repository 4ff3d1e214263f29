//! An operator's second step as the administrator sees it: for operators who have lost what shows them their codes.

use crate::{
    body::{Json, Path},
    confirmation,
    problem::{Problem, code},
    roles::Administrator,
    second_step,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{OperatorId, operators, second_steps, web_sessions::Account};
use utoipa::ToSchema;

/// Whether an operator's sign-in asks for a code.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OperatorSecondStep {
    is_on: bool,
}

/// 관리자 Password before an operator's second step is turned off.
#[derive(Deserialize, ToSchema)]
pub(super) struct TurnSecondStepOff {
    administrator_password: String,
}

/// Whether an operator's sign-in asks for a code.
#[utoipa::path(get, path = "/api/manage/operators/{id}/second-step", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OperatorSecondStep)))]
pub(super) async fn find_second_step_of_operator(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
) -> Result<Json<OperatorSecondStep>, Problem> {
    operators::find(who.company, &state.store, id).await?;
    let is_on = second_step::is_on(who.company, &state.store, Account::Operator(id)).await?;
    Ok(Json(OperatorSecondStep { is_on }))
}

/// Turns an operator's second step off; the operator may begin it anew.
#[utoipa::path(post, path = "/api/manage/operators/{id}/second-step/off", params(("id" = uuid::Uuid, Path)),
    request_body = TurnSecondStepOff, responses((status = 204)))]
pub(super) async fn turn_second_step_of_operator_off(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
    Json(body): Json<TurnSecondStepOff>,
) -> Result<StatusCode, Problem> {
    operators::find(who.company, &state.store, id).await?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    let operator = operators::find(who.company, &write, id).await?;
    if !second_step::is_on(who.company, &write, Account::Operator(id)).await? {
        return Err(Problem::new(code::SECOND_STEP_NOT_BEGUN));
    }
    second_steps::delete(&write, Account::Operator(id)).await?;
    let detail = json!({ "login": operator.login, "name": operator.name });
    note(&write, &who, "operators.second-step-off", detail).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
