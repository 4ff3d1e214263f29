use super::{
    peers::{CONSOLE, Port, active, customer_hello, event, offer},
    story::ended,
};
use prost::Message as _;
use protocol::wire;
use store::{records, session_events};

fn chat(source_seq: u64, text: &str) -> wire::customer_to_server::Body {
    let id = bytes::Bytes::from(vec![u8::try_from(source_seq).unwrap(); 16]);
    let author = wire::chat::Author::Customer.into();
    let chat = wire::Chat { id, author, text: text.to_owned(), at_ms: 1, name: String::new() };
    wire::customer_to_server::Body::Event(event(source_seq, wire::event::Kind::Chat(chat)))
}

/// X-9, "the server is killed and started again": the session goes on and its record is complete.
#[tokio::test]
async fn a_live_session_outlives_the_server() {
    let mut port = Port::open().await;
    let (session, console, mut customer, welcome) = active(&mut port).await;
    customer.say(chat(2, "before")).await;
    customer.kept(2).await;
    let port = port.kill_and_start_again().await;
    drop((console, customer));

    let entry = wire::customer_hello::Entry::ResumeToken(welcome.resume_token);
    let mut customer = port.customer(entry).await;
    assert!(customer.welcome().await.resumed);
    customer.kept(2).await;
    // The console is not even back: the policy is renewed for the connection that it has with the app.
    let policy = customer
        .until(|body| match body {
            wire::server_to_customer::Body::Policy(policy) => Some(policy),
            _ => None,
        })
        .await;
    let policy = wire::Policy::decode(policy.payload).unwrap();
    assert_eq!(policy.console_fingerprint, CONSOLE.to_bytes());
    // What was not confirmed is sent again, and stands once.
    customer.say(chat(2, "before")).await;
    customer.say(chat(3, "after")).await;
    customer.kept(3).await;
    let mut console = port.console().await;
    console.open(&session).await;
    console.agreed().await;
    console.say(&session, offer()).await;
    customer.offer().await;
    customer.say(wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into())).await;

    let kept = ended(&port, &session).await;
    assert_eq!(kept.end_reason.as_deref(), Some("customer-stopped"));
    let (company, store) = (port.company.id, &port.state.store);
    let events = session_events::list(company, store, kept.id).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.kind == "chat").count(), 2);
    assert!(session_events::verify(company, store, kept.id).await.unwrap().is_ok());
    assert!(records::find(company, store, kept.id).await.unwrap().ended_at_ms.is_some());
}

/// The answer with the next token is lost, and then the server is, too: the token that the customer has still works.
#[tokio::test]
async fn a_lost_welcome_and_a_killed_server_lose_no_session() {
    let mut port = Port::open().await;
    let (_, console, customer, welcome) = active(&mut port).await;
    drop(customer);
    let entry = wire::customer_hello::Entry::ResumeToken(welcome.resume_token);
    let mut unread = port.customer(entry.clone()).await;
    let lost = unread.welcome().await.resume_token;
    let port = port.kill_and_start_again().await;
    drop((console, unread));
    let mut customer = port.customer(entry.clone()).await;
    assert!(customer.welcome().await.resumed);
    // Whoever speaks has the newest token, and no earlier one works.
    customer.say(chat(2, "here again")).await;
    customer.kept(2).await;
    assert_eq!(port.customer(entry).await.problem().await, "session-ended");
    let lost = wire::customer_hello::Entry::ResumeToken(lost);
    assert_eq!(port.customer(lost).await.problem().await, "session-ended");
}

/// A code outlives the server, too.
#[tokio::test]
async fn a_code_that_was_out_still_lets_its_customer_in() {
    let mut port = Port::open().await;
    let (_, code) = port.session().await;
    let port = port.kill_and_start_again().await;
    assert_eq!(port.try_code(&code).await, "welcome");
}

/// nobody knows the digits after a restart, so the operator makes another code of the same session.
#[tokio::test]
async fn a_new_code_takes_the_place_of_one_that_nobody_knows() {
    let mut port = Port::open().await;
    let (session, old) = port.session().await;
    let mut port = port.kill_and_start_again().await;
    port.operator = port.operator.at(&port.state);
    let listed = port.operator.get("/api/console/sessions").await.body;
    assert_eq!(listed["sessions"][0]["code"], "");
    assert_eq!(listed["sessions"][0]["stage"], "waiting");
    let id = uuid::Uuid::from_slice(&session).unwrap();
    let path = format!("/api/console/sessions/{id}/code");
    let made = port.operator.post(&path, serde_json::Value::Null).await;
    assert_eq!((made.status.as_u16(), made.body["id"].as_str()), (201, Some(id.to_string().as_str())));
    let code = made.body["code"].as_str().unwrap().to_owned();
    let listed = port.operator.get("/api/console/sessions").await.body;
    assert_eq!(listed["sessions"][0]["code"], *code);
    assert_eq!(listed["sessions"][0]["code_expires_at_ms"], made.body["code_expires_at_ms"]);
    assert_eq!(port.try_code(&old).await, "code-expired");
    let entry = wire::customer_hello::Entry::Code(code);
    let mut customer = port.customer(entry).await;
    assert_eq!(customer.welcome().await.session_id, session);
    let late = port.operator.post(&path, serde_json::Value::Null).await;
    assert_eq!(late.problem(), (409, "session-not-waiting"));
    let nobodys = format!("/api/console/sessions/{}/code", uuid::Uuid::now_v7());
    assert_eq!(port.operator.post(&nobodys, serde_json::Value::Null).await.problem(), (404, "not-found"));
}

/// Y-6: a page that is loaded again has its token and nothing else of its life before: same session, asked anew.
#[tokio::test]
async fn a_reloaded_page_comes_back_and_is_asked_anew() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let page = |entry| customer_hello(wire::customer_hello::Kind::Browser, entry);
    let mut customer = port.customer_of(page(wire::customer_hello::Entry::Code(code))).await;
    let welcome = customer.welcome().await;
    customer.operator_joined().await;
    customer.agree().await;
    console.agreed().await;
    drop(customer);
    console.stage(wire::session_state::Stage::Away).await;
    let mut again = page(wire::customer_hello::Entry::ResumeToken(welcome.resume_token));
    again.nonce = bytes::Bytes::from_static(&[9; 32]);
    let mut customer = port.customer_of(again).await;
    let back = customer.welcome().await;
    assert_eq!((back.session_id, back.resumed), (session.clone(), false));
    console.stage(wire::session_state::Stage::Joined).await;
    customer.operator_joined().await;
    customer.agree().await;
    console.agreed().await;
    console.say(&session, wire::console_to_server::Body::End(0)).await;
    let kept = ended(&port, &session).await;
    let record = records::find(port.company.id, &port.state.store, kept.id).await;
    assert!(record.is_ok());
}
