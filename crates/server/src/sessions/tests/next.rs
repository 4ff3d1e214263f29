//! Which sessions are followed by another one [S-13].

use super::{
    peers::{Console, Customer, Port, active},
    story::ended,
};
use bytes::Bytes;
use protocol::wire::{self, console_to_server::Body as FromConsole, server_to_console::Body};
use serde_json::{Value, json};
use std::time::Duration;
use store::option_values;

/// Longer than the server takes to make a session after another.
const MADE: Duration = Duration::from_millis(700);

async fn set(port: &Port, value: bool) {
    let write = port.state.store.write(port.company.id).await.unwrap();
    let operator = port.company.operator;
    option_values::set_of_operator(&write, operator, "auto_new_session", Some(value)).await.unwrap();
    write.commit().await.unwrap();
}

/// The sessions that wait for a customer by now.
async fn waiting(port: &mut Port) -> Vec<Value> {
    tokio::time::sleep(MADE).await;
    let listed = port.operator.get("/api/console/sessions").await;
    let all = listed.body["sessions"].as_array().unwrap().clone();
    all.into_iter().filter(|session| session["stage"] == "waiting").collect()
}

async fn end(console: &mut Console, session: &Bytes) {
    console.say(session, FromConsole::End(0)).await;
}

/// S-13 on: one code, told to every console of the operator, with the session that it follows; and it works.
#[tokio::test]
async fn the_next_code_is_ready_at_once() {
    let mut port = Port::open().await;
    let (session, mut console, _customer, _) = active(&mut port).await;
    let mut second = port.console().await;
    second.sessions().await;
    end(&mut console, &session).await;
    let follows = |body| match body {
        Body::State(state) if state.follows == session => Some((state.session_id, state.code)),
        _ => None,
    };
    let (next, code) = console.until(follows).await;
    assert_eq!(second.until(follows).await, (next.clone(), code.clone()));
    assert_eq!(waiting(&mut port).await.len(), 1);
    assert_eq!(port.try_code(&code).await, "welcome");
    // A console that comes later knows it, too.
    let listed = port.console().await.sessions().await;
    assert_eq!(listed.iter().map(|state| &state.follows).collect::<Vec<_>>(), [&session]);
}

/// S-13: also after the customer has ended it.
#[tokio::test]
async fn a_customers_stop_is_followed_too() {
    let mut port = Port::open().await;
    let (_, _console, mut customer, _) = active(&mut port).await;
    let stop = wire::EndReason::CustomerStopped.into();
    customer.say(wire::customer_to_server::Body::End(stop)).await;
    assert_eq!(waiting(&mut port).await.len(), 1);
}

/// S-13 off: nothing is made.
#[tokio::test]
async fn nothing_is_made_where_it_is_off() {
    let mut port = Port::open().await;
    set(&port, false).await;
    let (session, mut console, _customer, _) = active(&mut port).await;
    end(&mut console, &session).await;
    ended(&port, &session).await;
    assert_eq!(waiting(&mut port).await, Vec::<Value>::new());
}

/// S-13: a session that nobody joined is followed by none, so that no code follows another for ever.
#[tokio::test]
async fn a_code_that_nobody_used_is_followed_by_none() {
    let mut port = Port::open().await;
    let (session, _) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    end(&mut console, &session).await;
    ended(&port, &session).await;
    assert_eq!(waiting(&mut port).await, Vec::<Value>::new());
}

/// S-13: a code that is out already is the next one; and of two sessions that end at once, one is followed.
#[tokio::test]
async fn there_is_one_next_code() {
    let mut port = Port::open().await;
    let (one, mut console, _customer, _) = active(&mut port).await;
    let (other, mut second, _other_customer, _) = active(&mut port).await;
    tokio::join!(end(&mut console, &one), end(&mut second, &other));
    ended(&port, &one).await;
    ended(&port, &other).await;
    assert_eq!(waiting(&mut port).await.len(), 1);
    let (third, mut console, _third_customer, _) = active(&mut port).await;
    end(&mut console, &third).await;
    ended(&port, &third).await;
    assert_eq!(waiting(&mut port).await.len(), 1);
}

/// S-13: who is not there, or may not be, gets none.
#[tokio::test]
async fn an_operator_who_is_gone_gets_none() {
    // Signed out.
    let mut port = Port::open().await;
    let (session, _console, _customer, _) = active(&mut port).await;
    assert_eq!(port.operator.post("/api/console/sign-out", Value::Null).await.status, 204);
    ended(&port, &session).await;
    port.operator = port.server.operator(&port.company).await;
    assert_eq!(waiting(&mut port).await, Vec::<Value>::new(), "signed out");

    // No console is open.
    let mut port = Port::open().await;
    let (session, console, mut customer, _) = active(&mut port).await;
    drop(console);
    while port.state.presence.is_present(port.company.operator) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop(&mut customer).await;
    ended(&port, &session).await;
    assert_eq!(waiting(&mut port).await, Vec::<Value>::new(), "no console");

    // Not allowed to come from there any more.
    let mut port = Port::open().await;
    let (session, _console, _customer, _) = active(&mut port).await;
    port.server
        .set(&port.company, |settings| settings.operator_addresses = vec!["198.51.100.1".to_owned()])
        .await;
    ended(&port, &session).await;
    port.server.set(&port.company, |settings| settings.operator_addresses = Vec::new()).await;
    assert_eq!(waiting(&mut port).await, Vec::<Value>::new(), "not from there");
}

async fn stop(customer: &mut Customer) {
    let stop = wire::EndReason::CustomerStopped.into();
    customer.say(wire::customer_to_server::Body::End(stop)).await;
}

/// S-13: with the licence over nothing new begins, and nothing is said of what nobody asked for.
#[tokio::test]
async fn nothing_follows_after_the_licences_end() {
    let mut port = Port::open().await;
    let (session, mut console, _customer, _) = active(&mut port).await;
    let write = port.state.store.write(port.company.id).await.unwrap();
    let licence = store::licences::find(port.company.id, &write).await.unwrap();
    store::licences::replace(&write, store::licences::Licence { until_ms: Some(1), ..licence })
        .await
        .unwrap();
    write.commit().await.unwrap();
    end(&mut console, &session).await;
    ended(&port, &session).await;
    assert_eq!(waiting(&mut port).await, Vec::<Value>::new());
    assert_eq!(json!(port.operator.get("/api/console/sessions").await.body["sessions"]), json!([]));
}
