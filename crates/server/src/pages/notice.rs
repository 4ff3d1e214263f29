//! A plain page of the server's own, for what must be readable without any script.

use crate::{language::Language, problem::message};
use axum::response::{Html, IntoResponse};
use http::{StatusCode, header};
use serde_json::Map;

/// Colours, distances and type as in `web/src/shared/tokens.css`, which a page without the web app's files cannot read.
const STYLE: &str = "\
    :root { color-scheme: light dark; background: light-dark(#f6f7fb, #11141d); color: light-dark(#1b2033, #e9ecf6); } \
    body { font: 14px/1.5 Pretendard, \"Noto Sans KR\", NanumGothic, \"Malgun Gothic\", system-ui, sans-serif; \
        word-break: keep-all; max-width: 42rem; margin: 48px auto; padding: 0 16px; } \
    main { padding: 32px; border: 1px solid light-dark(#dde1ec, #2d3447); border-radius: 12px; \
        background: light-dark(#ffffff, #191d29); } \
    h1 { margin: 0 0 16px; font-size: 22px; line-height: 1.25; } \
    ul { padding-left: 20px; } \
    a { color: light-dark(#3b5bdb, #91a7ff); } \
    code { font-size: 13px; overflow-wrap: anywhere; }";

/// A page with the title and text of two messages: `NAME-title` and `NAME`.
pub(super) fn page(status: StatusCode, language: Language, name: &str) -> impl IntoResponse + use<> {
    let title = escaped(&message(language, &format!("{name}-title"), &Map::new()));
    let text = escaped(&message(language, name, &Map::new()));
    let body = format!("<h1>{title}</h1>\n<p>{text}</p>");
    (status, [(header::CACHE_CONTROL, "no-store")], html(language, &title, &body))
}

/// A whole document. `body` is HTML; everything in it that comes from elsewhere has been [`escaped`].
pub(super) fn html(language: Language, title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
        language.tag()
    ))
}

/// Text that cannot be taken for HTML.
pub(super) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut safe, letter| {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
        safe
    })
}
