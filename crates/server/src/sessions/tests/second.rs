//! Another operator in a session that runs [F-18, S-10].

use super::peers::{Console, Customer, Port, active, offer};
use crate::tests::Browser;
use bytes::Bytes;
use protocol::{decode, wire};
use serde_json::{Value, json};
use store::{OperatorId, option_values, records, sessions};
use wire::{
    second::State, second_operator::Act, server_to_console::Body, server_to_customer::Body as Customers,
};

fn path(session: &Bytes, rest: &str) -> String {
    format!("/api/console/sessions/{}/second{rest}", uuid::Uuid::from_slice(session).unwrap())
}

/// Who is invited, as a console is told.
async fn told(console: &mut Console, wanted: State) -> wire::SessionState {
    let is_it = |body| match body {
        Body::State(state) if state.second.as_ref().is_some_and(|second| second.state() == wanted) => {
            Some(state)
        }
        _ => None,
    };
    console.until(is_it).await
}

async fn of_second(customer: &mut Customer) -> Act {
    customer.until(|body| if let Customers::Second(second) = body { second.act } else { None }).await
}

async fn answers(customer: &mut Customer, who: OperatorId, allowed: bool) {
    let operator_id = Bytes::copy_from_slice(who.as_bytes());
    let act = Some(wire::from_second::Act::Allowed(allowed));
    customer.say(wire::customer_to_server::Body::Second(wire::FromSecond { operator_id, act })).await;
}

async fn invite(browser: &mut Browser, session: &Bytes, who: OperatorId, role: &str) -> (u16, String) {
    let body = json!({ "operator": who.to_string(), "role": role, "reason": "같이 봐 주세요" });
    let answer = browser.post(&path(session, ""), body).await;
    (answer.status.as_u16(), answer.body["code"].as_str().unwrap_or_default().to_owned())
}

/// Invited, seen in their own console, accepted, let in, and under a policy of their own.
#[tokio::test]
async fn an_operator_comes_in_by_invitation_acceptance_and_the_customers_answer() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, welcome) = active(&mut port).await;
    assert!(!welcome.second_unasked, "S-10 of a new department");
    let (who, mut browser) = port.server.another_operator(&port.company).await;
    let away = (409, "operator-away".to_owned());
    assert_eq!(invite(&mut port.operator, &session, who, "view").await, away, "no console is open");
    let mut theirs = port.console_of(&browser).await;
    assert!(theirs.sessions().await.is_empty());
    let listed = port.operator.get("/api/console/operators?search=%EB%91%90%EB%B2%88").await;
    assert_eq!(listed.body["operators"][0]["login"], "park_02", "{}", listed.text);

    assert_eq!(invite(&mut port.operator, &session, who, "view").await.0, 204);
    assert_eq!(invite(&mut port.operator, &session, who, "view").await, (409, "invite-busy".to_owned()));
    let seen = told(&mut theirs, State::Invited).await;
    let second = seen.second.unwrap();
    assert!(second.is_you && second.reason == "같이 봐 주세요");
    assert_eq!(seen.machine, None, "nothing of the customer yet");
    // Neither is the session theirs to open.
    theirs.open(&session).await;
    assert_eq!(theirs.problem().await, "session-ended");

    assert_eq!(browser.post(&path(&session, "/acceptance"), Value::Null).await.status, 204);
    assert!(matches!(of_second(&mut customer).await, Act::Asked(_)));
    answers(&mut customer, who, true).await;
    let joined = told(&mut theirs, State::Joined).await;
    assert!(joined.machine.is_some());
    theirs.open(&session).await;
    theirs.agreed().await;
    theirs.say(&session, offer()).await;
    let Act::Offer(offered) = of_second(&mut customer).await else { panic!() };
    let policy: wire::Policy = decode(&offered.policy.unwrap().payload, 4096).unwrap();
    assert_eq!(policy.operator_id.as_ref(), who.as_bytes());
    let permissions = policy.permissions.unwrap();
    assert!(permissions.may_view && !permissions.may_control && !permissions.may_see_system);

    // Whoever is invited has no say in the session itself.
    let record = format!("/api/console/sessions/{}/record", uuid::Uuid::from_slice(&session).unwrap());
    assert_eq!(browser.get(&record).await.status, 404);
    theirs.say(&session, wire::console_to_server::Body::End(0)).await;
    assert!(matches!(of_second(&mut customer).await, Act::Left(_)));
    told(&mut console, State::Left).await;
    customer.hears_none(|body| matches!(body, Customers::Ended(_))).await;
}

/// Strangers: of another company, not invited, or without the right.
#[tokio::test]
async fn nobody_else_invites_accepts_or_comes_in() {
    let mut port = Port::open().await;
    let (session, _console, mut customer, _) = active(&mut port).await;
    let (who, mut browser) = port.server.another_operator(&port.company).await;
    let mut theirs = port.console_of(&browser).await;
    theirs.sessions().await;
    let other = port.server.company("gamma").await;
    let stranger = port.server.operator(&other).await;
    let _strangers = port.console_of(&stranger).await;
    assert_eq!(invite(&mut port.operator, &session, other.operator, "view").await.1, "invalid-fields");
    assert_eq!(invite(&mut browser, &session, who, "control").await.0, 404, "not their session");
    assert_eq!(invite(&mut port.operator, &session, port.company.operator, "view").await.1, "operator-away");
    assert_eq!(browser.post(&path(&session, "/acceptance"), Value::Null).await.status, 404);
    theirs.say(&session, offer()).await;
    assert_eq!(theirs.problem().await, "session-ended");
    customer.hears_none(|body| matches!(body, Customers::Second(_) | Customers::Offer(_))).await;

    let write = port.state.store.write(port.company.id).await.unwrap();
    let department = port.company.department;
    option_values::set_of_department(&write, department, "invite_operator", false).await.unwrap();
    write.commit().await.unwrap();
    let (off, _off_console, _off_customer, _) = active(&mut port).await;
    assert_eq!(invite(&mut port.operator, &off, who, "view").await.1, "invite-forbidden");
}

/// F-18: the session, its record and its statistics are the other operator's.
#[tokio::test]
async fn a_session_that_is_handed_over_is_theirs() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    let (who, mut browser) = port.server.another_operator(&port.company).await;
    let mut theirs = port.console_of(&browser).await;
    theirs.sessions().await;
    assert_eq!(invite(&mut port.operator, &session, who, "hand_over").await.0, 204);
    told(&mut theirs, State::Invited).await;
    browser.post(&path(&session, "/acceptance"), Value::Null).await;
    assert!(matches!(of_second(&mut customer).await, Act::Asked(_)));
    answers(&mut customer, who, true).await;
    assert!(matches!(of_second(&mut customer).await, Act::HandedOver(_)));
    console.until(|body| matches!(body, Body::Ended(_)).then_some(())).await;
    let is_own = |body| match body {
        Body::State(state) if state.second.is_none() => Some(state),
        _ => None,
    };
    theirs.until(is_own).await;
    // Who had it has no say any more; who has it makes the offer.
    console.open(&session).await;
    assert_eq!(console.problem().await, "session-ended");
    theirs.open(&session).await;
    theirs.agreed().await;
    theirs.say(&session, offer()).await;
    let policy = customer.offer().await.policy.unwrap();
    let policy: wire::Policy = decode(&policy.payload, 4096).unwrap();
    assert_eq!(policy.operator_id.as_ref(), who.as_bytes());

    let id = store::SessionId::from_bytes(session.as_ref().try_into().unwrap());
    let (company, store) = (port.company.id, &port.state.store);
    assert_eq!(sessions::find(company, store, id).await.unwrap().operator, who);
    assert_eq!(records::find(company, store, id).await.unwrap().operator_login, "park_02");
}
