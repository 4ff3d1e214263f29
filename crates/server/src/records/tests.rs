use crate::tests::{TestCompany, TestServer};
use serde_json::json;
use store::{
    SessionId, Write, operators,
    records::{self, Form, NewRecord, Resolution},
    session_events::{self, NewEvent, Source},
    sessions::{self, Customer, Offered, Permissions},
    support_types,
};

/// A session whose customer has come, at 2 s.
async fn joined(write: &Write, company: &TestCompany) -> SessionId {
    let permissions = Permissions { may_view: true, ..Permissions::default() };
    let offered = Offered { permissions, consent_after_operator: true };
    let id = sessions::create(write, company.operator, offered, 1_000).await.unwrap();
    let operator = operators::find(company.id, write, company.operator).await.unwrap();
    let customer = Customer {
        kind: "app".into(),
        os: "Linux".into(),
        os_version: "<script>alert(1)</script>".into(),
        host_name: "pc".into(),
        address_public: "198.51.100.7".into(),
        ..Customer::default()
    };
    let new = NewRecord {
        session: id,
        operator: &operator,
        operator_address_public: "192.0.2.1",
        customer: &customer,
        started_at_ms: 2_000,
    };
    records::create(write, new).await.unwrap();
    id
}

/// A session as it leaves its record: joined, agreed to, chatted, ended, sealed.
async fn session(server: &TestServer, company: &TestCompany) -> SessionId {
    let write = server.state.store.write(company.id).await.unwrap();
    let id = joined(&write, company).await;
    let line = r#"{"id":"01","author":"customer","text":"안녕하세요"}"#;
    let events = [
        (Source::Server, "joined", "{}"),
        (Source::Customer, "chat", line),
        (Source::Operator, "chat", line),
        (Source::Customer, "control-changed", r#"{"on":true}"#),
    ];
    for (source, kind, body) in events {
        let event = NewEvent { source, source_seq: None, at_ms: 3_000, kind, body };
        session_events::append(&write, id, event).await.unwrap();
    }
    let chosen = support_types::create(&write, "프린터", 1).await.unwrap();
    let form = Form {
        support_type: Some(chosen),
        resolution: Resolution::Resolved,
        customer_name: "박고객".into(),
        memo: "=1+1".into(),
    };
    records::update_form(&write, id, &form, 4_000).await.unwrap();
    records::set_consented(&write, id, 12_000).await.unwrap();
    records::set_ended(&write, id, "customer-stopped", 129_000).await.unwrap();
    sessions::set_ended(&write, id, "customer-stopped", 129_000).await.unwrap();
    sessions::set_seal(&write, id, &[0; 64], 129_000).await.unwrap();
    write.commit().await.unwrap();
    id
}

/// R-2, R-3.
#[tokio::test]
async fn a_record_shows_everything_kept_of_its_session() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let id = session(&server, &company).await;
    let mut browser = server.administrator(&company).await;
    let list = browser.get("/api/manage/records?page=1&page_size=20").await.body;
    let expected = json!({
        "id": id.to_string(), "no": 1, "operator_login": "kim_01", "operator_name": "김상담",
        "customer_name": "박고객", "started_at_ms": 12_000, "duration_s": 117, "customer_os": "Linux",
        "resolution": "resolved", "support_type": "프린터",
    });
    assert_eq!(list, json!({ "records": [expected], "total": 1 }));
    let record = browser.get(&format!("/api/manage/records/{id}")).await.body;
    let chat =
        json!([{ "author": "customer", "text": "안녕하세요", "at_ms": 3_000, "by_other_side": false }]);
    assert_eq!(record["chat"], chat, "a line that both sides reported stands once");
    assert_eq!(record["timeline"][1]["detail"], json!({ "on": true }));
    assert_eq!(record["customer_address_private"], json!(null));
    assert_eq!(record["operator_address_public"], "192.0.2.1");
    assert_eq!(record["connection"], "none");
    assert_eq!(record["customer_os_version"], "<script>alert(1)</script>", "kept as text, shown as text");
    assert_eq!(record["sealed"]["head"].as_str().unwrap().len(), 64);
    assert_eq!(record["memo"], "=1+1");
    let moments = ["joined_at_ms", "started_at_ms", "ended_at_ms"].map(|name| record[name].as_i64());
    assert_eq!(moments, [Some(2_000), Some(12_000), Some(129_000)], "waiting for consent is no support");
}

/// R-2.
#[tokio::test]
async fn a_session_without_consent_has_a_start_and_no_duration() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let write = server.state.store.write(company.id).await.unwrap();
    let id = joined(&write, &company).await;
    write.commit().await.unwrap();
    let mut browser = server.administrator(&company).await;
    let list = browser.get("/api/manage/records").await.body;
    let line = &list["records"][0];
    assert_eq!(
        (&line["started_at_ms"], &line["duration_s"]),
        (&json!(2_000), &json!(null)),
        "while it waits"
    );
    let write = server.state.store.write(company.id).await.unwrap();
    records::set_ended(&write, id, "customer-declined", 129_000).await.unwrap();
    write.commit().await.unwrap();
    let record = browser.get(&format!("/api/manage/records/{id}")).await.body;
    assert_eq!(
        (&record["started_at_ms"], &record["duration_s"]),
        (&json!(2_000), &json!(null)),
        "and after it"
    );
}

/// What somebody wrote is what their own side reported; the other side can neither change it nor make it up.
#[tokio::test]
async fn nobody_writes_chat_lines_for_the_other_side() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let id = session(&server, &company).await;
    let write = server.state.store.write(company.id).await.unwrap();
    for (source, body) in [
        // First under the same id, and yet not what the customer's side says of the customer.
        (Source::Operator, r#"{"id":"02","author":"customer","text":"비밀번호는 1234"}"#),
        (Source::Customer, r#"{"id":"02","author":"customer","text":"싫어요"}"#),
        (Source::Customer, r#"{"id":"03","author":"operator","text":"송금하세요"}"#),
        (Source::Operator, r#"{"id":"04","author":"operator","text":"네"}"#),
        (Source::Customer, r#"{"id":"04","author":"operator","text":"네"}"#),
    ] {
        let event = NewEvent { source, source_seq: None, at_ms: 4_000, kind: "chat", body };
        session_events::append(&write, id, event).await.unwrap();
    }
    write.commit().await.unwrap();
    let mut browser = server.administrator(&company).await;
    let record = browser.get(&format!("/api/manage/records/{id}")).await.body;
    let chat = record["chat"].as_array().unwrap().iter().map(|line| {
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        (text("author"), text("text"), line["by_other_side"].as_bool().unwrap())
    });
    let line = |author: &str, text: &str, by_other_side| (author.to_owned(), text.to_owned(), by_other_side);
    let expected = [
        line("customer", "안녕하세요", false),
        line("customer", "비밀번호는 1234", true),
        line("customer", "싫어요", false),
        line("operator", "송금하세요", true),
        line("operator", "네", false),
    ];
    assert_eq!(chat.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn another_companys_record_is_not_there() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let other = server.company("gamma").await;
    let id = session(&server, &company).await;
    let mut browser = server.administrator(&other).await;
    assert_eq!(browser.get("/api/manage/records").await.body["total"], 0);
    let answer = browser.get(&format!("/api/manage/records/{id}")).await;
    assert_eq!(answer.problem(), (404, "not-found"));
}
