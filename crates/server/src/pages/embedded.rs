//! Files of `web/dist`: in the program itself in a release, read from the folder in a debug build.

use super::notice;
use crate::{
    language::Language,
    problem::{Problem, code},
};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What `npm run build` made; empty where the web was not built.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Web;

/// Names of assets hold a hash of their content: they never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A page is asked for again each time, by its tag.
const ASK_AGAIN: &str = "no-cache";

/// `/`: the customer's page.
pub(super) async fn join(language: Language, headers: HeaderMap) -> Response {
    page("index.html", language, &headers)
}

/// `/manage…` and `/activate`.
pub(super) async fn manage(language: Language, headers: HeaderMap) -> Response {
    page("manage.html", language, &headers)
}

/// `/console…`.
pub(super) async fn console(language: Language, headers: HeaderMap) -> Response {
    page("console.html", language, &headers)
}

/// `/viewer`: a customer sees the operator's computer [F-15].
pub(super) async fn viewer(language: Language, headers: HeaderMap) -> Response {
    page("viewer.html", language, &headers)
}

/// `/assets/…`.
pub(super) async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    file(path, &headers, FOR_EVER).unwrap_or_else(|| Problem::new(code::NOT_FOUND).into_response())
}

/// Single files beside the entries.
pub(super) async fn at_root(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    file(path, &headers, ASK_AGAIN).unwrap_or_else(|| Problem::new(code::NOT_FOUND).into_response())
}

fn page(name: &str, language: Language, headers: &HeaderMap) -> Response {
    file(name, headers, ASK_AGAIN).unwrap_or_else(|| {
        notice::page(StatusCode::SERVICE_UNAVAILABLE, language, "server-web-missing").into_response()
    })
}

/// The file, compressed where the browser takes it and the build has it so.
fn file(path: &str, headers: &HeaderMap, caching: &'static str) -> Option<Response> {
    // A debug build asks the file system, where such parts would lead elsewhere.
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    let plain = Web::get(path)?;
    let (found, encoding) = compressed(path, headers).unwrap_or((plain, None));
    let tag =
        HeaderValue::from_str(&format!("\"{}\"", crate::secrets::hex(&found.metadata.sha256_hash()))).ok()?;
    let unchanged = headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == tag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(found.data.into_owned()).into_response()
    };
    let answer = response.headers_mut();
    answer.insert(header::ETAG, tag);
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

fn compressed(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| {
        accepted.split(',').any(|part| {
            let (coding, weight) = part.split_once(';').unwrap_or((part, ""));
            coding.trim() == name && weight.trim() != "q=0"
        })
    };
    [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(name, ending)| {
        let found = takes(name).then(|| Web::get(&format!("{path}.{ending}"))).flatten()?;
        Some((found, Some(name)))
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ico") => "image/x-icon",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}
