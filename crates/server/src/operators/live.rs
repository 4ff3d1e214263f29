//! 상태 as it changes [D-3]: a stream of server-sent events, one for each operator whose state may be another.

use super::api::{OperatorState, state_of};
use crate::{admission, problem::Problem, roles::Administrator, state::AppState};
use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use serde::Serialize;
use std::{convert::Infallible, pin::Pin, time::Duration};
use store::{CompanyId, OperatorId};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use utoipa::ToSchema;

/// Silence is broken, so that nothing between closes the stream.
const SILENCE: Duration = Duration::from_secs(15);

/// An operator's state from now on. Without `id`: events were missed, and the list must be read anew.
#[derive(Debug, Serialize, ToSchema)]
struct StateChange {
    #[schema(value_type = Option<uuid::Uuid>, required)]
    id: Option<OperatorId>,
    #[schema(inline, required)]
    state: Option<OperatorState>,
}

/// What a stream is made from.
struct Watch {
    state: AppState,
    company: CompanyId,
    changes: Receiver<crate::presence::Change>,
    /// Ends when the sign-in does. A page that merely watches is idle.
    over: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Tells the states of operators as they change.
#[utoipa::path(get, path = "/api/manage/operators/live",
    responses((status = 200, description = "Server-sent events", body = StateChange, content_type = "text/event-stream")))]
pub(super) async fn watch_operators(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let changes = state.presence.watch();
    let company = who.company;
    let signed_in = state.clone();
    let client = who.client.clone();
    let session = who.session()?;
    let over = Box::pin(async move {
        admission::until_over(&signed_in, &session, &client, || false).await;
    });
    let watch = Watch { state, company, changes, over };
    let events = stream::unfold(watch, |mut watch| async move {
        let event = watch.next().await?;
        Some((Ok(event), watch))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(SILENCE)))
}

impl Watch {
    /// The next event; `None`: the server ends, or the sign-in has.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let change = tokio::select! {
                change = self.changes.recv() => change,
                () = &mut self.over => return None,
                () = self.state.shutdown.cancelled() => return None,
            };
            let told = match change {
                Ok((company, operator)) if company == self.company => {
                    let busy = self.state.sessions.operators_in_session(company);
                    let now = state_of(operator, &self.state.presence, &busy);
                    StateChange { id: Some(operator), state: Some(now) }
                }
                Ok(_) => continue,
                Err(RecvError::Lagged(_)) => StateChange { id: None, state: None },
                Err(RecvError::Closed) => return None,
            };
            return Event::default().json_data(told).ok();
        }
    }
}
