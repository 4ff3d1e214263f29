//! The people of another company, with everything right but the company: by paths, in queries and in bodies.

use super::{
    PASSWORD, TestServer,
    routes::operations,
    samples::{self, Asked},
    support::Answer,
    walk::{self, Things, asking, is_open},
};
use http::Method;
use serde_json::{Value, json};
use store::{
    companies, departments,
    favourites::{Favourite, FavouriteKind},
    records, support_types, usage_log,
};

/// In every name of the other company's, and in nothing of ours.
const MARK: &str = "얼룩말";
/// An ID of theirs.
const THEIR_LOGIN: &str = "zebra_01";

/// The other company, every name of which has the mark.
async fn theirs(server: &TestServer) -> Things {
    let theirs = walk::things(server, "beta").await;
    let write = server.state.store.write(theirs.company.id).await.unwrap();
    companies::rename(&write, MARK, MARK).await.unwrap();
    departments::rename(&write, theirs.company.department, &format!("{MARK} 부서")).await.unwrap();
    support_types::rename(&write, theirs.support_type, &format!("{MARK} 유형")).await.unwrap();
    let hash = server.state.passwords.hash(PASSWORD).await.unwrap();
    walk::operator(&write, theirs.company.department, THEIR_LOGIN, &hash).await;
    let form = records::Form {
        support_type: Some(theirs.support_type),
        resolution: records::Resolution::Resolved,
        customer_name: format!("{MARK} 고객"),
        memo: format!("{MARK}의 메모"),
    };
    let session = theirs.session;
    records::update_form(&write, session, &form, 2).await.unwrap();
    let line = json!({ "login": THEIR_LOGIN, "detail": { "name": MARK } }).to_string();
    usage_log::append(&write, usage_log::NewLine { kind: "operators.create", at_ms: 2, body: &line })
        .await
        .unwrap();
    write.commit().await.unwrap();
    let mut administrator = server.administrator(&theirs.company).await;
    let text = administrator.put("/api/manage/branding", json!({ "text": MARK, "read": "" })).await;
    assert_eq!(text.status, 200, "{}", text.text);
    server
        .set(&theirs.company, |settings| {
            settings.favourites = vec![Favourite {
                name: MARK.to_owned(),
                kind: FavouriteKind::Url,
                target: "https://zebra.example".to_owned(),
            }];
        })
        .await;
    theirs
}

/// Nothing in an answer is the other company's, but what was `sent` to ask for it.
fn shows_nothing(what: &str, answer: &Answer, theirs: &Things, sent: &str) {
    assert!(answer.status.as_u16() < 500, "{what}: {}", answer.text);
    let names = [
        ("name", MARK.to_owned()),
        ("login", THEIR_LOGIN.to_owned()),
        ("favourite", "zebra.example".to_owned()),
    ];
    for (kind, text) in theirs.ids().into_iter().chain(names) {
        assert!(
            sent.contains(&text) || !answer.text.contains(&text),
            "{what} shows their {kind}: {}",
            answer.text
        );
    }
}

/// How much the other company's log says: nothing that is asked elsewhere adds to it.
async fn lines(server: &TestServer, theirs: &Things) -> i64 {
    usage_log::head(theirs.company.id, &server.state.store).await.unwrap().0
}

#[tokio::test]
async fn another_companys_things_are_not_there() {
    let server = TestServer::start().await;
    let theirs = theirs(&server).await;
    let before = lines(&server, &theirs).await;
    let asked = Asked::of(server, "gamma").await;
    for operation in samples::operations().into_iter().filter(|operation| operation.path.contains("{id}")) {
        let body = asked.body(&operation, &asked.path(&operation).await).await;
        let answer = asked.ask(&operation, &theirs.fill(&operation.path), body).await;
        let what = format!("{} {}", operation.method, operation.path);
        assert_eq!(answer.problem(), (404, "not-found"), "{what}: {}", answer.text);
        shows_nothing(&what, &answer, &theirs, &theirs.fill(&operation.path));
    }
    for (method, path) in operations() {
        // A stream never ends; what it tells of other companies is `operators`' to test.
        let is_stream = path.ends_with("/live");
        if method == Method::GET && !path.contains("{id}") && !is_stream {
            let mut asking = asking(&path, &asked.administrator, &asked.operator);
            let query = if path.ends_with("/export") { "?format=csv" } else { "" };
            let answer = asking.get(&format!("{}{query}", theirs.fill(&path))).await;
            // Sockets have their own tests (`sessions`): without an upgrade they say so. A company need not have a logo.
            let expected = match answer.status.as_u16() {
                400 => path.starts_with("/ws/"),
                404 => path.ends_with("/logo"),
                _ => answer.status.is_success(),
            };
            assert!(expected || is_open(&method, &path), "{path}: {}", answer.status);
            shows_nothing(&path, &answer, &theirs, "");
        }
    }
    assert_eq!(lines(&asked.server, &theirs).await, before);
}

/// What of the other company's is named in a parameter, and how an answer then must not be one without it: whether it must
/// find nothing of ours.
fn named_in_query(name: &str, theirs: &Things, ticket: &str) -> Option<(String, bool)> {
    let narrowed = |text: &str| Some((text.to_owned(), true));
    match name {
        "department" => narrowed(&theirs.company.department.to_string()),
        "support_type" => narrowed(&theirs.support_type.to_string()),
        "operator" | "operator_login" | "login" => narrowed(THEIR_LOGIN),
        "operator_name" | "customer_name" | "text" | "search" => narrowed(MARK),
        // It opens nothing, and the file is made as without one.
        "ticket" => Some((ticket.to_owned(), false)),
        // These name nothing of anybody's, or what `site` tells everybody.
        "from" | "to" | "until" | "customer_os" | "resolution" | "address" | "page" | "page_size"
        | "older_than" | "newer_than" | "last" | "date" | "format" | "days" | "search_by" | "sort"
        | "descending" | "category" | "action" | "description" | "read" | "company" | "session" => None,
        other => panic!("say what of another company's may stand in {other}"),
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A filter by what is another company's finds nothing: neither theirs, nor ours as if there were no filter.
#[tokio::test]
async fn another_companys_things_in_a_query_find_nothing() {
    let server = TestServer::start().await;
    let theirs = theirs(&server).await;
    let reserved = server.administrator(&theirs.company).await.post("/api/manage/exports", Value::Null).await;
    let ticket = reserved.body["ticket"].as_str().unwrap().to_owned();
    let asked = Asked::of(server, "gamma").await;
    let mut count = 0;
    let mut operations = samples::operations();
    // The usage log tells what was asked for, so it comes first: then it has nothing to tell but what was sent to itself.
    let is_log = |id: &str| id.ends_with("_usage_log");
    operations.sort_by_key(|operation| !is_log(&operation.id));
    let mut sent = String::new();
    for operation in operations {
        for name in &operation.query {
            let Some((value, is_narrowed)) = named_in_query(name, &theirs, &ticket) else { continue };
            count += 1;
            sent = if is_log(&operation.id) { sent + &value } else { value.clone() };
            let more = match operation.id.as_str() {
                id if id.starts_with("export_") => "&format=csv",
                "list_operators" => "&search_by=name",
                _ => "",
            };
            let path = asked.path(&operation).await;
            let answer =
                asked.ask(&operation, &format!("{path}?{name}={}{more}", encoded(&value)), None).await;
            let what = format!("{} by {name}", operation.id);
            shows_nothing(&what, &answer, &theirs, &sent);
            let ours = [
                asked.things.session.to_string(),
                asked.things.company.operator.to_string(),
                "kim_01".to_owned(),
            ];
            let found = ours.iter().find(|id| answer.text.contains(*id));
            assert!(!is_narrowed || found.is_none(), "{what} finds our {found:?}: {}", answer.text);
        }
    }
    assert!(15 < count, "{count}");
}

/// The places of a body that name a thing: by its id, or, in a row that is brought in, by its name.
fn named_in_body(body: &Value) -> Vec<String> {
    let mut all = Vec::new();
    samples::places("", body, &mut all);
    let is_id = |place: &String| {
        let text = body.pointer(place).and_then(Value::as_str).unwrap_or_default();
        uuid::Uuid::try_parse(text).is_ok() || place.ends_with("/department")
    };
    all.into_iter().filter(is_id).collect()
}

/// What is another company's is put into no thing of ours.
#[tokio::test]
async fn another_companys_things_in_a_body_are_refused() {
    let server = TestServer::start().await;
    let theirs = theirs(&server).await;
    let before = lines(&server, &theirs).await;
    let asked = Asked::of(server, "gamma").await;
    let mut named = Vec::new();
    for operation in samples::operations().into_iter().filter(|operation| operation.body.is_some()) {
        let path = asked.path(&operation).await;
        let body = asked.body(&operation, &path).await.unwrap();
        for place in named_in_body(&body) {
            named.push(format!("{}{place}", operation.id));
            let values = match place.ends_with("/department") {
                true => vec![format!("{MARK} 부서")],
                false => theirs.ids().into_iter().map(|(_, id)| id).collect(),
            };
            for value in values {
                let mut body = asked.body(&operation, &path).await.unwrap();
                *body.pointer_mut(&place).unwrap() = json!(value);
                let answer = asked.ask(&operation, &path, Some(body)).await;
                let what = format!("{}{place} with {value}", operation.id);
                let (status, code) = answer.problem();
                assert!(
                    matches!((status, code), (422, "invalid-fields") | (409, "changed-meanwhile")),
                    "{what}: {}",
                    answer.text
                );
                shows_nothing(&what, &answer, &theirs, &value);
            }
        }
    }
    // Where a thing is named in a body, as the contract has it. A new one shows here, and was asked above.
    let expected = [
        "update_record_form/support_type_id",
        "invite_operator/operator",
        "create_operator/department_id",
        "import_operators/rows/0/department",
        "update_operator/department_id",
        "reorder_support_types/ids/0",
    ];
    assert_eq!(named, expected);
    assert_eq!(lines(&asked.server, &theirs).await, before);
}

/// Another company's account is nobody here.
#[tokio::test]
async fn another_companys_account_does_not_sign_in_here() {
    let server = TestServer::start().await;
    theirs(&server).await;
    server.company("gamma").await;
    for (company, expected) in [("beta", (200, "")), ("gamma", (401, "sign-in-failed"))] {
        let sign_in = json!({ "company": company, "id": THEIR_LOGIN, "password": PASSWORD });
        let answer = server.browser().post("/api/console/sign-in", sign_in).await;
        assert_eq!(answer.problem(), expected, "{company}");
    }
}
