//! The operator's side: a console that records sends what it shows, piece by piece, while customer and options allow it.

use super::{
    api::{Which, WhichPiece},
    digest::Digest,
    ending::{self, Why},
    vault::Place,
};
use crate::{
    body::{File, Json, Path},
    clock::now_ms,
    problem::{Problem, code},
    roles::Operator,
    sessions::own,
    state::AppState,
};
use axum::extract::{FromRequest as _, Request, State};
use http::StatusCode;
use protocol::recording::{PIECES, Piece};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    Reads, RecordingId, SessionId, StoreError, Write, company_settings, recordings,
    session_events::{self, NewEvent, Source},
};
use utoipa::ToSchema;

/// Most bytes of one session's recordings, whatever the company's limit is.
const OF_SESSION_BYTES: u64 = 64 << 30;
/// Most recordings of one session: each connection makes one.
const OF_SESSION: usize = 200;
/// So long after the end the last piece can still come.
const AFTER_END_MS: i64 = 2 * 60 * 1000;
const GB: u64 = 1 << 30;

/// A recording that has begun.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Begun {
    #[schema(value_type = uuid::Uuid)]
    id: RecordingId,
    no: i64,
}

/// How a recording ended.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct EndOfRecording {
    why: Why,
}

/// Begins a recording of an own session [F-13]: the customer has agreed to it, and the company has room.
#[utoipa::path(post, path = "/api/console/sessions/{id}/recordings", params(("id" = uuid::Uuid, Path)),
    responses((status = 201, body = Begun)))]
pub(super) async fn begin_recording(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<(StatusCode, Json<Begun>), Problem> {
    let write = state.store.write(who.company).await?;
    may_record(&state, &write, &who, id).await?;
    let before = recordings::list(who.company, &write, id).await?;
    if OF_SESSION <= before.len() {
        return Err(Problem::new(code::RECORDINGS_FULL));
    }
    has_room(&write, id, 0).await?;
    // A console that was reloaded or fell over has left its recording open.
    for left in before.iter().filter(|recording| recording.ended_at_ms.is_none()) {
        ending::end(&state, &write, left, Why::Lost).await?;
    }
    let (new, at_ms) = (RecordingId::new(), now_ms());
    let no = recordings::create(&write, new, id, at_ms, Digest::begin(new).0).await?;
    let body = json!({ "no": no, "id": new }).to_string();
    let event =
        NewEvent { source: Source::Server, source_seq: None, at_ms, kind: "recording-begun", body: &body };
    session_events::append(&write, id, event).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(Begun { id: new, no })))
}

/// Keeps the next piece of a recording, at most 8 MiB (docs/recordings.md). The same piece may be sent again.
#[utoipa::path(put, path = "/api/console/sessions/{id}/recordings/{recording}/pieces/{piece}",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path), ("piece" = i64, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 204)))]
pub(super) async fn keep_piece(
    State(state): State<AppState>,
    who: Operator,
    Path(which): Path<WhichPiece>,
    request: Request,
) -> Result<StatusCode, Problem> {
    // Before the piece is read: most that is refused is refused by this.
    may_record(&state, &state.store, &who, which.id).await?;
    let _turn = state.recordings.turn().await;
    let File(file) = File::from_request(request, &state).await?;
    let read = Piece::read(&file).map_err(|_| Problem::new(code::RECORDING_UNREADABLE))?;
    if read.no != which.piece {
        return Err(Problem::new(code::RECORDING_UNREADABLE));
    }
    let new = recordings::Piece {
        no: read.no,
        starts_ms: read.starts_ms,
        ends_ms: read.ends_ms,
        state_ms: read.state_ms(),
        video_key_ms: read.video_key_ms(),
        size_bytes: file.len() as u64,
        sha256: Sha256::digest(&file).into(),
    };
    let place = Place { company: who.company, session: which.id, recording: which.recording };
    if is_kept(&state.store, place, &new).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let not_kept = |error| {
        tracing::error!(session.id = %which.id, error = %error, "A piece of a recording could not be kept");
        Problem::new(code::INTERNAL)
    };
    // The file first: what is said to be kept is there.
    let waiting = state.recordings.write(place, new.no, file).await.map_err(not_kept)?;
    let write = state.store.write(who.company).await?;
    may_record(&state, &write, &who, which.id).await?;
    let before = recordings::find(who.company, &write, which.id, which.recording).await?;
    if !is_kept(&write, place, &new).await? {
        is_next(&before, &new)?;
        has_room(&write, which.id, new.size_bytes).await?;
        let digest = Digest(before.digest).add(&new.sha256).0;
        recordings::add_piece(&write, &before, new, digest, now_ms()).await?;
        waiting.keep().await.map_err(not_kept)?;
        write.commit().await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a recording: its digest becomes an entry of the record's chain.
#[utoipa::path(post, path = "/api/console/sessions/{id}/recordings/{recording}/end",
    params(("id" = uuid::Uuid, Path), ("recording" = uuid::Uuid, Path)),
    request_body = EndOfRecording, responses((status = 204)))]
pub(super) async fn end_recording(
    State(state): State<AppState>,
    who: Operator,
    Path(which): Path<Which>,
    Json(given): Json<EndOfRecording>,
) -> Result<StatusCode, Problem> {
    own::find_kept(&state.store, &who, which.id).await?;
    let write = state.store.write(who.company).await?;
    let recording = recordings::find(who.company, &write, which.id, which.recording).await?;
    ending::end(&state, &write, &recording, given.why).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether this very piece was kept before. Errors: another one of its number was.
async fn is_kept(on: &impl Reads, place: Place, new: &recordings::Piece) -> Result<bool, Problem> {
    let recording = recordings::find(place.company, on, place.session, place.recording).await?;
    match recordings::find_piece(on, &recording, new.no).await {
        Ok(kept) if kept == *new => Ok(true),
        Ok(_) => Err(Problem::new(code::RECORDING_UNREADABLE)),
        Err(StoreError::Missing) => {
            is_next(&recording, new)?;
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

fn is_next(before: &recordings::Recording, new: &recordings::Piece) -> Result<(), Problem> {
    if before.ended_at_ms.is_some() {
        return Err(Problem::new(code::RECORDING_ENDED));
    }
    let follows = new.no == before.pieces + 1 && before.length_ms <= new.starts_ms && new.no <= PIECES;
    if follows { Ok(()) } else { Err(Problem::new(code::RECORDING_UNREADABLE)) }
}

/// 녹화 저장 한도 [G-2].
async fn has_room(write: &Write, session: SessionId, size_bytes: u64) -> Result<(), Problem> {
    let company = write.company();
    let of_session = recordings::kept_of_session(company, write, session).await?;
    if OF_SESSION_BYTES < of_session + size_bytes {
        return Err(Problem::new(code::RECORDINGS_FULL));
    }
    let Some(limit_gb) = company_settings::find(company, write).await?.recording_limit_gb else {
        return Ok(());
    };
    let kept = recordings::kept_of_company(company, write).await?;
    // One that begins finds the room of a while: it would end as soon as it has begun.
    let wanted = if size_bytes == 0 { 64 << 20 } else { size_bytes };
    if u64::from(limit_gb) * GB < kept + wanted {
        return Err(Problem::new(code::RECORDINGS_FULL_COMPANY));
    }
    Ok(())
}

/// The customer agrees to it at this moment, the options still allow it, and the session runs or has just ended.
async fn may_record(state: &AppState, on: &impl Reads, who: &Operator, id: SessionId) -> Result<(), Problem> {
    let allowed = own::allowed_of_record(state, on, who, id, AFTER_END_MS).await?;
    if allowed.record { Ok(()) } else { Err(Problem::new(code::RECORDING_FORBIDDEN)) }
}
