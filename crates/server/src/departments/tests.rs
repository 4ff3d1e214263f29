use crate::{
    options,
    tests::{TestServer, fields},
};
use http::StatusCode;
use serde_json::{Value, json};
use store::usage_log;

const PATH: &str = "/api/manage/departments";

fn named(name: &str) -> Value {
    json!({ "name": name })
}

/// C-1, C-2, C-4 in one story, with the lines that it leaves.
#[tokio::test]
async fn departments_are_made_renamed_and_deleted() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let made = browser.post(PATH, named("  영업 ")).await;
    assert_eq!((made.status, &made.body["name"]), (StatusCode::CREATED, &json!("영업")));
    let path = format!("{PATH}/{}", made.body["id"].as_str().unwrap());
    let renamed = browser.patch(&path, named("영업 1팀")).await;
    assert_eq!((renamed.status, &renamed.body["name"]), (StatusCode::OK, &json!("영업 1팀")));
    let listed = browser.get(PATH).await.body;
    let names: Vec<_> =
        listed["departments"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["기본부서", "영업 1팀"]);
    assert_eq!(browser.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(browser.delete(&path).await.problem(), (404, "not-found"), "the page was stale");
    assert_eq!(browser.patch(&path, named("x")).await.problem(), (404, "not-found"));
    let lines = usage_log::list_newest(company.id, &server.state.store, 3).await.unwrap();
    let told: Vec<(String, Value)> = lines
        .into_iter()
        .map(|line| (line.kind, serde_json::from_str(&line.body.unwrap()).unwrap()))
        .map(|(kind, body): (_, Value)| (kind, body["detail"].clone()))
        .collect();
    let expected = [
        ("departments.delete".to_owned(), json!({ "name": "영업 1팀" })),
        ("departments.rename".to_owned(), json!({ "name": { "from": "영업", "to": "영업 1팀" } })),
        ("departments.create".to_owned(), json!({ "name": "영업" })),
    ];
    assert_eq!(told, expected);
}

/// C-1: names are unique in the company, by Unicode and case.
#[tokio::test]
async fn a_name_stands_once_in_a_company() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    browser.post(PATH, named("Café")).await;
    for again in ["Café", "CAFÉ", "cafe\u{301}"] {
        let answer = browser.post(PATH, named(again)).await;
        assert_eq!(answer.problem(), (422, "invalid-fields"), "{again}");
        assert_eq!(answer.fields(), fields([("name", "taken")]));
    }
    let other = server.company("gamma").await;
    let mut elsewhere = server.administrator(&other).await;
    assert_eq!(elsewhere.post(PATH, named("Café")).await.status, StatusCode::CREATED);
}

/// C-4: the message says how many operators must move first; one department always remains.
#[tokio::test]
async fn delete_is_refused_while_operators_remain_and_for_the_last() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let first = format!("{PATH}/{}", company.department);
    let answer = browser.delete(&first).await;
    assert_eq!(answer.problem(), (409, "department-not-empty"));
    assert_eq!(answer.body["operators"], 1);
    browser.headers.insert("accept-language", http::HeaderValue::from_static("ko"));
    let korean = browser.delete(&first).await;
    assert_eq!(korean.body["title"], "먼저 상담원 1명을 다른 부서로 옮겨야 합니다.");

    let alone = TestServer::start().await;
    let new =
        store::companies::NewCompany { short_name: "x", name: "x", service_name: "x", created_at_ms: 1 };
    let write = store::companies::create(&alone.state.store, new).await.unwrap();
    let only = store::departments::create(&write, "하나", &options::at_start(), 1).await.unwrap();
    let id = write.company();
    let hash = alone.state.passwords.hash("Abcdefg1").await.unwrap();
    let admin = store::administrators::NewAdministrator {
        login: "admin",
        name: "x",
        email: "x",
        password_hash: &hash,
        created_at_ms: 1,
    };
    store::administrators::create(&write, admin).await.unwrap();
    write.commit().await.unwrap();
    let mut browser = alone.browser();
    browser.post("/api/manage/sign-in", json!({ "id": "admin", "password": "Abcdefg1" })).await;
    let answer = browser.delete(&format!("{PATH}/{only}")).await;
    assert_eq!(answer.problem(), (409, "department-last"));
    assert_eq!(store::departments::count(id, &alone.state.store).await.unwrap(), 1);
}

#[tokio::test]
async fn bad_names_change_nothing() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    for (name, code) in
        [("", "required"), (&*"가".repeat(61), "too-long"), ("a\0b", "characters-not-allowed")]
    {
        assert_eq!(browser.post(PATH, named(name)).await.fields(), fields([("name", code)]));
    }
    assert_eq!(browser.post(PATH, json!([])).await.problem(), (400, "invalid-body"));
    assert_eq!(
        browser.post(PATH, json!({ "name": "x".repeat(300_000) })).await.problem(),
        (413, "too-large")
    );
    assert_eq!(browser.get(PATH).await.body["departments"].as_array().unwrap().len(), 1);
}
