//! Personal API tokens of administrators: made, listed, taken back. What they open stands in `tokens`.

mod api;
mod error;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::list_api_tokens, api::create_api_token))
        .routes(routes!(api::revoke_api_token))
}

#[cfg(test)]
mod tests;
