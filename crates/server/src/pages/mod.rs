//! The web pages: three entries and their assets, embedded in the program, and the page of the server's own
//! certificate authority.

mod authority;
mod embedded;
mod notice;

use crate::state::AppState;
use axum::{Router, routing::get};

/// Every page's address. What is not here is not served: there is no catch-all that answers with a page.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(embedded::join))
        .route("/manage", get(embedded::manage))
        .route("/manage/{*page}", get(embedded::manage))
        .route("/activate", get(embedded::manage))
        .route("/console", get(embedded::console))
        .route("/console/{*page}", get(embedded::console))
        .route("/assets/{*file}", get(embedded::asset))
        .route("/favicon.svg", get(embedded::at_root))
        .route("/favicon.ico", get(embedded::at_root))
        .route("/tiles.wasm", get(embedded::at_root))
        .route("/ca", get(authority::page))
        .route("/ca.pem", get(authority::certificate))
}
