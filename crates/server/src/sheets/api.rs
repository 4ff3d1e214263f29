//! A place for a file before the browser is sent to fetch it: what a download answers with, nobody reads.

use super::SheetKind;
use crate::{body::Json, problem::Problem, roles::Administrator, state::AppState};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A place that is kept for a minute.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExportTicket {
    /// Goes into the address of the export, once.
    ticket: Uuid,
}

/// Which kind of file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatQuery {
    #[param(inline)]
    pub(crate) format: SheetKind,
}

/// The ticket in the address of an export.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TicketQuery {
    /// From `POST /api/manage/exports`; without one the export takes a place of its own, or is refused.
    pub(crate) ticket: Option<Uuid>,
}

/// Keeps a place for a file, so that its download begins. Refused while the company has as many on their way as it may.
#[utoipa::path(post, path = "/api/manage/exports", responses((status = 201, body = ExportTicket)))]
pub(super) async fn reserve_export(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<(StatusCode, Json<ExportTicket>), Problem> {
    let ticket = state.exports.reserve(who.company)?;
    Ok((StatusCode::CREATED, Json(ExportTicket { ticket })))
}
