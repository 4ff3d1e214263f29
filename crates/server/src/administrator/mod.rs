//! The administrator's own account; so far its beginning: the one-time activation link that
//! `beside-server company add` prints. There is no set-up page and no default password.

mod api;
mod error;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::find_activation, api::activate))
}

#[cfg(test)]
mod tests;
