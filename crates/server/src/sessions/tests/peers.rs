//! A server on a real port, a console and a customer made by hand.

use crate::{
    clock::now_ms,
    configuration::Configuration,
    roles::CONSOLE_COOKIE,
    router,
    secrets::{csrf_token, new_token, token_hash},
    serve,
    sessions::Keys,
    state::AppState,
    tests::{Browser, TestCompany, TestServer},
};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use http::Request;
use prost::Message as _;
use protocol::{Fingerprint, sdp, versions, wire};
use std::{net::SocketAddr, time::Duration};
use store::{
    Store,
    web_sessions::{self, Account, NewWebSession},
};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _},
};

/// How long anything may take before a test fails.
const PATIENCE: Duration = Duration::from_secs(10);
pub(super) const CONSOLE: Fingerprint = Fingerprint([8; 32]);
pub(super) const APP: Fingerprint = Fingerprint([7; 32]);

/// A server that listens.
pub(super) struct Port {
    pub(super) server: TestServer,
    pub(super) state: AppState,
    pub(super) company: TestCompany,
    pub(super) operator: Browser,
    address: SocketAddr,
}

impl Port {
    pub(super) async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    pub(super) async fn open_with(change: impl FnOnce(&mut Configuration)) -> Self {
        let server = TestServer::start_with(change).await;
        let company = server.company("beta").await;
        let operator = server.operator(&company).await;
        let state = server.state.clone();
        let address = listen(&state).await;
        Self { server, state, company, operator, address }
    }

    /// A session as the operator's console makes it: id and code.
    pub(super) async fn session(&mut self) -> (Bytes, String) {
        let made = self.operator.post("/api/console/sessions", serde_json::Value::Null).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let id: uuid::Uuid = made.body["id"].as_str().unwrap().parse().unwrap();
        (Bytes::copy_from_slice(id.as_bytes()), made.body["code"].as_str().unwrap().to_owned())
    }

    pub(super) async fn console(&self) -> Console {
        self.console_of(&self.operator).await
    }

    /// The console of whoever is signed in there.
    pub(super) async fn console_of(&self, operator: &Browser) -> Console {
        let headers = headers_of(operator);
        let mut console = Console(self.socket("/ws/console", &headers).await.unwrap());
        let csrf_token = operator.csrf_token.clone().unwrap();
        console.say(&[], hello(csrf_token)).await;
        console
    }

    pub(super) fn console_headers(&self) -> [(&'static str, String); 2] {
        headers_of(&self.operator)
    }

    pub(super) async fn customer(&self, entry: wire::customer_hello::Entry) -> Customer {
        self.customer_of(customer_hello(wire::customer_hello::Kind::App, entry)).await
    }

    pub(super) async fn customer_of(&self, hello: wire::CustomerHello) -> Customer {
        let mut customer = Customer(self.socket("/ws/customer", &[]).await.unwrap());
        customer.say(wire::customer_to_server::Body::Hello(hello)).await;
        customer
    }

    /// What a code is answered with.
    pub(super) async fn try_code(&self, code: &str) -> String {
        let entry = wire::customer_hello::Entry::Code(code.to_owned());
        match self.customer(entry).await.next().await {
            wire::server_to_customer::Body::Problem(problem) => problem.code,
            wire::server_to_customer::Body::Welcome(_) => "welcome".to_owned(),
            other => format!("{other:?}"),
        }
    }

    pub(super) async fn socket(
        &self,
        path: &str,
        headers: &[(&'static str, String)],
    ) -> Result<WebSocketStream<TcpStream>, Error> {
        let stream = TcpStream::connect(self.address).await.unwrap();
        let mut request: Request<()> = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        client_async(request, stream).await.map(|(socket, _)| socket)
    }
}

fn headers_of(operator: &Browser) -> [(&'static str, String); 2] {
    let cookie = format!("{CONSOLE_COOKIE}={}", operator.cookies[CONSOLE_COOKIE]);
    [("cookie", cookie), ("origin", "https://support.example".to_owned())]
}

async fn listen(state: &AppState) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = router::app(state.clone());
    tokio::spawn(serve::run(listener, None, state.clone(), app));
    address
}

impl Port {
    /// The operator signs in somewhere else, and the sign-in so far is over. Told to nobody: whoever keeps something open has
    /// to see it. Gives the browser of the new one.
    pub(super) async fn replace_sign_in(&self) -> Browser {
        let account = Account::Operator(self.company.operator);
        let write = self.state.store.write(self.company.id).await.unwrap();
        web_sessions::delete_of(&write, account, None).await.unwrap();
        let created_at_ms = now_ms();
        let token = new_token();
        let hash = token_hash(&token);
        let (address, browser) = ("192.0.2.2", "Firefox");
        let new = NewWebSession { token_hash: &hash, account, address, browser, created_at_ms };
        web_sessions::create(&write, new).await.unwrap();
        write.commit().await.unwrap();
        let mut browser = self.server.browser();
        browser.csrf_token = Some(csrf_token(&token));
        browser.cookies.insert(CONSOLE_COOKIE.to_owned(), token);
        browser
    }

    /// The server is gone without a word, and another one runs on what it left.
    pub(super) async fn kill_and_start_again(mut self) -> Self {
        self.state.shutdown.cancel();
        let configuration = self.state.configuration.clone();
        let store = Store::open(&configuration.database_url()).await.unwrap();
        let keys = Keys::open(&configuration.data.join("keys"), 1).unwrap();
        self.state = AppState::new(store, configuration, self.state.address.clone(), None, keys).unwrap();
        self.state.sessions.restore().await.unwrap();
        self.address = listen(&self.state).await;
        self
    }
}

pub(super) fn hello(csrf_token: String) -> wire::console_to_server::Body {
    let versions = Some(versions::ours("0.0.0"));
    wire::console_to_server::Body::Hello(wire::ConsoleHello { versions, csrf_token, ticket: String::new() })
}

pub(super) fn customer_hello(
    kind: wire::customer_hello::Kind,
    entry: wire::customer_hello::Entry,
) -> wire::CustomerHello {
    let is_app = kind == wire::customer_hello::Kind::App;
    wire::CustomerHello {
        versions: Some(versions::ours("0.0.0")),
        kind: kind.into(),
        nonce: Bytes::from_static(&[6; 32]),
        dtls_fingerprint: if is_app { APP.to_bytes() } else { Bytes::new() },
        machine: Some(wire::Machine { os: "Linux".to_owned(), ..wire::Machine::default() }),
        language: "ko".to_owned(),
        features: vec!["control".to_owned()],
        entry: Some(entry),
    }
}

pub(super) fn offer() -> wire::console_to_server::Body {
    let sdp = format!("v=0\r\na=fingerprint:{}\r\n", sdp::write(CONSOLE));
    wire::console_to_server::Body::Offer(wire::SessionDescription { sdp })
}

pub(super) fn event(source_seq: u64, kind: wire::event::Kind) -> wire::Event {
    wire::Event { source_seq, at_ms: 1, kind: Some(kind) }
}

/// The console's end.
pub(super) struct Console(pub(super) WebSocketStream<TcpStream>);

impl Console {
    pub(super) async fn say(&mut self, session: &[u8], body: wire::console_to_server::Body) {
        let session_id = Bytes::copy_from_slice(session);
        let message = wire::ConsoleToServer { session_id, body: Some(body) };
        self.0.send(Message::Binary(message.encode_to_vec().into())).await.unwrap();
    }

    pub(super) async fn open(&mut self, session: &[u8]) {
        self.say(session, wire::console_to_server::Body::Open(wire::OpenSession {})).await;
    }

    /// The operator's sessions, as the console is welcomed with them.
    pub(super) async fn sessions(&mut self) -> Vec<wire::SessionState> {
        use wire::server_to_console::Body;
        self.until(|body| if let Body::Welcome(welcome) = body { Some(welcome.sessions) } else { None }).await
    }

    /// The next message that `wanted` takes; others are passed over.
    pub(super) async fn until<T>(
        &mut self,
        wanted: impl Fn(wire::server_to_console::Body) -> Option<T>,
    ) -> T {
        loop {
            let frame = next(&mut self.0).await.expect("console's socket is open");
            let message = wire::ServerToConsole::decode(frame).unwrap();
            if let Some(found) = message.body.and_then(&wanted) {
                return found;
            }
        }
    }

    pub(super) async fn stage(&mut self, stage: wire::session_state::Stage) {
        use wire::server_to_console::Body;
        let is_it = |body| matches!(body, Body::State(state) if state.stage() == stage).then_some(());
        self.until(is_it).await;
    }

    pub(super) async fn problem(&mut self) -> String {
        use wire::server_to_console::Body;
        self.until(|body| if let Body::Problem(problem) = body { Some(problem.code) } else { None }).await
    }

    pub(super) async fn kept(&mut self, source_seq: u64) {
        use wire::server_to_console::Body;
        let is_it =
            |body| matches!(body, Body::EventsKept(kept) if kept.source_seq == source_seq).then_some(());
        self.until(is_it).await;
    }

    pub(super) async fn agreed(&mut self) -> wire::Agreed {
        use wire::server_to_console::Body;
        self.until(|body| if let Body::Agreed(agreed) = body { Some(agreed) } else { None }).await
    }
}

/// The customer's end.
pub(super) struct Customer(pub(super) WebSocketStream<TcpStream>);

impl Customer {
    pub(super) async fn say(&mut self, body: wire::customer_to_server::Body) {
        let message = wire::CustomerToServer { body: Some(body) };
        self.0.send(Message::Binary(message.encode_to_vec().into())).await.unwrap();
    }

    pub(super) async fn agree(&mut self) {
        let permissions = protocol::Permissions::ALL.into();
        let consent = wire::Consent { agreed: true, permissions: Some(permissions) };
        self.say(wire::customer_to_server::Body::Consent(consent)).await;
    }

    pub(super) async fn next(&mut self) -> wire::server_to_customer::Body {
        let frame = next(&mut self.0).await.expect("customer's socket is open");
        wire::ServerToCustomer::decode(frame).unwrap().body.unwrap()
    }

    pub(super) async fn until<T>(
        &mut self,
        wanted: impl Fn(wire::server_to_customer::Body) -> Option<T>,
    ) -> T {
        loop {
            if let Some(found) = wanted(self.next().await) {
                return found;
            }
        }
    }

    pub(super) async fn welcome(&mut self) -> wire::Welcome {
        use wire::server_to_customer::Body;
        self.until(|body| if let Body::Welcome(welcome) = body { Some(welcome) } else { None }).await
    }

    pub(super) async fn problem(&mut self) -> String {
        use wire::server_to_customer::Body;
        self.until(|body| if let Body::Problem(problem) = body { Some(problem.code) } else { None }).await
    }

    /// Asks for the app's code, as a page.
    pub(super) async fn app_code(&mut self) -> String {
        use wire::server_to_customer::Body;
        self.say(wire::customer_to_server::Body::RequestAppCode(wire::RequestAppCode {})).await;
        self.until(|body| if let Body::AppCode(code) = body { Some(code.code) } else { None }).await
    }

    pub(super) async fn offer(&mut self) -> wire::Offer {
        use wire::server_to_customer::Body;
        self.until(|body| if let Body::Offer(offer) = body { Some(offer) } else { None }).await
    }

    /// Told to leave the console at the other end of its connection.
    pub(super) async fn leaves(&mut self) {
        use wire::server_to_customer::Body;
        self.until(|body| matches!(body, Body::LeavePeer(_)).then_some(())).await;
    }

    /// Nothing that `unwanted` takes has come by the time that the server has answered.
    pub(super) async fn hears_none(&mut self, unwanted: impl Fn(&wire::server_to_customer::Body) -> bool) {
        use wire::server_to_customer::Body;
        self.say(wire::customer_to_server::Body::Ping(wire::Ping { at_ms: 1 })).await;
        loop {
            let body = self.next().await;
            assert!(!unwanted(&body), "{body:?}");
            if matches!(body, Body::Pong(_)) {
                return;
            }
        }
    }

    pub(super) async fn operator_joined(&mut self) -> wire::OperatorJoined {
        use wire::server_to_customer::Body;
        self.until(|body| if let Body::OperatorJoined(joined) = body { Some(joined) } else { None }).await
    }

    pub(super) async fn kept(&mut self, source_seq: u64) {
        use wire::server_to_customer::Body;
        let is_it =
            |body| matches!(body, Body::EventsKept(kept) if kept.source_seq == source_seq).then_some(());
        self.until(is_it).await;
    }
}

/// The next binary frame; `None`: closed.
pub(super) async fn next(socket: &mut WebSocketStream<TcpStream>) -> Option<Bytes> {
    loop {
        match tokio::time::timeout(PATIENCE, socket.next()).await.expect("an answer in time")?.ok()? {
            Message::Binary(frame) => return Some(frame),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

/// A console and an app with the picture up.
pub(super) async fn active(port: &mut Port) -> (Bytes, Console, Customer, wire::Welcome) {
    active_as(port, wire::customer_hello::Kind::App).await
}

/// A console and an app, or a page, with the picture up.
pub(super) async fn active_as(
    port: &mut Port,
    kind: wire::customer_hello::Kind,
) -> (Bytes, Console, Customer, wire::Welcome) {
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let entry = wire::customer_hello::Entry::Code(code);
    let mut customer = port.customer_of(customer_hello(kind, entry)).await;
    let welcome = customer.welcome().await;
    customer.operator_joined().await;
    customer.agree().await;
    console.agreed().await;
    console.say(&session, offer()).await;
    customer.offer().await;
    let connected = wire::event::Kind::Connected(wire::Connected { relayed: false });
    customer.say(wire::customer_to_server::Body::Event(event(1, connected))).await;
    customer.kept(1).await;
    (session, console, customer, welcome)
}
