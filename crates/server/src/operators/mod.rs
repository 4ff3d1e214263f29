//! Operators 상담원 생성, 상담원 관리 [D-1 … D-8]: create, list with live state, change, sign out, delete, bring in and take away
//! as a file. Their options are in `options`.

mod api;
mod columns;
mod error;
mod export;
mod form;
mod import;
mod list;
mod live;
mod local_address;
mod second_step;

pub(crate) use export::batches;

use crate::state::AppState;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Largest file that operators are brought in by, in bytes.
const IMPORT_BYTES: usize = 2 * 1024 * 1024;

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let import = OpenApiRouter::new()
        .routes(routes!(import::preview_import))
        .layer(DefaultBodyLimit::max(IMPORT_BYTES));
    OpenApiRouter::new()
        .routes(routes!(list::list_operators, api::create_operator))
        .routes(routes!(live::watch_operators))
        .routes(routes!(export::export_operators))
        .routes(routes!(import::import_operators))
        .routes(routes!(api::find_operator, api::update_operator))
        .routes(routes!(api::delete_operator))
        .routes(routes!(api::end_sign_ins_of_operator))
        .routes(routes!(second_step::find_second_step_of_operator))
        .routes(routes!(second_step::turn_second_step_of_operator_off))
        .routes(routes!(local_address::set_local_address))
        .merge(import)
}

#[cfg(test)]
mod tests;
