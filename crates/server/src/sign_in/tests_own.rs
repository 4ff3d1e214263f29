//! The second step, second sign-ins of operators, and a person's own sign-ins.

use crate::{
    roles::CONSOLE_COOKIE,
    secrets::token_hash,
    tests::{Answer, Browser, PASSWORD, TestCompany, TestServer, fields},
};
use http::StatusCode;
use serde_json::{Value, json};
use store::{administrators, option_values, usage_log};
use totp_rs::{Builder, Secret};

/// What the authenticator app shows, now and later.
fn code(begun: &Value, later_s: i64) -> String {
    let secret = Secret::try_from_base32(begun["secret"].as_str().unwrap()).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(crate::clock::now_ms() / 1000 + later_s).unwrap()).to_string()
}

/// Turns the second step on. Gives what the app got, the code that was used, and the recovery codes.
async fn turn_on(browser: &mut Browser, area: &str) -> (Value, String, Vec<String>) {
    let path = format!("/api/{area}/own/second-step");
    let begun = browser.post(&path, json!({ "password": PASSWORD })).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    let used = code(&begun.body, 0);
    let confirmed = browser.put(&path, json!({ "code": used })).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.text);
    let codes = confirmed.body["codes"].as_array().unwrap().iter();
    (begun.body, used, codes.map(|code| code.as_str().unwrap().to_owned()).collect())
}

async fn sign_in(server: &TestServer, area: &str, id: &str, more: Value) -> (Browser, Answer) {
    let mut body = json!({ "company": "beta", "id": id, "password": PASSWORD });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mut browser = server.browser();
    browser.peer = "203.0.113.5:1".parse().unwrap();
    let answer = browser.post(&format!("/api/{area}/sign-in"), body).await;
    (browser, answer)
}

async fn kinds(server: &TestServer, company: &TestCompany) -> Vec<String> {
    let lines = usage_log::list_newest(company.id, &server.state.store, 100).await.unwrap();
    lines.into_iter().map(|line| line.kind).collect()
}

/// with the second step the password alone lets nobody in; a code does, once.
#[tokio::test]
async fn sign_in_asks_for_a_code_that_is_good_once() {
    for (area, id) in [("manage", "admin"), ("console", "kim_01")] {
        let server = TestServer::start().await;
        let company = server.company("beta").await;
        let mut browser = match area {
            "manage" => server.administrator(&company).await,
            _ => server.operator(&company).await,
        };
        let (begun, used, recovery) = turn_on(&mut browser, area).await;
        let uri = begun["uri"].as_str().unwrap();
        assert!(
            uri.starts_with("otpauth://totp/") && uri.contains(begun["secret"].as_str().unwrap()),
            "{uri}"
        );
        let attempt = async |more: Value| sign_in(&server, area, id, more).await.1;
        assert_eq!(attempt(json!({})).await.problem(), (401, "second-step-needed"), "{area}");
        assert_eq!(attempt(json!({ "code": " " })).await.problem(), (401, "second-step-needed"));
        assert_eq!(attempt(json!({ "code": used })).await.problem(), (401, "second-step-wrong"), "used");
        let next = code(&begun, 30);
        let (head, tail) = next.split_at(3);
        let with_blank = format!("{head} {tail}");
        assert_eq!(attempt(json!({ "code": with_blank })).await.status, StatusCode::OK);
        assert_eq!(attempt(json!({ "code": next })).await.problem(), (401, "second-step-wrong"));
        let first = recovery[0].to_uppercase();
        assert_eq!(attempt(json!({ "code": first })).await.status, StatusCode::OK);
        assert_eq!(attempt(json!({ "code": first })).await.problem(), (401, "second-step-wrong"));
        let wrong = json!({ "company": "beta", "id": id, "password": "x", "code": recovery[1] });
        let refused = server.browser().post(&format!("/api/{area}/sign-in"), wrong).await;
        assert_eq!(refused.problem(), (401, "sign-in-failed"), "a code without the password");
        assert_eq!(
            attempt(json!({ "code": recovery[1] })).await.status,
            StatusCode::OK,
            "and unused by that"
        );
    }
}

/// codes have a lock of their own, over all networks.
#[tokio::test]
async fn wrong_codes_lock_the_second_step() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let (_, _, recovery) = turn_on(&mut browser, "manage").await;
    for attempt in 1..=5 {
        let (_, answer) = sign_in(&server, "manage", "admin", json!({ "code": "000 00x" })).await;
        let expected = if attempt < 5 { (401, "second-step-wrong") } else { (429, "sign-in-locked") };
        assert_eq!(answer.problem(), expected, "{attempt}");
    }
    let (_, answer) = sign_in(&server, "manage", "admin", json!({ "code": recovery[0] })).await;
    assert_eq!(answer.problem(), (429, "sign-in-locked"), "now right");
    let left = answer.body["retry_after_s"].as_i64().unwrap();
    assert!((890..=901).contains(&left), "{left}");
    let kinds = kinds(&server, &company).await;
    let count = |kind: &str| kinds.iter().filter(|other| *other == kind).count();
    assert_eq!((count("access.code-wrong"), count("access.code-locked")), (4, 1));
}

/// nothing about the second step is changed by a session alone.
#[tokio::test]
async fn the_second_step_is_changed_by_password_and_code() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = "/api/manage/own/second-step";
    let wrong = browser.post(path, json!({ "password": "x" })).await;
    assert_eq!(wrong.fields(), fields([("password", "password-wrong")]));
    let early = browser.put(path, json!({ "code": "123456" })).await;
    assert_eq!(early.problem(), (409, "second-step-not-begun"));
    browser.post(path, json!({ "password": PASSWORD })).await;
    let wrong = browser.put(path, json!({ "code": "x" })).await;
    assert_eq!(wrong.fields(), fields([("code", "code-wrong")]));
    assert_eq!(sign_in(&server, "manage", "admin", json!({})).await.1.status, 200, "begun is not on");
    let (_, _, recovery) = turn_on(&mut browser, "manage").await;
    let again = browser.post(path, json!({ "password": PASSWORD })).await;
    assert_eq!(again.problem(), (409, "second-step-on"));
    let own = browser.get("/api/manage/own/sign-ins").await.body;
    assert_eq!((&own["second_step"], &own["recovery_codes_left"]), (&json!(true), &json!(10)));
    let off = format!("{path}/off");
    for (password, code, field) in
        [("x", recovery[0].as_str(), ("password", "password-wrong")), (PASSWORD, "x", ("code", "code-wrong"))]
    {
        let answer = browser.post(&off, json!({ "password": password, "code": code })).await;
        assert_eq!(answer.fields(), fields([field]));
    }
    let answer = browser.post(&off, json!({ "password": PASSWORD, "code": recovery[0] })).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    assert_eq!(sign_in(&server, "manage", "admin", json!({})).await.1.status, 200);
}

/// The operator's console is open under the browser's sign-in.
fn open_console(server: &TestServer, company: &TestCompany, browser: &Browser) -> crate::presence::Present {
    server.state.presence.enter(company.id, company.operator, &token_hash(&browser.cookies[CONSOLE_COOKIE]))
}

/// S-01: without the option a second sign-in is refused; with it the operator is asked, and may end the first.
#[tokio::test]
async fn a_second_sign_in_is_refused_or_ends_the_first() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut first = server.operator(&company).await;
    let _console = open_console(&server, &company, &first);
    for end_other in [false, true] {
        let (_, answer) = sign_in(&server, "console", "kim_01", json!({ "end_other": end_other })).await;
        assert_eq!(answer.problem(), (409, "second-sign-in-refused"), "{end_other}");
        assert_eq!(answer.body["address"], "192.0.2.1");
    }
    let write = server.state.store.write(company.id).await.unwrap();
    option_values::set_of_department(&write, company.department, "forced_login", true).await.unwrap();
    write.commit().await.unwrap();
    let (_, asked) = sign_in(&server, "console", "kim_01", json!({})).await;
    assert_eq!(asked.problem(), (409, "signed-in-elsewhere"));
    assert_eq!(first.get("/api/console/me").await.status, 200, "asking ends nothing");
    let (mut second, answer) = sign_in(&server, "console", "kim_01", json!({ "end_other": true })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(first.get("/api/console/me").await.problem(), (401, "not-signed-in"));
    assert_eq!(second.get("/api/console/me").await.status, 200);
}

/// S-01: who closed the console has left; nobody waits for a sign-in that was forgotten.
#[tokio::test]
async fn a_sign_in_without_a_console_gives_way() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut first = server.operator(&company).await;
    drop(open_console(&server, &company, &first));
    let (mut second, answer) = sign_in(&server, "console", "kim_01", json!({})).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(first.get("/api/console/me").await.problem(), (401, "not-signed-in"));
    assert_eq!(second.get("/api/console/me").await.status, 200);
}

/// A-6, S-01: the code of an operator who is asked about the other console is not used up by the question.
#[tokio::test]
async fn the_question_about_another_console_uses_no_code_up() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut first = server.operator(&company).await;
    let (begun, _, _) = turn_on(&mut first, "console").await;
    let _console = open_console(&server, &company, &first);
    let write = server.state.store.write(company.id).await.unwrap();
    option_values::set_of_operator(&write, company.operator, "forced_login", Some(true)).await.unwrap();
    write.commit().await.unwrap();
    let code = code(&begun, 30);
    let (_, asked) = sign_in(&server, "console", "kim_01", json!({ "code": code })).await;
    assert_eq!(asked.problem(), (409, "signed-in-elsewhere"));
    let more = json!({ "code": code, "end_other": true });
    assert_eq!(sign_in(&server, "console", "kim_01", more).await.1.status, StatusCode::OK);
}

#[tokio::test]
async fn sign_ins_are_listed_and_ended_everywhere() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let (mut other, _) = sign_in(&server, "manage", "admin", json!({})).await;
    let listed = browser.get("/api/manage/own/sign-ins").await.body;
    let sign_ins = listed["sign_ins"].as_array().unwrap();
    let addresses: Vec<_> = sign_ins.iter().filter(|one| one["is_this"] == true).collect();
    assert_eq!((sign_ins.len(), addresses.len()), (2, 1));
    assert_eq!(addresses[0]["address"], "192.0.2.1");
    let answer = browser.post("/api/manage/own/sign-out-everywhere", json!({})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    for browser in [&mut browser, &mut other] {
        assert_eq!(browser.get("/api/manage/me").await.problem(), (401, "not-signed-in"));
    }
}

/// an operator who has lost the codes gets in again when an administrator has turned the second step off.
#[tokio::test]
async fn an_administrator_turns_an_operators_second_step_off() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    turn_on(&mut operator, "console").await;
    let (_, refused) = sign_in(&server, "console", "kim_01", json!({})).await;
    assert_ne!(refused.status, StatusCode::OK);
    let mut browser = server.administrator(&company).await;
    let path = format!("/api/manage/operators/{}/second-step", company.operator);
    assert_eq!(browser.get(&path).await.body, json!({ "is_on": true }));
    let off = format!("{path}/off");
    let wrong = browser.post(&off, json!({ "administrator_password": "wrong" })).await;
    assert_eq!(wrong.fields(), fields([("administrator_password", "password-wrong")]));
    assert_eq!(browser.get(&path).await.body, json!({ "is_on": true }));
    let done = browser.post(&off, json!({ "administrator_password": PASSWORD })).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT, "{}", done.text);
    assert_eq!(browser.get(&path).await.body, json!({ "is_on": false }));
    let again = browser.post(&off, json!({ "administrator_password": PASSWORD })).await;
    assert_eq!(again.problem(), (409, "second-step-not-begun"));
    let (_, entered) = sign_in(&server, "console", "kim_01", json!({})).await;
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text);
    assert!(kinds(&server, &company).await.contains(&"operators.second-step-off".to_owned()));
}

/// a new password ends a sign-in by the old one also while that one is under way.
#[tokio::test]
async fn a_sign_in_under_way_does_not_outlive_its_password() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let own = server.administrator(&company).await.get("/api/manage/me").await.body;
    let id: uuid::Uuid = own["administrator"]["id"].as_str().unwrap().parse().unwrap();
    // While this write lasts, a sign-in has read the old password and waits to be kept.
    let write = server.state.store.write(company.id).await.unwrap();
    let new = server.state.passwords.hash("Bcdefgh2").await.unwrap();
    administrators::set_password(&write, id.into(), &new).await.unwrap();
    let under_way = sign_in(&server, "manage", "admin", json!({}));
    let changes = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        write.commit().await.unwrap();
    };
    let ((_, answer), ()) = tokio::join!(under_way, changes);
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.text);
}
