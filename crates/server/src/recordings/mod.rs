//! 화면 녹화 [F-13, S-15, Y-7]: what a session's console showed, as it came. The console sends it in pieces while customer and options
//! allow it; here they are checked, kept encrypted beside the database, bound into the record's chain by a digest, and deleted
//! with the record or when the company keeps recordings no longer.

mod api;
mod console;
mod digest;
mod ending;
mod expiry;
mod film;
mod manage;
mod vault;

pub(crate) use api::Recording;
pub(crate) use digest::Digest;
pub(crate) use ending::tend;
pub(crate) use expiry::expire;
pub(crate) use film::{Worker as FilmWorker, is_offered, make_films};
pub(crate) use vault::{Vault, VaultError};

use crate::{sessions::SessionError, state::AppState};
use axum::extract::DefaultBodyLimit;
use store::{CompanyId, Reads, SessionId, StoreError, Write, recording_films, recordings};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let keeping = OpenApiRouter::new()
        .routes(routes!(console::keep_piece))
        .layer(DefaultBodyLimit::max(protocol::recording::PIECE_BYTES));
    OpenApiRouter::new()
        .merge(keeping)
        .routes(routes!(console::begin_recording))
        .routes(routes!(console::end_recording))
        .routes(routes!(manage::list_record_recordings))
        .routes(routes!(manage::find_record_recording))
        .routes(routes!(manage::find_record_recording_piece))
        .routes(routes!(manage::export_record_recording))
        .routes(routes!(manage::export_record_recording_film))
        .routes(routes!(manage::create_record_recording_film))
        .routes(routes!(film::copy::create_recording_copy))
        .routes(routes!(film::copy::create_record_recording_copy))
        .routes(routes!(film::copy::find_recording_copy))
        .routes(routes!(film::copy::export_recording_copy))
}

/// What was recorded of a session.
pub(crate) async fn of_session(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Vec<Recording>, StoreError> {
    let mut films = recording_films::list(company, on, session).await?;
    let listed = recordings::list(company, on, session).await?.into_iter();
    Ok(listed.map(|kept| Recording::new(films.remove(&kept.id).unwrap_or_default(), kept)).collect())
}

/// Deletes what was recorded of a session, with its record. The files go before the write is whole: a crash in between leaves
/// a record without its recordings, which is deleted again, and never a recording without its record.
pub(crate) async fn delete(state: &AppState, write: &Write, session: SessionId) -> Result<(), SessionError> {
    if 0 < recordings::forget_of_session(write, session).await? {
        state.recordings.delete_session(write.company(), session).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
