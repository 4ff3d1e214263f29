//! Bodies and handlers of `/api/console/sessions/{id}/reversed`.

use crate::{
    body::Path,
    problem::{Problem, code},
    roles::Operator,
    sessions::{api::find_own, error::SessionError, host::Mail},
    state::AppState,
};
use axum::extract::State;
use http::StatusCode;
use session::hosting::NotReversed;
use store::SessionId;
use tokio::sync::oneshot;

/// Asks the customer to control the operator's computer; where that stands is told by the console's socket [F-15].
#[utoipa::path(post, path = "/api/console/sessions/{id}/reversed", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(in crate::sessions) async fn reverse_session(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    let live = find_own(&state, &who, id).await?;
    let (answer, done) = oneshot::channel();
    live.put(Mail::Reverse(who.id, answer)).await;
    // Not answered: the session ended in between.
    done.await.map_err(|_| Problem::new(code::SESSION_ENDED))??;
    Ok(StatusCode::NO_CONTENT)
}

/// Withdraws the question, or ends what came of it [F-15].
#[utoipa::path(delete, path = "/api/console/sessions/{id}/reversed", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(in crate::sessions) async fn end_reversed(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<StatusCode, Problem> {
    let live = find_own(&state, &who, id).await?;
    // What has ended by itself meanwhile has ended.
    live.put(Mail::ReversedGoes(who.id)).await;
    Ok(StatusCode::NO_CONTENT)
}

impl From<NotReversed> for SessionError {
    fn from(refused: NotReversed) -> Self {
        Self::NotReversed(refused)
    }
}
