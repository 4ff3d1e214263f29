//! How a recording ends, whoever ends it: with an entry of the record's chain that holds its digest.

use crate::{clock::now_ms, secrets::hex, sessions::SessionError, state::AppState};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;
use store::{
    Write, companies,
    recordings::{self, Recording},
};
use utoipa::ToSchema;

/// How often it is looked for recordings that nobody goes on with.
const EVERY: Duration = Duration::from_secs(20);
/// A console sends a piece at least every 20 s; one that sent none for so long is gone.
const SILENT_MS: i64 = 60_000;

/// Why a recording ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Why {
    /// The operator, the customer, or the session's end.
    Stopped,
    /// The company's room is used up.
    Full,
    /// The console or the connection was lost; what came is there.
    Lost,
    /// The server did not take what the console sent.
    Failed,
}

impl Why {
    fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Full => "full",
            Self::Lost => "lost",
            Self::Failed => "failed",
        }
    }
}

/// Ends a recording that runs; one that has ended stays as it is.
pub(super) async fn end(
    state: &AppState,
    write: &Write,
    recording: &Recording,
    why: Why,
) -> Result<(), SessionError> {
    let at_ms = now_ms();
    if !recordings::end(write, recording.session, recording.id, why.name(), at_ms).await? {
        return Ok(());
    }
    let body = json!({
        "no": recording.no,
        "id": recording.id,
        "began_at_ms": recording.began_at_ms,
        "length_ms": recording.length_ms,
        "pieces": recording.pieces,
        "size_bytes": recording.size_bytes,
        "digest": hex(&recording.digest),
        "why": why.name(),
    });
    state.sessions.add_entry(write, recording.session, at_ms, "recording-kept", &body).await
}

/// Ends what nobody goes on with, until the server ends: a console that fell over, or a server that did.
pub(crate) async fn tend(state: AppState) {
    let mut turns = tokio::time::interval(EVERY);
    while state.shutdown.run_until_cancelled(turns.tick()).await.is_some() {
        if let Err(error) = tend_once(&state, now_ms() - SILENT_MS).await {
            tracing::error!(error = %error, "Recordings that nobody goes on with were not ended");
        }
    }
}

/// Ends what got no piece since `before_ms`.
pub(super) async fn tend_once(state: &AppState, before_ms: i64) -> Result<(), SessionError> {
    for company in companies::list(&state.store).await? {
        if recordings::list_abandoned(company.id, &state.store, before_ms).await?.is_empty() {
            continue;
        }
        let write = state.store.write(company.id).await?;
        for left in recordings::list_abandoned(company.id, &write, before_ms).await? {
            end(state, &write, &left, Why::Lost).await?;
        }
        write.commit().await?;
    }
    Ok(())
}
