use crate::tests::{TestServer, fields};
use http::StatusCode;
use serde_json::{Value, json};

const PATH: &str = "/api/console/favourites";

fn program(name: &str) -> Value {
    json!({ "name": name, "kind": "program", "target": "xterm" })
}

/// F-10: an operator's own list is kept in its order and is nobody else's; the company's reaches every operator.
#[tokio::test]
async fn a_list_is_its_operators_own_and_the_companys_is_everybodys() {
    let server = TestServer::start().await;
    let (beta, gamma) = (server.company("beta").await, server.company("gamma").await);
    let ours = store::favourites::Favourite {
        name: "회사".to_owned(),
        kind: store::favourites::FavouriteKind::Folder,
        target: "~/공유".to_owned(),
    };
    server.set(&beta, |settings| settings.favourites = vec![ours.clone()]).await;
    let mut operator = server.operator(&beta).await;
    let first = operator.get(PATH).await.body;
    let company = json!([{ "name": "회사", "kind": "folder", "target": "~/공유" }]);
    assert_eq!(first, json!({ "favourites": [], "changed_at_ms": 0, "company": company }));
    let list = json!([program("둘"), { "name": "하나", "kind": "url", "target": "https://a.kr/" }]);
    let kept = operator.put(PATH, json!({ "favourites": list, "changed_at_ms": 0 })).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text);
    assert_eq!((&kept.body["favourites"], &kept.body["company"]), (&list, &company));
    assert_eq!(operator.get(PATH).await.body, kept.body);
    let mut other = server.operator(&gamma).await;
    assert_eq!(other.get(PATH).await.body, json!({ "favourites": [], "changed_at_ms": 0, "company": [] }));
}

/// Two windows of one operator: what the other has saved meanwhile is not overwritten.
#[tokio::test]
async fn a_list_that_was_changed_meanwhile_is_not_overwritten() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let mine = json!({ "favourites": [program("내 것")], "changed_at_ms": 0 });
    assert_eq!(operator.put(PATH, mine.clone()).await.status, StatusCode::OK);
    assert_eq!(operator.put(PATH, mine).await.problem(), (409, "changed-meanwhile"));
}

/// F-10: what the customer app would not open is told at its field, and nothing is kept.
#[tokio::test]
async fn what_no_app_opens_is_refused_at_its_field() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    for (kind, target, code) in [
        ("url", "javascript:alert(1)", "web-address"),
        ("url", "https://bank.example@evil.example/", "web-address"),
        ("program", "xterm/../sh", "program-name"),
        ("program", "--help", "program-name"),
        ("folder", "Documents", "folder-path"),
        ("folder", " ", "required"),
    ] {
        let list = json!([program("하나"), { "name": "x", "kind": kind, "target": target }]);
        let answer = operator.put(PATH, json!({ "favourites": list, "changed_at_ms": 0 })).await;
        assert_eq!(answer.fields(), fields([("favourites.1.target", code)]), "{kind} {target}");
    }
    let many = json!({ "favourites": vec![program("x"); 101], "changed_at_ms": 0 });
    assert_eq!(operator.put(PATH, many).await.fields(), fields([("favourites", "too-many")]));
    assert_eq!(operator.get(PATH).await.body["favourites"], json!([]));
}
