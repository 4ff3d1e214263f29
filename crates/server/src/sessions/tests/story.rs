use super::peers::{APP, CONSOLE, Port, active, customer_hello, event, offer};
use bytes::Bytes;
use protocol::{
    policy::{self, Expectation, KNOWN_FEATURES, TrustedKey},
    wire,
};
use std::time::{Duration, Instant};
use store::{records, session_events, sessions};

pub(super) fn store_id(session: &Bytes) -> store::SessionId {
    store::SessionId::from_bytes(session.as_ref().try_into().unwrap())
}

/// X-1 … X-3, S-02, X-8: from the code to the sealed record.
#[tokio::test]
async fn a_whole_session_and_its_record() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let (head, tail) = code.split_at(3);
    let typed = format!("{head}-{tail}");
    let mut customer = port.customer(wire::customer_hello::Entry::Code(typed)).await;
    let welcome = customer.welcome().await;
    assert_eq!((welcome.company.as_str(), welcome.service.as_str()), ("베타", "베타 지원"));
    assert!(welcome.consent_after_operator);
    console.stage(wire::session_state::Stage::Joined).await;
    assert_eq!(customer.operator_joined().await.name, "김상담");
    customer.agree().await;
    console.agreed().await;
    console.say(&session, offer()).await;
    let offer = customer.offer().await;

    let identity = port.state.sessions.identity_hash();
    let key =
        TrustedKey::verify_certificate(&welcome.key.unwrap(), &[identity], welcome.server_time_ms).unwrap();
    let expected = Expectation {
        session_id: protocol::SessionId::try_from(&welcome.session_id).unwrap(),
        operator_id: None,
        company_id: None,
        nonce: protocol::Nonce([6; 32]),
        customer_fingerprint: APP,
        console_fingerprint: CONSOLE,
        revision: 0,
        now_ms: welcome.server_time_ms,
        features: &KNOWN_FEATURES,
    };
    let policy = policy::verify(&offer.policy.unwrap(), &key, &expected).unwrap();
    assert!(policy.policy().permissions.control);

    let answer = wire::SessionDescription { sdp: "v=0\r\n".to_owned() };
    customer.say(wire::customer_to_server::Body::Answer(answer)).await;
    console.until(|body| matches!(body, wire::server_to_console::Body::Answer(_)).then_some(())).await;
    let connected = wire::event::Kind::Connected(wire::Connected { relayed: false });
    customer.say(wire::customer_to_server::Body::Event(event(1, connected))).await;
    customer.kept(1).await;
    console.stage(wire::session_state::Stage::Active).await;
    console.say(&session, wire::console_to_server::Body::End(0)).await;
    customer.until(|body| matches!(body, wire::server_to_customer::Body::Ended(_)).then_some(())).await;
    console.stage(wire::session_state::Stage::Ended).await;

    let (id, company) = (store_id(&session), port.company.id);
    let kept = ended(&port, &session).await;
    assert_eq!(kept.end_reason.as_deref(), Some("operator-ended"));
    assert!(kept.sealed_at_ms.is_some());
    let record = records::find(company, &port.state.store, id).await.unwrap();
    assert_eq!((record.connection.as_str(), record.customer_os.as_str()), ("direct", "Linux"));
    assert!(session_events::verify(company, &port.state.store, id).await.unwrap().is_ok());
    let events = session_events::list(company, &port.state.store, id).await.unwrap();
    let kinds: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "session-created",
            "operator-joined",
            "customer-joined",
            "consented",
            "policy-signed",
            "connected",
            "ended"
        ]
    );
}

/// The row of a session once it has ended.
pub(super) async fn ended(port: &Port, session: &Bytes) -> sessions::Session {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let kept = sessions::find(port.company.id, &port.state.store, store_id(session)).await.unwrap();
        if kept.ended_at_ms.is_some() || until < Instant::now() {
            return kept;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// "The app is killed": the console is told at once.
#[tokio::test]
async fn a_killed_app_is_told_to_the_console_in_time() {
    let mut port = Port::open().await;
    let (_, mut console, customer, _) = active(&mut port).await;
    let killed = Instant::now();
    drop(customer);
    console.stage(wire::session_state::Stage::Away).await;
    assert!(killed.elapsed() < Duration::from_secs(5));
}

/// "The app is killed" and nobody comes back: the record says so, is closed, and is as good as any other.
#[tokio::test]
async fn a_customer_who_stays_away_leaves_a_closed_record() {
    let mut port =
        Port::open_with(|configuration| configuration.customer_away = Duration::from_millis(300)).await;
    let (session, mut console, customer, _) = active(&mut port).await;
    drop(customer);
    console.stage(wire::session_state::Stage::Away).await;
    console.stage(wire::session_state::Stage::Ended).await;
    let kept = ended(&port, &session).await;
    assert_eq!(kept.end_reason.as_deref(), Some("customer-lost"));
    assert!(kept.sealed_at_ms.is_some());
    let (company, store) = (port.company.id, &port.state.store);
    let record = records::find(company, store, kept.id).await.unwrap();
    assert_eq!((record.end_reason.as_deref(), record.ended_at_ms), (Some("customer-lost"), kept.ended_at_ms));
    assert!(session_events::verify(company, store, kept.id).await.unwrap().is_ok());
    let events = session_events::list(company, store, kept.id).await.unwrap();
    let kinds: Vec<&str> = events.iter().rev().take(3).map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["ended", "customer-away", "connected"]);
}

/// the customer's signalling comes back with the token, once, and goes on.
#[tokio::test]
async fn a_resume_token_brings_the_same_customer_back_once() {
    let mut port = Port::open().await;
    let (_, mut console, customer, welcome) = active(&mut port).await;
    drop(customer);
    console.stage(wire::session_state::Stage::Away).await;
    let entry = wire::customer_hello::Entry::ResumeToken(welcome.resume_token.clone());
    let mut back = port.customer(entry.clone()).await;
    let again = back.welcome().await;
    assert!(again.resumed);
    assert_ne!(again.resume_token, welcome.resume_token);
    back.kept(1).await;
    console.stage(wire::session_state::Stage::Active).await;
    // The new token's owner has spoken, so the old one is worth nothing.
    back.agree().await;
    let ping = wire::customer_to_server::Body::Ping(wire::Ping { at_ms: 1 });
    back.say(ping).await;
    back.until(|body| matches!(body, wire::server_to_customer::Body::Pong(_)).then_some(())).await;
    let event = event(2, wire::event::Kind::SharingStarted(wire::SharingStarted {}));
    back.say(wire::customer_to_server::Body::Event(event)).await;
    back.kept(2).await;
    let refused = port.customer(entry).await.next().await;
    assert!(
        matches!(refused, wire::server_to_customer::Body::Problem(problem) if problem.code == "session-ended")
    );
}

/// "Two consoles of the same operator": the newest gets the picture, the other is told.
#[tokio::test]
async fn a_second_console_replaces_the_first() {
    let mut port = Port::open().await;
    let (session, mut first, _customer, _) = active(&mut port).await;
    let mut second = port.console().await;
    second.open(&session).await;
    second.agreed().await;
    assert_eq!(first.problem().await, "replaced");
    // Closing the first disturbs nobody.
    drop(first);
    second.say(&session, offer()).await;
    let ping = wire::console_to_server::Body::Ping(wire::Ping { at_ms: 1 });
    second.say(&[], ping).await;
    second.until(|body| matches!(body, wire::server_to_console::Body::Pong(_)).then_some(())).await;
}

/// "The console is closed and opened again": the operator gets back in.
#[tokio::test]
async fn a_console_opened_again_gets_back_in() {
    let mut port = Port::open().await;
    let (session, console, mut customer, _) = active(&mut port).await;
    drop(console);
    customer
        .until(|body| matches!(body, wire::server_to_customer::Body::OperatorLeft(_)).then_some(()))
        .await;
    let mut again = port.console().await;
    let listed = again.sessions().await;
    assert_eq!(listed.len(), 1);
    again.open(&session).await;
    again.agreed().await;
    again.say(&session, offer()).await;
    assert!(customer.offer().await.policy.is_some());
}

/// Y-6: from the page to the app in one session.
#[tokio::test]
async fn the_app_takes_over_from_the_page() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let page = customer_hello(wire::customer_hello::Kind::Browser, wire::customer_hello::Entry::Code(code));
    let mut page = port.customer_of(page).await;
    let welcome = page.welcome().await;
    assert!(!welcome.offered.unwrap().may_control);
    assert!(welcome.offered_to_app.unwrap().may_control);
    page.operator_joined().await;
    page.agree().await;
    console.agreed().await;
    let code = page.app_code().await;
    let mut app = port.customer(wire::customer_hello::Entry::Code(code)).await;
    let welcome = app.welcome().await;
    assert_eq!(welcome.session_id, session);
    assert!(welcome.offered.unwrap().may_control);
    app.operator_joined().await;
    // The page is still the customer, until the app's own customer agrees.
    let ping = wire::customer_to_server::Body::Ping(wire::Ping { at_ms: 1 });
    page.say(ping).await;
    page.until(|body| matches!(body, wire::server_to_customer::Body::Pong(_)).then_some(())).await;
    app.agree().await;
    page.until(|body| matches!(body, wire::server_to_customer::Body::Replaced(_)).then_some(())).await;
    let agreed = console.agreed().await;
    assert_eq!(agreed.customer_kind(), wire::customer_hello::Kind::App);
}
