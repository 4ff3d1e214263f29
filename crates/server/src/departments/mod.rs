//! Departments 부서관리 [C-1, C-2, C-4]: groups of operators. Their default options are in `options`.

mod api;
mod error;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::list_departments, api::create_department))
        .routes(routes!(api::rename_department, api::delete_department))
}

#[cfg(test)]
mod tests;
