//! The administrator's side: recordings of a record.

use super::{
    api::{Piece, Recording, Which, WhichPiece},
    film,
    vault::{Place, VaultError},
};
use crate::{
    body::{Json, Path},
    problem::{Problem, code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    response::{IntoResponse, Response},
};
use futures_util::stream;
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use serde_json::json;
use store::{SessionId, StoreError, recording_films, recordings, records};
use utoipa::ToSchema;

/// It never changes, but whoever may see it may not any more later.
const UNKEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "private, no-store");

/// What a player needs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordingPieces {
    pieces: Vec<Piece>,
}

/// A record's recordings.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordRecordings {
    recordings: Vec<Recording>,
}

/// What was recorded of a session, and how far the video files are: for a page that has the record and waits for them.
#[utoipa::path(get, path = "/api/manage/records/{id}/recordings", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = RecordRecordings)))]
pub(super) async fn list_record_recordings(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SessionId>,
) -> Result<Json<RecordRecordings>, Problem> {
    records::find(who.company, &state.store, id).await?;
    let recordings = super::of_session(who.company, &state.store, id).await?;
    Ok(Json(RecordRecordings { recordings }))
}

/// The pieces of a recording, for a player. That it is played is noted.
#[utoipa::path(get, path = "/api/manage/records/{id}/recordings/{recording}",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path)),
    responses((status = 200, body = RecordingPieces)))]
pub(super) async fn find_record_recording(
    State(state): State<AppState>,
    who: Administrator,
    Path(which): Path<Which>,
) -> Result<Json<RecordingPieces>, Problem> {
    let recording = noted(&state, &who, which, "records.play").await?;
    let pieces = recordings::pieces(&state.store, &recording).await?;
    Ok(Json(RecordingPieces { pieces: pieces.into_iter().map(Piece::from).collect() }))
}

/// One piece of a recording, as it came (docs/recordings.md).
#[utoipa::path(get, path = "/api/manage/records/{id}/recordings/{recording}/pieces/{piece}",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path), ("piece" = i64, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub(super) async fn find_record_recording_piece(
    State(state): State<AppState>,
    who: Administrator,
    Path(which): Path<WhichPiece>,
) -> Result<Response, Problem> {
    let recording = recordings::find(who.company, &state.store, which.id, which.recording).await?;
    recordings::find_piece(&state.store, &recording, which.piece).await?;
    let place = Place { company: who.company, session: which.id, recording: which.recording };
    let _turn = state.recordings.turn().await;
    let piece = match state.recordings.read(place, which.piece).await {
        Ok(piece) => piece,
        Err(VaultError::Missing) => return Err(StoreError::Missing.into()),
        Err(error) => {
            tracing::error!(session.id = %which.id, error = %error, "A piece of a recording is not readable");
            return Err(Problem::new(code::INTERNAL));
        }
    };
    Ok(([(header::CONTENT_TYPE, "application/octet-stream"), UNKEPT], piece).into_response())
}

/// A whole recording as one file: its pieces one after the other (docs/recordings.md).
#[utoipa::path(get, path = "/api/manage/records/{id}/recordings/{recording}/file",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
pub(super) async fn export_record_recording(
    State(state): State<AppState>,
    who: Administrator,
    Path(which): Path<Which>,
) -> Result<Response, Problem> {
    let recording = noted(&state, &who, which, "records.recording-export").await?;
    let place = Place { company: who.company, session: which.id, recording: which.recording };
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, recording.size_bytes.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"recording-{}.bsr\"", recording.no)),
        (UNKEPT.0, UNKEPT.1.to_owned()),
    ];
    // One piece at a time: a recording is larger than memory.
    let pieces = stream::unfold((state, 1..=recording.pieces), move |(state, mut rest)| async move {
        let no = rest.next()?;
        let read = state.recordings.read(place, no).await.map(Bytes::from);
        Some((read, (state, rest)))
    });
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// The file for other players that was made of a recording, or the rest of it (`Range`).
#[utoipa::path(get, path = "/api/manage/records/{id}/recordings/{recording}/film",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "video/webm")))]
pub(super) async fn export_record_recording_film(
    State(state): State<AppState>,
    who: Administrator,
    Path(which): Path<Which>,
    asked: HeaderMap,
) -> Result<Response, Problem> {
    let recording = recordings::find(who.company, &state.store, which.id, which.recording).await?;
    let film = recording_films::find(&state.store, &recording).await?;
    if matches!(film, recording_films::Film::Ready { .. }) {
        noted(&state, &who, which, "records.recording-film").await?;
    }
    film::serve(state, &recording, film, &asked, ()).await
}

/// Makes the file for other players again, where it could not be made.
#[utoipa::path(post, path = "/api/manage/records/{id}/recordings/{recording}/film",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn create_record_recording_film(
    State(state): State<AppState>,
    who: Administrator,
    Path(which): Path<Which>,
) -> Result<StatusCode, Problem> {
    let record = records::find(who.company, &state.store, which.id).await?;
    let write = state.store.write(who.company).await?;
    let recording = recordings::find(who.company, &write, which.id, which.recording).await?;
    // Twice pressed is once.
    if recording_films::try_again(&write, recording.id).await? {
        let detail = json!({ "no": record.no, "recording": recording.no });
        note(&write, &who, "records.recording-film-again", detail).await?;
        write.commit().await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The recording, and a line in the usage log that somebody has seen it.
async fn noted(
    state: &AppState,
    who: &Administrator,
    which: Which,
    kind: &'static str,
) -> Result<recordings::Recording, Problem> {
    let record = records::find(who.company, &state.store, which.id).await?;
    let recording = recordings::find(who.company, &state.store, which.id, which.recording).await?;
    let write = state.store.write(who.company).await?;
    note(&write, who, kind, json!({ "no": record.no, "recording": recording.no })).await?;
    write.commit().await?;
    Ok(recording)
}
