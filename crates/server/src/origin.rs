//! Which pages may ask: those that this server delivered.
//!
//! `SameSite=Strict` and the token in a header are the first two locks; this is the third, and on WebSockets,
//! which browsers open from any page, the first (field notes, cross-site WebSocket hijacking).

use crate::{
    problem::{Problem, code},
    state::AppState,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, header};

/// Whether a request may come from where it says. A program that is no browser names no origin.
pub(crate) fn is_allowed(state: &AppState, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let Some(origin) = headers.get(header::ORIGIN) else {
        // A browser that leaves the origin out still says that the page is another's.
        return matches!(text("sec-fetch-site"), None | Some("same-origin" | "none"));
    };
    let Ok(origin) = origin.to_str() else { return false };
    // A page that came by a former address passes by its Host, below.
    if origin == state.address.origin() {
        return true;
    }
    let Some(host) = text(header::HOST.as_str()) else { return false };
    let scheme = if state.configuration.is_plain_http() { "http" } else { "https" };
    origin.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")) == Some(host)
}

/// The layer around every route: what changes something comes from our own pages.
pub(crate) async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !request.method().is_safe() && !is_allowed(&state, request.headers()) {
        return Problem::new(code::ORIGIN).into_response();
    }
    next.run(request).await
}
