//! 고객 만족도 조사 [S-03]: what the customer of an ended session answers. Whether a session is asked about is settled with its
//! end (`sessions::survey`).
//!
//! Who answers is known by the token of the last Welcome, which leads back to no session any more: app and page have it also
//! where they went themselves, or where the connection was lost and nothing could be told at the end. There is no cookie, so
//! that no other page can answer in a customer's place.

mod api;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::find_survey, api::answer_survey))
}

#[cfg(test)]
mod tests;
