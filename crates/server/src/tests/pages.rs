//! Pages, headers, and problems outside any feature.

use super::TestServer;
use crate::{
    configuration::{Configuration, TlsMode},
    router,
};
use axum::{Router, routing::get};
use http::{HeaderValue, header};

/// What design's Trust section asks for, letter for letter, so that nobody loosens it without changing this, too.
const EXPECTED: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(self), microphone=(self), display-capture=(self), clipboard-read=(self), \
         clipboard-write=(self), fullscreen=(self), geolocation=(), payment=(), usb=(), serial=(), hid=(), \
         midi=(), accelerometer=(), gyroscope=(), magnetometer=(), publickey-credentials-get=(), \
         screen-wake-lock=(), xr-spatial-tracking=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Trust: headers on every page, by a test.
#[tokio::test]
async fn every_answer_carries_the_headers() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let paths = [
        "/",
        "/manage",
        "/manage/beta",
        "/activate",
        "/console",
        "/console/beta",
        "/viewer",
        "/ca",
        "/ca.pem",
        "/healthz",
        "/api/site",
        "/api/openapi.json",
        "/api/manage/me",
        "/nothing",
        "/assets/nothing.js",
    ];
    for path in paths {
        let answer = browser.get(path).await;
        for (name, value) in EXPECTED {
            let found: Vec<_> = answer.headers.get_all(name).iter().collect();
            assert_eq!(found, [value], "{name} of {path}");
        }
    }
}

/// Trust: of a browser's powers the pages get these alone. A power that is not named is every page's own, so that the
/// others stand there as nobody's.
#[tokio::test]
async fn pages_have_only_the_powers_that_the_product_uses() {
    let server = TestServer::start().await;
    let answer = server.browser().get("/").await;
    let policy = answer.headers["permissions-policy"].to_str().unwrap();
    let (given, denied): (Vec<&str>, Vec<&str>) =
        policy.split(", ").partition(|power| power.ends_with("=(self)"));
    let mut given: Vec<&str> = given.iter().map(|power| power.trim_end_matches("=(self)")).collect();
    given.sort_unstable();
    let used = ["camera", "clipboard-read", "clipboard-write", "display-capture", "fullscreen", "microphone"];
    assert_eq!(given, used);
    assert!(denied.iter().all(|power| power.ends_with("=()")), "{denied:?}");
}

/// Trust: browsers are told to come by TLS alone where that can last (RFC 6797).
#[tokio::test]
async fn tls_alone_is_asked_for_with_public_certificates_or_behind_a_proxy() {
    let check = async |change: fn(&mut Configuration), expected: Option<&str>| {
        let server = TestServer::start_with(change).await;
        let mut browser = server.browser();
        for path in ["/", "/manage", "/api/site", "/nothing"] {
            let answer = browser.get(path).await;
            let told = answer.headers.get(header::STRICT_TRANSPORT_SECURITY);
            assert_eq!(told.map(|value| value.to_str().unwrap()), expected, "{path}");
        }
    };
    check(|configuration| configuration.tls = TlsMode::Own, None).await;
    check(|configuration| configuration.tls = TlsMode::Files, Some("max-age=31536000")).await;
    check(|configuration| configuration.tls = TlsMode::Acme, Some("max-age=31536000")).await;
    check(|configuration| configuration.tls = TlsMode::Off, None).await;
    let behind_a_proxy = |configuration: &mut Configuration| {
        configuration.tls = TlsMode::Off;
        configuration.trusted_proxies = vec!["192.0.2.1".parse().unwrap()];
    };
    check(behind_a_proxy, Some("max-age=31536000")).await;
    let within_a_network = |configuration: &mut Configuration| {
        configuration.tls = TlsMode::Off;
        configuration.trusted_proxies = vec!["192.0.2.1".parse().unwrap()];
        configuration.public_url = Some("http://support.example".to_owned());
    };
    check(within_a_network, None).await;
}

#[tokio::test]
async fn pages_are_delivered_or_say_that_they_were_not_built() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser.headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("ko"));
    for path in ["/", "/manage", "/manage/beta/departments", "/activate", "/console", "/console/beta"] {
        let answer = browser.get(path).await;
        assert!(matches!(answer.status.as_u16(), 200 | 503), "{path}: {}", answer.status);
        assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
        assert!(answer.status.is_success() || answer.text.contains("빌드되지 않았습니다"));
    }
}

#[tokio::test]
async fn what_is_nowhere_is_a_problem_in_the_readers_language() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser.headers.insert(header::COOKIE, HeaderValue::from_static("beside_language=ko"));
    browser.headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
    let answer = browser.get("/setup").await;
    assert_eq!(answer.problem(), (404, "not-found"));
    assert_eq!(answer.body["title"], "삭제되었거나 주소가 잘못되었습니다.");
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(browser.delete("/api/site").await.problem(), (405, "method-not-allowed"));
    for path in
        ["/assets/../manage.html", "/assets/%2e%2e/manage.html", "/assets//etc/passwd", "/manage.html"]
    {
        assert_eq!(browser.get(path).await.problem(), (404, "not-found"), "{path}");
    }
}

/// A customer who mistypes an address reads words; a program, and whatever asks the contract, gets a problem.
#[tokio::test]
async fn what_is_nowhere_is_a_page_for_a_person() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    browser.headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("ko"));
    browser
        .headers
        .insert(header::ACCEPT, HeaderValue::from_static("text/html,application/xhtml+xml,*/*;q=0.8"));
    let answer = browser.get("/xyz").await;
    assert_eq!((answer.status.as_u16(), answer.text.contains("페이지를 찾을 수 없습니다")), (404, true));
    assert_eq!(browser.get("/api/xyz").await.problem(), (404, "not-found"));
}

#[tokio::test]
async fn without_an_authority_there_is_no_certificate_to_install() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    assert_eq!(browser.get("/ca").await.status, 404);
    assert_eq!(browser.get("/ca.pem").await.problem(), (404, "not-found"));
}

async fn broken() -> &'static str {
    panic!("a fault of ours")
}

/// A fault of ours ends one request with a number to quote, and nothing else.
#[tokio::test]
async fn a_panic_ends_its_request_alone() {
    let server = TestServer::start().await;
    let routes = Router::new().route("/broken", get(broken)).route("/whole", get(|| async { "whole" }));
    let mut browser = server.browser().of(router::layered(routes, server.state.clone()));
    browser.headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
    let answer = browser.get("/broken").await;
    assert_eq!(answer.problem(), (500, "internal"));
    assert!(!answer.text.contains("a fault of ours"));
    let title = answer.body["title"].as_str().unwrap();
    let number = title.rsplit(' ').next().unwrap().trim_matches(|c: char| !c.is_ascii_hexdigit());
    assert_eq!(number.len(), 32, "{title}");
    for (name, value) in EXPECTED {
        assert_eq!(answer.headers[name], value, "{name}");
    }
    assert_eq!(browser.get("/whole").await.text, "whole");
}
