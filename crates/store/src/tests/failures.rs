//! A database that refuses in the middle of a write, on SQLite and PostgreSQL.

use super::{
    database::{company, on_each},
    sessions::new_session,
};
use crate::{
    OperatorId, Store, StoreError,
    connection_codes::{self, NewCode, Purpose, Redeemed},
    session_events::{self, NewEvent, Source},
};
use sea_orm::ConnectionTrait as _;

async fn break_lines(store: &Store) {
    let sql: &[&str] = if store.is_sqlite() {
        &["CREATE TRIGGER broken BEFORE INSERT ON session_events BEGIN SELECT RAISE(ABORT, 'disk full'); END"]
    } else {
        &[
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$",
            "CREATE TRIGGER broken BEFORE INSERT ON session_events FOR EACH ROW EXECUTE FUNCTION broken()",
        ]
    };
    for one in sql {
        store.writer.execute_unprepared(one).await.unwrap();
    }
}

async fn mend(store: &Store) {
    let sql = if store.is_sqlite() { "DROP TRIGGER broken" } else { "DROP TRIGGER broken ON session_events" };
    store.writer.execute_unprepared(sql).await.unwrap();
}

fn consented(at_ms: i64) -> NewEvent<'static> {
    NewEvent { source: Source::Server, source_seq: None, at_ms, kind: "consented", body: "{}" }
}

/// A code is used up together with the line of its customer, or not at all, and the same try does it later.
#[test]
fn a_write_whose_line_fails_leaves_nothing_behind() {
    on_each(|store| async move {
        let one = company(&store, "one").await;
        let session = new_session(&store, one, OperatorId::new()).await;
        let purpose = Purpose::Join;
        let code = NewCode { code_hash: "a", session, purpose, created_at_ms: 0, expires_at_ms: 100 };
        let write = store.write(one).await.unwrap();
        connection_codes::create(&write, code).await.unwrap();
        write.commit().await.unwrap();
        break_lines(&store).await;
        let write = store.write(one).await.unwrap();
        assert!(connection_codes::use_up(&write, session, "a", 50).await.unwrap());
        let refused = session_events::append(&write, session, consented(1)).await;
        assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
        drop(write);
        let found = connection_codes::find(&store, "a", 50).await.unwrap();
        assert_eq!(found, Redeemed::Session { company: one, session, purpose });
        mend(&store).await;
        let write = store.write(one).await.unwrap();
        assert!(connection_codes::use_up(&write, session, "a", 50).await.unwrap());
        assert!(session_events::append(&write, session, consented(1)).await.unwrap());
        write.commit().await.unwrap();
        assert!(session_events::verify(one, &store, session).await.unwrap().is_ok());
    });
}

/// The answer to a commit was lost: the line is found by what it is, and by nothing less.
#[test]
fn a_kept_line_is_known_again() {
    on_each(|store| async move {
        let one = company(&store, "one").await;
        let session = new_session(&store, one, OperatorId::new()).await;
        let write = store.write(one).await.unwrap();
        assert!(!session_events::holds(&write, session, consented(7)).await.unwrap());
        session_events::append(&write, session, consented(7)).await.unwrap();
        write.commit().await.unwrap();
        let write = store.write(one).await.unwrap();
        assert!(session_events::holds(&write, session, consented(7)).await.unwrap());
        assert!(!session_events::holds(&write, session, consented(8)).await.unwrap());
    });
}
