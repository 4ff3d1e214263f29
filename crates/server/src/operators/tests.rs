use crate::tests::{PASSWORD, TestServer, fields};
use http::StatusCode;
use serde_json::{Value, json};

const PATH: &str = "/api/manage/operators";

fn form(department: &impl ToString, change: &[(&str, &str)]) -> Value {
    let mut form = json!({
        "name": "이상담", "login": "lee-02", "password": PASSWORD, "password_confirm": PASSWORD,
        "company_name": "베타", "department_id": department.to_string(), "phone": "02-123-4567", "email": "l@b.kr",
    });
    for (field, value) in change {
        form[*field] = json!(value);
    }
    form
}

/// D-1, D-3: a new operator stands in the list, is found, and can sign in.
#[tokio::test]
async fn an_operator_is_created_listed_and_signs_in() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let made = browser.post(PATH, form(&company.department, &[])).await;
    assert_eq!(made.status, StatusCode::CREATED, "{:?}", made.body);
    let id = made.body["id"].as_str().unwrap().to_owned();
    assert_eq!(made.body["department"]["name"], "기본부서");
    let found = browser.get(&format!("{PATH}?search_by=name&search=이상")).await.body;
    assert_eq!((&found["total"], &found["operators"][0]["login"]), (&json!(1), &json!("lee-02")));
    let nobody = browser.get(&format!("{PATH}?search_by=login&search=%25")).await.body;
    assert_eq!(nobody["total"], 0);
    let mut console = server.browser();
    let typed = json!({ "company": "beta", "id": "LEE-02", "password": PASSWORD });
    assert_eq!(console.post("/api/console/sign-in", typed).await.status, StatusCode::OK);
    let after = browser.get(&format!("{PATH}/{id}")).await.body;
    assert!(after["last_sign_in_ms"].is_i64());
    assert_eq!(after["state"], "offline", "signed in, but no console is open");
}

/// D-3: live state. The console's WebSocket holds the operator present.
#[tokio::test]
async fn state_follows_the_open_console() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("{PATH}/{}", company.operator);
    let first = server.state.presence.enter(company.operator, "one");
    let second = server.state.presence.enter(company.operator, "other");
    assert_eq!(browser.get(&path).await.body["state"], "online");
    drop(first);
    assert_eq!(browser.get(&path).await.body["state"], "online");
    drop(second);
    assert_eq!(browser.get(&path).await.body["state"], "offline");
}

#[tokio::test]
async fn pages_are_cut_by_the_server() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    browser.post(PATH, form(&company.department, &[])).await;
    let page = browser.get(&format!("{PATH}?page=2&page_size=1")).await.body;
    assert_eq!((&page["total"], &page["operators"][0]["login"]), (&json!(2), &json!("lee-02")));
    assert_eq!(browser.get(&format!("{PATH}?page=x")).await.problem(), (400, "invalid-address"));
    assert_eq!(browser.get(&format!("{PATH}?page=0&page_size=100000")).await.status, StatusCode::OK);
}

/// D-1: each field's rule is checked on the server, and each error stands at its field.
#[tokio::test]
async fn every_field_has_its_rule_and_nothing_is_created() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let other = server.company("gamma").await;
    let mut browser = server.administrator(&company).await;
    let theirs = other.department.to_string();
    let cases = [
        ("name", "", "required"),
        ("name", "a\u{202e}b", "characters-not-allowed"),
        ("login", "abc", "too-short"),
        ("login", "abcdefghijklm", "too-long"),
        ("login", "lee 02", "login-characters"),
        ("login", "KIM_01", "taken"),
        ("company_name", " ", "required"),
        ("department_id", "", "required"),
        ("department_id", "x", "unknown-choice"),
        ("department_id", &theirs, "unknown-choice"),
        ("phone", "call me", "phone-not-valid"),
        ("email", "l@", "email-not-valid"),
        ("password_confirm", "x", "password-confirm"),
    ];
    for (field, value, code) in cases {
        let answer = browser.post(PATH, form(&company.department, &[(field, value)])).await;
        assert_eq!(answer.problem(), (422, "invalid-fields"), "{field} {value}");
        assert_eq!(answer.fields(), fields([(field, code)]));
    }
    assert_eq!(browser.get(PATH).await.body["total"], 1);
}
