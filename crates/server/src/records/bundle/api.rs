//! One record as a file that anybody can check [Y-2].

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::make::{Bundle, BundleError, make};
use crate::{
    body::{Path, Query},
    clock::now_ms,
    problem::{Problem, code},
    roles::Administrator,
    sessions::SessionError,
    sheets::{TicketQuery, attachment},
    state::AppState,
    usage_log::note,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    response::Response,
};
use futures_util::{Stream, StreamExt as _, stream};
use serde_json::json;
use store::{SessionId, records};

/// Gives everything kept of one session as one file with its seals; `beside-server record verify` checks it [Y-2].
#[utoipa::path(get, path = "/api/manage/records/{id}/bundle", params(("id" = uuid::Uuid, Path), TicketQuery),
    responses((status = 200, content_type = "application/octet-stream", description = "The file")))]
pub(in crate::records) async fn export_record(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SessionId>,
    Query(place): Query<TicketQuery>,
) -> Result<Response, Problem> {
    let record = records::find(who.company, &state.store, id).await?;
    if record.ended_at_ms.is_none() {
        return Err(Problem::new(code::RECORD_RUNNING));
    }
    let place = state.exports.take(who.company, place.ticket)?;
    let turn = place.turn().await.map_err(|error| {
        tracing::error!(error = %error, "No place for a file");
        Problem::new(code::INTERNAL)
    })?;
    let key = state.sessions.record_key(u64::try_from(now_ms()).unwrap_or_default());
    let key = key.map_err(SessionError::from)?;
    let bundle = make(who.company, &state.store, id, &key).await?;
    drop(turn);
    let no = record.no;
    // The line is there before the file is, so that nothing is taken away unseen.
    let write = state.store.write(who.company).await?;
    note(&write, &who, "records.bundle", json!({ "no": no })).await?;
    write.commit().await?;
    let name = format!("beside-record-{no}.jsonl");
    Ok(attachment(Body::from_stream(lines(state, bundle)), "application/x-ndjson", &name))
}

/// The chain at once, then one file after the other.
fn lines(state: AppState, mut bundle: Bundle) -> impl Stream<Item = Result<Bytes, BundleError>> {
    let text = Bytes::from(std::mem::take(&mut bundle.text));
    let files = stream::unfold((state, bundle, 0), |(state, bundle, at)| async move {
        let line = bundle.line_of(&state.captures, bundle.captures.get(at)?).await.map(Bytes::from);
        Some((line, (state, bundle, at + 1)))
    });
    stream::once(async { Ok(text) }).chain(files)
}
