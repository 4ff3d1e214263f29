//! Connection codes, sessions and records.

use super::database::{company, on_each};
use crate::{
    CompanyId, OperatorId, SessionId, Store, StoreError,
    connection_codes::{self, NewCode, Purpose, Redeemed},
    departments, entities, operators,
    records::{self, Form, NewRecord, Resolution},
    sessions::{self, Customer, Joined, Offered, Stage},
    support_types,
};
use protocol::Permissions;
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, DbBackend, QueryFilter as _, QueryTrait as _};
use uuid::Uuid;

const OFFERED: Offered = Offered {
    permissions: Permissions::ALL,
    consent_after_operator: true,
    chooses_part: false,
    plain_capture: false,
    mouse_tracking: false,
    files_in_viewer: false,
    recording_required: false,
    asks: sessions::Asks::NONE,
    second_unasked: false,
};

fn code(code_hash: &str, session: SessionId, expires_at_ms: i64) -> NewCode<'_> {
    NewCode { code_hash, session, purpose: Purpose::Join, created_at_ms: 0, expires_at_ms }
}

pub(super) async fn new_session(store: &Store, company: CompanyId, operator: OperatorId) -> SessionId {
    let write = store.write(company).await.unwrap();
    let id = sessions::create(&write, operator, OFFERED, 1).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn new_operator(store: &Store, company: CompanyId, login: &str) -> OperatorId {
    let department = departments::list(company, store).await.unwrap().remove(0).id;
    let write = store.write(company).await.unwrap();
    let new = operators::NewOperator {
        login,
        name: "김상담",
        password_hash: "x",
        department,
        company_name: "회사",
        phone: "",
        email: "",
        is_mobile: false,
        created_at_ms: 1,
    };
    let id = operators::create(&write, new).await.unwrap();
    write.commit().await.unwrap();
    id
}

/// X-1: a code is unique among the live ones of the server, single use, and says why it does not work.
#[test]
fn a_code_leads_one_customer_to_one_session() {
    on_each(|store| async move {
        let one = company(&store, "one").await;
        let other = company(&store, "other").await;
        let session = new_session(&store, one, OperatorId::new()).await;
        let elsewhere = new_session(&store, other, OperatorId::new()).await;
        let write = store.write(one).await.unwrap();
        connection_codes::create(&write, code("a", session, 100)).await.unwrap();
        connection_codes::create(&write, code("b", session, 10)).await.unwrap();
        write.commit().await.unwrap();
        let write = store.write(other).await.unwrap();
        let taken = connection_codes::create(&write, code("a", elsewhere, 100)).await;
        assert!(matches!(taken, Err(StoreError::Taken)), "{taken:?}");
        drop(write);
        let found = connection_codes::find(&store, "a", 50).await.unwrap();
        assert_eq!(found, Redeemed::Session { company: one, session, purpose: Purpose::Join });
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let store = store.clone();
            tasks.spawn(async move {
                let write = store.write(one).await.unwrap();
                let used = connection_codes::use_up(&write, session, "a", 50).await.unwrap();
                write.commit().await.unwrap();
                used
            });
        }
        let outcomes = tasks.join_all().await;
        assert_eq!(outcomes.iter().filter(|is_ours| **is_ours).count(), 1);
        assert_eq!(connection_codes::find(&store, "a", 50).await.unwrap(), Redeemed::Used);
        assert_eq!(connection_codes::find(&store, "b", 10).await.unwrap(), Redeemed::Expired);
        assert_eq!(connection_codes::find(&store, "c", 10).await.unwrap(), Redeemed::Unknown);
        let write = store.write(other).await.unwrap();
        connection_codes::create(&write, code("a", elsewhere, 100))
            .await
            .expect("used digits are free again");
        connection_codes::expire_of_session(&write, elsewhere, 20).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(connection_codes::find(&store, "a", 50).await.unwrap(), Redeemed::Expired);
    });
}

#[test]
fn a_session_is_taken_up_again_after_a_restart() {
    on_each(|store| async move {
        let company = company(&store, "restart").await;
        let operator = new_operator(&store, company, "kim").await;
        let id = new_session(&store, company, operator).await;
        let customer = Customer { kind: "app".into(), os: "Linux".into(), ..Customer::default() };
        let write = store.write(company).await.unwrap();
        let joined = Joined {
            at_ms: 2,
            customer: &customer,
            nonce: &[1; 32],
            fingerprint: &[2; 32],
            resume_hash: "r",
        };
        sessions::set_joined(&write, id, joined).await.unwrap();
        let agreed = Permissions { control: false, ..OFFERED.permissions };
        sessions::set_consent(&write, id, agreed, 3).await.unwrap();
        assert_eq!(sessions::next_policy_revision(&write, id).await.unwrap(), 1);
        assert_eq!(sessions::next_policy_revision(&write, id).await.unwrap(), 2);
        write.commit().await.unwrap();
        let found = sessions::find_by_resume_hash(&store, "r").await.unwrap().expect("by its token");
        assert_eq!((found.id, found.company, found.stage), (id, company, Stage::Connecting));
        assert_eq!((found.consented, found.customer), (Some(agreed), Some(customer)));
        assert_eq!(sessions::list_unfinished(&store).await.unwrap().len(), 1);
        let write = store.write(company).await.unwrap();
        sessions::set_ended(&write, id, "customer-stopped", 9).await.unwrap();
        write.commit().await.unwrap();
        assert!(sessions::find_by_resume_hash(&store, "r").await.unwrap().is_none());
        assert!(sessions::list_live(company, &store, operator).await.unwrap().is_empty());
    });
}

/// S-02: nobody but who agreed is taken as agreed after a restart.
#[test]
fn a_consent_is_over_with_the_run_that_gave_it() {
    on_each(|store| async move {
        let company = company(&store, "consent").await;
        let id = new_session(&store, company, OperatorId::new()).await;
        let customer = Customer::default();
        let joined =
            |nonce| Joined { at_ms: 2, customer: &customer, nonce, fingerprint: &[], resume_hash: "r" };
        let write = store.write(company).await.unwrap();
        sessions::set_joined(&write, id, joined(&[1; 32])).await.unwrap();
        sessions::set_consent(&write, id, OFFERED.permissions, 3).await.unwrap();
        sessions::set_resumed(&write, id, &[1; 32], &[], "r", "s").await.unwrap();
        let kept = sessions::find(company, &write, id).await.unwrap();
        assert_eq!((kept.consented, kept.consented_at_ms), (Some(OFFERED.permissions), Some(3)));
        sessions::set_resumed(&write, id, &[2; 32], &[], "s", "t").await.unwrap();
        let kept = sessions::find(company, &write, id).await.unwrap();
        assert_eq!((kept.consented, kept.consented_at_ms), (None, None), "another run");
        sessions::forget_previous_resume(&write, id, "r").await.unwrap();
        let kept = sessions::find(company, &write, id).await.unwrap();
        assert_eq!(kept.previous_resume_hash.as_deref(), Some("s"), "of another return");
        sessions::forget_previous_resume(&write, id, "s").await.unwrap();
        let kept = sessions::find(company, &write, id).await.unwrap();
        assert_eq!(kept.previous_resume_hash, None);
        sessions::set_consent(&write, id, OFFERED.permissions, 4).await.unwrap();
        sessions::set_joined(&write, id, joined(&[2; 32])).await.unwrap();
        let kept = sessions::find(company, &write, id).await.unwrap();
        assert_eq!((kept.consented, kept.consented_at_ms), (None, None), "the app took over");
        write.commit().await.unwrap();
    });
}

/// R-2, R-5, E-3: newest first, form kept with the type's name, a used type is retired.
#[test]
fn a_record_keeps_what_was_written() {
    on_each(|store| async move {
        let company = company(&store, "records").await;
        let operator = new_operator(&store, company, "lee").await;
        let who = operators::find(company, &store, operator).await.unwrap();
        let customer = Customer { kind: "app".into(), os: "Linux".into(), ..Customer::default() };
        let mut ids = Vec::new();
        for started_at_ms in [1_000, 2_000] {
            let session = new_session(&store, company, operator).await;
            let write = store.write(company).await.unwrap();
            let new = NewRecord {
                session,
                operator: &who,
                operator_address_public: "::1",
                customer: &customer,
                started_at_ms,
            };
            assert!(records::create(&write, new).await.unwrap());
            assert!(!records::create(&write, new).await.unwrap(), "one record per session");
            write.commit().await.unwrap();
            ids.push(session);
        }
        let write = store.write(company).await.unwrap();
        let chosen = support_types::create(&write, "프린터", 1).await.unwrap();
        let form = Form {
            support_type: Some(chosen),
            resolution: Resolution::Resolved,
            customer_name: "박고객".into(),
            memo: "토너".into(),
        };
        records::update_form(&write, ids[0], &form, 3).await.unwrap();
        for at_ms in [11_000, 50_000] {
            records::set_consented(&write, ids[0], at_ms).await.unwrap();
        }
        records::set_ended(&write, ids[0], "customer-stopped", 128_000).await.unwrap();
        records::set_ended(&write, ids[1], "customer-declined", 128_000).await.unwrap();
        let deleted = support_types::delete(&write, chosen, 4).await.unwrap();
        assert_eq!(deleted, support_types::Deleted::Retired);
        // A type that its records have left for another is used no more.
        let (left, next) = (
            support_types::create(&write, "네트워크", 4).await.unwrap(),
            support_types::create(&write, "보안", 4).await.unwrap(),
        );
        for chosen in [left, next] {
            let form = Form { support_type: Some(chosen), ..form.clone() };
            records::update_form(&write, ids[1], &form, 4).await.unwrap();
        }
        let deleted = support_types::delete(&write, left, 4).await.unwrap();
        assert_eq!(deleted, support_types::Deleted::Removed);
        let deleted = support_types::delete(&write, next, 4).await.unwrap();
        assert_eq!(deleted, support_types::Deleted::Retired);
        support_types::create(&write, "프린터", 5).await.expect("the name is free again");
        write.commit().await.unwrap();
        let all = records::Search::open(company, &store, &records::Filter::default()).await.unwrap();
        let page = all.page(&store, records::Place::Page(1), 1).await.unwrap();
        let newest = &page.records[0];
        assert_eq!((newest.id, newest.no, page.total), (ids[1], 2, records::Total::Exactly(2)));
        let kept = records::find(company, &store, ids[0]).await.unwrap();
        assert_eq!((kept.form, kept.duration_s), (form, 117), "from the first consent to the end");
        let declined = records::find(company, &store, ids[1]).await.unwrap();
        assert_eq!((declined.consented_at_ms, declined.duration_s), (None, 0));
        assert_eq!(kept.support_type_name.as_deref(), Some("프린터"));
    });
}

/// Of millions of sessions a handful has not ended.
#[test]
fn sessions_that_have_not_ended_are_found_by_their_own_index() {
    on_each(|store| async move {
        if !store.is_sqlite() {
            return;
        }
        let of_one = sessions::live()
            .filter(entities::session::Column::CompanyId.eq(Uuid::nil()))
            .filter(entities::session::Column::OperatorId.eq(Uuid::nil()));
        for asked in [sessions::live(), of_one] {
            let mut asked = asked.build(DbBackend::Sqlite);
            asked.sql = format!("EXPLAIN QUERY PLAN {}", asked.sql);
            let rows = store.writer.query_all_raw(asked).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
            assert!(plan[0].contains("INDEX sessions_live"), "{plan:?}");
        }
    });
}
