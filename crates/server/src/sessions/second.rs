//! 상담원 초대 [F-18]: whom an operator can bring into a session, and the invitation itself. Who may come in is decided by the
//! session (`host/second.rs`), and by the customer's app.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{
    error::SessionError,
    host::{Invite, Mail, SignIn},
    own,
    registry::Live,
};
use crate::{
    body::{Json, Path, Query},
    fields::Fields,
    options,
    problem::{FieldProblem, Problem, code, field_code},
    roles::Operator,
    state::AppState,
};
use axum::extract::State;
use http::StatusCode;
use protocol::wire;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{OperatorId, SessionId, StoreError, operators};
use tokio::sync::oneshot;
use utoipa::{IntoParams, ToSchema};

/// As many are listed; a search finds the others.
const LISTED: usize = 100;
/// Of what is looked for.
const SEARCH_CHARS: usize = 200;
/// Of a reason, as the wire has it.
const REASON_CHARS: usize = 200;

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OperatorsQuery {
    /// In name, ID or department; nothing: all.
    #[serde(default)]
    search: String,
}

/// An operator who could be invited.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PresentOperator {
    #[schema(value_type = uuid::Uuid)]
    id: OperatorId,
    name: String,
    login: String,
    department: String,
    /// They have a customer of their own just now.
    in_session: bool,
}

/// The operators of the company who are signed in and have a console open, those without a customer first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PresentOperators {
    operators: Vec<PresentOperator>,
    /// There are more than are listed.
    more: bool,
}

/// What another operator is to do in the session.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SecondRole {
    View,
    Control,
    HandOver,
}

/// Whom to invite, and what for.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct NewSecond {
    #[schema(value_type = uuid::Uuid)]
    operator: OperatorId,
    #[schema(inline)]
    role: SecondRole,
    /// Why, in the operator's own words; perhaps nothing.
    #[serde(default)]
    reason: String,
}

/// Lists who could be invited [F-18].
#[utoipa::path(get, path = "/api/console/operators", params(OperatorsQuery),
    responses((status = 200, body = PresentOperators)))]
pub(super) async fn list_present_operators(
    State(state): State<AppState>,
    who: Operator,
    Query(query): Query<OperatorsQuery>,
) -> Result<Json<PresentOperators>, Problem> {
    let mut fields = Fields::default();
    let wanted = fields.line("search", &query.search, SEARCH_CHARS).to_lowercase();
    fields.finish()?;
    let present = state.presence.operators();
    let busy = state.sessions.operators_in_session(who.company);
    let found = operators::find_many(who.company, &state.store, &present).await?;
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let mut listed: Vec<_> = found
        .into_iter()
        .filter(|one| one.id != who.id && (has(&one.name) || has(&one.login) || has(&one.department_name)))
        .map(|one| PresentOperator {
            in_session: busy.contains(&one.id),
            id: one.id,
            name: one.name,
            login: one.login,
            department: one.department_name,
        })
        .collect();
    listed.sort_by(|one, other| (one.in_session, &one.name).cmp(&(other.in_session, &other.name)));
    let more = LISTED < listed.len();
    listed.truncate(LISTED);
    Ok(Json(PresentOperators { operators: listed, more }))
}

/// Invites an operator of the same company, who must have a console open [F-18].
#[utoipa::path(post, path = "/api/console/sessions/{id}/second", params(("id" = uuid::Uuid, Path)),
    request_body = NewSecond, responses((status = 204)))]
pub(super) async fn invite_operator(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
    Json(body): Json<NewSecond>,
) -> Result<StatusCode, Problem> {
    // Somebody else's session is not there, whatever is asked of it.
    own::find_kept(&state.store, &who, id).await?;
    let mut fields = Fields::default();
    let reason = fields.line("reason", &body.reason, REASON_CHARS);
    let operator = match operators::find(who.company, &state.store, body.operator).await {
        Ok(operator) => Some(operator),
        Err(StoreError::Missing) => None,
        Err(error) => return Err(error.into()),
    };
    if operator.is_none() {
        fields.refuse(FieldProblem::new("operator", field_code::OPERATOR_UNKNOWN));
    }
    fields.finish()?;
    let live = super::api::find_own(&state, &who, id).await?;
    let Some(operator) = operator.filter(|operator| operator.id != who.id) else {
        return Err(Problem::new(code::OPERATOR_AWAY));
    };
    if !state.presence.is_present(operator.id) {
        return Err(Problem::new(code::OPERATOR_AWAY));
    }
    let offered = options::resolve(who.company, &state.store, operator.id).await?;
    let (answer, done) = oneshot::channel();
    let invite = Invite {
        by: who.id,
        operator,
        permissions: offered.permissions,
        role: body.role.into(),
        reason,
        answer,
    };
    live.put(Mail::Invite(Box::new(invite))).await;
    // Not answered: the session ended in between.
    done.await.map_err(|_| Problem::new(code::SESSION_ENDED))??;
    Ok(StatusCode::NO_CONTENT)
}

/// The invited operator accepts; from here on the customer decides [F-18, S-10].
#[utoipa::path(post, path = "/api/console/sessions/{id}/second/acceptance",
    params(("id" = uuid::Uuid, Path)), responses((status = 204)))]
pub(super) async fn accept_invitation(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    let live = find_invited(&state, &who, id)?;
    let sign_in = SignIn { token_hash: who.session.token_hash, address: who.client.address };
    if live.put(Mail::SecondAccepts(who.id, sign_in)).await {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::new(code::SESSION_ENDED))
    }
}

/// Withdraws the invitation or sends the second operator away, by whose session it is; declines it or leaves, by who is invited
/// [F-18].
#[utoipa::path(delete, path = "/api/console/sessions/{id}/second", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn end_invitation(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    let live = match find_invited(&state, &who, id) {
        Ok(live) => live,
        Err(_) => super::api::find_own(&state, &who, id).await?,
    };
    // What has ended by itself meanwhile has ended.
    live.put(Mail::SecondGoes(who.id)).await;
    Ok(StatusCode::NO_CONTENT)
}

/// A session that this operator is invited to, or in as the second one.
fn find_invited(state: &AppState, who: &Operator, id: SessionId) -> Result<Arc<Live>, Problem> {
    let found = state.sessions.0.find_any(id).filter(|live| live.company == who.company);
    found.filter(|live| live.second() == Some(who.id)).ok_or(Problem::new(code::NOT_FOUND))
}

impl From<SecondRole> for wire::SecondRole {
    fn from(role: SecondRole) -> Self {
        match role {
            SecondRole::View => Self::View,
            SecondRole::Control => Self::Control,
            SecondRole::HandOver => Self::HandOver,
        }
    }
}

impl From<session::hosting::NotInvited> for SessionError {
    fn from(refused: session::hosting::NotInvited) -> Self {
        Self::NotInvited(refused)
    }
}
