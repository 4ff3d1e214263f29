//! 녹화 보존 기간: recordings may go before their record does. The record says so, and keeps the digest.

use super::vault::Place;
use crate::{clock::now_ms, secrets::hex, sessions::SessionError, state::AppState};
use serde_json::json;
use store::{
    CompanyId, Write,
    recordings::{self, Recording},
    usage_log,
};

/// Recordings of one write: others of the company wait for it.
const BATCH: u64 = 20;

/// Deletes a company's recordings of sessions that began before `until_ms`. Gives how many.
pub(crate) async fn expire(
    state: &AppState,
    company: CompanyId,
    until_ms: i64,
) -> Result<usize, SessionError> {
    let mut count = 0;
    while !state.shutdown.is_cancelled() {
        let found = recordings::list_expired(company, &state.store, until_ms, BATCH).await?;
        if found.is_empty() {
            break;
        }
        let write = state.store.write(company).await?;
        for recording in &found {
            delete(state, &write, recording).await?;
        }
        let detail = json!({ "count": found.len(), "until_ms": until_ms });
        let body = json!({ "role": "server", "login": "", "address": "", "browser": "", "detail": detail });
        let (kind, at_ms) = ("records.recording-retention", now_ms());
        usage_log::append(&write, usage_log::NewLine { kind, at_ms, body: &body.to_string() }).await?;
        write.commit().await?;
        count += found.len();
    }
    Ok(count)
}

async fn delete(state: &AppState, write: &Write, recording: &Recording) -> Result<(), SessionError> {
    // Its record was deleted meanwhile.
    if !recordings::forget(write, recording.id).await? {
        return Ok(());
    }
    let (company, session) = (write.company(), recording.session);
    state.recordings.delete(Place { company, session, recording: recording.id }).await?;
    let body = json!({ "no": recording.no, "digest": hex(&recording.digest), "by": "retention" });
    state.sessions.add_entry(write, session, now_ms(), "recording-deleted", &body).await
}
