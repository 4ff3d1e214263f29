//! The operator's side: keeping pictures of a session, and seeing what was kept.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{
    api::{self, Capture, Which},
    png,
};
use crate::{
    body::{File, Json, Path, Query},
    clock::now_ms,
    fields::Fields,
    problem::{Problem, code},
    roles::Operator,
    secrets::hex,
    sessions::own,
    state::AppState,
};
use axum::{
    extract::{FromRequest as _, Request, State},
    response::Response,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    CaptureId, Reads, SessionId,
    captures::{self, Kept},
};
use utoipa::{IntoParams, ToSchema};

/// Most pictures of one session, and of their files.
const OF_SESSION: Kept = Kept { count: 50, size_bytes: 256 << 20 };
/// Most bytes of one company's pictures.
const OF_COMPANY_BYTES: u64 = 20 << 30;
/// So long after the end a picture that was taken before it can still be kept.
const AFTER_END_MS: i64 = 15 * 60 * 1000;
/// Longest description, in characters.
const DESCRIPTION_CHARACTERS: usize = 200;

/// What was kept of a session.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Captures {
    captures: Vec<Capture>,
}

/// What a picture shows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Description {
    /// In words, for who cannot see it; perhaps none, at most 200 characters.
    #[serde(default)]
    description: String,
}

/// Lists the pictures that were kept of an own session.
#[utoipa::path(get, path = "/api/console/sessions/{id}/captures", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Captures)))]
pub(super) async fn list_captures(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
) -> Result<Json<Captures>, Problem> {
    own::find_kept(&state.store, &who, id).await?;
    Ok(Json(Captures { captures: super::of_session(who.company, &state.store, id).await? }))
}

/// One picture that was kept of an own session.
#[utoipa::path(get, path = "/api/console/sessions/{id}/captures/{capture}",
    params(("id" = uuid::Uuid, Path), ("capture" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "image/png")))]
pub(super) async fn find_capture(
    State(state): State<AppState>,
    who: Operator,
    Path(which): Path<Which>,
) -> Result<Response, Problem> {
    own::find_kept(&state.store, &who, which.id).await?;
    api::picture(&state, who.company, which).await
}

/// Keeps a still picture in the record of an own session: PNG, at most 32 MiB, 50 pictures and 256 MiB a session [F-08]. Its digest
/// is an entry of the record's chain.
#[utoipa::path(post, path = "/api/console/sessions/{id}/captures", params(("id" = uuid::Uuid, Path), Description),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = Capture)))]
pub(super) async fn keep_capture(
    State(state): State<AppState>,
    who: Operator,
    Path(id): Path<SessionId>,
    Query(given): Query<Description>,
    request: Request,
) -> Result<(StatusCode, Json<Capture>), Problem> {
    let mut fields = Fields::default();
    let description = fields.line("description", &given.description, DESCRIPTION_CHARACTERS);
    // Before the picture is read: most that is refused is refused by this.
    may_keep(&state, &state.store, &who, id).await?;
    fields.finish()?;
    let _turn = state.captures.turn().await;
    let File(file) = File::from_request(request, &state).await?;
    let size = png::size_of(&file).ok_or(Problem::new(code::CAPTURE_UNREADABLE))?;
    let new = captures::Capture {
        id: CaptureId::new(),
        session: id,
        no: 0,
        at_ms: now_ms(),
        width_px: size.width_px,
        height_px: size.height_px,
        size_bytes: file.len() as u64,
        sha256: Sha256::digest(&file).into(),
        description,
    };
    // The file first: what the record names is there.
    state.captures.write(who.company, id, new.id, file).await.map_err(|error| {
        tracing::error!(session.id = %id, error = %error, "A picture could not be kept");
        Problem::new(code::INTERNAL)
    })?;
    match keep(&state, &who, new.clone()).await {
        Ok(no) => Ok((StatusCode::CREATED, Json(captures::Capture { no, ..new }.into()))),
        Err(problem) => {
            if let Err(error) = state.captures.remove(who.company, id, new.id).await {
                // It goes with the session's other files when its record is deleted.
                tracing::warn!(session.id = %id, error = %error, "A picture that was not kept is left");
            }
            Err(problem)
        }
    }
}

/// The row and the chain's entry. Gives the picture's number.
async fn keep(state: &AppState, who: &Operator, new: captures::Capture) -> Result<i64, Problem> {
    let write = state.store.write(who.company).await?;
    may_keep(state, &write, who, new.session).await?;
    let size_bytes = new.size_bytes;
    let of_session = captures::kept_of_session(who.company, &write, new.session).await?;
    let of_company = captures::kept_of_company(who.company, &write).await?;
    if OF_SESSION.count <= of_session.count || OF_SESSION.size_bytes < of_session.size_bytes + size_bytes {
        return Err(Problem::new(code::CAPTURES_FULL).with("max", OF_SESSION.count));
    }
    if OF_COMPANY_BYTES < of_company.size_bytes + size_bytes {
        return Err(Problem::new(code::CAPTURES_FULL_COMPANY));
    }
    let no = captures::create(&write, &new).await?;
    let body = json!({
        "no": no,
        "width_px": new.width_px,
        "height_px": new.height_px,
        "size_bytes": new.size_bytes,
        "sha256": hex(&new.sha256),
        "description": new.description,
    });
    state.sessions.add_entry(&write, new.session, new.at_ms, "capture-kept", &body).await?;
    write.commit().await?;
    Ok(no)
}

/// The customer agreed to it, the options still allow it, and the session runs or has just ended.
async fn may_keep(state: &AppState, on: &impl Reads, who: &Operator, id: SessionId) -> Result<(), Problem> {
    let allowed = own::allowed_of_record(state, on, who, id, AFTER_END_MS).await?;
    if allowed.capture_screen { Ok(()) } else { Err(Problem::new(code::CAPTURE_FORBIDDEN)) }
}
