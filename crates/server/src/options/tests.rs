use super::{
    registry::{Effect, OptionKey},
    rules::{OperatorValues, at_start, effective, holding, load, offered, resolve},
};
use crate::tests::{PASSWORD, TestServer, fields};
use http::StatusCode;
use serde_json::{Value, json};
use store::{
    departments,
    operators::{self, NewOperator},
    option_values::{self, Values},
    sessions::{Asks, Offered},
    usage_log,
};

fn values(pairs: &[(&str, bool)]) -> Values {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
}

fn option(body: &Value, key: &str) -> Value {
    let all = body["options"].as_array().unwrap();
    all.iter().find(|option| option["key"] == key).unwrap().clone()
}

/// Requirements §5: own value, else the department's; S-07 beats S-06. `department`: what differs from how one starts.
#[test]
fn rights_follow_from_options() {
    let check = |department: &[(&str, bool)], own: &[(&str, bool)], expected: [bool; 4]| {
        let mut kept = at_start();
        kept.extend(values(department));
        let options = effective(&kept, &values(own));
        let offered = offered(OperatorValues { options, is_mobile: false }.holding());
        let rights = offered.permissions;
        assert!(rights.view);
        let found = [rights.control, rights.control_at_start, rights.chat, offered.consent_after_operator];
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

/// F-02, F-04, F-06, F-07, F-11, F-12, F-14, F-16, F-17, S-12: each option gives its own permissions and no other; S-07 leaves what only looks.
#[test]
fn a_tool_is_offered_by_its_option_alone() {
    let names = |set: &[(OptionKey, bool)]| {
        let value = |key: OptionKey| set.iter().rfind(|(each, _)| *each == key).is_some_and(|(_, on)| *on);
        let permissions = offered(holding(value, false)).permissions;
        permissions.named().filter_map(|(name, on)| on.then_some(name)).collect::<Vec<_>>()
    };
    let none = ["may_view", "may_control"];
    assert_eq!(names(&[]), none);
    let check = |key: OptionKey, gives: &[&str], view_only: &[&str]| {
        assert_eq!(names(&[(key, true)]), [&none, gives].concat(), "{key:?}");
        let with_view_only = names(&[(key, true), (OptionKey::ViewOnly, true)]);
        assert_eq!(with_view_only, [&["may_view"], view_only].concat(), "{key:?}");
    };
    check(OptionKey::SendUrl, &["may_open_urls"], &[]);
    let all = ["may_browse_files", "may_send_files", "may_fetch_files", "may_change_files"];
    check(OptionKey::TwoWayFileTransfer, &all, &["may_browse_files", "may_fetch_files"]);
    check(OptionKey::SendFile, &["may_send_files"], &[]);
    let fetch = ["may_browse_files", "may_fetch_files"];
    check(OptionKey::FetchFile, &fetch, &fetch);
    check(OptionKey::SystemInfo, &["may_see_system"], &["may_see_system"]);
    check(OptionKey::ProcessInfo, &["may_see_processes", "may_end_processes"], &["may_see_processes"]);
    check(OptionKey::ScreenCapture, &["may_capture_screen"], &["may_capture_screen"]);
    check(OptionKey::Favorites, &["may_open_favourites"], &[]);
    check(OptionKey::Drawing, &["may_draw"], &["may_draw"]);
    check(OptionKey::VoiceChat, &["may_talk"], &["may_talk"]);
    let screen = ["may_show_operator_screen"];
    check(OptionKey::OperatorScreenShare, &screen, &screen);
    // It needs the one above.
    check(OptionKey::OperatorScreenControl, &[], &[]);
    let both = names(&[(OptionKey::OperatorScreenShare, true), (OptionKey::OperatorScreenControl, true)]);
    assert_eq!(both, [&none[..], &["may_show_operator_screen", "may_control_operator"]].concat());
    check(OptionKey::TwoWayDrawing, &[], &[]);
    check(OptionKey::RemotePrinter, &["may_print"], &["may_print"]);
    let both = names(&[(OptionKey::Drawing, true), (OptionKey::TwoWayDrawing, true)]);
    assert_eq!(both, [&none[..], &["may_draw", "customer_may_draw"]].concat());
}

/// What the pages call in effect is what the policy, the customer's consent, the sign-in and the end follow; of all others no setting
/// changes anything.
#[test]
fn only_what_is_followed_is_called_in_effect() {
    let offered_with = |set: &[OptionKey]| {
        let value = |key: OptionKey| key.default() != set.contains(&key);
        [false, true].map(|is_mobile| {
            let offered = offered(holding(value, is_mobile));
            // What an app is told of and answers with "not in effect" (F-19, S-16, S-17) is followed by nobody.
            let asks = Asks { manual_reboot: offered.asks.manual_reboot, ..Asks::NONE };
            Offered { asks, ..offered }
        })
    };
    for key in OptionKey::ALL {
        let alone = offered_with(&[]) != offered_with(&[key]);
        let with_another = OptionKey::ALL
            .iter()
            .any(|other| *other != key && offered_with(&[*other]) != offered_with(&[*other, key]));
        let is_followed = alone || with_another;
        assert_eq!(key.effect() == Effect::InSession, is_followed, "{}", key.name());
    }
    // `sessions` tests what they do.
    let after: Vec<_> =
        OptionKey::ALL.into_iter().filter(|key| key.effect() == Effect::AfterSession).collect();
    assert_eq!(after, [OptionKey::SatisfactionSurvey, OptionKey::AutoNewSession]);
    // S-01 is asked for by name; `sign_in` tests what it does.
    let at_sign_in: Vec<_> =
        OptionKey::ALL.into_iter().filter(|key| key.effect() == Effect::AtSignIn).collect();
    assert_eq!(at_sign_in, [OptionKey::ForcedLogin]);
}

/// Each option, as an administrator sets it for one operator, is what the policy of that operator's sessions reads, and leaves as a
/// file: own values, and those of the department.
#[tokio::test]
async fn every_option_reaches_the_policy_and_the_file() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    browser.headers.insert("accept-language", "ko".parse().unwrap());
    let inherited = OptionKey::StretchToFill;
    let set: Vec<Value> = OptionKey::ALL
        .into_iter()
        .filter(|key| *key != inherited)
        .map(|key| json!({ "key": key.name(), "own": !key.default() }))
        .collect();
    let path = format!("/api/manage/operators/{}/options", company.operator);
    let body = json!({ "options": set, "administrator_password": PASSWORD });
    let saved = browser.put(&path, body).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    let read = load(company.id, &server.state.store, company.operator).await.unwrap();
    for option in read.options {
        let key = option.key;
        let own = (key != inherited).then_some(!key.default());
        assert_eq!((option.own, option.department), (own, key.default()), "{}", key.name());
    }
    let file = browser.get("/api/manage/options/export?format=csv").await.text;
    let lines: Vec<Vec<&str>> =
        file.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect()).collect();
    let [heads, department, operator] = &*lines else { panic!("{file}") };
    assert_eq!((heads[..3].to_vec(), heads[3]), (vec!["소속부서", "ID", "상담원 이름"], "부분공유"));
    assert_eq!((department[..3].to_vec(), department[3]), (vec!["기본부서", "", ""], "사용"));
    assert_eq!((operator[..3].to_vec(), operator[3]), (vec!["기본부서", "kim_01", "김상담"], "사용안함"));
    assert_eq!(operator.last(), Some(&"부서 기본값 (사용안함)"));
    assert_eq!(heads.len(), 3 + OptionKey::ALL.len());
    assert!(heads.iter().all(|head| !head.contains("manage-option")), "{heads:?}");
}

/// Requirements §5: how a new department starts.
#[test]
fn a_new_department_starts_as_the_requirements_say() {
    let off = [
        "mobile_support",
        "forced_login",
        "mouse_tracking",
        "view_only",
        "file_transfer_in_viewer",
        "manual_reboot",
        "remote_printer",
        "auto_record",
        "always_relay",
        "mobile_view_only",
        "app_share_consent",
        "mobile_no_drawing",
        "start_maximized",
        "stretch_to_fill",
    ];
    assert_eq!(OptionKey::ALL.len(), 20 + 17 + 7);
    for key in OptionKey::ALL {
        assert_eq!(key.default(), !off.contains(&key.name()), "{}", key.name());
    }
}

/// Requirements §5: what holds of what is set, by base and precedence. `set`: what differs from a new department's start.
#[test]
fn bases_and_precedence_decide_what_holds() {
    use OptionKey as O;
    let check = |set: &[(O, bool)], is_mobile: bool, expected: &[(O, bool)]| {
        let value =
            |key: O| set.iter().find(|(each, _)| *each == key).map_or(key.default(), |(_, value)| *value);
        let holding = holding(value, is_mobile);
        for (key, on) in expected {
            assert_eq!(holding.is_on(*key), *on, "{} with {set:?}", key.name());
        }
    };
    // A base that is off takes what needs it along, and nothing else.
    for (base, needing) in [
        (O::Drawing, O::TwoWayDrawing),
        (O::OperatorScreenShare, O::OperatorScreenControl),
        (O::TwoWayFileTransfer, O::FileTransferInViewer),
        (O::AutoReconnect, O::ManualReboot),
        (O::InviteOperator, O::ConsentBeforeInvite),
        (O::ScreenRecording, O::AutoRecord),
    ] {
        check(&[(needing, true)], true, &[(needing, true), (base, true)]);
        check(
            &[(base, false), (needing, true)],
            true,
            &[(needing, false), (base, false), (O::TextChat, true)],
        );
    }
    // F-02 includes F-16 and F-17; without it each stands alone in its direction.
    let no_files = [(O::TwoWayFileTransfer, false), (O::SendFile, false), (O::FetchFile, false)];
    check(&[(O::SendFile, false), (O::FetchFile, false)], true, &[(O::SendFile, true), (O::FetchFile, true)]);
    check(&no_files, true, &[(O::SendFile, false), (O::FetchFile, false)]);
    check(&[no_files[0], no_files[1]], true, &[(O::SendFile, false), (O::FetchFile, true)]);
    // S-11 moves only the directions that F-02, F-16, F-17 allow.
    check(&no_files, true, &[(O::ClipboardFileTransfer, false)]);
    check(&[no_files[0], no_files[1]], true, &[(O::ClipboardFileTransfer, true)]);
    // S-07 beats S-06 and what does nothing but change the customer's PC; of the rest a part remains.
    let beaten = [(O::AutoControl, false), (O::SendUrl, false), (O::Favorites, false), (O::SendFile, false)];
    let left = [(O::TwoWayFileTransfer, true), (O::FetchFile, true), (O::ProcessInfo, true)];
    check(&[(O::ViewOnly, true)], true, &beaten);
    check(&[(O::ViewOnly, true)], true, &left);
    check(&[(O::ViewOnly, true), no_files[0], no_files[2]], true, &[(O::ClipboardFileTransfer, false)]);
    check(&[], true, &beaten.map(|(key, _)| (key, true)));
    // 사용안함 in the operator's field takes F-20 and the mobile table, whatever the department says.
    check(&[(O::MobileSupport, true)], true, &[(O::MobileSupport, true), (O::MobileFileTransfer, true)]);
    check(&[(O::MobileSupport, true)], false, &[(O::MobileSupport, false), (O::MobileFileTransfer, false)]);
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
        offered.permissions.control
    };
    assert!(!may_control().await);
    let mut own = async |value| {
        let body = json!({
            "options": [{ "key": "view_only", "own": value }], "administrator_password": PASSWORD,
        });
        option(&browser.put(&of_operator, body).await.body, "view_only")
    };
    let counted =
        |option: &Value| (option["department"].clone(), option["own"].clone(), option["value"].clone());
    let set = own(json!(false)).await;
    assert_eq!(counted(&set), (json!(true), json!(false), json!(false)));
    assert!(may_control().await);
    let reset = own(json!(null)).await;
    assert_eq!(counted(&reset), (json!(true), json!(null), json!(true)));
    assert!(!may_control().await);
}

/// Requirements §5: what an option brings, no department gets that was there before it, nor do its operators; a new one does.
#[tokio::test]
async fn an_option_that_is_added_reaches_no_department_that_exists() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    // As a department is that was made before the product knew F-05 and S-06.
    let mut before = at_start();
    before.retain(|key, _| key != "text_chat" && key != "auto_control");
    let write = server.state.store.write(company.id).await.unwrap();
    let old = departments::create(&write, "오래된 부서", &before, 1).await.unwrap();
    let operator = NewOperator {
        login: "old_01",
        name: "이상담",
        password_hash: "x",
        department: old,
        company_name: "",
        phone: "",
        email: "",
        is_mobile: false,
        created_at_ms: 1,
    };
    let operator = operators::create(&write, operator).await.unwrap();
    write.commit().await.unwrap();
    let rights = resolve(company.id, &server.state.store, operator).await.unwrap().permissions;
    assert_eq!((rights.control, rights.chat, rights.control_at_start), (true, false, false));
    let options = browser.get(&format!("/api/manage/departments/{old}/options")).await.body;
    for (key, value) in [("text_chat", false), ("auto_control", false), ("drawing", true)] {
        assert_eq!(option(&options, key)["value"], value, "{key}");
    }
    let made = browser.post("/api/manage/departments", json!({ "name": "새 부서" })).await;
    let made: uuid::Uuid = made.body["id"].as_str().unwrap().parse().unwrap();
    let kept = option_values::of_department(company.id, &server.state.store, made.into()).await.unwrap();
    assert_eq!(kept, at_start());
}

/// Requirements §5: a server of before, which runs beside this one during an upgrade, keeps nothing of a department that it makes, and
/// one value of it where one is set. It starts as every other, and a value that is set here changes no other one; the customer
/// is asked in any case.
#[tokio::test]
async fn a_department_that_a_server_of_before_makes_starts_as_every_other() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let write = server.state.store.write(company.id).await.unwrap();
    let made = departments::create(&write, "옛 서버 부서", &Values::new(), 1).await.unwrap();
    let changed = departments::create(&write, "바꾼 부서", &Values::new(), 1).await.unwrap();
    option_values::set_of_department(&write, changed, "view_only", true).await.unwrap();
    write.commit().await.unwrap();
    let value = |options: &Value, key: &str| option(options, key)["value"].clone();
    let page = format!("/api/manage/departments/{made}/options");
    let options = browser.get(&page).await.body;
    for key in OptionKey::ALL {
        assert_eq!(value(&options, key.name()), key.default(), "{}", key.name());
    }
    let body = json!({ "options": [{ "key": "view_only", "value": true }] });
    let options = browser.put(&page, body).await.body;
    for key in OptionKey::ALL {
        let expected = key == OptionKey::ViewOnly || key.default();
        assert_eq!(value(&options, key.name()), expected, "{}", key.name());
    }
    let options = browser.get(&format!("/api/manage/departments/{changed}/options")).await.body;
    for (key, expected) in [("view_only", true), ("text_chat", false), ("consent_before_connect", true)] {
        assert_eq!(value(&options, key), expected, "{key}");
    }
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
    assert_eq!(option(&browser.get(&path).await.body, "view_only")["own"], json!(null));
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
    assert_eq!(option(&browser.get(&path).await.body, "view_only")["value"], false);
}
