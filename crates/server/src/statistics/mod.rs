//! Statistics 통계보기 [T-1 … T-8]: eight tables of one shape, with the period before beside them, also as a file.
//!
//! What is counted, and how, stands in [`store::statistics`]. Here periods are read, rows without support are filled in, and shares
//! are dealt out; page and file are made from the same [`rows::Statistics`], so that they agree to the digit.

mod api;
mod export;
mod moving;
mod period;
mod rows;
mod shares;

pub(crate) use moving::{ZoneChanges, move_statistics};

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(moving::find_statistics_move))
        .routes(routes!(api::show_statistics))
        .routes(routes!(api::export_statistics))
}

#[cfg(test)]
mod tests;
