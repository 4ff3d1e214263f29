//! 즐겨찾기 [F-10]: what operators open often on customers' machines. Each operator's own list is kept here; the company's is a
//! setting ([`crate::settings`]), under the same rules.

mod api;
mod rules;

pub(crate) use api::Favourite;
pub(crate) use rules::checked;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::list_favourites, api::update_favourites))
}

#[cfg(test)]
mod tests;
