//! Operators 상담원 생성, 상담원 관리 [D-1, D-3, D-4]: create, list, look at. Their options are in `options`.

mod api;
mod error;
mod list;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_operators, api::create_operator))
        .routes(routes!(api::find_operator))
}

#[cfg(test)]
mod tests;
