//! The administrator's side: pictures of a record.

use super::api::{self, Which};
use crate::{body::Path, problem::Problem, roles::Administrator, state::AppState};
use axum::{extract::State, response::Response};

/// One picture of a record. That the record is looked at was noted when it was opened.
#[utoipa::path(get, path = "/api/manage/records/{id}/captures/{capture}",
    params(("id" = uuid::Uuid, Path), ("capture" = uuid::Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "image/png")))]
pub(super) async fn find_record_capture(
    State(state): State<AppState>,
    who: Administrator,
    Path(which): Path<Which>,
) -> Result<Response, Problem> {
    api::picture(&state, who.company, which).await
}
