//! Korean or English, as the person chose or the browser asks.

use axum::extract::FromRequestParts;
use axum_extra::extract::CookieJar;
use http::{HeaderMap, header, request::Parts};
use std::convert::Infallible;

/// Where the choice is remembered; the pages write it.
const COOKIE: &str = "beside_language";

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// 한국어.
    Korean,
    /// English, also for everybody who asks for neither.
    #[default]
    English,
}

impl Language {
    /// As in `lang="…"`.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Korean => "ko",
            Self::English => "en",
        }
    }

    fn of(headers: &HeaderMap) -> Self {
        let chosen = CookieJar::from_headers(headers).get(COOKIE).and_then(|cookie| known(cookie.value()));
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        chosen.or_else(|| asked.and_then(preferred)).unwrap_or_default()
    }
}

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers))
    }
}

/// The known language with the highest weight; of equals the first.
fn preferred(accept: &str) -> Option<Language> {
    let weighed = accept.split(',').filter_map(|part| {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight =
            parameters.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
        Some((known(tag)?, weight))
    });
    let mut best: Option<(Language, f32)> = None;
    for (language, weight) in weighed {
        if 0.0 < weight && best.is_none_or(|(_, highest)| highest < weight) {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

fn known(tag: &str) -> Option<Language> {
    let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        "ko" => Some(Language::Korean),
        "en" => Some(Language::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, preferred};

    #[test]
    fn the_highest_weight_of_a_known_language_wins() {
        let check = |accept, expected| assert_eq!(preferred(accept), expected, "{accept}");
        check("ko-KR,ko;q=0.9,en;q=0.8", Some(Language::Korean));
        check("de, en;q=0.3, ko;q=0.7", Some(Language::Korean));
        check("en;q=0.5,ko;q=0.5", Some(Language::English));
        check("ko;q=0, en;q=0.1", Some(Language::English));
        check("de", None);
        check("ko;q=x", None);
        check("", None);
    }
}
