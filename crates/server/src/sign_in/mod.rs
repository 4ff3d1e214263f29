//! Signing in and out at `/manage` and `/console` [A-1, A-3, A-5, A-6, S-01], and what a person
//! does about its own sign-ins.

mod api;
mod attempt;
mod device;
mod enter;
mod error;
mod own;
mod own_administrator;
mod own_operator;

use crate::state::AppState;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(api::sign_in_administrator))
        .routes(routes!(api::get_administrator_session))
        .routes(routes!(api::keep_administrator_signed_in))
        .routes(routes!(api::sign_out_administrator))
        .routes(routes!(api::sign_in_operator))
        .routes(routes!(api::get_operator_session))
        .routes(routes!(api::keep_operator_signed_in))
        .routes(routes!(api::sign_out_operator))
        .routes(routes!(own_administrator::list_administrator_sign_ins))
        .routes(routes!(own_administrator::sign_out_administrator_everywhere))
        .routes(routes!(
            own_administrator::begin_administrator_second_step,
            own_administrator::confirm_administrator_second_step
        ))
        .routes(routes!(own_administrator::turn_administrator_second_step_off))
        .routes(routes!(own_operator::list_operator_sign_ins))
        .routes(routes!(own_operator::sign_out_operator_everywhere))
        .routes(routes!(own_operator::begin_operator_second_step, own_operator::confirm_operator_second_step))
        .routes(routes!(own_operator::turn_operator_second_step_off))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_own;
