//! Administrators [G-1, G-4]: the one-time link that makes one (`beside-server company add` prints the first, an administrator
//! makes the others), what one says of itself, and who else is one. There is no set-up page and no default password.

mod account;
mod administrators;
mod api;
mod error;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::find_activation, api::activate))
        .routes(routes!(account::find_account, account::update_account))
        .routes(routes!(administrators::list_administrators))
        .routes(routes!(administrators::invite_administrator))
        .routes(routes!(administrators::withdraw_invitation))
        .routes(routes!(administrators::remove_administrator))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_account;
