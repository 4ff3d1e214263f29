//! R-6: what is deleted is gone, and what proves that it was there stays.

use super::{
    database::{company, on_each},
    sessions::new_session,
};
use crate::{
    CompanyId, OperatorId, SessionId, Store, StoreError, departments, operators,
    records::{self, Expired, Filter, Form, NewRecord, Place, Search, Total},
    session_events::{self, NewEvent, Source},
    sessions::{self, Customer},
};
use sea_orm::{ConnectionTrait as _, Statement};

async fn record(store: &Store, company: CompanyId, started_at_ms: i64, ended: bool) -> SessionId {
    let session = new_session(store, company, OperatorId::new()).await;
    let department = departments::list(company, store).await.unwrap().remove(0).id;
    let write = store.write(company).await.unwrap();
    let new = operators::NewOperator {
        login: &session.to_string(),
        name: "김상담",
        password_hash: "x",
        department,
        company_name: "회사",
        phone: "",
        email: "",
        is_mobile: false,
        created_at_ms: 1,
    };
    let operator = operators::create(&write, new).await.unwrap();
    let operator = operators::find(company, &write, operator).await.unwrap();
    let customer = Customer { address_public: "198.51.100.7".into(), ..Customer::default() };
    let new = NewRecord {
        session,
        operator: &operator,
        operator_address_public: "::1",
        customer: &customer,
        started_at_ms,
    };
    records::create(&write, new).await.unwrap();
    let form = Form { memo: "비밀 메모".into(), ..Form::default() };
    records::update_form(&write, session, &form, started_at_ms).await.unwrap();
    let event = NewEvent {
        source: Source::Customer,
        source_seq: None,
        at_ms: started_at_ms,
        kind: "chat",
        body: r#"{"text":"주민번호"}"#,
    };
    session_events::append(&write, session, event).await.unwrap();
    if ended {
        records::set_ended(&write, session, "operator-ended", started_at_ms + 1).await.unwrap();
    }
    write.commit().await.unwrap();
    session
}

#[test]
fn a_deleted_record_is_gone_and_its_chain_still_verifies() {
    on_each(|store| async move {
        let company = company(&store, "gone").await;
        let id = record(&store, company, 1_000, true).await;
        let kept = record(&store, company, 2_000, true).await;
        let write = store.write(company).await.unwrap();
        records::delete(&write, id).await.unwrap();
        let tombstone = NewEvent {
            source: Source::Server,
            source_seq: None,
            at_ms: 9,
            kind: "record-deleted",
            body: "{}",
        };
        session_events::append(&write, id, tombstone).await.unwrap();
        write.commit().await.unwrap();
        let missing = records::find(company, &store, id).await;
        assert!(matches!(missing, Err(StoreError::Missing)), "{missing:?}");
        let bodies: Vec<_> = session_events::list(company, &store, id).await.unwrap();
        assert_eq!(bodies.iter().map(|event| event.body.as_deref()).collect::<Vec<_>>(), [None, Some("{}")]);
        assert_eq!(session_events::verify(company, &store, id).await.unwrap(), Ok(2), "erased, not broken");
        assert!(sessions::find(company, &store, id).await.unwrap().customer.is_none());
        let filter = Filter { text: "비밀".into(), ..Filter::default() };
        let search = Search::open(company, &store, &filter).await.unwrap();
        let page = search.page(&store, Place::Page(1), 20).await.unwrap();
        assert_eq!(page.records.iter().map(|record| record.id).collect::<Vec<_>>(), [kept]);
        let every = Search::open(company, &store, &Filter::default()).await.unwrap();
        let page = every.page(&store, Place::Page(1), 20).await.unwrap();
        assert_eq!(page.total, Total::Exactly(1));
    });
}

/// R-1, R-6: nothing stays in the index of what is deleted, however it was changed before.
#[test]
fn nothing_is_found_by_a_deleted_record() {
    on_each(|store| async move {
        let company = company(&store, "gone").await;
        let words = || async {
            let sql = if store.is_sqlite() {
                "SELECT COUNT(*) FROM record_search('f*')"
            } else {
                "SELECT COUNT(*) FROM record_postings"
            };
            let sql = Statement::from_string(store.writer.get_database_backend(), sql);
            let counted = store.writer.query_one_raw(sql).await.unwrap().unwrap();
            counted.try_get_by_index::<i64>(0).unwrap()
        };
        let ids = [record(&store, company, 1_000, true).await, record(&store, company, 2_000, true).await];
        assert!(0 < words().await);
        for id in ids {
            let write = store.write(company).await.unwrap();
            records::delete(&write, id).await.unwrap();
            write.commit().await.unwrap();
        }
        assert_eq!(words().await, 0);
    });
}

#[test]
fn what_runs_does_not_expire_and_no_number_comes_twice() {
    on_each(|store| async move {
        let company = company(&store, "expiry").await;
        let old = record(&store, company, 1_000, true).await;
        record(&store, company, 2_000, false).await;
        let newer = record(&store, company, 3_000, true).await;
        let expired = records::count_expired(company, &store, 3_000).await.unwrap();
        assert_eq!(expired, Expired { count: 1, oldest_ms: Some(1_000), newest_ms: Some(1_000) });
        assert_eq!(records::list_expired(company, &store, 9_000, 10).await.unwrap(), [old, newer]);
        assert_eq!(records::list_expired(company, &store, 9_000, 1).await.unwrap(), [old]);
        let write = store.write(company).await.unwrap();
        records::delete(&write, newer).await.unwrap();
        write.commit().await.unwrap();
        let next = record(&store, company, 4_000, true).await;
        assert_eq!(records::find(company, &store, next).await.unwrap().no, 4);
    });
}
