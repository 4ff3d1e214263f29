use crate::tests::{Answer, Browser, PASSWORD, TestServer, fields, routes, support, walk};
use crate::{
    clock::now_ms,
    router::{self, operations_by_method},
    tokens::{SCOPES, Scope, scopes_of},
};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use store::{api_tokens, usage_log};

const PATH: &str = "/api/manage/api-tokens";

fn new(name: &str, scopes: &[&str], days: i64) -> Value {
    json!({ "name": name, "scopes": scopes, "days": days, "administrator_password": PASSWORD })
}

/// Issue 4, point 9: made, used, listed, revoked.
#[tokio::test]
async fn a_token_works_until_it_is_taken_back() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let made = browser.post(PATH, new(" 밤마다 ", &["departments:write", "departments:read"], 30)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let secret = made.body["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("bsd_") && secret.len() == 68, "{secret}");
    let mut script = server.browser().with_token(&secret);
    let made = script.post("/api/manage/departments", json!({ "name": "야간" })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let listed = browser.get(PATH).await;
    let token = &listed.body["tokens"][0];
    assert_eq!(token["name"], "밤마다");
    assert_eq!(token["scopes"], json!(["departments:read", "departments:write"]));
    assert_eq!(token["last_used_address"], "192.0.2.1");
    assert!(!listed.text.contains(secret.trim_start_matches("bsd_")), "the secret is shown once");
    let days = token["expires_at_ms"].as_i64().unwrap() - token["created_at_ms"].as_i64().unwrap();
    assert_eq!(days, 30 * 24 * 60 * 60 * 1000);
    let revoke = format!("{PATH}/{}/revoke", token["id"].as_str().unwrap());
    let password = json!({ "administrator_password": PASSWORD });
    assert_eq!(browser.post(&revoke, password.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(browser.post(&revoke, password).await.status, StatusCode::NO_CONTENT, "again");
    assert_eq!(script.get("/api/manage/departments").await.problem(), (401, "token-revoked"));
    let lines = usage_log::list_newest(company.id, &server.state.store, 3).await.unwrap();
    let kinds: Vec<_> = lines.iter().map(|line| line.kind.as_str()).collect();
    assert_eq!(kinds, ["access.token-revoke", "departments.create", "access.token-create"]);
    let by_token: Value = serde_json::from_str(lines[1].body.as_deref().unwrap()).unwrap();
    assert_eq!((&by_token["login"], &by_token["token"]), (&json!("admin"), &json!("밤마다")));
}

#[tokio::test]
async fn a_bad_token_is_refused_at_its_field_and_without_the_password() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut check = async |body: Value, expected| {
        let answer = browser.post(PATH, body).await;
        assert_eq!(answer.fields(), fields([expected]), "{}", answer.text);
    };
    let scope = ["records:read"];
    check(new("", &scope, 90), ("name", "required")).await;
    check(new(&"가".repeat(61), &scope, 90), ("name", "too-long")).await;
    check(new("x", &[], 90), ("scopes", "required")).await;
    check(new("x", &["settings:write"], 90), ("scopes", "unknown-choice")).await;
    check(new("x", &scope, 366), ("days", "out-of-range")).await;
    check(new("x", &scope, 0), ("days", "out-of-range")).await;
    let wrong = json!({ "name": "x", "scopes": scope, "administrator_password": "wrong" });
    check(wrong, ("administrator_password", "password-wrong")).await;
    assert_eq!(browser.get(PATH).await.body["tokens"], json!([]));
}

#[tokio::test]
async fn an_administrator_has_twenty_working_tokens_at_most() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let write = server.state.store.write(company.id).await.unwrap();
    for _ in 0..20 {
        support::token(&write, &["records:read"]).await;
    }
    write.commit().await.unwrap();
    let mut browser = server.administrator(&company).await;
    let answer = browser.post(PATH, new("x", &["records:read"], 90)).await;
    assert_eq!((answer.problem(), &answer.body["max"]), ((409, "tokens-full"), &json!(20)));
}

/// A token of `beta` with these scopes.
async fn script(server: &TestServer, company: store::CompanyId, scopes: &[&str]) -> Browser {
    let write = server.state.store.write(company).await.unwrap();
    let (_, secret) = support::token(&write, scopes).await;
    write.commit().await.unwrap();
    server.browser().with_token(&secret)
}

/// Issue 4, point 9: every scope × every route. A route answers the tokens that have what it needs and no other.
#[tokio::test]
async fn every_scope_opens_its_routes_and_no_others() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let (_, contract) = router::api();
    for (position, scope) in Scope::ALL.iter().enumerate() {
        let mut script = script(&server, company.id, &[scope.name()]).await;
        // Each scope asks from an address of its own, so that none is held up by the others' requests.
        script.peer = format!("192.0.2.{}:1", position + 10).parse().unwrap();
        for (path, item) in &contract.paths.paths {
            let is_manage = path.starts_with("/api/manage/")
                && !["/sign-in", "/activation/{token}"].iter().any(|open| path.ends_with(open));
            for (method, operation) in operations_by_method(item).filter(|_| is_manage) {
                let id = operation.operation_id.as_deref().unwrap();
                let needed = scopes_of(id);
                let asked = path.replace("{id}", "0").replace("{token}", "0");
                let body = (method != Method::GET && method != Method::DELETE).then(|| json!({}));
                let answer = script.ask(method.clone(), &asked, body).await;
                match needed {
                    None => assert_eq!(answer.problem(), (403, "token-not-taken"), "{} {id}", scope.name()),
                    Some(needed) if needed != [*scope] => {
                        assert_eq!(answer.problem(), (403, "token-scope"), "{} {id}", scope.name());
                        let missing = needed.iter().find(|needed| *needed != scope).unwrap();
                        assert_eq!(answer.body["scope"], missing.name());
                    }
                    Some(_) => assert!(
                        !matches!(answer.status.as_u16(), 401 | 403),
                        "{} {id}: {}",
                        scope.name(),
                        answer.text
                    ),
                }
            }
        }
    }
}

/// The file of options names every operator: what a token may not find by the list of operators, it may not take away here.
#[tokio::test]
async fn options_leave_for_a_token_that_may_read_operators_too() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let path = "/api/manage/options/export?format=csv";
    for (scopes, missing) in [(["options:read"], "operators:read"), (["operators:read"], "options:read")] {
        let answer = script(&server, company.id, &scopes).await.get(path).await;
        assert_eq!((answer.problem(), &answer.body["scope"]), ((403, "token-scope"), &json!(missing)));
    }
    let answer = script(&server, company.id, &["options:read", "operators:read"]).await.get(path).await;
    assert!(answer.text.contains("kim_01"), "{}", answer.text);
}

/// Issue 4, point 9: beside the administrator site no token is worth anything, whatever it may do there: the console does not know its
/// holder, and what is open answers as it answers a stranger.
#[tokio::test]
async fn no_scope_opens_anything_beside_the_administrator_site() {
    let server = TestServer::start().await;
    let things = walk::things(&server, "beta").await;
    let mut scopes: Vec<Vec<&str>> = Scope::ALL.iter().map(|scope| vec![scope.name()]).collect();
    scopes.push(Scope::ALL.iter().map(|scope| scope.name()).collect());
    for scopes in scopes {
        let script = script(&server, things.company.id, &scopes).await;
        for (method, path) in routes::operations() {
            let is_open = walk::is_open(&method, &path);
            if path.starts_with("/api/manage/") && !is_open {
                continue;
            }
            // What is open to everybody takes few attempts a minute: all scopes together stand for each.
            if is_open && scopes.len() == 1 {
                continue;
            }
            let body = (!method.is_safe()).then(|| json!({}));
            let plain = things.fill(&path);
            let answer = script.clone().ask(method.clone(), &plain, body.clone()).await;
            if is_open {
                let stranger = server.browser().ask(method.clone(), &plain, body).await;
                let told = |answer: &Answer| (answer.status, answer.text.clone());
                assert_eq!(told(&answer), told(&stranger), "{scopes:?} {method} {path}");
            } else {
                assert_eq!(answer.problem(), (401, "not-signed-in"), "{scopes:?} {method} {path}");
            }
        }
    }
}

/// Issue 4, point 9: no token reaches accounts, passwords, tokens, allowed addresses, settings or licences.
#[test]
fn what_needs_a_signed_in_administrator_stands_in_no_scope() {
    let allowed = [
        "department",
        "support_type",
        "option",
        "record",
        "statistic",
        "usage_log",
        "operators",
        "find_operator",
    ];
    for scope in Scope::ALL {
        let opens = SCOPES.iter().any(|(_, needed)| *needed == [*scope]);
        assert!(opens, "{} opens nothing by itself", scope.name());
    }
    for (id, scopes) in SCOPES {
        assert!(allowed.iter().any(|thing| id.contains(thing)), "{id}");
        for word in ["token", "setting", "licence", "administrator", "password", "invit", "sign", "retention"]
        {
            assert!(!id.contains(word), "{id}");
        }
        let changes =
            ["create", "update", "rename", "delete", "reorder"].iter().any(|verb| id.starts_with(verb));
        assert!(!scopes.is_empty(), "{id}");
        assert!(scopes.iter().all(|scope| changes == scope.name().ends_with(":write")), "{id}");
    }
}

#[tokio::test]
async fn tokens_that_ended_say_so_and_cookies_do_not_help() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let write = server.state.store.write(company.id).await.unwrap();
    let owner = store::administrators::find_by_login(company.id, &write, "admin").await.unwrap().unwrap();
    let expired = api_tokens::NewApiToken {
        administrator: owner.administrator.id,
        name: "x",
        token_hash: &crate::secrets::token_hash("bsd_old"),
        scopes: &["departments:read"],
        created_at_ms: 1,
        expires_at_ms: now_ms(),
    };
    api_tokens::create(&write, expired).await.unwrap();
    write.commit().await.unwrap();
    let browser = server.administrator(&company).await;
    for (secret, code) in [("bsd_old", "token-expired"), ("bsd_none", "token-unknown"), ("", "token-unknown")]
    {
        let answer = browser.clone().with_token(secret).get("/api/manage/departments").await;
        assert_eq!(answer.problem(), (401, code));
    }
    // Of another company's administrator, a token shows that company's things.
    let other = server.company("gamma").await;
    let mut script = script(&server, other.id, &["departments:read"]).await;
    script.cookies = browser.cookies.clone();
    let listed = script.get("/api/manage/departments").await;
    assert!(listed.text.contains(&other.department.to_string()), "{}", listed.text);
}

/// What a token does to options needs no password: it was made with it, for that.
#[tokio::test]
async fn a_token_changes_options_without_the_password() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut script = script(&server, company.id, &["options:write"]).await;
    let path = format!("/api/manage/operators/{}/options", company.operator);
    let body = json!({ "options": [{ "key": "view_only", "own": true }], "administrator_password": "" });
    let answer = script.ask(Method::PUT, &path, Some(body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}
