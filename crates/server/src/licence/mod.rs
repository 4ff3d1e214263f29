//! The company's licence [D-2], to look at: the server's owner alone sets it (`beside-server company set-licence`).

use crate::{body::Json, clock::now_ms, problem::Problem, roles::Administrator, state::AppState};
use axum::extract::State;
use serde::Serialize;
use store::licences;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// From here on a notice says that the licence ends.
const NOTICE_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_licence))
}

/// The licence, and how much of it is used: left + pc + pc_and_mobile = operators.
#[derive(Debug, Serialize, ToSchema)]
struct Licence {
    /// The first moment at which it no longer holds; null: perpetual.
    #[schema(required)]
    until_ms: Option<i64>,
    /// 전체: how many operators may exist.
    operators: i64,
    /// How many of them may have mobile support.
    mobile_operators: i64,
    /// 생성 가능 수: how many may still be created.
    left: i64,
    /// Operators without mobile support.
    pc: i64,
    /// Operators with it.
    pc_and_mobile: i64,
    /// It is over: operators start no sessions.
    ended: bool,
    /// It ends within 30 days.
    ends_soon: bool,
}

/// The company's licence.
#[utoipa::path(get, path = "/api/manage/licence", responses((status = 200, body = Licence)))]
async fn get_licence(State(state): State<AppState>, who: Administrator) -> Result<Json<Licence>, Problem> {
    let licence = licences::find(who.company, &state.store).await?;
    let used = licences::in_use(who.company, &state.store).await?;
    let now_ms = now_ms();
    let ended = !licence.holds(now_ms);
    Ok(Json(Licence {
        until_ms: licence.until_ms,
        operators: licence.operators,
        mobile_operators: licence.mobile_operators,
        left: (licence.operators - used.pc - used.pc_and_mobile).max(0),
        pc: used.pc,
        pc_and_mobile: used.pc_and_mobile,
        ended,
        ends_soon: !ended && licence.until_ms.is_some_and(|until_ms| until_ms - now_ms <= NOTICE_MS),
    }))
}

#[cfg(test)]
mod tests;
