use crate::tests::{TestCompany, TestServer};
use protocol::Permissions;
use serde_json::json;
use store::{
    SessionId, Write, operators,
    records::{self, Form, NewRecord, Resolution},
    session_events::{self, NewEvent, Source},
    sessions::{self, Customer, Offered},
    support_types,
};

/// A session whose customer has come, at 2 s.
pub(super) async fn joined(write: &Write, company: &TestCompany) -> SessionId {
    let permissions = Permissions { view: true, ..Permissions::default() };
    let offered = Offered { permissions, consent_after_operator: true, ..Offered::default() };
    let id = sessions::create(write, company.operator, offered, 1_000).await.unwrap();
    operators::set_local_address(write, company.operator, "10.0.0.9").await.unwrap();
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
    server.state.sessions.seal_again(&write, id).await.unwrap();
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
    let page = json!({
        "records": [expected], "total": 1, "total_is_exact": true, "page": 1, "has_newer": false, "has_older": false,
    });
    assert_eq!(list, page);
    let record = browser.get(&format!("/api/manage/records/{id}")).await.body;
    let chat =
        json!([{ "author": "customer", "text": "안녕하세요", "at_ms": 3_000, "by_other_side": false }]);
    assert_eq!(record["chat"], chat, "a line that both sides reported stands once");
    assert_eq!(record["timeline"][1]["detail"], json!({ "on": true }));
    assert_eq!(record["customer_address_private"], json!(null));
    assert_eq!(record["operator_address_public"], "192.0.2.1");
    assert_eq!(record["operator_address_private"], "10.0.0.9");
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

/// Kinds and details of the newest lines of the usage log, oldest first.
async fn told(server: &TestServer, company: &TestCompany, kind: &str) -> Vec<serde_json::Value> {
    let lines = store::usage_log::list_newest(company.id, &server.state.store, 100).await.unwrap();
    let detail = |body: &str| serde_json::from_str::<serde_json::Value>(body).unwrap()["detail"].clone();
    let told = lines.iter().rev().filter(|line| line.kind == kind);
    told.map(|line| detail(line.body.as_deref().unwrap())).collect()
}

/// R-1: all filters together, by the days of the company's time zone, and bad ones are refused.
#[tokio::test]
async fn records_are_found_by_every_filter_together() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    session(&server, &company).await;
    let mut browser = server.administrator(&company).await;
    let types = browser.get("/api/manage/support-types").await.body;
    let (chosen, department) = (types["support_types"][0]["id"].as_str().unwrap(), company.department);
    let all = format!(
        "from=1970-01-01&to=1970-01-01&operator_login=KIM&operator_name=%EC%83%81%EB%8B%B4&customer_name=%EB%B0%95\
         &department={department}&support_type={chosen}&customer_os=linux&resolution=resolved&address=198.51.\
         &text=%3D1%2B"
    );
    let found = browser.get(&format!("/api/manage/records?{all}")).await;
    assert_eq!(found.body["total"], 1, "{}", found.text);
    for (other, why) in [
        ("from=1970-01-02", "another day"),
        ("to=1969-12-31", "the day before"),
        ("operator_login=im_02", "another ID"),
        ("customer_name=%EA%B3%A0", "a single letter is a beginning"),
        ("resolution=unchecked", "another state"),
        ("address=198.51.10", "a part of a number"),
        ("text=%25", "a wildcard is a letter"),
        ("text=%22", "so is a quote"),
    ] {
        let none = browser.get(&format!("/api/manage/records?{other}")).await;
        assert_eq!((none.status.as_u16(), &none.body["total"]), (200, &json!(0)), "{why}: {}", none.text);
    }
    for (bad, problem) in [
        ("text=%00", (422, "invalid-fields")),
        (&*format!("text={}", "x".repeat(101)), (422, "invalid-fields")),
        ("from=2026-02-30", (400, "invalid-address")),
        ("department=1", (400, "invalid-address")),
        ("resolution=maybe", (400, "invalid-address")),
        ("page=-1", (400, "invalid-address")),
        ("date=yesterday", (400, "invalid-address")),
    ] {
        assert_eq!(browser.get(&format!("/api/manage/records?{bad}")).await.problem(), problem, "{bad}");
    }
}

/// R-1, G-3: a search is a line with its filters, and its pages are none.
#[tokio::test]
async fn a_search_is_noted_once() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    session(&server, &company).await;
    let mut browser = server.administrator(&company).await;
    let department = company.department;
    for path in
        ["", "?page=2", "?last=true", &format!("?department={department}"), "?text=x&page=3", "?text=x"]
    {
        browser.get(&format!("/api/manage/records{path}")).await;
    }
    let noted = told(&server, &company, "records.search").await;
    let filters: Vec<_> = noted.iter().map(|detail| detail["filters"].clone()).collect();
    assert_eq!(filters, [json!({}), json!({ "department": "기본부서" }), json!({ "text": "x" })]);
}

/// R-3: from one record of a search to the next.
#[tokio::test]
async fn a_record_knows_its_neighbours_in_the_search() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let write = server.state.store.write(company.id).await.unwrap();
        ids.push(joined(&write, &company).await.to_string());
        write.commit().await.unwrap();
    }
    let mut browser = server.administrator(&company).await;
    let path = format!("/api/manage/records/{}/neighbours", ids[1]);
    let beside = browser.get(&format!("{path}?customer_os=linux")).await.body;
    assert_eq!(beside, json!({ "newer": ids[2], "older": ids[0] }));
    let beside = browser.get(&format!("{path}?customer_os=windows")).await.body;
    assert_eq!(beside, json!({ "newer": null, "older": null }));
}

/// R-4: the whole search as a file, in the reader's language, with nothing that a spreadsheet would compute.
#[tokio::test]
async fn a_search_is_taken_away_as_a_file() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    session(&server, &company).await;
    let mut browser = server.administrator(&company).await;
    browser.headers.insert("accept-language", http::HeaderValue::from_static("ko"));
    let path = "/api/manage/records/export?from=1970-01-01&to=1970-01-02";
    let csv = browser.get(&format!("{path}&format=csv")).await;
    let name = csv.headers["content-disposition"].to_str().unwrap();
    let expected = "%EC%A7%80%EC%9B%90%EA%B8%B0%EB%A1%9D_1970-01-01_1970-01-02.csv";
    assert_eq!(name, format!("attachment; filename*=UTF-8''{expected}"));
    let mut lines = csv.text.trim_start_matches('\u{feff}').lines();
    assert!(lines.next().unwrap().starts_with("No,상담원 ID,상담원 이름,부서,고객 이름,시작 시각"));
    let row = lines.next().unwrap();
    assert!(
        row.starts_with("1,kim_01,김상담,기본부서,박고객,1970-01-01 09:00:12,1970-01-01 09:02:09,117,"),
        "{row}"
    );
    assert!(row.ends_with(",pc,'=1+1"), "{row}");
    let excel = browser.get(path).await;
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(excel.bytes)).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "지원기록").unwrap();
    let moment = range.get_value((1, 5)).unwrap();
    assert!(matches!(moment, calamine::Data::DateTime(_)), "{moment:?}");
    assert_eq!(range.get_value((1, 19)), Some(&calamine::Data::String("=1+1".into())));
    let noted = told(&server, &company, "records.export").await;
    let filters = json!({ "from": "1970-01-01", "to": "1970-01-02" });
    assert_eq!(noted[0], json!({ "kind": "csv", "filters": filters }));
    for text in super::export::texts() {
        for language in [crate::language::Language::Korean, crate::language::Language::English] {
            assert!(crate::problem::knows(language, &text), "{text}");
        }
    }
}

/// R-6: a record is deleted with the password, for good, with its line; one that still runs is not.
#[tokio::test]
async fn a_record_is_deleted_with_the_password() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let id = session(&server, &company).await;
    let write = server.state.store.write(company.id).await.unwrap();
    let running = joined(&write, &company).await;
    write.commit().await.unwrap();
    let mut browser = server.administrator(&company).await;
    let path = format!("/api/manage/records/{id}/delete");
    let body = |password: &str| json!({ "administrator_password": password });
    for (password, code) in [("", "required"), ("Wrong123", "password-wrong")] {
        let refused = browser.post(&path, body(password)).await;
        assert_eq!(refused.fields(), crate::tests::fields([("administrator_password", code)]));
    }
    let refused =
        browser.post(&format!("/api/manage/records/{running}/delete"), body(crate::tests::PASSWORD)).await;
    assert_eq!(refused.problem(), (409, "record-running"));
    assert_eq!(browser.post(&path, body(crate::tests::PASSWORD)).await.status, 204);
    assert_eq!(browser.get(&format!("/api/manage/records/{id}")).await.problem(), (404, "not-found"));
    assert_eq!(browser.post(&path, body(crate::tests::PASSWORD)).await.problem(), (404, "not-found"));
    let noted = told(&server, &company, "records.delete").await;
    assert_eq!(noted, [json!({ "no": 1, "operator_login": "kim_01", "started_at_ms": 12_000 })]);
    let store = &server.state.store;
    let events = session_events::list(company.id, store, id).await.unwrap();
    assert!(events.iter().rev().skip(1).all(|event| event.body.is_none()));
    assert_eq!(events.last().unwrap().kind, "record-deleted");
    session_events::verify(company.id, store, id).await.unwrap().expect("the chain still verifies");
}

/// R-6: what is older than the company keeps it goes by itself, is noted, and was foretold.
#[tokio::test]
async fn records_expire_as_the_company_is_set() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    session(&server, &company).await;
    let mut browser = server.administrator(&company).await;
    let path = "/api/manage/records/retention";
    let kept = browser.get(path).await.body;
    assert_eq!(kept, json!({ "count": 0, "oldest_ms": null, "newest_ms": null, "until_ms": null }));
    super::deletion::expire_once(&server.state).await.unwrap();
    let foretold = browser.get(&format!("{path}?days=30")).await.body;
    assert_eq!((&foretold["count"], &foretold["oldest_ms"]), (&json!(1), &json!(2_000)));
    assert_eq!(browser.get("/api/manage/records").await.body["total"], 1, "nothing is deleted by asking");
    let write = server.state.store.write(company.id).await.unwrap();
    let settings =
        store::company_settings::CompanySettings { record_retention_days: Some(30), ..Default::default() };
    store::company_settings::replace(&write, &settings, 1).await.unwrap();
    write.commit().await.unwrap();
    super::deletion::expire_once(&server.state).await.unwrap();
    super::deletion::expire_once(&server.state).await.unwrap();
    assert_eq!(browser.get("/api/manage/records").await.body["total"], 0);
    let noted = told(&server, &company, "records.retention").await;
    assert_eq!(noted, [json!({ "count": 1, "until_ms": foretold["until_ms"] })]);
}

/// R-4: a company with four files on their way waits for one of them; another company does not wait for it.
#[tokio::test]
async fn exports_of_one_company_are_counted() {
    let server = TestServer::start().await;
    let (one, other) = (server.company("beta").await, server.company("gamma").await);
    let exports = [
        "/api/manage/records/export",
        "/api/manage/usage-log/export?format=csv",
        "/api/manage/operators/export?format=csv",
        "/api/manage/statistics/by-month/export?from=2026-01-01&to=2026-01-31",
    ];
    let mut browser = server.administrator(&one).await;
    let mut elsewhere = server.administrator(&other).await;
    let mut places: Vec<_> = (0..4).map(|_| server.state.exports.place(one.id).unwrap()).collect();
    for path in exports {
        assert_eq!(browser.get(path).await.problem(), (429, "exports-busy"), "{path}");
        assert_eq!(elsewhere.get(path).await.status, 200, "{path}");
    }
    // A page asks for a place before it sends the browser away: it reads the refusal, and what it is promised it gets.
    let reserve = "/api/manage/exports";
    assert_eq!(browser.post(reserve, json!({})).await.problem(), (429, "exports-busy"));
    places.pop();
    let ticket = browser.post(reserve, json!({})).await.body["ticket"].as_str().unwrap().to_owned();
    assert_eq!(browser.get(exports[0]).await.problem(), (429, "exports-busy"));
    assert_eq!(browser.get(&format!("{}?ticket={ticket}", exports[0])).await.status, 200);
    places.push(server.state.exports.place(one.id).unwrap());
    // One of them is fetched; what then comes gives its place back in turn.
    places.pop();
    for path in exports.into_iter().chain(exports) {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
}
