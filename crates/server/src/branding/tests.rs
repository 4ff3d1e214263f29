use crate::tests::{TestServer, fields};
use http::{StatusCode, header};
use serde_json::json;

const PATH: &str = "/api/manage/branding";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the rest";

/// O-4: text and logo change while the server runs, and the customer's page shows them.
#[tokio::test]
async fn text_and_logo_reach_the_customers_page() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut stranger = server.browser();
    let plain = stranger.get("/api/site").await.body;
    assert_eq!((&plain["text"], &plain["logo"]), (&json!(""), &json!(null)));
    assert_eq!(stranger.get("/logo").await.problem(), (404, "not-found"));
    let text = json!({ "text": " 평일 9–18시\n1588-0000 ", "read": "" });
    assert_eq!(browser.put(PATH, text).await.body["text"], "평일 9–18시\n1588-0000");
    assert_eq!(
        browser.upload_to(http::Method::PUT, &format!("{PATH}/logo?read="), PNG.to_vec()).await.status,
        StatusCode::OK
    );
    let version = browser.get(PATH).await.body["logo_version"].as_str().unwrap().to_owned();
    let shown = stranger.get("/api/site").await.body;
    assert_eq!(shown["text"], "평일 9–18시\n1588-0000");
    let logo = stranger.get(shown["logo"].as_str().unwrap()).await;
    assert_eq!(
        (logo.bytes.as_slice(), &logo.headers[header::CONTENT_TYPE]),
        (PNG, &"image/png".parse().unwrap())
    );
    assert_eq!(browser.delete(&logo_path(&version)).await.body["has_logo"], false);
    assert_eq!(stranger.get("/logo").await.status, StatusCode::NOT_FOUND);
}

/// Where a server has several companies, its first page is nobody's.
#[tokio::test]
async fn several_companies_are_told_of_by_none() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    browser.put(PATH, json!({ "text": "베타의 것", "read": "" })).await;
    browser.upload_to(http::Method::PUT, &format!("{PATH}/logo?read="), PNG.to_vec()).await;
    server.company("gamma").await;
    let mut stranger = server.browser();
    assert!(!stranger.get("/api/site").await.text.contains("베타의 것"));
    assert!(!stranger.get("/api/site?company=beta").await.text.contains("베타의 것"));
    assert_eq!(stranger.get("/logo").await.status, StatusCode::NOT_FOUND);
    // Who has set it sees it all the same.
    assert_eq!(browser.get(&format!("{PATH}/logo")).await.bytes, PNG);
}

/// O-4: who replaces or removes a logo that another administrator has replaced meanwhile is told, and theirs stays.
#[tokio::test]
async fn a_logo_goes_over_the_one_that_was_seen() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let put = http::Method::PUT;
    let theirs = browser.upload_to(put.clone(), &logo_path(""), PNG.to_vec()).await.body;
    let version = theirs["logo_version"].as_str().unwrap();
    assert_eq!(version.len(), 16);
    let mine = [PNG, b"another"].concat();
    let late = browser.upload_to(put.clone(), &logo_path(""), mine.clone()).await;
    assert_eq!(late.problem(), (409, "changed-meanwhile"));
    assert_eq!(browser.delete(&logo_path("")).await.problem(), (409, "changed-meanwhile"));
    assert_eq!(browser.get(PATH).await.body, theirs);
    // A text that is saved in between is no other logo.
    browser.put(PATH, json!({ "text": "안내", "read": "" })).await;
    let after = browser.upload_to(put, &logo_path(version), mine).await;
    assert_ne!(after.body["logo_version"], version);
}

fn logo_path(read: &str) -> String {
    format!("{PATH}/logo?read={read}")
}

#[tokio::test]
async fn what_is_no_picture_or_no_text_changes_nothing() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    for file in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"", b"<script>"] {
        let answer = browser.upload_to(http::Method::PUT, &format!("{PATH}/logo?read="), file.to_vec()).await;
        assert_eq!(answer.problem(), (422, "logo-unreadable"));
    }
    let long = [PNG, &vec![0; 300_000]].concat();
    assert_eq!(
        browser.upload_to(http::Method::PUT, &format!("{PATH}/logo?read="), long).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    for (text, code) in [(&*"가".repeat(501), "too-long"), ("a\u{202e}b", "characters-not-allowed")] {
        let answer = browser.put(PATH, json!({ "text": text, "read": "" })).await;
        assert_eq!(answer.fields(), fields([("text", code)]));
    }
    let stale = browser.put(PATH, json!({ "text": "x", "read": "theirs" })).await;
    assert_eq!(stale.problem(), (409, "changed-meanwhile"));
    assert_eq!(
        browser.get(PATH).await.body,
        json!({ "text": "", "has_logo": false, "logo_version": "", "is_shown": true, "changed_at_ms": 0 })
    );
}
