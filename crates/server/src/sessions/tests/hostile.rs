use super::{
    peers::{Console, Customer, Port, active, customer_hello, event, hello, next, offer},
    story::ended,
};
use bytes::Bytes;
use futures_util::SinkExt as _;
use protocol::{limits, wire};
use store::session_events;
use tokio_tungstenite::tungstenite::{Error, Message};

fn status(refused: &Result<impl Sized, Error>) -> Option<u16> {
    match refused {
        Err(Error::Http(response)) => Some(response.status().as_u16()),
        _ => None,
    }
}

/// GHSA-cp68-qrhr-g9h8: a page of another origin with a valid cookie opens nothing.
#[tokio::test]
async fn a_foreign_page_opens_no_socket() {
    let port = Port::open().await;
    let [cookie, _] = port.console_headers();
    let evil = ("origin", "https://evil.example".to_owned());
    assert_eq!(status(&port.socket("/ws/console", &[cookie.clone(), evil.clone()]).await), Some(403));
    assert_eq!(status(&port.socket("/ws/customer", &[evil]).await), Some(403));
    let ours = ("origin", "https://support.example".to_owned());
    assert_eq!(status(&port.socket("/ws/console", &[ours]).await), Some(401), "no cookie");
}

/// The cookie alone opens no console.
#[tokio::test]
async fn a_console_without_the_pages_token_is_closed() {
    let port = Port::open().await;
    for first in [hello(String::new()), hello("0".repeat(64)), offer()] {
        let mut console = Console(port.socket("/ws/console", &port.console_headers()).await.unwrap());
        console.say(&[], first).await;
        let code = console.problem().await;
        assert!(matches!(code.as_str(), "not-signed-in" | "bad-message"), "{code}");
        assert_eq!(next(&mut console.0).await, None);
    }
}

/// Another company's operator, with a valid console, is told of no session of ours, and nothing said to one reaches it.
#[tokio::test]
async fn another_companys_console_reaches_no_session_of_ours() {
    use wire::{console_to_server::Body, event::Kind};
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let ours = port.operator.clone();
    let other = port.server.company("gamma").await;
    port.operator = port.server.operator(&other).await;
    let mut console = port.console().await;
    let listed = console.sessions().await;
    assert_eq!(listed, []);
    let said = [
        Body::Open(wire::OpenSession {}),
        offer(),
        Body::Candidate(wire::Candidate::default()),
        Body::Event(event(1, Kind::SharingStarted(wire::SharingStarted {}))),
        Body::End(wire::EndReason::OperatorEnded.into()),
    ];
    for body in said {
        let what = format!("{body:?}");
        console.say(&session, body).await;
        assert_eq!(console.problem().await, "session-ended", "{what}");
    }
    port.operator = ours;
    let listed = port.operator.get("/api/console/sessions").await;
    assert_eq!(listed.body["sessions"].as_array().unwrap().len(), 1, "{}", listed.text);
    assert_eq!(port.try_code(&code).await, "welcome", "our session goes on");
}

/// RustDesk: what proves a login can be recorded and said again (CWE-294). Here what lets a customer in is used up by it,
/// though it comes byte for byte as it was recorded.
#[tokio::test]
async fn cve_2026_30789_a_recorded_hello_lets_nobody_in_again() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let by_code = customer_hello(wire::customer_hello::Kind::App, wire::customer_hello::Entry::Code(code));
    let mut customer = port.customer_of(by_code.clone()).await;
    let token = customer.welcome().await.resume_token;
    customer.operator_joined().await;
    customer.agree().await;
    console.agreed().await;
    assert_eq!(port.customer_of(by_code.clone()).await.problem().await, "code-used");
    drop(customer);
    console.stage(wire::session_state::Stage::Away).await;
    assert_eq!(port.customer_of(by_code).await.problem().await, "code-used", "nobody is in");
    let entry = wire::customer_hello::Entry::ResumeToken(token);
    let by_token = customer_hello(wire::customer_hello::Kind::App, entry);
    let mut back = port.customer_of(by_token.clone()).await;
    assert!(back.welcome().await.resumed);
    // The new token has arrived, so the recorded one is worth nothing.
    back.hears_none(|_| false).await;
    let started = wire::event::Kind::SharingStarted(wire::SharingStarted {});
    back.say(wire::customer_to_server::Body::Event(event(1, started))).await;
    back.kept(1).await;
    assert_eq!(port.customer_of(by_token).await.problem().await, "session-ended");
    back.hears_none(|body| matches!(body, wire::server_to_customer::Body::Ended(_))).await;
}

/// expired, used and unknown codes are told apart, and guessing ends soon.
#[tokio::test]
async fn guessing_codes_is_limited_and_a_right_code_is_not_counted() {
    let mut port = Port::open().await;
    let (_, code) = port.session().await;
    assert_eq!(port.try_code(&code).await, "welcome");
    assert_eq!(port.try_code(&code).await, "code-used");
    let mut answers = Vec::new();
    for guess in 0..12 {
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let typed = if guess % 2 == 0 { wrong } else { "no code" };
        answers.push(port.try_code(typed).await);
    }
    assert_eq!(answers.first().unwrap(), "code-unknown");
    assert_eq!(answers.last().unwrap(), "rate-limited");
    assert!(answers.iter().all(|answer| matches!(answer.as_str(), "code-unknown" | "rate-limited")));
}

/// sockets that were parked and guess at the same moment get no further than one after the other.
#[tokio::test]
async fn guesses_at_the_same_moment_are_limited_like_others() {
    let mut port = Port::open().await;
    let (_, code) = port.session().await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let mut parked = Vec::new();
    for _ in 0..30 {
        parked.push(Customer(port.socket("/ws/customer", &[]).await.unwrap()));
    }
    let guesses = parked.into_iter().map(|mut customer| async move {
        let entry = wire::customer_hello::Entry::Code(wrong.to_owned());
        let hello = customer_hello(wire::customer_hello::Kind::App, entry);
        customer.say(wire::customer_to_server::Body::Hello(hello)).await;
        customer.problem().await
    });
    let answers = futures_util::future::join_all(guesses).await;
    assert_eq!(answers.iter().filter(|answer| *answer == "code-unknown").count(), 10);
    assert_eq!(answers.iter().filter(|answer| *answer == "rate-limited").count(), 20);
}

/// wrong codes from behind the same address keep nobody from coming back.
#[tokio::test]
async fn a_token_resumes_while_codes_are_refused() {
    let mut port = Port::open().await;
    let (_, mut console, customer, welcome) = active(&mut port).await;
    while port.try_code("no code").await != "rate-limited" {}
    drop(customer);
    console.stage(wire::session_state::Stage::Away).await;
    let entry = wire::customer_hello::Entry::ResumeToken(welcome.resume_token);
    assert!(port.customer(entry).await.welcome().await.resumed);
    // Tokens that lead nowhere use no tries at codes up, either.
    let (_, code) = port.session().await;
    let entry = wire::customer_hello::Entry::ResumeToken(Bytes::from_static(b"nothing"));
    assert_eq!(port.customer(entry).await.problem().await, "session-ended");
    assert_eq!(port.try_code(&code).await, "rate-limited");
}

/// Y-6: a second page that got hold of the app's code is not let in, and the app still is.
#[tokio::test]
async fn an_apps_code_opens_for_the_app_alone() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let page = customer_hello(wire::customer_hello::Kind::Browser, wire::customer_hello::Entry::Code(code));
    let mut page = port.customer_of(page).await;
    page.operator_joined().await;
    page.agree().await;
    console.agreed().await;
    let code = page.app_code().await;
    let entry = wire::customer_hello::Entry::Code(code);
    let other = customer_hello(wire::customer_hello::Kind::Browser, entry.clone());
    assert_eq!(port.customer_of(other).await.problem().await, "code-unknown");
    assert_eq!(port.customer(entry).await.welcome().await.session_id, session);
}

#[tokio::test]
async fn older_and_newer_protocols_are_told_so() {
    let mut port = Port::open().await;
    let (_, code) = port.session().await;
    for (lowest, highest, expected) in
        [(99, 100, "protocol-too-new"), (0, 0, "bad-message"), (2, 1, "bad-message")]
    {
        let entry = wire::customer_hello::Entry::Code(code.clone());
        let mut hello = customer_hello(wire::customer_hello::Kind::App, entry);
        hello.versions = Some(wire::Versions { lowest, highest, program: String::new() });
        let answer = port.customer_of(hello).await.next().await;
        let wire::server_to_customer::Body::Problem(problem) = answer else { panic!("{answer:?}") };
        assert_eq!(problem.code, expected);
    }
    assert_eq!(port.try_code(&code).await, "welcome", "a refused version uses no code up");
}

/// "Valid but out of order": refused, and the session goes on.
#[tokio::test]
async fn messages_out_of_order_change_nothing() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.say(&session, offer()).await;
    console.open(&session).await;
    console.say(&session, offer()).await;
    assert_eq!(console.problem().await, "bad-message");
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.welcome().await;
    let answer = wire::SessionDescription { sdp: "v=0\r\n".to_owned() };
    customer.say(wire::customer_to_server::Body::Answer(answer)).await;
    customer.say(wire::customer_to_server::Body::Candidate(wire::Candidate::default())).await;
    customer.say(wire::customer_to_server::Body::RequestAppCode(wire::RequestAppCode {})).await;
    for bad in [Bytes::new(), Bytes::from_static(&[0xff; 9])] {
        customer.0.send(Message::Binary(bad)).await.unwrap();
    }
    customer.0.send(Message::text("{}")).await.unwrap();
    customer.agree().await;
    console.agreed().await;
}

/// A page cannot raise itself to control.
#[tokio::test]
async fn a_page_that_agrees_to_control_is_cut() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let page = customer_hello(wire::customer_hello::Kind::Browser, wire::customer_hello::Entry::Code(code));
    let mut page = port.customer_of(page).await;
    page.operator_joined().await;
    page.agree().await;
    assert!(!console.agreed().await.permissions.unwrap().may_control);
}

/// Reports that no honest side would make: far ahead of what it sent before. Nothing of them is kept.
#[tokio::test]
async fn events_far_ahead_are_not_kept() {
    let mut port = Port::open().await;
    let (session, _console, mut customer, _) = active(&mut port).await;
    let started = || wire::event::Kind::SharingStarted(wire::SharingStarted {});
    for seq in [2 + limits::EVENTS_WAITING as u64, i64::MAX as u64, u64::MAX] {
        customer.say(wire::customer_to_server::Body::Event(event(seq, started()))).await;
    }
    customer.say(wire::customer_to_server::Body::Event(event(2, started()))).await;
    customer.kept(2).await;
    customer.say(wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into())).await;
    let id = ended(&port, &session).await.id;
    let events = session_events::list(port.company.id, &port.state.store, id).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.source == "customer").count(), 2);
}

/// A customer fills its part of the record: what the operator reported is kept, and nothing goes on unrecorded.
#[tokio::test]
async fn a_session_whose_record_is_full_ends_and_keeps_the_operators_word() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    let chat = |number: u64| {
        let id = Bytes::copy_from_slice(&u128::from(number).to_be_bytes());
        let text = "\u{1f4a9}".repeat(limits::CHAT_CHARS);
        let author = wire::chat::Author::Customer.into();
        event(number, wire::event::Kind::Chat(wire::Chat { id, author, text, at_ms: 1, name: String::new() }))
    };
    let last = 2 + limits::EVENT_BYTES_OF_SIDE / (4 * limits::CHAT_CHARS as u64);
    let connected = wire::event::Kind::Connected(wire::Connected { relayed: true });
    console.say(&session, wire::console_to_server::Body::Event(event(1, connected))).await;
    console.kept(1).await;
    for number in 2..=last {
        customer.say(wire::customer_to_server::Body::Event(chat(number))).await;
    }
    let reason: i32 = wire::EndReason::ServerFailed.into();
    console
        .until(|body| {
            matches!(body, wire::server_to_console::Body::Ended(end) if end.reason == reason).then_some(())
        })
        .await;
    let id = ended(&port, &session).await.id;
    let events = session_events::list(port.company.id, &port.state.store, id).await.unwrap();
    assert!(events.iter().any(|event| event.kind == "events-refused"));
    assert!(!events.iter().any(|event| event.source == "customer" && event.source_seq == last as i64));
    assert!(events.iter().any(|event| event.source == "operator" && event.source_seq == 1));
}

/// A report that is none leaves no gap behind which nothing of its side would be confirmed any more.
#[tokio::test]
async fn a_malformed_report_is_a_line_and_no_gap() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    let malformed =
        wire::Chat { id: Bytes::from_static(&[1; 15]), text: " ".to_owned(), ..wire::Chat::default() };
    let unknown = wire::Event { source_seq: 3, at_ms: 1, kind: None };
    let started = wire::event::Kind::SharingStarted(wire::SharingStarted {});
    for report in [event(2, wire::event::Kind::Chat(malformed.clone())), unknown, event(4, started)] {
        customer.say(wire::customer_to_server::Body::Event(report)).await;
    }
    customer.kept(4).await;
    let connected = wire::event::Kind::Connected(wire::Connected { relayed: false });
    for report in [event(1, wire::event::Kind::Chat(malformed)), event(2, connected)] {
        console.say(&session, wire::console_to_server::Body::Event(report)).await;
    }
    console.kept(2).await;
    customer.say(wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into())).await;
    let id = ended(&port, &session).await.id;
    let events = session_events::list(port.company.id, &port.state.store, id).await.unwrap();
    let refused = events.iter().filter(|event| event.kind == "report-malformed");
    let told: Vec<_> = refused.map(|event| (event.source.as_str(), event.source_seq)).collect();
    assert_eq!(told, [("customer", 2), ("customer", 3), ("operator", 1)]);
}

/// An operator's limit holds for requests that come at the same moment.
#[tokio::test]
async fn sessions_made_at_once_are_counted_one_after_the_other() {
    let port = Port::open().await;
    let made = (0..40).map(|_| {
        let mut operator = port.operator.clone();
        async move { operator.post("/api/console/sessions", serde_json::Value::Null).await.status.as_u16() }
    });
    let answers = futures_util::future::join_all(made).await;
    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 20);
    assert_eq!(answers.iter().filter(|status| **status == 503).count(), 20, "{answers:?}");
}
