use super::{
    registry::OptionKey,
    rules::{effective, offered, resolve},
};
use crate::tests::{PASSWORD, TestServer, fields};
use http::StatusCode;
use serde_json::json;
use store::{option_values::Values, usage_log};

fn values(pairs: &[(&str, bool)]) -> Values {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
}

/// Requirements §5: own value, else the department's, else how a new department starts; S-07 beats S-06.
#[test]
fn rights_follow_from_options() {
    let check = |department: &[(&str, bool)], own: &[(&str, bool)], expected: [bool; 4]| {
        let offered = offered(&effective(&values(department), &values(own)));
        let rights = offered.permissions;
        assert!(rights.may_view);
        let found =
            [rights.may_control, rights.control_at_start, rights.may_chat, offered.consent_after_operator];
        assert_eq!(found, expected, "{department:?} {own:?}");
    };
    check(&[], &[], [true, true, true, true]);
    check(&[("view_only", true)], &[], [false, false, true, true]);
    check(&[("view_only", true)], &[("view_only", false)], [true, true, true, true]);
    check(&[], &[("view_only", true), ("auto_control", true)], [false, false, true, true]);
    check(&[("auto_control", false)], &[], [true, false, true, true]);
    check(&[("text_chat", false)], &[], [true, true, false, true]);
    check(&[("text_chat", false)], &[("text_chat", true)], [true, true, true, true]);
    check(&[("consent_before_connect", false)], &[], [true, true, true, false]);
    check(&[("unheard_of", true)], &[("unheard_of", true)], [true, true, true, true]);
}

/// Requirements §5: a new department starts with F-05, S-02, S-06 on and S-07 off.
#[test]
fn a_new_department_starts_as_the_requirements_say() {
    let defaults: Vec<_> = OptionKey::ALL.into_iter().map(|key| (key.name(), key.default())).collect();
    let expected =
        [("text_chat", true), ("consent_before_connect", true), ("auto_control", true), ("view_only", false)];
    assert_eq!(defaults, expected);
}

/// C-3, D-4: defaults, own values and back, as the next session's policy sees them.
#[tokio::test]
async fn an_operators_own_value_overrides_the_departments_until_it_is_taken_back() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let of_department = format!("/api/manage/departments/{}/options", company.department);
    let of_operator = format!("/api/manage/operators/{}/options", company.operator);
    let changed = json!({ "options": [{ "key": "view_only", "value": true }] });
    assert_eq!(browser.put(&of_department, changed).await.status, StatusCode::OK);
    let may_control = async || {
        let offered = resolve(company.id, &server.state.store, company.operator).await.unwrap();
        offered.permissions.may_control
    };
    assert!(!may_control().await);
    let mut own = async |value| {
        let body = json!({
            "options": [{ "key": "view_only", "own": value }], "administrator_password": PASSWORD,
        });
        browser.put(&of_operator, body).await.body["options"][3].clone()
    };
    let set = own(json!(false)).await;
    assert_eq!(set, json!({ "key": "view_only", "department": true, "own": false, "value": false }));
    assert!(may_control().await);
    let reset = own(json!(null)).await;
    assert_eq!(reset, json!({ "key": "view_only", "department": true, "own": null, "value": true }));
    assert!(!may_control().await);
}

/// D-5: saving asks for the administrator's password, and is refused without it.
#[tokio::test]
async fn an_operators_options_need_the_administrators_password() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("/api/manage/operators/{}/options", company.operator);
    for (password, code) in [("", "required"), ("Wrong123", "password-wrong")] {
        let body = json!({
            "options": [{ "key": "view_only", "own": true }], "administrator_password": password,
        });
        let answer = browser.put(&path, body).await;
        assert_eq!(answer.fields(), fields([("administrator_password", code)]));
    }
    assert_eq!(browser.get(&path).await.body["options"][3]["own"], json!(null));
}

/// a session that was stolen is no place to guess the password, and the usage log says that somebody tried.
#[tokio::test]
async fn guesses_of_the_administrators_password_lock_it_and_are_logged() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    server.set(&company, |settings| settings.sign_in_lock_s = 3_600).await;
    let mut thief = server.administrator(&company).await;
    let path = format!("/api/manage/operators/{}/options", company.operator);
    let mut guess = async |password: &str| {
        let body = json!({ "options": [], "administrator_password": password });
        let answer = thief.put(&path, body).await;
        (answer.status.as_u16(), answer.body["code"].as_str().unwrap_or_default().to_owned())
    };
    for attempt in 1..=5 {
        let expected = if attempt < 5 { (422, "invalid-fields") } else { (429, "sign-in-locked") };
        let found = guess("Wrong123").await;
        assert_eq!((found.0, found.1.as_str()), expected, "{attempt}");
    }
    assert_eq!(guess(PASSWORD).await, (429, "sign-in-locked".to_owned()));
    let sign_in = json!({ "company": "beta", "id": "admin", "password": PASSWORD });
    let here = server.browser().post("/api/manage/sign-in", sign_in.clone()).await;
    assert_eq!(here.problem(), (429, "sign-in-locked"), "the same password from the same network");
    let mut elsewhere = server.browser();
    elsewhere.peer = "203.0.113.7:1".parse().unwrap();
    assert_eq!(elsewhere.post("/api/manage/sign-in", sign_in).await.status, StatusCode::OK);
    let lines = usage_log::list_newest(company.id, &server.state.store, 100).await.unwrap();
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    assert_eq!((count("access.password-wrong"), count("access.password-locked")), (4, 1));
}

/// Failures in a row: a right password begins the count anew.
#[tokio::test]
async fn a_right_administrators_password_begins_the_count_anew() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("/api/manage/operators/{}/options", company.operator);
    for password in ["x", "x", "x", "x", PASSWORD, "x", "x", "x", "x"] {
        let body = json!({ "options": [], "administrator_password": password });
        assert_ne!(browser.put(&path, body).await.status, StatusCode::TOO_MANY_REQUESTS);
    }
}

#[tokio::test]
async fn unknown_and_doubled_keys_are_refused_whole() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let path = format!("/api/manage/departments/{}/options", company.department);
    let body = json!({ "options": [
        { "key": "view_only", "value": true }, { "key": "view_only", "value": false },
        { "key": "text_chat'--", "value": true },
    ] });
    let answer = browser.put(&path, body).await;
    let expected = fields([("options.1.key", "given-twice"), ("options.2.key", "unknown-choice")]);
    assert_eq!(answer.fields(), expected);
    assert_eq!(browser.get(&path).await.body["options"][3]["value"], false);
}
