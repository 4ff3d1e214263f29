//! Signing in and out at `/manage` and `/console`.

mod api;
mod attempt;
mod device;
mod error;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::sign_in_administrator))
        .routes(routes!(api::get_administrator_session))
        .routes(routes!(api::keep_administrator_signed_in))
        .routes(routes!(api::sign_out_administrator))
        .routes(routes!(api::sign_in_operator))
        .routes(routes!(api::get_operator_session))
        .routes(routes!(api::keep_operator_signed_in))
        .routes(routes!(api::sign_out_operator))
}

#[cfg(test)]
mod tests;
