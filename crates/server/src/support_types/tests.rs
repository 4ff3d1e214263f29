use crate::tests::{TestServer, fields};
use http::StatusCode;
use serde_json::json;

const PATH: &str = "/api/manage/support-types";

/// E-1, E-3: made, renamed, deleted; the console offers the same, in order.
#[tokio::test]
async fn support_types_are_offered_to_operators_in_order() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut paths = Vec::new();
    for name in ["프린터", "네트워크"] {
        let made = browser.post(PATH, json!({ "name": name })).await;
        assert_eq!(made.status, StatusCode::CREATED);
        paths.push(format!("{PATH}/{}", made.body["id"].as_str().unwrap()));
    }
    let taken = browser.post(PATH, json!({ "name": "프린터" })).await;
    assert_eq!(taken.fields(), fields([("name", "taken")]));
    let renamed = browser.patch(&paths[0], json!({ "name": "프린터·스캐너" })).await;
    assert_eq!((&renamed.body["name"], &renamed.body["position"]), (&json!("프린터·스캐너"), &json!(1)));
    let mut console = server.operator(&company).await;
    let offered = console.get("/api/console/support-types").await.body;
    let names: Vec<_> =
        offered["support_types"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["프린터·스캐너", "네트워크"]);
    assert_eq!(browser.delete(&paths[0]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(browser.delete(&paths[0]).await.problem(), (404, "not-found"));
    let left = console.get("/api/console/support-types").await.body;
    assert_eq!(left["support_types"].as_array().unwrap().len(), 1);
}

/// E-1: a name is taken however it is composed and whatever its capitals; its own type may spell it otherwise.
#[tokio::test]
async fn a_name_is_taken_in_any_spelling() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut made = Vec::new();
    for name in ["한글", "Café", "다른"] {
        made.push(browser.post(PATH, json!({ "name": name })).await.body["id"].as_str().unwrap().to_owned());
    }
    let other = format!("{PATH}/{}", made[2]);
    for twin in ["\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "CAFÉ", "cafe\u{301}", " Café "] {
        assert_eq!(
            browser.post(PATH, json!({ "name": twin })).await.fields(),
            fields([("name", "taken")]),
            "{twin}"
        );
        let renamed = browser.patch(&other, json!({ "name": twin })).await;
        assert_eq!(renamed.fields(), fields([("name", "taken")]), "{twin}");
    }
    let own = browser.patch(&format!("{PATH}/{}", made[1]), json!({ "name": "cafe\u{301}" })).await;
    assert_eq!((own.status, &own.body["name"]), (StatusCode::OK, &json!("café")));
}

/// E-2: the console offers the types in the order that was made; an order of another list is refused.
#[tokio::test]
async fn an_order_holds_for_the_console_too() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut ids = Vec::new();
    for name in ["가", "나", "다"] {
        ids.push(browser.post(PATH, json!({ "name": name })).await.body["id"].clone());
    }
    let order = format!("{PATH}/order");
    ids.rotate_left(1);
    assert_eq!(browser.put(&order, json!({ "ids": ids })).await.status, StatusCode::OK);
    let mut console = server.operator(&company).await;
    let offered = console.get("/api/console/support-types").await.body;
    let names: Vec<_> = offered["support_types"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["나", "다", "가"]);
    for wrong in [
        json!([]),
        json!([ids[0], ids[0], ids[1]]),
        json!([ids[0], ids[1]]),
        json!([ids[0], ids[1], company.operator]),
    ] {
        let answer = browser.put(&order, json!({ "ids": wrong })).await;
        assert_eq!(answer.problem(), (409, "changed-meanwhile"), "{wrong}");
    }
}
