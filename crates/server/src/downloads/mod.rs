//! Downloads (H-1): the customer app for each platform, prepared for this server, and what an unprepared app asks of a
//! server that it meets for the first time.
//!
//! Preparing fills a slot of fixed size in the app's bytes, once for all customers and before any signing; the bytes
//! of a download never differ by customer. A connection code stands in the served file's name alone.

mod api;
mod error;
mod prepare;
#[cfg(test)]
mod tests;

pub(crate) use prepare::{add, prepare, prepare_anew, remove};

use crate::{router::Plain, state::AppState};
use axum::routing::get;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::list_downloads))
}

/// What is no part of the contract.
pub(crate) fn files() -> [Plain; 2] {
    [("/downloads/{file}", get(api::file)), ("/.well-known/beside", get(api::well_known))]
}
