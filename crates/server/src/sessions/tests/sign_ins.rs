//! Sessions and the sign-ins of their operator [S-01, X-6, X-9].

use super::{
    peers::{Customer, Port, active, active_as, customer_hello, offer},
    story::ended,
};
use crate::tests::PASSWORD;
use protocol::wire::{self, server_to_customer::Body};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use store::{
    company_settings, option_values,
    web_sessions::{self, Account},
};

/// Longer than until a session looks again.
const LOOKED: Duration = Duration::from_millis(3_500);

fn is_end(body: &Body) -> bool {
    matches!(body, Body::Ended(_))
}

async fn end(customer: &mut Customer) {
    customer.until(|body| is_end(&body).then_some(())).await;
}

/// Whoever signs out controls nobody any more, the page may be closed or not; and a code that is out leads nowhere.
#[tokio::test]
async fn signing_out_ends_the_operators_sessions() {
    for path in ["/api/console/sign-out", "/api/console/own/sign-out-everywhere"] {
        let mut port = Port::open().await;
        let (session, console, mut customer, _) = active(&mut port).await;
        let (waiting, code) = port.session().await;
        drop(console);
        let out = port.operator.post(path, Value::Null).await;
        assert_eq!(out.status, 204, "{path}");
        end(&mut customer).await;
        for session in [&session, &waiting] {
            let kept = ended(&port, session).await;
            assert_eq!(kept.end_reason.as_deref(), Some("operator-ended"), "{path}");
        }
        assert_eq!(port.try_code(&code).await, "code-expired", "{path}");
    }
}

/// S-01: what runs goes on in the new console, whether the old one is ended or was closed, and is then the new sign-in's. The
/// old one has nothing of the customer from then on, whatever it does.
#[tokio::test]
async fn running_sessions_go_on_under_the_operators_next_sign_in() {
    for is_open in [true, false] {
        let mut port = Port::open().await;
        let (session, mut old, mut customer, _) = active(&mut port).await;
        let write = port.state.store.write(port.company.id).await.unwrap();
        let operator = port.company.operator;
        option_values::set_of_operator(&write, operator, "forced_login", Some(true)).await.unwrap();
        write.commit().await.unwrap();
        if !is_open {
            old.0.close(None).await.unwrap();
            while port.state.presence.is_present(operator) {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        let mut next = port.server.browser();
        let typed = json!({ "company": "beta", "id": "kim_01", "password": PASSWORD, "end_other": is_open });
        let answer = next.post("/api/console/sign-in", typed).await;
        let signed_in = Instant::now();
        assert_eq!(answer.status, 200, "{}", answer.text);
        port.operator = next;
        customer.leaves().await;
        assert!(signed_in.elapsed() < LOOKED, "{is_open}");
        tokio::time::sleep(LOOKED).await;
        customer.hears_none(|body| matches!(body, Body::Policy(_) | Body::Offer(_) | Body::Ended(_))).await;
        let mut console = port.console().await;
        let listed = console.sessions().await;
        assert_eq!(listed.len(), 1, "{is_open}");
        console.open(&session).await;
        console.agreed().await;
        console.say(&session, offer()).await;
        customer.offer().await;
        assert_eq!(port.operator.post("/api/console/sign-out", Value::Null).await.status, 204);
        end(&mut customer).await;
        assert_eq!(ended(&port, &session).await.end_reason.as_deref(), Some("operator-ended"));
    }
}

/// A console whose socket is still open says what it likes: the session is no longer its own.
#[tokio::test]
async fn a_console_whose_sign_in_is_over_gets_no_connection_back() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    port.replace_sign_in().await;
    console.open(&session).await;
    assert_eq!(console.problem().await, "not-signed-in");
    console.say(&session, offer()).await;
    let first =
        customer.until(|body| matches!(body, Body::LeavePeer(_) | Body::Offer(_)).then_some(body)).await;
    assert!(matches!(first, Body::LeavePeer(_)), "{first:?}");
    console.open(&session).await;
    console.say(&session, offer()).await;
    assert_eq!(console.problem().await, "not-signed-in");
    tokio::time::sleep(LOOKED).await;
    customer.hears_none(|body| matches!(body, Body::Policy(_) | Body::Offer(_) | Body::Ended(_))).await;
}

/// The next console may be quicker than the session's look.
#[tokio::test]
async fn the_console_of_the_next_sign_in_takes_the_connection_when_it_opens_the_session() {
    let mut port = Port::open().await;
    let (session, _old, mut customer, _) = active(&mut port).await;
    port.operator = port.replace_sign_in().await;
    let mut console = port.console().await;
    console.open(&session).await;
    // No offer of it is needed.
    customer.leaves().await;
    console.agreed().await;
}

/// no console is back, and the support goes on under the sign-in that is there, wherever it is used from.
#[tokio::test]
async fn a_restart_ends_no_session_of_an_operator_who_is_signed_in() {
    let mut port = Port::open().await;
    let (session, console, customer, welcome) = active(&mut port).await;
    // The console's socket comes from 127.0.0.1, the sign-in came from 192.0.2.1.
    port.server.set(&port.company, |settings| settings.operator_addresses = vec!["127.0.0.*".into()]).await;
    let port = port.kill_and_start_again().await;
    drop((console, customer));
    let entry = wire::customer_hello::Entry::ResumeToken(welcome.resume_token);
    let mut customer = port.customer(entry).await;
    tokio::time::sleep(LOOKED).await;
    customer.hears_none(|body| matches!(body, Body::LeavePeer(_) | Body::Ended(_))).await;
    let mut console = port.console().await;
    console.open(&session).await;
    console.agreed().await;
    tokio::time::sleep(LOOKED).await;
    customer.hears_none(|body| matches!(body, Body::LeavePeer(_) | Body::Ended(_))).await;
}

/// what was over before the restart is so after it, and no console is needed to see that.
#[tokio::test]
async fn a_restart_keeps_no_session_of_an_operator_who_is_not_signed_in() {
    let mut port = Port::open().await;
    let (session, console, customer, _) = active(&mut port).await;
    let write = port.state.store.write(port.company.id).await.unwrap();
    web_sessions::delete_of(&write, Account::Operator(port.company.operator), None).await.unwrap();
    write.commit().await.unwrap();
    let port = port.kill_and_start_again().await;
    drop((console, customer));
    assert_eq!(ended(&port, &session).await.end_reason.as_deref(), Some("operator-ended"));
}

#[tokio::test]
async fn a_restart_keeps_no_session_of_an_operator_who_may_not_come_from_there() {
    let mut port = Port::open().await;
    let (session, console, customer, _) = active(&mut port).await;
    let write = port.state.store.write(port.company.id).await.unwrap();
    let (mut settings, changed_at_ms) =
        company_settings::find_changed(port.company.id, &write).await.unwrap();
    settings.operator_addresses = vec!["198.51.100.*".into()];
    company_settings::replace(&write, &settings, changed_at_ms + 1).await.unwrap();
    write.commit().await.unwrap();
    let port = port.kill_and_start_again().await;
    drop((console, customer));
    // So long may a console take to come back and show from where.
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert_eq!(ended(&port, &session).await.end_reason.as_deref(), Some("administrator"));
}

/// The operator signed in elsewhere, and the server was gone before any session had seen it.
#[tokio::test]
async fn a_restart_gives_a_customer_back_to_no_console_whose_sign_in_is_over() {
    for kind in [wire::customer_hello::Kind::App, wire::customer_hello::Kind::Browser] {
        let mut port = Port::open().await;
        let (_, console, customer, welcome) = active_as(&mut port, kind).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
        port.replace_sign_in().await;
        let port = port.kill_and_start_again().await;
        drop((console, customer));
        let entry = wire::customer_hello::Entry::ResumeToken(welcome.resume_token);
        let mut customer = port.customer_of(customer_hello(kind, entry)).await;
        customer.leaves().await;
        tokio::time::sleep(LOOKED).await;
        customer.hears_none(|body| matches!(body, Body::Policy(_) | Body::Ended(_))).await;
    }
}
