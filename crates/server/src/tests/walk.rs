//! Every route of the contract, asked by everybody who must not be answered (field notes §4b).

use super::{Browser, TestServer, routes::operations, support::TestCompany};
use crate::{secrets::token_hash, tokens::Scope};
use http::{HeaderValue, Method, header};
use serde_json::{Value, json};
use store::{
    ApiTokenId, SessionId, SupportTypeId,
    activations::{self, Invitation},
    api_tokens, operators,
    records::{self, NewRecord},
    sessions::{self, Customer, Offered, Permissions},
    support_types,
};

/// What a stranger may ask: everything else answers nobody who has not signed in.
const OPEN: [&str; 24] = [
    "GET /api/downloads",
    "GET /api/manage/activation/{token}",
    "GET /api/site",
    "POST /api/console/sign-in",
    "POST /api/manage/activation/{token}",
    "POST /api/manage/sign-in",
    "GET /api/openapi.json",
    "GET /healthz",
    "GET /downloads/{file}",
    "GET /.well-known/beside",
    // The code or the token in its first frame lets a customer in.
    "GET /ws/customer",
    "GET /",
    "GET /manage",
    "GET /manage/{*page}",
    "GET /activate",
    "GET /console",
    "GET /console/{*page}",
    "GET /assets/{*file}",
    "GET /logo",
    "GET /favicon.svg",
    "GET /favicon.ico",
    "GET /tiles.wasm",
    "GET /ca",
    "GET /ca.pem",
];

/// One company's things, for another company's people to ask for.
pub(super) struct Things {
    pub(super) company: TestCompany,
    support_type: SupportTypeId,
    session: SessionId,
    token: ApiTokenId,
    /// The secret of a token that may do everything that a token may, and was taken back.
    revoked: String,
}

pub(super) async fn things(server: &TestServer, short_name: &str) -> Things {
    let company = server.company(short_name).await;
    let write = server.state.store.write(company.id).await.unwrap();
    let support_type = support_types::create(&write, "유형", 1).await.unwrap();
    let permissions = Permissions { may_view: true, ..Permissions::default() };
    let offered = Offered { permissions, consent_after_operator: true };
    let session = sessions::create(&write, company.operator, offered, 1).await.unwrap();
    let operator = operators::find(company.id, &write, company.operator).await.unwrap();
    let customer = Customer { kind: "app".into(), ..Customer::default() };
    let new = NewRecord {
        session,
        operator: &operator,
        operator_address_public: "",
        customer: &customer,
        started_at_ms: 1,
    };
    records::create(&write, new).await.unwrap();
    let scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.name()).collect();
    let (token, _) = super::support::token(&write, &scopes).await;
    let (gone, revoked) = super::support::token(&write, &scopes).await;
    api_tokens::revoke(&write, gone, 2).await.unwrap();
    let invitation = Invitation {
        token_hash: token_hash("another's"),
        name: "김새로".to_owned(),
        invited_by: "admin".to_owned(),
        created_at_ms: 1,
        expires_at_ms: i64::MAX,
    };
    // Another company may have one of the same link: it is asked for by its hash alone.
    if short_name == "beta" {
        activations::invite(&write, &invitation).await.unwrap();
    }
    write.commit().await.unwrap();
    Things { company, support_type, session, token, revoked }
}

impl Things {
    /// The path with this company's own id in it.
    pub(super) fn fill(&self, path: &str) -> String {
        let id = match path {
            _ if path.contains("/departments/") => self.company.department.to_string(),
            _ if path.contains("/invitations/") => token_hash("another's"),
            _ if path.contains("/administrators/") => self.company.administrator.to_string(),
            _ if path.contains("/operators/") => self.company.operator.to_string(),
            _ if path.contains("/support-types/") => self.support_type.to_string(),
            _ if path.contains("/api-tokens/") => self.token.to_string(),
            _ if path.contains("/records/") || path.contains("/sessions/") => self.session.to_string(),
            _ => "0".to_owned(),
        };
        path.replace("{id}", &id)
            .replace("{kind}", "by-operator")
            .replace("{token}", "0")
            .replace("{file}", "0")
            .replace("{*page}", "0")
            .replace("{*file}", "0")
    }
}

/// A body that would be taken, so that a refusal is for no other reason.
fn body(method: &Method, path: &str) -> Option<Value> {
    let body = match path {
        _ if *method == Method::GET || *method == Method::DELETE => return None,
        "/api/manage/operators/{id}" => json!({
            "name": "x", "company_name": "x", "department_id": "0", "phone": "", "email": "", "password": "",
            "password_confirm": "", "options": [], "revision": 0, "administrator_password": super::PASSWORD,
        }),
        _ if path.ends_with("/delete") => json!({ "administrator_password": super::PASSWORD }),
        _ if path.ends_with("/options") => {
            json!({ "options": [], "administrator_password": super::PASSWORD })
        }
        _ if path.ends_with("/remove") => json!({ "administrator_password": super::PASSWORD }),
        _ if path.ends_with("/record") => json!({
            "support_type_id": null, "resolution": "resolved", "customer_name": "x", "memo": "x",
        }),
        _ if path.ends_with("/second-step/off") && path.contains("{id}") => {
            json!({ "administrator_password": super::PASSWORD })
        }
        _ if path.ends_with("/revoke") => json!({ "administrator_password": super::PASSWORD }),
        _ => json!({ "name": "다른 이름" }),
    };
    Some(body)
}

fn is_open(method: &Method, path: &str) -> bool {
    OPEN.contains(&format!("{method} {path}").as_str())
}

#[tokio::test]
async fn nobody_is_answered_without_having_signed_in() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    for (method, path) in operations() {
        let mut stranger = server.browser();
        let answer = stranger.ask(method.clone(), &things.fill(&path), body(&method, &path)).await;
        if is_open(&method, &path) {
            assert_ne!(answer.problem().1, "not-signed-in", "{method} {path}");
        } else {
            assert_eq!(answer.problem(), (401, "not-signed-in"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn the_other_role_is_a_stranger() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    let administrator = server.administrator(&things.company).await;
    let operator = server.operator(&things.company).await;
    for (method, path) in operations().into_iter().filter(|(method, path)| !is_open(method, path)) {
        let mut wrong =
            if path.starts_with("/api/manage/") { operator.clone() } else { administrator.clone() };
        let answer = wrong.ask(method.clone(), &things.fill(&path), body(&method, &path)).await;
        assert_eq!(answer.problem(), (401, "not-signed-in"), "{method} {path}");
    }
}

/// A token that was taken back opens nothing, also beside a cookie that would.
#[tokio::test]
async fn a_revoked_token_opens_nothing() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    let administrator = server.administrator(&things.company).await;
    for (method, path) in operations().into_iter().filter(|(method, path)| !is_open(method, path)) {
        let mut asking = administrator.clone().with_token(&things.revoked);
        let answer = asking.ask(method.clone(), &things.fill(&path), body(&method, &path)).await;
        let is_manage = path.starts_with("/api/manage/") || path.starts_with("/ws/manage");
        let expected = if is_manage { (401, "token-revoked") } else { (401, "not-signed-in") };
        assert_eq!(answer.problem(), expected, "{method} {path}");
    }
}

/// The people of another company, with everything right but the company.
#[tokio::test]
async fn another_companys_things_are_not_there() {
    let server = TestServer::start().await;
    let theirs = things(&server, "beta").await;
    let ours = server.company("gamma").await;
    let mut administrator = server.administrator(&ours).await;
    let logo = b"\x89PNG\r\n\x1a\n".to_vec();
    administrator.upload_to(Method::PUT, "/api/manage/branding/logo?read=", logo).await;
    let operator = server.operator(&ours).await;
    for (method, path) in operations().into_iter().filter(|(_, path)| path.contains("{id}")) {
        let mut asking = asking(&path, &administrator, &operator);
        let answer = asking.ask(method.clone(), &theirs.fill(&path), body(&method, &path)).await;
        assert_eq!(answer.problem(), (404, "not-found"), "{method} {path}: {}", answer.text);
    }
    for (method, path) in operations() {
        // A stream never ends; what it tells of other companies is `operators`' to test.
        let is_stream = path.ends_with("/live");
        if method == Method::GET && !path.contains("{id}") && !is_stream {
            let mut asking = asking(&path, &administrator, &operator);
            // Sockets have their own tests (`sessions`): without an upgrade they say so.
            let query = if path.ends_with("/export") { "?format=csv" } else { "" };
            let answer = asking.get(&format!("{}{query}", theirs.fill(&path))).await;
            let expected =
                if path.starts_with("/ws/") { answer.status == 400 } else { answer.status.is_success() };
            assert!(expected || is_open(&method, &path), "{path}: {}", answer.status);
            for id in [theirs.company.department.to_string(), theirs.session.to_string()] {
                assert!(!answer.text.contains(&id), "{path} shows another company's {id}");
            }
        }
    }
}

fn asking(path: &str, administrator: &Browser, operator: &Browser) -> Browser {
    if path.starts_with("/api/manage/") { administrator.clone() } else { operator.clone() }
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    let administrator = server.administrator(&things.company).await;
    let operator = server.operator(&things.company).await;
    for (method, path) in operations().into_iter().filter(|(method, _)| !method.is_safe()) {
        let mut asking = asking(&path, &administrator, &operator);
        asking.headers.insert(header::ORIGIN, HeaderValue::from_static("https://evil.example"));
        let answer = asking.ask(method.clone(), &things.fill(&path), body(&method, &path)).await;
        assert_eq!(answer.problem(), (403, "origin-not-allowed"), "{method} {path}");
    }
}

/// CVE-2024-1709 was a page reached by a longer path. A path leads where it says, letter for letter.
#[tokio::test]
async fn path_tricks_reach_nothing() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    // Below these the page itself finds its way, and all are the same page.
    let is_page = |path: &str| path.starts_with("/manage") || path.starts_with("/console");
    for (method, path) in operations().into_iter().filter(|(_, path)| !is_page(path)) {
        let plain = things.fill(&path);
        let tricks = [
            format!("{plain}/"),
            format!("{plain}/x"),
            format!("{plain}/x/.."),
            format!("/{plain}"),
            format!("/x/..{plain}"),
            plain.replacen("/api/", "/api//", 1),
            plain.replacen("/api/", "/%2e/api/", 1),
            plain.replacen("/api/", "/API/", 1),
            plain.replacen("/api/", "/api/./", 1),
            format!("{plain};x"),
            format!("{plain}%00"),
        ];
        for trick in tricks.into_iter().filter(|trick| *trick != plain) {
            let mut stranger = server.browser();
            let answer = stranger.ask(method.clone(), &trick, body(&method, &path)).await;
            let refused = matches!(answer.status.as_u16(), 400 | 401 | 404 | 405);
            assert!(refused, "{method} {trick}: {} {}", answer.status, answer.text);
        }
    }
}
