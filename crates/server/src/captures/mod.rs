//! 화면 캡처 [F-08]: still pictures that an operator keeps in a session's record. The console takes them of what it shows, with the
//! customer app's leave; here they are checked, kept encrypted beside the database, bound into the record's chain by their
//! digest, and deleted with the record.

mod api;
mod console;
mod manage;
mod png;
mod vault;

pub(crate) use api::Capture;
pub(crate) use vault::{Vault, VaultError};

use crate::{sessions::SessionError, state::AppState};
use axum::extract::DefaultBodyLimit;
use store::{CompanyId, Reads, SessionId, StoreError, Write, captures};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let keeping = OpenApiRouter::new()
        .routes(routes!(console::list_captures, console::keep_capture))
        .layer(DefaultBodyLimit::max(png::MOST_BYTES));
    OpenApiRouter::new()
        .merge(keeping)
        .routes(routes!(console::find_capture))
        .routes(routes!(manage::find_record_capture))
}

/// What is kept of a session.
pub(crate) async fn of_session(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Vec<Capture>, StoreError> {
    Ok(captures::list(company, on, session).await?.into_iter().map(Capture::from).collect())
}

/// Deletes what is kept of a session, with its record. The files go before the write is whole: a crash in between leaves a
/// record without some of its pictures, which is deleted again, and never a picture without its record.
pub(crate) async fn delete(state: &AppState, write: &Write, session: SessionId) -> Result<(), SessionError> {
    if 0 < captures::forget(write, session).await? {
        state.captures.delete(write.company(), session).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
