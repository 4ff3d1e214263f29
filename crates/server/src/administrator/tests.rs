use crate::tests::{PASSWORD, TestServer, fields};
use http::StatusCode;
use serde_json::{Value, json};

fn form(change: impl FnOnce(&mut Value)) -> Value {
    let mut form = json!({
        "login": "boss_1", "name": "홍길동", "email": "hong@example.kr",
        "password": PASSWORD, "password_confirm": PASSWORD,
    });
    change(&mut form);
    form
}

/// design.md: the first administrator comes by a one-time link; there is no set-up page.
#[tokio::test]
async fn a_link_makes_one_administrator_once() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let path = format!("/api/manage/activation/{}", company.activation);
    let mut browser = server.browser();
    assert_eq!(browser.get(&path).await.body, json!({ "company_name": "베타", "short_name": "beta" }));
    assert_eq!(browser.post(&path, form(|_| {})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(browser.get(&path).await.problem(), (404, "activation-unknown"));
    assert_eq!(browser.post(&path, form(|_| {})).await.problem(), (404, "activation-unknown"));
    let typed = json!({ "company": "beta", "id": "boss_1", "password": PASSWORD });
    assert_eq!(browser.post("/api/manage/sign-in", typed).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_form_says_so_at_its_fields_and_leaves_the_link_unused() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let path = format!("/api/manage/activation/{}", company.activation);
    let mut browser = server.browser();
    let empty = json!({ "login": "", "name": " ", "email": "", "password": "", "password_confirm": "x" });
    let answer = browser.post(&path, empty).await;
    assert_eq!(answer.problem(), (422, "invalid-fields"));
    let expected = fields([
        ("login", "required"),
        ("name", "required"),
        ("email", "required"),
        ("password", "required"),
        ("password_confirm", "password-confirm"),
    ]);
    assert_eq!(answer.fields(), expected);
    let taken = browser.post(&path, form(|form| form["login"] = json!("ADMIN"))).await;
    assert_eq!(taken.fields(), fields([("login", "taken")]));
    let shape = browser.post(&path, json!({ "login": 1 })).await;
    assert_eq!(shape.problem(), (400, "invalid-body"));
    assert_eq!(browser.post(&path, form(|_| {})).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn links_cannot_be_guessed_quickly() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    for _ in 0..20 {
        assert_eq!(browser.get("/api/manage/activation/0").await.problem(), (404, "activation-unknown"));
    }
    assert_eq!(browser.get("/api/manage/activation/0").await.problem(), (429, "rate-limited"));
}
