//! Support types 상담유형 관리 [E-1 … E-3]: what an operator chooses from when writing a record.

mod api;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::list_support_types, api::create_support_type))
        .routes(routes!(api::reorder_support_types))
        .routes(routes!(api::rename_support_type, api::delete_support_type))
        .routes(routes!(api::list_support_types_to_choose))
}

#[cfg(test)]
mod tests;
