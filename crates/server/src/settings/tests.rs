use crate::tests::{Answer, Browser, PASSWORD, TestCompany, TestServer, fields};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use store::usage_log;

const PATH: &str = "/api/manage/settings";

/// The settings as the page reads them, changed, and the password with them.
async fn changed(browser: &mut Browser, change: impl FnOnce(&mut Value)) -> Value {
    let mut found = browser.get(PATH).await.body;
    change(&mut found["settings"]);
    json!({
        "settings": found["settings"],
        "changed_at_ms": found["changed_at_ms"],
        "administrator_password": PASSWORD,
    })
}

async fn save(browser: &mut Browser, change: impl FnOnce(&mut Value)) -> Answer {
    let body = changed(browser, change).await;
    browser.put(PATH, body).await
}

async fn start() -> (TestServer, TestCompany, Browser) {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let browser = server.administrator(&company).await;
    (server, company, browser)
}

/// G-2: what is saved is read again, and the log has old and new.
#[tokio::test]
async fn settings_are_kept_and_logged_with_old_and_new() {
    let (server, company, mut browser) = start().await;
    let found = browser.get(PATH).await.body;
    assert_eq!((&found["changed_at_ms"], &found["own_address"]), (&json!(0), &json!("192.0.2.1")));
    assert_eq!(found["settings"]["time_zone"], "Asia/Seoul");
    let favourites = json!([{ "name": "도움말", "kind": "url", "target": "https://example.kr/help" }]);
    let saved = save(&mut browser, |settings| {
        settings["idle_s"] = json!(600);
        settings["time_zone"] = json!("europe/berlin");
        settings["record_retention_days"] = json!(365);
        settings["favourites"] = favourites.clone();
    })
    .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    let read = browser.get(PATH).await.body;
    assert_eq!(read, saved.body);
    assert_eq!(read["settings"]["time_zone"], "Europe/Berlin");
    assert_eq!(read["settings"]["favourites"], favourites);
    let lines = usage_log::list_newest(company.id, &server.state.store, 10).await.unwrap();
    let line = lines.iter().find(|line| line.kind == "access.settings").expect("a line");
    let body: Value = serde_json::from_str(line.body.as_deref().unwrap()).unwrap();
    assert_eq!(body["detail"]["idle_s"], json!({ "from": 1800, "to": 600 }));
    assert_eq!(body["detail"].as_object().unwrap().len(), 4);
}

/// G-2: each value has its rule, and each error its field; nothing is changed.
#[tokio::test]
async fn what_is_wrong_is_told_at_its_field() {
    let (_server, _company, mut browser) = start().await;
    let cases: [(&str, Value, &str, &str); 20] = [
        ("sign_in_failures", json!(0), "sign_in_failures", "out-of-range"),
        ("sign_in_failures", json!(21), "sign_in_failures", "out-of-range"),
        ("sign_in_failures", json!(-1), "sign_in_failures", "out-of-range"),
        ("sign_in_lock_s", json!(9), "sign_in_lock_s", "out-of-range"),
        ("idle_s", json!(59), "idle_s", "out-of-range"),
        ("idle_s", json!(i64::MAX), "idle_s", "out-of-range"),
        ("code_valid_min", json!(0), "code_valid_min", "out-of-range"),
        ("code_valid_min", json!(61), "code_valid_min", "out-of-range"),
        ("record_retention_days", json!(0), "record_retention_days", "out-of-range"),
        ("recording_limit_gb", json!(0), "recording_limit_gb", "out-of-range"),
        ("time_zone", json!("Mars/Olympus"), "time_zone", "unknown-choice"),
        ("time_zone", json!("../etc/passwd"), "time_zone", "unknown-choice"),
        ("operator_addresses", json!(["10.0.0.1", "x"]), "operator_addresses.1", "address-pattern"),
        ("operator_addresses", json!(vec!["10.0.0.1"; 101]), "operator_addresses", "too-many"),
        (
            "favourites",
            json!([{ "name": "x", "kind": "url", "target": "file:///etc/passwd" }]),
            "favourites.0.target",
            "web-address",
        ),
        (
            "favourites",
            json!([{ "name": "x", "kind": "program", "target": "./x" }]),
            "favourites.0.target",
            "program-name",
        ),
        (
            "favourites",
            json!([{ "name": "x", "kind": "folder", "target": "Documents" }]),
            "favourites.0.target",
            "folder-path",
        ),
        (
            "favourites",
            json!([{ "name": " ", "kind": "program", "target": "calc" }]),
            "favourites.0.name",
            "required",
        ),
        (
            "favourites",
            json!([{ "name": "a\u{202e}b", "kind": "folder", "target": "C:\\" }]),
            "favourites.0.name",
            "characters-not-allowed",
        ),
        ("administrator_addresses", json!(["10.0.0.1"]), "administrator_addresses", "locks-out"),
    ];
    let before = browser.get(PATH).await.body;
    for (name, value, field, code) in cases {
        let answer = save(&mut browser, |settings| settings[name] = value.clone()).await;
        assert_eq!(answer.problem(), (422, "invalid-fields"), "{name} {value}: {}", answer.text);
        assert_eq!(answer.fields(), fields([(field, code)]), "{name} {value}");
    }
    assert_eq!(browser.get(PATH).await.body, before);
}

/// G-2: who saves at the same time as another is told, and nothing of the other's is lost.
#[tokio::test]
async fn settings_that_were_changed_meanwhile_are_not_overwritten() {
    let (_server, _company, mut browser) = start().await;
    let mine = changed(&mut browser, |settings| settings["idle_s"] = json!(900)).await;
    save(&mut browser, |settings| settings["code_valid_min"] = json!(5)).await;
    let answer = browser.put(PATH, mine).await;
    assert_eq!(answer.problem(), (409, "changed-meanwhile"));
    let read = browser.get(PATH).await.body;
    assert_eq!((&read["settings"]["code_valid_min"], &read["settings"]["idle_s"]), (&json!(5), &json!(1800)));
}

/// what a session that was left open must not do by itself is changed by who knows the password.
#[tokio::test]
async fn what_opens_doors_or_deletes_needs_the_administrators_password() {
    let (_server, _company, mut browser) = start().await;
    let favourite = json!([{ "name": "x", "kind": "program", "target": "/bin/sh" }]);
    for (name, value) in [
        ("administrator_addresses", json!(["192.0.2.*"])),
        ("operator_addresses", json!(["192.0.2.*"])),
        ("sign_in_failures", json!(9)),
        ("sign_in_lock_s", json!(10)),
        ("idle_s", json!(3600)),
        ("time_zone", json!("Europe/Berlin")),
        ("record_retention_days", json!(1)),
        ("recording_retention_days", json!(1)),
        ("favourites", favourite),
    ] {
        let mut body = changed(&mut browser, |settings| settings[name] = value.clone()).await;
        body["administrator_password"] = json!(null);
        let answer = browser.put(PATH, body).await;
        assert_eq!(answer.fields(), fields([("administrator_password", "required")]), "{name}");
    }
    let mut body = changed(&mut browser, |settings| settings["idle_s"] = json!(3600)).await;
    body["administrator_password"] = json!("wrong");
    let answer = browser.put(PATH, body).await;
    assert_eq!(answer.fields(), fields([("administrator_password", "password-wrong")]));
    let mut body = changed(&mut browser, |settings| settings["idle_s"] = json!(900)).await;
    body["administrator_password"] = json!(null);
    assert_eq!(browser.put(PATH, body).await.status, StatusCode::OK);
}

/// an address that is not allowed cannot sign in, and a cookie does not work from there.
#[tokio::test]
async fn addresses_that_are_not_allowed_are_refused_at_sign_in_and_at_every_request() {
    let (server, company, mut browser) = start().await;
    let mut operator = server.operator(&company).await;
    let lists = |settings: &mut Value| {
        settings["administrator_addresses"] = json!(["192.0.2.*", "2001:db8::/32"]);
        settings["operator_addresses"] = json!(["192.0.2.1"]);
    };
    assert_eq!(save(&mut browser, lists).await.status, StatusCode::OK);
    let check = async |browser: &mut Browser, path: &str, peer: &str, expected: u16| {
        browser.peer = peer.parse().unwrap();
        let answer = browser.get(path).await;
        assert_eq!(answer.status, expected, "{path} from {peer}: {}", answer.text);
    };
    for (peer, expected) in [
        ("192.0.2.200:1", 200),
        ("[2001:db8:1::1]:1", 200),
        ("[::ffff:192.0.2.9]:1", 200),
        ("198.51.100.1:1", 401),
        ("192.0.2.1:1", 200),
    ] {
        check(&mut browser, "/api/manage/me", peer, expected).await;
    }
    check(&mut operator, "/api/console/me", "192.0.2.2:1", 401).await;
    check(&mut operator, "/api/console/me", "192.0.2.1:1", 200).await;
    let mut elsewhere = server.browser();
    elsewhere.peer = "198.51.100.2:1".parse().unwrap();
    let typed = json!({ "company": "beta", "id": "admin", "password": PASSWORD });
    let answer = elsewhere.post("/api/manage/sign-in", typed).await;
    assert_eq!(answer.problem(), (403, "address-not-allowed"));
    let wrong = json!({ "company": "beta", "id": "admin", "password": "x" });
    let answer = elsewhere.post("/api/manage/sign-in", wrong).await;
    assert_eq!(answer.problem(), (401, "sign-in-failed"), "who does not know the password learns nothing");
    // A refused sign-in is noted after its answer.
    server.state.tasks.close();
    server.state.tasks.wait().await;
    let lines = usage_log::list_newest(company.id, &server.state.store, 20).await.unwrap();
    let refused = lines.iter().filter(|line| line.kind == "access.address-refused").count();
    assert_eq!(refused, 3, "two cookies and a sign-in");
}

/// behind a proxy the client's own address counts, and only a configured proxy is believed about it.
#[tokio::test]
async fn the_address_that_counts_is_the_one_behind_a_trusted_proxy() {
    let server = TestServer::start_with(|configuration| {
        configuration.trusted_proxies = vec!["10.0.0.1".parse().unwrap()];
    })
    .await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let list = |settings: &mut Value| settings["administrator_addresses"] = json!(["192.0.2.*"]);
    assert_eq!(save(&mut browser, list).await.status, StatusCode::OK);
    for (peer, forwarded, expected) in [
        ("10.0.0.1:1", "192.0.2.7", 200),
        ("10.0.0.1:1", "192.0.2.7, 198.51.100.1", 401),
        ("10.0.0.1:1", "198.51.100.1, 192.0.2.7", 200),
        ("198.51.100.1:1", "192.0.2.7", 401),
        ("10.0.0.1:1", "10.0.0.1", 401),
    ] {
        browser.peer = peer.parse().unwrap();
        browser.headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        assert_eq!(browser.get("/api/manage/me").await.status, expected, "{forwarded} by {peer}");
    }
}

/// the company's own rule locks.
#[tokio::test]
async fn the_companys_lock_out_rule_is_obeyed() {
    let (server, _company, mut browser) = start().await;
    let rule = |settings: &mut Value| {
        settings["sign_in_failures"] = json!(2);
        settings["sign_in_lock_s"] = json!(3_600);
    };
    assert_eq!(save(&mut browser, rule).await.status, StatusCode::OK);
    let mut stranger = server.browser();
    stranger.peer = "203.0.113.1:1".parse().unwrap();
    let wrong = json!({ "company": "beta", "id": "kim_01", "password": "x" });
    assert_eq!(stranger.post("/api/console/sign-in", wrong.clone()).await.problem().0, 401);
    let locked = stranger.post("/api/console/sign-in", wrong).await;
    assert_eq!(locked.problem(), (429, "sign-in-locked"));
    let left = locked.body["retry_after_s"].as_i64().unwrap();
    assert!((3_590..=3_601).contains(&left), "{left}");
}

/// a code is valid for the company's time.
#[tokio::test]
async fn a_connection_code_is_valid_for_the_companys_time() {
    let (server, company, mut browser) = start().await;
    assert_eq!(save(&mut browser, |settings| settings["code_valid_min"] = json!(1)).await.status, 200);
    let mut operator = server.operator(&company).await;
    let before_ms = crate::clock::now_ms();
    let made = operator.post("/api/console/sessions", json!({})).await.body;
    let lasts_ms = made["code_expires_at_ms"].as_i64().unwrap() - before_ms;
    assert!((60_000..70_000).contains(&lasts_ms), "{lasts_ms}");
    let path = format!("/api/console/sessions/{}/code", made["id"].as_str().unwrap());
    assert_eq!(save(&mut browser, |settings| settings["code_valid_min"] = json!(60)).await.status, 200);
    let renewed = operator.post(&path, json!({})).await.body;
    let lasts_ms = renewed["code_expires_at_ms"].as_i64().unwrap() - before_ms;
    assert!((3_600_000..3_610_000).contains(&lasts_ms), "{lasts_ms}");
}
