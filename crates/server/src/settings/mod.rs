//! How a company is set [G-2]: read and changed by its administrators, obeyed wherever it says so.

mod api;
mod rules;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::find_settings, api::update_settings))
}

#[cfg(test)]
mod tests;
