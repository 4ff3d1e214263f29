//! Records 지원기록보기 [R-1 …, Y-2]: finding them, one with everything kept of its session, taking them away as a
//! file, one as a file that proves itself, and deleting what is older than the company keeps it.

mod api;
mod bundle;
mod deletion;
mod detail;
mod export;
mod filter;
mod searches;

pub(crate) use bundle::{
    LARGEST_BYTES as LARGEST_BUNDLE_BYTES, compare as compare_with_bundle, make as make_bundle,
    verify as verify_bundle,
};
pub(crate) use deletion::expire;
pub(crate) use searches::Searches;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::list_records))
        .routes(routes!(export::export_records))
        .routes(routes!(deletion::find_expired_records))
        .routes(routes!(detail::find_record))
        .routes(routes!(bundle::api::export_record))
        .routes(routes!(api::find_record_neighbours))
        .routes(routes!(deletion::delete_record))
}

#[cfg(test)]
mod tests;
