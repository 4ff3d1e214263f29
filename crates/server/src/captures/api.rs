//! Bodies, and how a picture is answered.

use super::vault::VaultError;
use crate::{
    problem::{Problem, code},
    secrets::hex,
    state::AppState,
};
use axum::response::{IntoResponse, Response};
use http::header;
use serde::{Deserialize, Serialize};
use store::{CaptureId, CompanyId, SessionId, StoreError, captures};
use utoipa::ToSchema;

/// A still picture that was kept [F-08].
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Capture {
    #[schema(value_type = uuid::Uuid)]
    id: CaptureId,
    /// From 1 in its session.
    no: i64,
    at_ms: i64,
    #[schema(value_type = i64)]
    width_px: u32,
    #[schema(value_type = i64)]
    height_px: u32,
    #[schema(value_type = i64)]
    size_bytes: u64,
    /// Of the file, in hexadecimal; the record's chain has it, too.
    sha256: String,
    /// What is to be seen there, in the operator's words; empty: none.
    description: String,
}

/// Which picture of which session.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Which {
    pub(super) id: SessionId,
    pub(super) capture: CaptureId,
}

impl From<captures::Capture> for Capture {
    fn from(kept: captures::Capture) -> Self {
        Self {
            id: kept.id,
            no: kept.no,
            at_ms: kept.at_ms,
            width_px: kept.width_px,
            height_px: kept.height_px,
            size_bytes: kept.size_bytes,
            sha256: hex(&kept.sha256),
            description: kept.description,
        }
    }
}

/// The picture's file. What a browser shows in a page it shows also as an attachment, and opens it as nothing else.
pub(super) async fn picture(state: &AppState, company: CompanyId, which: Which) -> Result<Response, Problem> {
    let kept = captures::find(company, &state.store, which.id, which.capture).await?;
    let bytes = match state.captures.read(company, which.id, which.capture).await {
        Ok(bytes) => bytes,
        Err(VaultError::Missing) => return Err(StoreError::Missing.into()),
        Err(error) => {
            tracing::error!(session.id = %which.id, error = %error, "A kept picture is not readable");
            return Err(Problem::new(code::INTERNAL));
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "image/png".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"capture-{}.png\"", kept.no)),
        // It never changes, but whoever may see it may not any more later.
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
