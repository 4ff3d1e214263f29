//! Every route of the contract, asked by everybody who must not be answered (field notes §4b).

use super::{Browser, TestServer, routes::operations, support::TestCompany};
use crate::{secrets::token_hash, tokens::Scope};
use http::{HeaderMap, HeaderValue, Method, header};
use protocol::Permissions;
use serde_json::{Value, json};
use store::{
    AdministratorId, ApiTokenId, CaptureId, DepartmentId, OperatorId, RecordingId, SessionId, SupportTypeId,
    Write,
    activations::{self, Invitation},
    administrators::{self, NewAdministrator},
    api_tokens, captures,
    operators::{self, NewOperator},
    recordings,
    records::{self, NewRecord},
    sessions::{self, Customer, Offered},
    support_types,
};

/// What a stranger may ask: everything else answers nobody who has not signed in.
const OPEN: [&str; 33] = [
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
    // The token of a session that has ended says who asks.
    "POST /api/survey",
    "PUT /api/survey",
    // The same token, then that of the link, then what the link's page was given.
    "POST /api/recording-copies",
    "POST /api/recording-copies/find",
    "GET /api/recording-copies/file",
    // The code or the token in its first frame lets a customer in.
    "GET /ws/customer",
    // The ticket in its first frame lets a page in, and its address names it behind the #.
    "GET /ws/viewer",
    "GET /viewer",
    "GET /",
    "GET /copy",
    "GET /manage",
    "GET /manage/{*page}",
    "GET /activate",
    "GET /console",
    "GET /console/{*page}",
    "GET /assets/{*file}",
    "GET /logo",
    "GET /favicon.svg",
    "GET /favicon.ico",
    "GET /tiles-encoder.wasm",
    "GET /tiles.wasm",
    "GET /ca",
    "GET /ca.pem",
];

/// One company's things, for another company's people to ask for.
pub(crate) struct Things {
    pub(crate) company: TestCompany,
    pub(super) support_type: SupportTypeId,
    pub(super) session: SessionId,
    pub(super) capture: CaptureId,
    pub(super) recording: RecordingId,
    token: ApiTokenId,
    /// The secret of a token that may do everything that a token may, and was taken back.
    revoked: String,
}

pub(crate) async fn things(server: &TestServer, short_name: &str) -> Things {
    let company = server.company(short_name).await;
    let write = server.state.store.write(company.id).await.unwrap();
    let support_type = support_types::create(&write, "유형", 1).await.unwrap();
    let session = session(&write, company.operator).await;
    let capture = capture(&write, session).await;
    let recording = recording(&write, session).await;
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
    Things { company, support_type, session, capture, recording, token, revoked }
}

/// A session with its record.
pub(crate) async fn session(write: &Write, operator: OperatorId) -> SessionId {
    let permissions = Permissions { view: true, ..Permissions::default() };
    let offered = Offered { permissions, consent_after_operator: true, ..Offered::default() };
    let session = sessions::create(write, operator, offered, 1).await.unwrap();
    let operator = operators::find(write.company(), write, operator).await.unwrap();
    let customer = Customer { kind: "app".into(), ..Customer::default() };
    let new = NewRecord {
        session,
        operator: &operator,
        operator_address_public: "",
        customer: &customer,
        started_at_ms: 1,
    };
    records::create(write, new).await.unwrap();
    session
}

/// A picture that was kept of a session; its file is not there.
async fn capture(write: &Write, session: SessionId) -> CaptureId {
    let id = CaptureId::new();
    let new = captures::Capture {
        id,
        session,
        no: 0,
        at_ms: 1,
        width_px: 1,
        height_px: 1,
        size_bytes: 70,
        sha256: [7; 32],
        description: String::new(),
    };
    captures::create(write, &new).await.unwrap();
    id
}

/// A recording of one piece; its file is not there.
pub(super) async fn recording(write: &Write, session: SessionId) -> RecordingId {
    let id = RecordingId::new();
    recordings::create(write, id, session, 1, [0; 32]).await.unwrap();
    let of = recordings::find(write.company(), write, session, id).await.unwrap();
    let piece = recordings::Piece {
        no: 1,
        starts_ms: 0,
        ends_ms: 1,
        state_ms: None,
        video_key_ms: None,
        size_bytes: 1,
        sha256: [0; 32],
    };
    recordings::add_piece(write, &of, piece, [1; 32], 1).await.unwrap();
    id
}

/// An administrator who never signs in.
pub(super) async fn administrator(write: &Write, login: &str) -> AdministratorId {
    let new =
        NewAdministrator { login, name: "김관리", email: "a@b.kr", password_hash: "", created_at_ms: 1 };
    administrators::create(write, new).await.unwrap()
}

/// One more operator. Without a hash of its password nobody signs in as it.
pub(super) async fn operator(
    write: &Write,
    department: DepartmentId,
    login: &str,
    password_hash: &str,
) -> OperatorId {
    let new = NewOperator {
        login,
        name: "이상담",
        password_hash,
        department,
        company_name: "",
        phone: "",
        email: "",
        is_mobile: false,
        created_at_ms: 1,
    };
    operators::create(write, new).await.unwrap()
}

impl Things {
    /// The id of each of them, and the kind of thing that it is.
    pub(super) fn ids(&self) -> [(&'static str, String); 9] {
        [
            ("company", self.company.id.to_string()),
            ("department", self.company.department.to_string()),
            ("administrator", self.company.administrator.to_string()),
            ("operator", self.company.operator.to_string()),
            ("support type", self.support_type.to_string()),
            ("session", self.session.to_string()),
            ("capture", self.capture.to_string()),
            ("recording", self.recording.to_string()),
            ("token", self.token.to_string()),
        ]
    }

    /// The path with this company's own id in it.
    pub(crate) fn fill(&self, path: &str) -> String {
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
            .replace("{capture}", &self.capture.to_string())
            .replace("{recording}", &self.recording.to_string())
            .replace("{piece}", "1")
            .replace("{kind}", "by-operator")
            .replace("{token}", "0")
            .replace("{file}", "0")
            .replace("{*page}", "0")
            .replace("{*file}", "0")
    }
}

/// A body that would be taken, so that a refusal is for no other reason.
pub(super) fn body(method: &Method, path: &str) -> Option<Value> {
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
        _ if path.ends_with("/end") => json!({ "why": "stopped" }),
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

pub(crate) fn is_open(method: &Method, path: &str) -> bool {
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

pub(super) fn asking(path: &str, administrator: &Browser, operator: &Browser) -> Browser {
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

/// What only reads is answered wherever the question comes from, as a link from another page is; that page's scripts never
/// get to read it, since no answer lets them. Sockets, which scripts read from anywhere, are refused (`sockets`).
#[tokio::test]
async fn another_sites_page_reads_nothing() {
    let server = TestServer::start().await;
    let things = things(&server, "beta").await;
    let administrator = server.administrator(&things.company).await;
    let operator = server.operator(&things.company).await;
    let unreadable = |what: &str, headers: &HeaderMap| {
        let opened: Vec<_> =
            headers.keys().filter(|name| name.as_str().starts_with("access-control-")).collect();
        assert!(opened.is_empty(), "{what}: {opened:?}");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin", "{what}");
    };
    for (method, path) in operations() {
        let plain = things.fill(&path);
        let ours = asking(&path, &administrator, &operator);
        let mut evil = ours.clone();
        evil.headers.insert(header::ORIGIN, HeaderValue::from_static("https://evil.example"));
        evil.headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
        if method == Method::GET {
            let (status, headers) = evil.head_of(&plain).await;
            assert_eq!(status, ours.head_of(&plain).await.0, "{path}");
            unreadable(&path, &headers);
        }
        // A page's script asks first whether it may send what is no plain form.
        evil.headers.insert("access-control-request-method", HeaderValue::from_str(method.as_str()).unwrap());
        evil.headers.insert("access-control-request-headers", HeaderValue::from_static("x-beside-csrf"));
        let answer = evil.ask(Method::OPTIONS, &plain, None).await;
        assert_eq!(answer.problem(), (405, "method-not-allowed"), "{method} {path}");
        unreadable(&path, &answer.headers);
    }
}
