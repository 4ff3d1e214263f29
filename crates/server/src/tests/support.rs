//! A server in a temporary folder, and browsers that remember cookies.

use crate::{
    address::Address,
    client::PeerAddress,
    configuration::Configuration,
    options, router,
    secrets::{new_token, token_hash},
    sessions::Keys,
    state::AppState,
    tokens,
};
use axum::{Router, body::Body};
use http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::{Value, json};
use std::{collections::BTreeMap, net::SocketAddr};
use store::{
    AdministratorId, ApiTokenId, CompanyId, DepartmentId, OperatorId, Store, Write, activations,
    administrators::{self, NewAdministrator},
    api_tokens::{self, NewApiToken},
    companies::{self, NewCompany},
    company_settings::{self, CompanySettings},
    departments,
    operators::{self, NewOperator},
};
use tower::ServiceExt as _;

/// Of every account here.
pub(crate) const PASSWORD: &str = "Abcdefg1";

/// A server whose data is gone with it.
pub(crate) struct TestServer {
    pub(crate) state: AppState,
    pub(crate) app: Router,
    password_hash: String,
    _folder: tempfile::TempDir,
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Configuration)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut configuration = Configuration { data: folder.path().to_owned(), ..Configuration::default() };
        configuration.database = super::postgres::database().await;
        configuration.public_url = Some("https://support.example".to_owned());
        configuration.sign_ins_per_minute = 1_000.try_into().unwrap();
        change(&mut configuration);
        let store = Store::open(&configuration.database_url()).await.unwrap();
        let address = Address::open(&configuration).unwrap();
        let keys = Keys::open(&folder.path().join("keys"), 0).unwrap();
        let state = AppState::new(store, configuration, address, None, keys).unwrap();
        let password_hash = state.passwords.hash(PASSWORD).await.unwrap();
        Self { app: router::app(state.clone()), state, password_hash, _folder: folder }
    }

    /// A company with a department, an administrator `admin`, an operator `kim_01`, and an unused link.
    pub(crate) async fn company(&self, short_name: &str) -> TestCompany {
        let new = NewCompany { short_name, name: "베타", service_name: "베타 지원", created_at_ms: 1 };
        let write = companies::create(&self.state.store, new).await.unwrap();
        let activation = new_token();
        activations::create(&write, &token_hash(&activation), 1, i64::MAX).await.unwrap();
        let department = departments::create(&write, "기본부서", &options::at_start(), 1).await.unwrap();
        let administrator = NewAdministrator {
            login: "admin",
            name: "관리자",
            email: "a@b.kr",
            password_hash: &self.password_hash,
            created_at_ms: 1,
        };
        let administrator = administrators::create(&write, administrator).await.unwrap();
        let operator = NewOperator {
            login: "kim_01",
            name: "김상담",
            password_hash: &self.password_hash,
            department,
            company_name: "베타",
            phone: "",
            email: "",
            is_mobile: false,
            created_at_ms: 1,
        };
        let operator = operators::create(&write, operator).await.unwrap();
        let id = write.company();
        write.commit().await.unwrap();
        TestCompany { id, short_name: short_name.to_owned(), activation, department, administrator, operator }
    }

    /// Sets the company otherwise than others.
    pub(crate) async fn set(&self, company: &TestCompany, change: impl FnOnce(&mut CompanySettings)) {
        let write = self.state.store.write(company.id).await.unwrap();
        let (mut settings, changed_at_ms) = company_settings::find_changed(company.id, &write).await.unwrap();
        change(&mut settings);
        company_settings::replace(&write, &settings, changed_at_ms + 1).await.unwrap();
        write.commit().await.unwrap();
        self.state.rechecks.call_all();
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser {
            app: self.app.clone(),
            cookies: BTreeMap::new(),
            csrf_token: None,
            peer: "192.0.2.1:5000".parse().unwrap(),
            headers: HeaderMap::new(),
        }
    }

    /// A browser in which the company's administrator has signed in.
    pub(crate) async fn administrator(&self, company: &TestCompany) -> Browser {
        self.signed_in("/api/manage/sign-in", company, "admin").await
    }

    /// A browser in which the company's operator has signed in.
    pub(crate) async fn operator(&self, company: &TestCompany) -> Browser {
        self.signed_in("/api/console/sign-in", company, "kim_01").await
    }

    /// Another operator of the company, signed in.
    pub(crate) async fn another_operator(&self, company: &TestCompany) -> (OperatorId, Browser) {
        let write = self.state.store.write(company.id).await.unwrap();
        let operator = NewOperator {
            login: "park_02",
            name: "박두번",
            password_hash: &self.password_hash,
            department: company.department,
            company_name: "베타",
            phone: "",
            email: "",
            is_mobile: false,
            created_at_ms: 1,
        };
        let operator = operators::create(&write, operator).await.unwrap();
        write.commit().await.unwrap();
        (operator, self.signed_in("/api/console/sign-in", company, "park_02").await)
    }

    async fn signed_in(&self, path: &str, company: &TestCompany, login: &str) -> Browser {
        let mut browser = self.browser();
        let body = json!({ "company": company.short_name, "id": login, "password": PASSWORD });
        let answer = browser.post(path, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
        browser
    }
}

/// A token of the company's `admin` with its secret.
pub(crate) async fn token(write: &Write, scopes: &[&str]) -> (ApiTokenId, String) {
    let owner = administrators::find_by_login(write.company(), write, "admin").await.unwrap().unwrap();
    let secret = tokens::new_secret();
    let new = NewApiToken {
        administrator: owner.administrator.id,
        name: "밤마다",
        token_hash: &token_hash(&secret),
        scopes,
        created_at_ms: 1,
        expires_at_ms: i64::MAX,
    };
    (api_tokens::create(write, new).await.unwrap(), secret)
}

pub(crate) struct TestCompany {
    pub(crate) id: CompanyId,
    pub(crate) short_name: String,
    pub(crate) activation: String,
    pub(crate) department: DepartmentId,
    pub(crate) administrator: AdministratorId,
    pub(crate) operator: OperatorId,
}

/// Remembers cookies and the page's token, as our pages do.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) app: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) csrf_token: Option<String>,
    pub(crate) peer: SocketAddr,
    pub(crate) headers: HeaderMap,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
}

/// Fields and codes as [`Answer::fields`] gives them.
pub(crate) fn fields<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(field, code)| (field.to_owned(), code.to_owned())).into()
}

impl Answer {
    /// Status and code of a problem.
    pub(crate) fn problem(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }

    /// Fields and their codes.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |error: &'_ Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
        errors.iter().map(|error| (text(error, "field"), text(error, "code"))).collect()
    }
}

impl Browser {
    /// The same with an API token beside whatever it has.
    pub(crate) fn with_token(mut self, secret: &str) -> Self {
        let value = http::HeaderValue::from_str(&format!("Bearer {secret}")).unwrap();
        self.headers.insert(header::AUTHORIZATION, value);
        self
    }

    /// The same browser before a server that was started again.
    pub(crate) fn at(&self, state: &AppState) -> Self {
        self.of(router::app(state.clone()))
    }

    /// The same browser before these routes.
    pub(crate) fn of(&self, app: Router) -> Self {
        Self { app, ..self.clone() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&mut self, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn patch(&mut self, path: &str, body: Value) -> Answer {
        self.ask(Method::PATCH, path, Some(body)).await
    }

    /// Sends a file.
    pub(crate) async fn upload(&mut self, path: &str, bytes: Vec<u8>) -> Answer {
        self.upload_to(Method::POST, path, bytes).await
    }

    /// Sends a file in another way.
    pub(crate) async fn upload_to(&mut self, method: Method, path: &str, bytes: Vec<u8>) -> Answer {
        self.ask_with(method, path, "application/octet-stream", Body::from(bytes)).await
    }

    /// A body that comes bit by bit.
    pub(crate) async fn stream(&self, path: &str) -> axum::body::BodyDataStream {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        let response = self.app.clone().oneshot(self.placed(request)).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body().into_data_stream()
    }

    /// Status and headers alone: a body may never end.
    pub(crate) async fn head_of(&self, path: &str) -> (StatusCode, HeaderMap) {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        let (parts, _) = self.app.clone().oneshot(self.placed(request)).await.unwrap().into_parts();
        (parts.status, parts.headers)
    }

    pub(crate) async fn delete(&mut self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    pub(crate) async fn ask(&mut self, method: Method, path: &str, body: Option<Value>) -> Answer {
        match body {
            Some(body) => self.ask_with(method, path, "application/json", Body::from(body.to_string())).await,
            None => {
                let request = self.request(method, path).body(Body::empty()).unwrap();
                self.send(request).await
            }
        }
    }

    pub(crate) async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.request(Method::GET, path);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn ask_with(&mut self, method: Method, path: &str, kind: &str, body: Body) -> Answer {
        let request = self.request(method, path).header(header::CONTENT_TYPE, kind).body(body).unwrap();
        self.send(request).await
    }

    fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "support.example");
        if !self.cookies.is_empty() {
            let pairs: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if let Some(token) = &self.csrf_token {
            request = request.header("x-beside-csrf", token);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    fn placed(&self, mut request: Request<Body>) -> Request<Body> {
        request.extensions_mut().insert(PeerAddress(self.peer));
        request
    }

    async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(self.placed(request)).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 * 1024 * 1024).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        self.remember(&parts.headers, &body);
        Answer { status: parts.status, headers: parts.headers, body, text, bytes: bytes.into() }
    }

    fn remember(&mut self, headers: &HeaderMap, body: &Value) {
        for set in headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(token) = body["csrf_token"].as_str() {
            self.csrf_token = Some(token.to_owned());
        }
    }
}
