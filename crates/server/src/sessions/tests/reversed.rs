//! The customer sees and controls the operator's computer [F-15].

use super::peers::{Console, Customer, Port, active, active_as, customer_hello, next, offer};
use crate::tests::Browser;
use bytes::Bytes;
use futures_util::SinkExt as _;
use prost::Message as _;
use protocol::{decode, versions, wire};
use serde_json::Value;
use store::{option_values, session_events};
use tokio::net::TcpStream;
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};
use wire::{
    customer_hello::{Entry, Kind},
    reversed::Act,
    reversed_state::Stage,
    server_to_console::Body,
    server_to_customer::Body as Customers,
};

fn path(session: &Bytes) -> String {
    format!("/api/console/sessions/{}/reversed", uuid::Uuid::from_slice(session).unwrap())
}

async fn wish(browser: &mut Browser, session: &Bytes) -> (u16, String) {
    let answer = browser.post(&path(session), Value::Null).await;
    (answer.status.as_u16(), answer.body["code"].as_str().unwrap_or_default().to_owned())
}

async fn told(console: &mut Console, wanted: Stage) -> wire::ReversedState {
    let is_it = |body| match body {
        Body::State(state) => state.reversed.filter(|reversed| reversed.stage() == wanted),
        _ => None,
    };
    console.until(is_it).await
}

async fn act(customer: &mut Customer) -> Act {
    customer.until(|body| if let Customers::Reversed(reversed) = body { reversed.act } else { None }).await
}

async fn answers(customer: &mut Customer, allowed: bool) {
    customer.say(wire::customer_to_server::Body::Reversed(wire::FromReversed { allowed })).await;
}

/// Wished and agreed to: the code for the operator's own app, and the ticket for the customer's page.
async fn agreed(
    port: &mut Port,
    session: &Bytes,
    console: &mut Console,
    customer: &mut Customer,
) -> (String, String) {
    assert_eq!(wish(&mut port.operator, session).await.0, 204);
    assert!(matches!(act(customer).await, Act::Asked(_)));
    answers(customer, true).await;
    let Act::Ticket(ticket) = act(customer).await else { panic!() };
    (told(console, Stage::Agreed).await.code, ticket)
}

/// The page in the customer's browser.
struct Viewer(WebSocketStream<TcpStream>);

impl Viewer {
    async fn open(port: &Port, ticket: &str) -> Self {
        let mut viewer = Self(port.socket("/ws/viewer", &[]).await.unwrap());
        let hello = wire::ConsoleHello {
            versions: Some(versions::ours("0.0.0")),
            ticket: ticket.to_owned(),
            ..wire::ConsoleHello::default()
        };
        viewer.say(wire::console_to_server::Body::Hello(hello)).await;
        viewer
    }

    async fn say(&mut self, body: wire::console_to_server::Body) {
        let message = wire::ConsoleToServer { session_id: Bytes::new(), body: Some(body) };
        self.0.send(Message::Binary(message.encode_to_vec().into())).await.unwrap();
    }

    /// The page has read its Welcome, and the server knows it.
    async fn opens(&mut self) {
        self.say(wire::console_to_server::Body::Open(wire::OpenSession {})).await;
        self.say(wire::console_to_server::Body::Ping(wire::Ping::default())).await;
        self.until(|body| matches!(body, Body::Pong(_)).then_some(())).await;
    }

    async fn until<T>(&mut self, wanted: impl Fn(Body) -> Option<T>) -> T {
        loop {
            let frame = next(&mut self.0).await.expect("the socket is open");
            let message: wire::ServerToConsole = decode(&frame, 1 << 20).unwrap();
            if let Some(found) = message.body.and_then(&wanted) {
                return found;
            }
        }
    }

    async fn welcome(&mut self) -> wire::ConsoleWelcome {
        self.until(|body| if let Body::Welcome(welcome) = body { Some(welcome) } else { None }).await
    }

    async fn problem(&mut self) -> String {
        self.until(|body| if let Body::Problem(problem) = body { Some(problem.code) } else { None }).await
    }

    async fn ended(&mut self) {
        self.until(|body| matches!(body, Body::Ended(_)).then_some(())).await;
    }
}

/// The page, and the app on the operator's computer, which have come.
async fn seeing(port: &Port, code: &str, ticket: &str) -> (Viewer, Customer) {
    let mut viewer = Viewer::open(port, ticket).await;
    viewer.welcome().await;
    viewer.say(wire::console_to_server::Body::Open(wire::OpenSession {})).await;
    (viewer, port.customer(Entry::Code(code.to_owned())).await)
}

/// The operator agrees on their own computer, and is seen.
async fn shares(app: &mut Customer) {
    app.operator_joined().await;
    app.agree().await;
    let shares = wire::event::Kind::SharingStarted(wire::SharingStarted {});
    app.say(wire::customer_to_server::Body::Event(super::peers::event(1, shares))).await;
    app.kept(1).await;
}

async fn kinds(port: &Port, session: &Bytes) -> Vec<String> {
    let id = store::SessionId::from_bytes(session.as_ref().try_into().unwrap());
    let all = session_events::list(port.company.id, &port.state.store, id).await.unwrap();
    all.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with("operator-control-")).collect()
}

/// The whole way: wish, answer, ticket, the operator's own app under a policy to see and to control, and the ends in the record.
#[tokio::test]
async fn a_customer_sees_the_operators_computer_by_their_press_and_the_operators_consent() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    let (code, ticket) = agreed(&mut port, &session, &mut console, &mut customer).await;

    let mut viewer = Viewer::open(&port, &ticket).await;
    let welcome = viewer.welcome().await;
    let [state] = welcome.sessions.as_slice() else { panic!("one session, and no other one") };
    assert_ne!(state.session_id, session);
    assert_eq!((state.code.as_str(), state.reversed.is_some()), ("", false));
    viewer.say(wire::console_to_server::Body::Open(wire::OpenSession {})).await;

    let mut app = port.customer(Entry::Code(code.clone())).await;
    let sheet = app.welcome().await;
    assert!(sheet.reversed && sheet.consent_after_operator);
    let offered = protocol::Permissions::from(sheet.offered.as_ref());
    assert_eq!(offered, session::hosting::reversed_permissions(), "to see and to control, and nothing else");
    assert_eq!(told(&mut console, Stage::Agreed).await.code, "", "nobody needs it any more");
    assert!(!app.operator_joined().await.name.is_empty());
    app.agree().await;
    viewer.until(|body| matches!(body, Body::Agreed(_)).then_some(())).await;
    viewer.say(offer()).await;
    let policy = app.offer().await.policy.unwrap();
    let policy: wire::Policy = decode(&policy.payload, 4096).unwrap();
    let permissions = policy.permissions.unwrap();
    assert!(permissions.may_view && permissions.may_control && !permissions.may_send_files);
    assert_ne!(policy.operator_id.as_ref(), port.company.operator.as_bytes(), "no operator's account");
    let shares = wire::event::Kind::SharingStarted(wire::SharingStarted {});
    app.say(wire::customer_to_server::Body::Event(super::peers::event(1, shares))).await;
    app.kept(1).await;
    told(&mut console, Stage::Active).await;
    assert_eq!(kinds(&port, &session).await, ["operator-control-started"]);

    // It is no support: it stands in no list, and its operator is not in two sessions.
    let listed = port.operator.get("/api/console/sessions").await;
    assert_eq!(listed.body["sessions"].as_array().unwrap().len(), 1, "{}", listed.text);
    let records = store::records::find(
        port.company.id,
        &port.state.store,
        store::SessionId::from_bytes(policy.session_id.as_ref().try_into().unwrap()),
    );
    assert!(records.await.is_err());

    // The customer stops: both ends hear it, and neither code nor ticket leads anywhere.
    viewer.say(wire::console_to_server::Body::End(0)).await;
    viewer.ended().await;
    app.until(|body| matches!(body, Customers::Ended(_)).then_some(())).await;
    told(&mut console, Stage::Ended).await;
    assert_eq!(
        kinds(&port, &session).await,
        ["operator-control-started", "operator-control-ended-by-customer"]
    );
    assert!(matches!(act(&mut customer).await, Act::Over(_)));
    assert_eq!(Viewer::open(&port, &welcome.ticket).await.problem().await, "ticket-unknown");
    assert_eq!(port.try_code(&code).await, "code-used");
}

/// A ticket opens one page; the page comes back by what it was given then, and by nothing else.
#[tokio::test]
async fn a_ticket_opens_one_page_once() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    let (code, ticket) = agreed(&mut port, &session, &mut console, &mut customer).await;
    for unknown in ["", "0", &"f".repeat(64), &"f".repeat(3_000)] {
        assert_eq!(Viewer::open(&port, unknown).await.problem().await, "ticket-unknown", "{unknown}");
    }
    // The Welcome may be lost: the ticket is good until the page has said something, and what is lost is good for nothing.
    let lost = Viewer::open(&port, &ticket).await.welcome().await.ticket;
    let mut viewer = Viewer::open(&port, &ticket).await;
    let back = viewer.welcome().await.ticket;
    assert_eq!(Viewer::open(&port, &lost).await.problem().await, "ticket-unknown", "lost");
    viewer.opens().await;
    assert_eq!(Viewer::open(&port, &ticket).await.problem().await, "ticket-unknown", "used");
    let mut again = Viewer::open(&port, &back).await;
    assert_ne!(again.welcome().await.ticket, back);
    again.opens().await;
    assert_eq!(viewer.problem().await, "replaced");
    assert_eq!(Viewer::open(&port, &back).await.problem().await, "ticket-unknown", "used");

    // The code is for the app on the operator's computer alone, and once.
    let page =
        port.customer_of(customer_hello(Kind::Browser, Entry::Code(code.clone()))).await.problem().await;
    assert_eq!(page, "code-unknown");
    let mut app = port.customer(Entry::Code(code.clone())).await;
    let token = app.welcome().await.resume_token;
    assert_eq!(port.try_code(&code).await, "code-used");
    // After a lost link it comes back by its token, into the same one.
    drop(app);
    let mut app = port.customer(Entry::ResumeToken(token)).await;
    assert!(app.welcome().await.reversed);

    // Withdrawn: everything that led there leads nowhere.
    assert_eq!(port.operator.delete(&path(&session)).await.status, 204);
    app.until(|body| matches!(body, Customers::Ended(_)).then_some(())).await;
    told(&mut console, Stage::Ended).await;
    assert_eq!(kinds(&port, &session).await, [""; 0], "nobody had seen anything");
}

/// The page has no account: no cookie, no route, and no session but its own.
#[tokio::test]
async fn a_page_reaches_no_other_session_and_no_route() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    let (_, ticket) = agreed(&mut port, &session, &mut console, &mut customer).await;
    let mut viewer = Viewer::open(&port, &ticket).await;
    let welcome = viewer.welcome().await;
    // To whatever session a message is addressed, it is its own that hears it: the other one is asked for nothing.
    for body in [wire::console_to_server::Body::Open(wire::OpenSession {}), offer()] {
        let message = wire::ConsoleToServer { session_id: session.clone(), body: Some(body) };
        viewer.0.send(Message::Binary(message.encode_to_vec().into())).await.unwrap();
    }
    assert_eq!(viewer.problem().await, "bad-message", "an offer before anybody's consent");
    customer.hears_none(|body| matches!(body, Customers::Offer(_))).await;
    let mut nobody = port.server.browser();
    assert_eq!(nobody.get("/api/console/sessions").await.status, 401);
    // A ticket is no sign-in of a console's socket, and a cookie is no ticket.
    let refused = port.socket("/ws/console", &[]).await;
    assert!(refused.is_err());
    let with_cookie = port.socket("/ws/viewer", &port.console_headers()).await.unwrap();
    let mut with_cookie = Viewer(with_cookie);
    let hello = wire::ConsoleHello {
        versions: Some(versions::ours("0.0.0")),
        csrf_token: port.operator.csrf_token.clone().unwrap(),
        ..wire::ConsoleHello::default()
    };
    with_cookie.say(wire::console_to_server::Body::Hello(hello)).await;
    assert_eq!(with_cookie.problem().await, "ticket-unknown");
    let elsewhere = [("origin", "https://elsewhere.example".to_owned())];
    assert!(port.socket("/ws/viewer", &elsewhere).await.is_err(), "another site's page");
    assert!(!welcome.ticket.is_empty());

    // Hostile: what is no message closes it, and the session itself goes on.
    for _ in 0..20 {
        if viewer.0.send(Message::Binary(Bytes::from_static(&[0xff; 9]))).await.is_err() {
            break;
        }
    }
    while next(&mut viewer.0).await.is_some() {}
    let mut back = Viewer::open(&port, &welcome.ticket).await;
    back.welcome().await;
}

/// Of another company, of another operator, without the option: nobody is asked.
#[tokio::test]
async fn nobody_else_wishes_it_and_nobody_is_asked_without_the_right() {
    let mut port = Port::open().await;
    let (session, _console, mut customer, _) = active(&mut port).await;
    let other = port.server.company("gamma").await;
    let mut stranger = port.server.operator(&other).await;
    let (_, mut colleague) = port.server.another_operator(&port.company).await;
    for browser in [&mut stranger, &mut colleague] {
        assert_eq!(wish(browser, &session).await.0, 404);
        assert_eq!(browser.delete(&path(&session)).await.status, 404);
    }
    customer.hears_none(|body| matches!(body, Customers::Reversed(_))).await;
    // An answer to no question is none.
    answers(&mut customer, true).await;
    customer.hears_none(|body| matches!(body, Customers::Reversed(_))).await;

    let write = port.state.store.write(port.company.id).await.unwrap();
    let department = port.company.department;
    option_values::set_of_department(&write, department, "operator_screen_control", false).await.unwrap();
    write.commit().await.unwrap();
    let (off, _off_console, _off_customer, _) = active(&mut port).await;
    assert_eq!(wish(&mut port.operator, &off).await, (403, "operator-control-forbidden".to_owned()));
}

/// A customer in the browser: asked, allowed and begun as with the app; refused, taken back, and forbidden by the options.
#[tokio::test]
async fn a_page_is_asked_as_an_app_is() {
    let mut port = Port::open().await;
    let (session, mut console, mut page, sheet) = active_as(&mut port, Kind::Browser).await;
    let offered = protocol::Permissions::from(sheet.offered.as_ref());
    assert!(offered.control_operator && !offered.control);
    assert_eq!(wish(&mut port.operator, &session).await.0, 204);
    assert!(matches!(act(&mut page).await, Act::Asked(_)));
    answers(&mut page, false).await;
    told(&mut console, Stage::Refused).await;

    let (code, ticket) = agreed(&mut port, &session, &mut console, &mut page).await;
    let (mut viewer, mut app) = seeing(&port, &code, &ticket).await;
    assert!(app.welcome().await.reversed);
    shares(&mut app).await;
    told(&mut console, Stage::Active).await;
    // The customer takes the right back: everything that led there leads nowhere.
    let without = protocol::Permissions { control_operator: false, ..offered };
    let consent = wire::Consent { agreed: true, permissions: Some(without.into()) };
    page.say(wire::customer_to_server::Body::Consent(consent)).await;
    viewer.ended().await;
    assert!(matches!(act(&mut page).await, Act::Over(_)));
    told(&mut console, Stage::Ended).await;
    assert_eq!(kinds(&port, &session).await, ["operator-control-started", "operator-control-ended"]);
    assert_eq!(wish(&mut port.operator, &session).await, (403, "operator-control-forbidden".to_owned()));

    let write = port.state.store.write(port.company.id).await.unwrap();
    let department = port.company.department;
    option_values::set_of_department(&write, department, "operator_screen_control", false).await.unwrap();
    write.commit().await.unwrap();
    let (off, _console, mut page, sheet) = active_as(&mut port, Kind::Browser).await;
    assert!(!protocol::Permissions::from(sheet.offered.as_ref()).control_operator);
    assert_eq!(wish(&mut port.operator, &off).await, (403, "operator-control-forbidden".to_owned()));
    page.hears_none(|body| matches!(body, Customers::Reversed(_))).await;
}

/// With the session in which it was wished, and with its customer's no, it is over; a restart of the server ends it as well.
#[tokio::test]
async fn it_ends_with_the_session_in_which_it_was_wished() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    assert_eq!(wish(&mut port.operator, &session).await.0, 204);
    assert_eq!(wish(&mut port.operator, &session).await.1, "operator-control-busy");
    assert!(matches!(act(&mut customer).await, Act::Asked(_)));
    answers(&mut customer, false).await;
    told(&mut console, Stage::Refused).await;

    let (code, ticket) = agreed(&mut port, &session, &mut console, &mut customer).await;
    let mut viewer = Viewer::open(&port, &ticket).await;
    viewer.welcome().await;
    viewer.say(wire::console_to_server::Body::Open(wire::OpenSession {})).await;
    let mut app = port.customer(Entry::Code(code)).await;
    app.welcome().await;
    console.say(&session, wire::console_to_server::Body::End(0)).await;
    viewer.ended().await;
    app.until(|body| matches!(body, Customers::Ended(_)).then_some(())).await;
}

/// A restart of the server ends it, and the record says so; the session in which it was wished goes on.
#[tokio::test]
async fn a_restart_of_the_server_ends_it() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, welcome) = active(&mut port).await;
    let (code, ticket) = agreed(&mut port, &session, &mut console, &mut customer).await;
    let (_viewer, mut app) = seeing(&port, &code, &ticket).await;
    let token = app.welcome().await.resume_token;
    shares(&mut app).await;
    told(&mut console, Stage::Active).await;
    let port = port.kill_and_start_again().await;
    let ended = ["operator-control-started", "operator-control-ended"];
    assert_eq!(kinds(&port, &session).await, ended);
    assert_eq!(port.customer(Entry::ResumeToken(token)).await.problem().await, "session-ended");
    assert_eq!(Viewer::open(&port, &ticket).await.problem().await, "ticket-unknown");
    let mut back = port.customer(Entry::ResumeToken(welcome.resume_token)).await;
    back.welcome().await;
    assert!(matches!(act(&mut back).await, Act::Over(_)));
}

/// Who tries tickets without end is told to wait, before a socket is made.
#[tokio::test]
async fn an_address_opens_so_many_pages_a_minute() {
    let port = Port::open().await;
    let mut opened = 0;
    while port.socket("/ws/viewer", &[]).await.is_ok() {
        opened += 1;
        assert!(opened <= 60, "no limit");
    }
    assert_eq!(opened, 60);
}
