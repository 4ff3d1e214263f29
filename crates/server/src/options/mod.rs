//! Options (requirements §5): a department's defaults, an operator's own values, and what follows from them
//! for a session.

mod api;
mod export;
mod registry;
mod rules;

pub(crate) use api::{OwnOption, change_own};
pub(crate) use registry::OptionKey;
pub(crate) use rules::{at_start, holds, resolve};

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::list_department_options, api::update_department_options))
        .routes(routes!(api::list_operator_options, api::update_operator_options))
        .routes(routes!(export::export_options))
}

#[cfg(test)]
mod tests;
