//! `/ca`: the root certificate of the server's own authority, and how to trust it.

use super::notice::{escaped, html};
use crate::{
    language::Language,
    problem::{Problem, code, message},
    state::AppState,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use serde_json::Map;

/// Where a certificate is installed, each in a line of its own.
const PLACES: [&str; 5] = [
    "server-ca-windows",
    "server-ca-macos",
    "server-ca-linux",
    "server-ca-chrome-linux",
    "server-ca-firefox",
];

/// What the certificate is, its fingerprint, and what to do with it.
pub(super) async fn page(State(state): State<AppState>, language: Language) -> Response {
    let Some(authority) = &state.authority else {
        return super::notice::page(http::StatusCode::NOT_FOUND, language, "server-ca-none").into_response();
    };
    let text = |name| escaped(&message(language, name, &Map::new()));
    let title = text("server-ca-title");
    let body = format!(
        "<h1>{title}</h1>\n<p>{}</p>\n<p><a href=\"/ca.pem\" download>{}</a></p>\n<p>{}</p>\n\
         <p><code>{}</code></p>\n<ul>\n{}</ul>",
        text("server-ca"),
        text("server-ca-download"),
        text("server-ca-fingerprint"),
        escaped(&authority.fingerprint()),
        PLACES.map(|place| format!("<li>{}</li>\n", text(place))).concat(),
    );
    html(language, &title, &body).into_response()
}

/// The certificate itself.
pub(super) async fn certificate(State(state): State<AppState>) -> Result<Response, Problem> {
    let authority = state.authority.as_ref().ok_or(Problem::new(code::NOT_FOUND))?;
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"beside-ca.pem\"");
    let kind = (header::CONTENT_TYPE, "application/x-pem-file");
    Ok(([named, kind], authority.root_pem.clone()).into_response())
}
