//! The operator's addresses in the record, through a session that runs.

use super::{
    peers::{Customer, Port},
    story::store_id,
};
use crate::clock::now_ms;
use bytes::Bytes;
use protocol::wire;
use serde_json::json;
use store::{
    operators,
    records::{self, Filter, Search},
};

/// Seconds after its sign-in the operator's browser tells its address.
async fn tell(port: &mut Port, address: &str) {
    let answer = port.operator.post("/api/console/local-address", json!({ "address": address })).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
}

async fn signed_in_at(port: &Port, address: &str) {
    let write = port.state.store.write(port.company.id).await.unwrap();
    operators::set_signed_in(&write, port.company.operator, now_ms() + 1, address).await.unwrap();
    write.commit().await.unwrap();
}

async fn join(port: &Port, code: String) -> Customer {
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.welcome().await;
    customer
}

/// Public and private, as the record has them.
async fn kept(port: &Port, session: &Bytes) -> (String, Option<String>) {
    let record = records::find(port.company.id, &port.state.store, store_id(session)).await.unwrap();
    (record.operator_address_public, record.operator_address_private)
}

/// who makes a session right after the sign-in is at the address that is told before the customer comes.
#[tokio::test]
async fn an_address_that_is_told_after_the_session_was_made_is_in_its_record() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    tell(&mut port, "10.0.0.9").await;
    let _customer = join(&port, code).await;
    assert_eq!(kept(&port, &session).await.1.as_deref(), Some("10.0.0.9"));
}

/// or after the customer came; a session that the operator had before another sign-in was not there.
#[tokio::test]
async fn an_address_that_is_told_after_the_customer_came_is_in_the_record() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let _customer = join(&port, code).await;
    assert_eq!(kept(&port, &session).await.1, None);
    tell(&mut port, "10.0.0.9").await;
    assert_eq!(kept(&port, &session).await.1.as_deref(), Some("10.0.0.9"));
    let by_address = Filter { address: "10.0.0.9".to_owned(), ..Filter::default() };
    let store = &port.state.store;
    let search = Search::open(port.company.id, store, &by_address).await.unwrap();
    assert_eq!(search.batch(store, None, 9).await.unwrap().len(), 1, "and it is found by it");
    tell(&mut port, "10.0.0.10").await;
    assert_eq!(kept(&port, &session).await.1.as_deref(), Some("10.0.0.9"), "where the support began");

    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let _customer = join(&port, code).await;
    signed_in_at(&port, "203.0.113.9").await;
    tell(&mut port, "10.0.0.9").await;
    assert_eq!(kept(&port, &session).await.1, None);
}

/// an operator who signs in elsewhere while a code waits has left both addresses behind.
#[tokio::test]
async fn a_session_that_waited_has_both_addresses_of_the_last_sign_in() {
    let mut port = Port::open().await;
    tell(&mut port, "10.0.0.9").await;
    let (session, code) = port.session().await;
    signed_in_at(&port, "203.0.113.9").await;
    let _customer = join(&port, code).await;
    assert_eq!(kept(&port, &session).await, ("203.0.113.9".to_owned(), None));
}
