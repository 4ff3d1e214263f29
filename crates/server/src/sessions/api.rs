//! Bodies and handlers of `/api/console/sessions`.

use super::{
    host::{Mail, SignIn},
    own,
    registry::Live,
};
use crate::{
    body::{Json, Path},
    problem::{Problem, code},
    roles::Operator,
    state::AppState,
};
use axum::extract::State;
use http::StatusCode;
use protocol::wire;
use serde::Serialize;
use std::sync::Arc;
use store::SessionId;
use tokio::sync::oneshot;
use utoipa::ToSchema;

/// A session that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NewSession {
    #[schema(value_type = uuid::Uuid)]
    id: SessionId,
    /// Six digits, single use.
    code: String,
    /// The customer's page with the code.
    link: String,
    code_expires_at_ms: i64,
}

/// Where a session stands.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SessionStage {
    Waiting,
    Joined,
    Connecting,
    Active,
    Away,
    Ended,
}

/// A live session.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LiveSession {
    #[schema(value_type = uuid::Uuid)]
    id: SessionId,
    #[schema(inline)]
    stage: SessionStage,
    created_at_ms: i64,
    /// Empty once a customer has joined.
    code: String,
    code_expires_at_ms: i64,
    /// The customer's machine, once joined.
    customer_os: String,
    customer_host_name: String,
}

/// The live sessions of the operator, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LiveSessions {
    sessions: Vec<LiveSession>,
}

/// Lists the operator's live sessions.
#[utoipa::path(get, path = "/api/console/sessions", responses((status = 200, body = LiveSessions)))]
pub(super) async fn list_sessions(
    State(state): State<AppState>,
    who: Operator,
) -> Result<Json<LiveSessions>, Problem> {
    let listed = state.sessions.0.list(who.company, who.id);
    Ok(Json(LiveSessions { sessions: listed.iter().map(|live| LiveSession::of(live)).collect() }))
}

/// Makes a session with its code and link.
#[utoipa::path(post, path = "/api/console/sessions", responses((status = 201, body = NewSession)))]
pub(super) async fn create_session(
    State(state): State<AppState>,
    who: Operator,
) -> Result<(StatusCode, Json<NewSession>), Problem> {
    let sign_in = SignIn { token_hash: who.session.token_hash, address: who.client.address };
    let made = state.sessions.create(who.company, who.account, sign_in).await?;
    let link = format!("{}/#{}", state.address.origin(), made.code);
    let body = NewSession { id: made.id, link, code: made.code, code_expires_at_ms: made.code_expires_at_ms };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Makes a new code of a session that still waits for its customer; the one before it works no more. The server keeps no
/// digits, so that after its restart nobody can read the old ones.
#[utoipa::path(post, path = "/api/console/sessions/{id}/code", params(("id" = uuid::Uuid, Path)),
    responses((status = 201, body = NewSession)))]
pub(super) async fn create_session_code(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<(StatusCode, Json<NewSession>), Problem> {
    let live = find_own(&state, &who, id).await?;
    let (answer, made) = oneshot::channel();
    live.put(Mail::NewCode(answer)).await;
    // Not answered: the session ended in between.
    let made = made.await.map_err(|_| Problem::new(code::SESSION_ENDED))??;
    let link = format!("{}/#{}", state.address.origin(), made.digits);
    let body = NewSession { id, link, code: made.digits, code_expires_at_ms: made.expires_at_ms };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Ends a session, or takes its code back.
#[utoipa::path(delete, path = "/api/console/sessions/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn delete_session(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    let live = find_own(&state, &who, id).await?;
    if live.put(Mail::End(wire::EndReason::OperatorEnded)).await {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::new(code::SESSION_ENDED))
    }
}

/// A live session of this operator. Errors: it has ended, or there is none of this operator.
pub(super) async fn find_own(state: &AppState, who: &Operator, id: SessionId) -> Result<Arc<Live>, Problem> {
    if let Some(live) = state.sessions.0.find(who.company, who.id, id) {
        return Ok(live);
    }
    own::find_kept(&state.store, who, id).await?;
    Err(Problem::new(code::SESSION_ENDED))
}

impl LiveSession {
    fn of(live: &Live) -> Self {
        let state = live.state();
        let machine = state.machine.clone().unwrap_or_default();
        Self {
            id: live.id,
            stage: SessionStage::of(state.stage()),
            created_at_ms: i64::try_from(state.created_at_ms).unwrap_or(i64::MAX),
            code: state.code.clone(),
            code_expires_at_ms: i64::try_from(state.code_expires_at_ms).unwrap_or(i64::MAX),
            customer_os: machine.os,
            customer_host_name: machine.host_name,
        }
    }
}

impl SessionStage {
    fn of(stage: wire::session_state::Stage) -> Self {
        use wire::session_state::Stage;
        match stage {
            Stage::Unspecified | Stage::Waiting => Self::Waiting,
            Stage::Joined => Self::Joined,
            Stage::Connecting => Self::Connecting,
            Stage::Active => Self::Active,
            Stage::Away => Self::Away,
            Stage::Ended => Self::Ended,
        }
    }
}
