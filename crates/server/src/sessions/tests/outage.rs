//! The database fails while a session runs: nothing is shown without its line, and no line is lost.

use super::{
    peers::{Port, active, event},
    story::{ended, store_id},
};
use protocol::wire;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, DbBackend};
use std::time::Duration;
use store::{connection_codes::Redeemed, records, session_events, sessions};

/// Another program at the same database.
async fn raw(port: &Port) -> DatabaseConnection {
    Database::connect(port.state.configuration.database_url()).await.unwrap()
}

/// From now on no line of the record that fits can be written.
async fn break_lines(raw: &DatabaseConnection, fits: &str) {
    let sql = match raw.get_database_backend() {
        DbBackend::Postgres => format!(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$; \
             CREATE TRIGGER broken BEFORE INSERT ON session_events FOR EACH ROW WHEN ({fits}) EXECUTE FUNCTION fail()"
        ),
        _ => format!(
            "CREATE TRIGGER broken BEFORE INSERT ON session_events WHEN {fits} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        ),
    };
    raw.execute_unprepared(&sql).await.unwrap();
}

async fn mend(raw: &DatabaseConnection) {
    let sql = match raw.get_database_backend() {
        DbBackend::Postgres => "DROP TRIGGER broken ON session_events; DROP FUNCTION fail",
        _ => "DROP TRIGGER broken",
    };
    raw.execute_unprepared(sql).await.unwrap();
}

async fn kinds(port: &Port, id: store::SessionId) -> Vec<String> {
    let events = session_events::list(port.company.id, &port.state.store, id).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

async fn is_whole(port: &Port, id: store::SessionId) -> bool {
    session_events::verify(port.company.id, &port.state.store, id).await.unwrap().is_ok()
}

/// Consent while another program holds the database: the operator is told when the line is kept, and not before.
#[tokio::test]
async fn consent_waits_for_a_locked_database() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.operator_joined().await;
    console.stage(wire::session_state::Stage::Joined).await;
    let lock = port.state.store.write(port.company.id).await.unwrap();
    customer.agree().await;
    assert!(tokio::time::timeout(Duration::from_millis(500), console.agreed()).await.is_err());
    drop(lock);
    console.agreed().await;
    assert!(kinds(&port, store_id(&session)).await.contains(&"consented".to_owned()));
}

/// The first tries at the line of the consent fail, a later one does not.
#[tokio::test]
async fn consent_is_kept_once_after_failures() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.operator_joined().await;
    let raw = raw(&port).await;
    break_lines(&raw, "NEW.kind = 'consented'").await;
    customer.agree().await;
    assert!(tokio::time::timeout(Duration::from_millis(400), console.agreed()).await.is_err());
    mend(&raw).await;
    console.agreed().await;
    let id = store_id(&session);
    let kept = kinds(&port, id).await;
    assert_eq!(kept.iter().filter(|kind| *kind == "consented").count(), 1);
    assert!(is_whole(&port, id).await);
}

/// The database does not come back in time: both sides are told, nothing is offered, and the end is written when it is back.
#[tokio::test]
async fn a_consent_that_cannot_be_kept_ends_the_session() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut console = port.console().await;
    console.open(&session).await;
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.operator_joined().await;
    let raw = raw(&port).await;
    break_lines(&raw, "TRUE").await;
    customer.agree().await;
    assert_eq!(customer.problem().await, "internal");
    let reason = customer
        .until(|body| match body {
            wire::server_to_customer::Body::Ended(ended) => Some(ended.reason()),
            _ => None,
        })
        .await;
    assert_eq!(reason, wire::EndReason::ServerFailed);
    let first = console
        .until(|body| match body {
            wire::server_to_console::Body::Problem(problem) => Some(problem.code),
            wire::server_to_console::Body::Agreed(_) => Some("agreed".to_owned()),
            _ => None,
        })
        .await;
    assert_eq!(first, "internal");
    console.stage(wire::session_state::Stage::Ended).await;
    mend(&raw).await;
    let kept = ended(&port, &session).await;
    assert_eq!(kept.end_reason.as_deref(), Some("server-failed"));
    assert!(kept.sealed_at_ms.is_some() && kept.consented.is_none());
    assert!(!kinds(&port, kept.id).await.contains(&"consented".to_owned()));
    assert!(is_whole(&port, kept.id).await);
}

/// The code is used up, the customer kept, the record begun and its line written: all or nothing.
#[tokio::test]
async fn a_code_is_used_up_only_with_its_customer() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let raw = raw(&port).await;
    break_lines(&raw, "NEW.kind = 'customer-joined'").await;
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code.clone())).await;
    assert!(tokio::time::timeout(Duration::from_millis(400), customer.next()).await.is_err());
    let (company, store, id) = (port.company.id, &port.state.store, store_id(&session));
    let hash = crate::secrets::digest(&port.state.sessions.0.pepper, &code);
    let found = store::connection_codes::find(store, &hash, crate::clock::now_ms()).await.unwrap();
    assert!(matches!(found, Redeemed::Session { .. }), "{found:?}");
    assert!(sessions::find(company, store, id).await.unwrap().joined_at_ms.is_none());
    assert!(records::find(company, store, id).await.is_err());
    mend(&raw).await;
    customer.welcome().await;
    assert_eq!(port.try_code(&code).await, "code-used");
    assert!(records::find(company, store, id).await.is_ok());
}

/// What a side reported is confirmed when it is kept, and the end comes after it.
#[tokio::test]
async fn the_last_words_before_an_end_are_not_lost() {
    let mut port = Port::open().await;
    let (session, _console, mut customer, _) = active(&mut port).await;
    let raw = raw(&port).await;
    break_lines(&raw, "TRUE").await;
    let stopped = wire::event::Kind::SharingStopped(wire::SharingStopped {});
    customer.say(wire::customer_to_server::Body::Event(event(2, stopped))).await;
    customer.say(wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into())).await;
    assert!(tokio::time::timeout(Duration::from_millis(300), customer.next()).await.is_err());
    mend(&raw).await;
    customer.kept(2).await;
    let kept = ended(&port, &session).await;
    assert_eq!(kept.end_reason.as_deref(), Some("customer-stopped"));
    assert_eq!(kinds(&port, kept.id).await[6..], ["sharing-stopped", "ended"]);
    assert!(is_whole(&port, kept.id).await);
}

/// A session that cannot be taken up after a restart ends in the record, instead of running for ever in the lists.
#[tokio::test]
async fn a_session_that_cannot_be_restored_ends() {
    let mut port = Port::open().await;
    let (session, console, customer, _) = active(&mut port).await;
    let raw = raw(&port).await;
    // Either setting is of one connection alone.
    let unchecked = match raw.get_database_backend() {
        DbBackend::Postgres => "SET session_replication_role = replica",
        _ => "PRAGMA foreign_keys = OFF",
    };
    raw.execute_unprepared(&format!("{unchecked}; UPDATE sessions SET operator_id = id")).await.unwrap();
    let port = port.kill_and_start_again().await;
    drop((console, customer));
    let kept = ended(&port, &session).await;
    assert_eq!(kept.end_reason.as_deref(), Some("server-failed"));
    assert!(kept.sealed_at_ms.is_some());
    let record = records::find(port.company.id, &port.state.store, kept.id).await.unwrap();
    assert!(record.ended_at_ms.is_some());
    assert!(is_whole(&port, kept.id).await);
}

/// A database that fails for a moment while the server starts ends no session.
#[tokio::test]
async fn a_session_outlives_a_database_that_is_away_at_the_start() {
    let mut port = Port::open().await;
    let (session, console, customer, _) = active(&mut port).await;
    let raw = raw(&port).await;
    raw.execute_unprepared("ALTER TABLE operators RENAME TO operators_away").await.unwrap();
    let back = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(500)).await;
        raw.execute_unprepared("ALTER TABLE operators_away RENAME TO operators").await.unwrap();
    });
    let port = port.kill_and_start_again().await;
    back.await.unwrap();
    drop((console, customer));
    let kept = sessions::find(port.company.id, &port.state.store, store_id(&session)).await.unwrap();
    assert_eq!(kept.ended_at_ms, None);
    assert!(port.state.sessions.0.find_any(kept.id).is_some());
}
