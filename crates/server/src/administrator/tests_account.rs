//! 관리자정보 and the company's administrators.

use crate::tests::{Browser, PASSWORD, TestCompany, TestServer, fields};
use http::StatusCode;
use serde_json::{Value, json};
use store::usage_log;

const ACCOUNT: &str = "/api/manage/administrator";
const ALL: &str = "/api/manage/administrators";

/// A change of everything, after what stands there was read.
async fn form(browser: &mut Browser, change: impl FnOnce(&mut Value)) -> Value {
    let mut read = browser.get(ACCOUNT).await.body;
    let others = ["login", "operators_left", "operators_total"];
    read.as_object_mut().unwrap().retain(|name, _| !others.contains(&name.as_str()));
    let mut form = json!({
        "company_name": "새 회사", "service_name": "새 지원", "name": "김관리", "phone": "02-123-4567",
        "email": "kim@example.kr", "administrator_password": PASSWORD, "read": read,
    });
    change(&mut form);
    form
}

async fn start() -> (TestServer, TestCompany, Browser) {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let browser = server.administrator(&company).await;
    (server, company, browser)
}

async fn details(server: &TestServer, company: &TestCompany, kind: &str) -> Vec<Value> {
    let lines = usage_log::list_newest(company.id, &server.state.store, 100).await.unwrap();
    let bodies = lines.into_iter().filter(|line| line.kind == kind).filter_map(|line| line.body);
    bodies.map(|body| serde_json::from_str::<Value>(&body).unwrap()["detail"].clone()).collect()
}

/// G-1: own data and the company's names, with the counts of the licence; the ID is fixed.
#[tokio::test]
async fn the_administrators_data_are_read_and_changed() {
    let (server, company, mut browser) = start().await;
    let read = browser.get(ACCOUNT).await.body;
    assert_eq!(
        (&read["login"], &read["operators_left"], &read["operators_total"]),
        (&json!("admin"), &json!(999), &json!(1000))
    );
    let new = form(&mut browser, |_| {}).await;
    let saved = browser.put(ACCOUNT, new).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    assert_eq!(browser.get(ACCOUNT).await.body, saved.body);
    let me = browser.get("/api/manage/me").await.body;
    assert_eq!(
        (&me["company"]["service_name"], &me["administrator"]["name"]),
        (&json!("새 지원"), &json!("김관리"))
    );
    let unnamed = form(&mut browser, |form| form["service_name"] = json!(" ")).await;
    let unnamed = browser.put(ACCOUNT, unnamed).await.body;
    assert_eq!(unnamed["service_name"], "");
    let me = browser.get("/api/manage/me").await.body;
    assert_eq!(me["company"]["service_name"], "새 회사", "customers always see a name");
    let lines = details(&server, &company, "access.administrator").await;
    assert_eq!(lines.last().unwrap()["company_name"], json!({ "from": "베타", "to": "새 회사" }));
    assert_eq!(lines.len(), 2);
}

/// G-1: each field's rule stands at the field, and nothing is changed.
#[tokio::test]
async fn wrong_data_are_told_at_their_fields() {
    let (_server, _company, mut browser) = start().await;
    let before = browser.get(ACCOUNT).await.body;
    for (name, value, field, code) in [
        ("company_name", json!(""), "company_name", "required"),
        ("company_name", json!("x".repeat(61)), "company_name", "too-long"),
        ("service_name", json!("a\u{0}b"), "service_name", "characters-not-allowed"),
        ("name", json!(" "), "name", "required"),
        ("phone", json!("전화"), "phone", "phone-not-valid"),
        ("email", json!(""), "email", "required"),
        ("email", json!("x"), "email", "email-not-valid"),
        ("administrator_password", json!(""), "administrator_password", "required"),
        ("administrator_password", json!("wrong"), "administrator_password", "password-wrong"),
        ("password", json!("short"), "password", "too-short"),
        ("password", json!("Bcdefgh2"), "password_confirm", "password-confirm"),
    ] {
        let wrong = form(&mut browser, |form| form[name] = value.clone()).await;
        let answer = browser.put(ACCOUNT, wrong).await;
        assert!(answer.fields().contains(&(field.to_owned(), code.to_owned())), "{name}: {}", answer.text);
    }
    assert_eq!(browser.get(ACCOUNT).await.body, before);
}

/// G-1: who saves over what another administrator has saved meanwhile is told, and the other's is kept.
#[tokio::test]
async fn a_stale_form_changes_nothing() {
    let (server, company, mut browser) = start().await;
    let stale = form(&mut browser, |form| form["company_name"] = json!("두 번째")).await;
    let mut other = server.administrator(&company).await;
    let first = form(&mut other, |_| {}).await;
    assert_eq!(other.put(ACCOUNT, first).await.status, StatusCode::OK);
    assert_eq!(browser.put(ACCOUNT, stale).await.problem(), (409, "changed-meanwhile"));
    assert_eq!(browser.get(ACCOUNT).await.body["company_name"], "새 회사");
    let again = form(&mut browser, |form| form["company_name"] = json!("두 번째")).await;
    assert_eq!(browser.put(ACCOUNT, again).await.status, StatusCode::OK);
}

/// G-1, A-6: a new password ends the other sign-ins, and not this one.
#[tokio::test]
async fn a_new_password_ends_every_other_sign_in() {
    let (server, company, mut browser) = start().await;
    let mut other = server.administrator(&company).await;
    let changed = |form: &mut Value| {
        form["password"] = json!("Bcdefgh2");
        form["password_confirm"] = json!("Bcdefgh2");
    };
    let new = form(&mut browser, changed).await;
    assert_eq!(browser.put(ACCOUNT, new).await.status, StatusCode::OK);
    assert_eq!(browser.get("/api/manage/me").await.status, 200);
    assert_eq!(other.get("/api/manage/me").await.problem(), (401, "not-signed-in"));
    for (password, expected) in [(PASSWORD, 401), ("Bcdefgh2", 200)] {
        let typed = json!({ "company": "beta", "id": "admin", "password": password });
        assert_eq!(server.browser().post("/api/manage/sign-in", typed).await.status, expected);
    }
    let lines = details(&server, &company, "access.password-change").await;
    assert_eq!(lines, [json!({ "ended": 1 })]);
}

/// G-4, O-4: an invitation leads to the address that the server has by now.
#[tokio::test]
async fn an_invitation_leads_to_the_present_address() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let public_url = Some("https://new.example".to_owned());
    let moved = crate::configuration::Configuration { public_url, ..server.state.configuration.clone() };
    server.state.address.move_to(&moved).unwrap();
    let body = json!({ "name": "이새로", "administrator_password": PASSWORD });
    let invited = browser.post(&format!("{ALL}/invitations"), body).await.body;
    assert!(invited["url"].as_str().unwrap().starts_with("https://new.example/activate#"), "{invited}");
}

/// An invitation's link, taken up: the browser of the new administrator, signed in.
async fn join(server: &TestServer, browser: &mut Browser, login: &str) -> Browser {
    let body = json!({ "name": "이새로", "administrator_password": PASSWORD });
    let invited = browser.post(&format!("{ALL}/invitations"), body).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.text);
    let (_, token) = invited.body["url"].as_str().unwrap().split_once("/activate#").unwrap();
    let account = json!({
        "login": login, "name": "이새로", "email": "lee@example.kr",
        "password": PASSWORD, "password_confirm": PASSWORD,
    });
    let mut joined = server.browser();
    let answer = joined.post(&format!("/api/manage/activation/{token}"), account).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
    let typed = json!({ "company": "beta", "id": login, "password": PASSWORD });
    assert_eq!(joined.post("/api/manage/sign-in", typed).await.status, 200);
    joined
}

/// G-4: an administrator invites another by a link for one use, and takes an invitation back.
#[tokio::test]
async fn administrators_are_invited_and_invitations_withdrawn() {
    let (server, company, mut browser) = start().await;
    let invite = async |browser: &mut Browser, name: &str, password: &str| {
        let body = json!({ "name": name, "administrator_password": password });
        browser.post(&format!("{ALL}/invitations"), body).await
    };
    assert_eq!(invite(&mut browser, "", PASSWORD).await.fields(), fields([("name", "required")]));
    let wrong = invite(&mut browser, "이새로", "x").await;
    assert_eq!(wrong.fields(), fields([("administrator_password", "password-wrong")]));
    join(&server, &mut browser, "lee_01").await;
    let unused = invite(&mut browser, "박잠깐", PASSWORD).await.body;
    let listed = browser.get(ALL).await.body;
    let logins: Vec<_> =
        listed["administrators"].as_array().unwrap().iter().map(|one| &one["login"]).collect();
    assert_eq!(logins, [&json!("admin"), &json!("lee_01")]);
    let invitations = listed["invitations"].as_array().unwrap();
    assert_eq!((invitations.len(), &invitations[0]["invited_by"]), (1, &json!("admin")));
    let id = invitations[0]["id"].as_str().unwrap();
    let (_, token) = unused["url"].as_str().unwrap().split_once('#').unwrap();
    assert!(!listed.to_string().contains(token), "the link is shown once");
    let path = format!("{ALL}/invitations/{id}");
    assert_eq!(browser.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(browser.delete(&path).await.problem(), (404, "not-found"));
    let gone = server.browser().get(&format!("/api/manage/activation/{token}")).await;
    assert_eq!(gone.problem(), (404, "activation-unknown"));
    assert_eq!(details(&server, &company, "access.invite-withdraw").await, [json!({ "name": "박잠깐" })]);
}

/// G-4: another administrator is removed, and signed out at once; nobody removes themselves.
#[tokio::test]
async fn another_administrator_is_removed_and_oneself_is_not() {
    let (server, company, mut browser) = start().await;
    let mut joined = join(&server, &mut browser, "lee_01").await;
    let listed = browser.get(ALL).await.body;
    let [own, other] = [true, false].map(|is_self| {
        let all = listed["administrators"].as_array().unwrap().iter();
        let found =
            all.filter(|one| one["is_self"] == is_self).map(|one| one["id"].as_str().unwrap().to_owned());
        found.collect::<Vec<_>>().remove(0)
    });
    let remove = async |browser: &mut Browser, id: &str, password: &str| {
        browser.post(&format!("{ALL}/{id}/remove"), json!({ "administrator_password": password })).await
    };
    assert_eq!(remove(&mut browser, &own, PASSWORD).await.problem(), (409, "administrator-self"));
    let wrong = remove(&mut browser, &other, "x").await;
    assert_eq!(wrong.fields(), fields([("administrator_password", "password-wrong")]));
    assert_eq!(joined.get("/api/manage/me").await.status, 200);
    // Somebody who fears that may have made a link in time.
    let invitation = json!({ "name": "나중에", "administrator_password": PASSWORD });
    let link = joined.post(&format!("{ALL}/invitations"), invitation).await.body;
    let (_, token) = link["url"].as_str().unwrap().split_once('#').unwrap();
    assert_eq!(remove(&mut browser, &other, PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert_eq!(joined.get("/api/manage/me").await.problem(), (401, "not-signed-in"));
    assert_eq!(remove(&mut joined, &own, PASSWORD).await.problem(), (401, "not-signed-in"));
    let again = server.browser().get(&format!("/api/manage/activation/{token}")).await;
    assert_eq!(again.problem(), (404, "activation-unknown"));
    assert_eq!(remove(&mut browser, &other, PASSWORD).await.problem(), (404, "not-found"));
    let lines = details(&server, &company, "access.administrator-remove").await;
    assert_eq!(lines, [json!({ "login": "lee_01", "name": "이새로" })]);
}
