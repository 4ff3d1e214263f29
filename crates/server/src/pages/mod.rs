//! The web pages: four entries and their assets, embedded in the program, and the page of the server's own
//! certificate authority.

mod authority;
mod embedded;
mod notice;

use crate::{
    language::Language,
    problem::{Problem, code},
    router::Plain,
};
use axum::{
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderMap, StatusCode, Uri, header};

/// Every page's address. What is not here is not served: what answers elsewhere is [`not_found`] alone.
pub(crate) fn pages() -> [Plain; 15] {
    [
        ("/", get(embedded::join)),
        ("/copy", get(embedded::join)),
        ("/manage", get(embedded::manage)),
        ("/manage/{*page}", get(embedded::manage)),
        ("/activate", get(embedded::manage)),
        ("/console", get(embedded::console)),
        ("/console/{*page}", get(embedded::console)),
        ("/viewer", get(embedded::viewer)),
        ("/assets/{*file}", get(embedded::asset)),
        ("/favicon.svg", get(embedded::at_root)),
        ("/favicon.ico", get(embedded::at_root)),
        ("/tiles-encoder.wasm", get(embedded::at_root)),
        ("/tiles.wasm", get(embedded::at_root)),
        ("/ca", get(authority::page)),
        ("/ca.pem", get(authority::certificate)),
    ]
}

/// What is not here: in words for a person at a browser, as a problem for a program.
pub(crate) async fn not_found(language: Language, address: Uri, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") && !address.path().starts_with("/api/") {
        notice::page(StatusCode::NOT_FOUND, language, "server-not-found").into_response()
    } else {
        Problem::new(code::NOT_FOUND).into_response()
    }
}
