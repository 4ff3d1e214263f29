//! Records 지원기록보기: the list and one record with everything kept of its session.

mod api;
mod detail;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::list_records)).routes(routes!(detail::find_record))
}

#[cfg(test)]
mod tests;
