use crate::tests::{PASSWORD, TestServer, fields};
use http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use store::licences::{self, Licence};

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
    let first = server.state.presence.enter(company.id, company.operator, "one");
    let second = server.state.presence.enter(company.id, company.operator, "other");
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

/// What nobody can be called is not a search for everybody.
#[tokio::test]
async fn a_search_is_never_left_out() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let by_name = |text: &str| {
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("{PATH}?search_by=name&search={encoded}")
    };
    let long = "가".repeat(60);
    let created =
        browser.post(PATH, form(&company.department, &[("login", "lee_01"), ("name", &long)])).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    let found = browser.get(&by_name(&long)).await;
    assert_eq!((&found.body["total"], &found.body["operators"][0]["login"]), (&json!(1), &json!("lee_01")));
    assert_eq!(browser.get(&by_name(&"나".repeat(100))).await.body["total"], 0);
    let longer = browser.get(&by_name(&"나".repeat(101))).await;
    assert_eq!(longer.fields(), fields([("search", "too-long")]));
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

fn change(revision: i64, changed: &[(&str, Value)]) -> Value {
    let mut body = json!({
        "name": "김상담", "company_name": "베타", "department_id": "", "phone": "", "email": "",
        "is_mobile": false, "password": "", "password_confirm": "", "options": [], "revision": revision,
        "administrator_password": PASSWORD,
    });
    for (field, value) in changed {
        body[*field] = value.clone();
    }
    body
}

/// D-4, D-5: every field but the ID, the own options and the password in one save, which the log tells from what to what.
#[tokio::test]
async fn an_operator_is_changed_whole() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("{PATH}/{}", company.operator);
    let mut console = server.operator(&company).await;
    let department = json!(company.department);
    let options = json!([{ "key": "view_only", "own": true }]);
    let kept =
        browser.put(&path, change(0, &[("department_id", department.clone()), ("options", options)])).await;
    assert_eq!((kept.status, &kept.body["revision"]), (StatusCode::OK, &json!(1)));
    assert_eq!(
        console.get("/api/console/me").await.status,
        StatusCode::OK,
        "an empty password keeps the old one"
    );
    let changed = change(
        1,
        &[
            ("department_id", department),
            ("name", json!("김새이름")),
            ("phone", json!("02-1")),
            ("password", json!("Newpass1")),
            ("password_confirm", json!("Newpass1")),
        ],
    );
    let changed = browser.put(&path, changed).await;
    assert_eq!((&changed.body["name"], &changed.body["login"]), (&json!("김새이름"), &json!("kim_01")));
    assert_eq!(console.get("/api/console/me").await.problem(), (401, "not-signed-in"), "the old one ended");
    let typed = json!({ "company": "beta", "id": "kim_01", "password": "Newpass1" });
    assert_eq!(server.browser().post("/api/console/sign-in", typed).await.status, StatusCode::OK);
    let lines = store::usage_log::list_newest(company.id, &server.state.store, 10).await.unwrap();
    let details: Vec<Value> = lines
        .into_iter()
        .filter(|line| line.kind == "operators.update")
        .map(|line| serde_json::from_str::<Value>(&line.body.unwrap()).unwrap()["detail"].clone())
        .collect();
    assert_eq!(details[0]["name"], json!({ "from": "김상담", "to": "김새이름" }));
    assert!(!details[0].to_string().contains("Newpass1"));
    assert_eq!(details[1]["changes"], json!([{ "key": "view_only", "from": null, "to": true }]));
}

/// Two administrators at once: the second is told, and nothing of what the first did is lost.
#[tokio::test]
async fn a_change_over_a_change_is_refused() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("{PATH}/{}", company.operator);
    let of = |name: &str, revision| {
        change(revision, &[("department_id", json!(company.department)), ("name", json!(name))])
    };
    assert_eq!(browser.put(&path, of("하나", 0)).await.status, StatusCode::OK);
    assert_eq!(browser.put(&path, of("둘", 0)).await.problem(), (409, "changed-meanwhile"));
    assert_eq!(browser.get(&path).await.body["name"], "하나");
    assert_eq!(browser.put(&path, of("둘", 1)).await.status, StatusCode::OK);
}

/// D-2: nobody gets mobile support by a change where the licence has none left; who has it keeps it.
#[tokio::test]
async fn a_change_takes_no_mobile_place_that_the_licence_does_not_have() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("{PATH}/{}", company.operator);
    let mobile = |revision| {
        change(revision, &[("department_id", json!(company.department)), ("is_mobile", json!(true))])
    };
    let refused = browser.put(&path, mobile(0)).await;
    assert_eq!((refused.problem(), &refused.body["operators"]), ((409, "licence-mobile-full"), &json!(0)));
    assert_eq!(browser.get(&path).await.body["is_mobile"], false);
    for (mobile_operators, revision) in [(1, 0), (0, 1)] {
        let write = server.state.store.write(company.id).await.unwrap();
        let licence = Licence { until_ms: None, operators: 1, mobile_operators };
        licences::replace(&write, licence).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(browser.put(&path, mobile(revision)).await.body["is_mobile"], true, "{mobile_operators}");
    }
}

/// D-5: no change and no deletion without the administrator's password.
#[tokio::test]
async fn changes_and_deletions_ask_for_the_administrators_password() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("{PATH}/{}", company.operator);
    for (password, code) in [("", "required"), ("Wrong123", "password-wrong")] {
        let changed = change(
            0,
            &[("department_id", json!(company.department)), ("administrator_password", json!(password))],
        );
        let expected = fields([("administrator_password", code)]);
        assert_eq!(browser.put(&path, changed).await.fields(), expected);
        let deletion = json!({ "administrator_password": password });
        assert_eq!(browser.post(&format!("{path}/delete"), deletion).await.fields(), expected);
    }
    assert_eq!(browser.get(&path).await.body["revision"], 0);
}

/// D-6: the records of a deleted operator remain with the ID; its sign-ins do not.
#[tokio::test]
async fn a_deleted_operator_is_gone_and_its_records_are_not() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut console = server.operator(&company).await;
    let write = server.state.store.write(company.id).await.unwrap();
    let operator = store::operators::find(company.id, &write, company.operator).await.unwrap();
    let permissions = protocol::Permissions::default();
    let offered = store::sessions::Offered {
        permissions,
        consent_after_operator: true,
        ..store::sessions::Offered::default()
    };
    let session = store::sessions::create(&write, company.operator, offered, 1).await.unwrap();
    let customer = store::sessions::Customer::default();
    let record = store::records::NewRecord {
        session,
        operator: &operator,
        operator_address_public: "",
        customer: &customer,
        started_at_ms: 1,
    };
    store::records::create(&write, record).await.unwrap();
    write.commit().await.unwrap();
    let path = format!("{PATH}/{}", company.operator);
    let deletion = json!({ "administrator_password": PASSWORD });
    assert_eq!(
        browser.post(&format!("{path}/delete"), deletion.clone()).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(browser.get(&path).await.problem(), (404, "not-found"));
    assert_eq!(
        browser.post(&format!("{path}/delete"), deletion).await.problem(),
        (404, "not-found"),
        "a stale page"
    );
    assert_eq!(console.get("/api/console/me").await.problem(), (401, "not-signed-in"));
    let record = browser.get(&format!("/api/manage/records/{session}")).await.body;
    assert_eq!(record["operator_login"], "kim_01");
    let again = form(&company.department, &[("login", "kim_01")]);
    assert_eq!(browser.post(PATH, again).await.status, StatusCode::CREATED, "the ID is free again");
}

/// D-7: signed out at once.
#[tokio::test]
async fn an_administrator_signs_an_operator_out() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut console = server.operator(&company).await;
    let made = console.post("/api/console/sessions", json!({})).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let path = format!("{PATH}/{}/sign-out", company.operator);
    assert_eq!(browser.post(&path, json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(console.get("/api/console/me").await.problem(), (401, "not-signed-in"));
    let mut again = server.operator(&company).await;
    let mut left = 1;
    for _ in 0..100 {
        let listed = again.get("/api/console/sessions").await.body;
        left = listed["sessions"].as_array().unwrap().len();
        if left == 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(left, 0, "the session that waited has ended");
}

/// D-3: the page hears of a state without asking again, and of no other company's.
#[tokio::test]
async fn states_are_told_as_they_change() {
    use futures_util::StreamExt as _;
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let other = server.company("gamma").await;
    let browser = server.administrator(&company).await;
    let mut events = browser.stream(&format!("{PATH}/live")).await;
    drop(server.state.presence.enter(other.id, other.operator, "one"));
    let present = server.state.presence.enter(company.id, company.operator, "one");
    let mut told = async || {
        let chunk = events.next().await.unwrap().unwrap();
        let text = String::from_utf8(chunk.to_vec()).unwrap();
        serde_json::from_str::<Value>(text.trim().strip_prefix("data: ").unwrap()).unwrap()
    };
    assert_eq!(told().await, json!({ "id": company.operator, "state": "online" }));
    drop(present);
    assert_eq!(told().await, json!({ "id": company.operator, "state": "offline" }));
}

/// whoever may no longer watch is cut off at once: by an address that is no longer allowed, or by signing out.
#[tokio::test]
async fn watching_ends_with_the_sign_in() {
    use futures_util::StreamExt as _;
    for is_signed_out in [true, false] {
        let server = TestServer::start().await;
        let company = server.company("beta").await;
        let mut browser = server.administrator(&company).await;
        let mut events = browser.stream(&format!("{PATH}/live")).await;
        // Read all the time, as a connection is.
        let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let reading = tokio::spawn(async move {
            while let Some(event) = events.next().await {
                told.send(event.unwrap()).unwrap();
            }
        });
        // Well before it would look by itself whether it may go on.
        let mut next = async || tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap();
        // Asked whether it may still watch, it goes on.
        server.set(&company, |settings| settings.administrator_addresses = vec!["192.0.2.*".into()]).await;
        let present = server.state.presence.enter(company.id, company.operator, "one");
        assert!(next().await.is_some());
        if is_signed_out {
            let out = browser.post("/api/manage/sign-out", json!({})).await;
            assert_eq!(out.status, StatusCode::NO_CONTENT, "{}", out.text);
        } else {
            let elsewhere = vec!["203.0.113.*".to_owned()];
            server.set(&company, |settings| settings.administrator_addresses = elsewhere).await;
        }
        assert_eq!(next().await, None);
        reading.await.unwrap();
        drop(present);
    }
}

/// D-3: the address on the operator's own network, or that the browser keeps it to itself.
#[tokio::test]
async fn the_local_address_is_kept_as_the_browser_tells_it() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut console = server.operator(&company).await;
    let path = format!("{PATH}/{}", company.operator);
    assert_eq!(browser.get(&path).await.body["last_local_address"], json!(null));
    for (given, kept) in [(json!("192.168.0.7"), "192.168.0.7"), (json!(null), "")] {
        let answer = console.post("/api/console/local-address", json!({ "address": given })).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(browser.get(&path).await.body["last_local_address"], kept);
    }
    let odd = console.post("/api/console/local-address", json!({ "address": "x.local" })).await;
    assert_eq!(odd.problem(), (400, "invalid-body"));
}
