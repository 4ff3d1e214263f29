//! Both chains, tampered with behind the store's back.

use super::database::{company, on_each};
use crate::{
    CompanyId, OperatorId, SessionId, Store,
    chain::Broken,
    migrations,
    session_events::{self, NewEvent, Source},
    sessions::{self, Offered},
    usage_log::{self, Filter, Part, Place},
};
use protocol::Permissions;
use sea_orm::{ConnectionTrait, DbBackend, QueryTrait as _};

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

/// What a line says: an operator at an address.
const KIM: &str = r#"{"login":"Kim","address":"192.0.2.1"}"#;

async fn tamper(store: &Store, sql: &str) {
    store.writer.execute_unprepared(sql).await.unwrap();
}

async fn append_lines(store: &Store, company: CompanyId, count: i64) {
    let write = store.write(company).await.unwrap();
    for at_ms in 1..=count {
        let line = usage_log::NewLine { kind: "operators.create", at_ms, body: KIM };
        usage_log::append(&write, line).await.unwrap();
    }
    write.commit().await.unwrap();
}

/// G-3: a changed or removed line is detectable.
#[test]
fn a_changed_or_removed_usage_line_is_named() {
    on_each(|store| async move {
        let company = company(&store, "log").await;
        append_lines(&store, company, 5).await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(5));
        assert_eq!(usage_log::head(company, &store).await.unwrap().0, 5);
        for (column, kept) in [("category", "operators"), ("login_key", "kim"), ("address", "192.0.2.1")] {
            tamper(&store, &format!("UPDATE usage_log SET {column} = 'x' WHERE seq = 4")).await;
            let broken = Broken::Column { seq: 4, column };
            assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(broken));
            tamper(&store, &format!("UPDATE usage_log SET {column} = '{kept}' WHERE seq = 4")).await;
        }
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(5));
        tamper(&store, "UPDATE usage_log SET at_ms = 9 WHERE seq = 4").await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(Broken::Entry { seq: 4 }));
        tamper(&store, "UPDATE usage_log SET at_ms = 4 WHERE seq = 4").await;
        tamper(&store, "UPDATE usage_log SET body = '{\"login\":\"lee\"}' WHERE seq = 3").await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(Broken::Body { seq: 3 }));
        tamper(&store, "UPDATE usage_log SET body = NULL, salt = NULL WHERE seq = 3").await;
        let left = Broken::Column { seq: 3, column: "login_key" };
        assert_eq!(
            usage_log::verify(company, &store).await.unwrap(),
            Err(left),
            "an erased line names nobody"
        );
        tamper(&store, "UPDATE usage_log SET login_key = '', address = '' WHERE seq = 3").await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(5), "an erased body is no change");
        tamper(&store, "DELETE FROM usage_log WHERE seq = 5").await;
        let cut = Broken::Cut { expected: 5, found: 4 };
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(cut));
        tamper(&store, "DELETE FROM usage_log WHERE seq = 2").await;
        let gap = Broken::Sequence { expected: 2, found: 3 };
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(gap));
    });
}

/// G-3: a line behind the head shows on the page and stops the next one, so it is named. Where one stands after a gap, too.
#[test]
fn a_line_behind_the_head_is_named() {
    on_each(|store| async move {
        let company = company(&store, "behind").await;
        append_lines(&store, company, 5).await;
        let columns = "prev, hash, kind, at_ms, source, source_seq, body_digest, salt, body, category, \
                       login_key, address";
        for (seq, name) in [(6, "next"), (9, "after a gap")] {
            tamper(
                &store,
                &format!(
                    "INSERT INTO usage_log (company_id, seq, {columns}) \
                     SELECT company_id, {seq}, {columns} FROM usage_log WHERE seq = 5"
                ),
            )
            .await;
            let behind = usage_log::verify(company, &store).await.unwrap();
            assert_eq!(behind, Err(Broken::Behind { seq }), "{name}");
            tamper(&store, &format!("DELETE FROM usage_log WHERE seq = {seq}")).await;
        }
        append_lines(&store, company, 1).await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(6));
    });
}

/// G-3: a log is verified while the server writes to it, and another company's lines are behind no head of this one.
#[test]
fn a_line_that_is_appended_meanwhile_is_no_fault() {
    on_each(|store| async move {
        let company = company(&store, "meanwhile").await;
        append_lines(&store, super::database::company(&store, "longer").await, 200).await;
        let writing = store.clone();
        let task = tokio::spawn(async move {
            for _ in 0..100 {
                append_lines(&writing, company, 1).await;
            }
        });
        while !task.is_finished() {
            let lines = usage_log::verify(company, &store).await.unwrap();
            assert!(lines.is_ok(), "{lines:?}");
        }
        task.await.unwrap();
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(100));
    });
}

async fn event(store: &Store, company: CompanyId, session: SessionId, source_seq: Option<i64>) -> bool {
    let source = if source_seq.is_some() { Source::Customer } else { Source::Server };
    let write = store.write(company).await.unwrap();
    let event = NewEvent { source, source_seq, at_ms: 5, kind: "chat", body: r#"{"text":"안녕"}"# };
    let added = session_events::append(&write, session, event).await.unwrap();
    write.commit().await.unwrap();
    added
}

#[test]
fn events_are_kept_once_and_gaps_show() {
    on_each(|store| async move {
        let company = company(&store, "events").await;
        let write = store.write(company).await.unwrap();
        let session = sessions::create(&write, OperatorId::new(), OFFERED, 1).await.unwrap();
        write.commit().await.unwrap();
        assert!(event(&store, company, session, Some(1)).await);
        assert!(event(&store, company, session, None).await);
        assert!(!event(&store, company, session, Some(1)).await, "reported again");
        assert!(event(&store, company, session, Some(3)).await);
        let kept = |source| session_events::kept_without_gap(company, &store, session, source);
        assert_eq!(kept(Source::Customer).await.unwrap(), 1, "2 is missing");
        assert!(event(&store, company, session, Some(2)).await);
        assert_eq!(kept(Source::Customer).await.unwrap(), 3);
        assert_eq!(kept(Source::Server).await.unwrap(), 1);
        assert_eq!(session_events::verify(company, &store, session).await.unwrap(), Ok(4));
        tamper(&store, "UPDATE session_events SET at_ms = 6 WHERE seq = 2").await;
        let broken = session_events::verify(company, &store, session).await.unwrap();
        assert_eq!(broken, Err(Broken::Entry { seq: 2 }));
    });
}

/// A chain that is longer than what is read at once.
#[test]
fn a_long_chain_is_read_in_pages() {
    on_each(|store| async move {
        let company = company(&store, "pages").await;
        let write = store.write(company).await.unwrap();
        let session = sessions::create(&write, OperatorId::new(), OFFERED, 1).await.unwrap();
        for number in 1..=1_101 {
            let (source_seq, source) = (Some(number), Source::Customer);
            let event = NewEvent { source, source_seq, at_ms: 5, kind: "chat", body: "{}" };
            session_events::append(&write, session, event).await.unwrap();
        }
        write.commit().await.unwrap();
        let mut pages = Vec::new();
        let mut after = 0;
        loop {
            let page = session_events::list_after(company, &store, session, after).await.unwrap();
            let Some(last) = page.last() else { break };
            after = last.seq;
            pages.push(page.len());
        }
        assert_eq!(pages, [500, 500, 101]);
        let kept =
            session_events::kept_without_gap(company, &store, session, Source::Customer).await.unwrap();
        assert_eq!(kept, 1_101);
        assert_eq!(session_events::verify(company, &store, session).await.unwrap(), Ok(1_101));
        let last = |kind| session_events::find_last(company, &store, session, Source::Customer, kind);
        assert_eq!(last("chat").await.unwrap().unwrap().seq, 1_101);
        assert!(last("joined").await.unwrap().is_none());
    });
}

/// A company that was there before the columns finds its lines as well.
#[test]
fn columns_of_lines_that_are_there_are_filled() {
    on_each(|store| async move {
        let company = company(&store, "filled").await;
        append_lines(&store, company, 5).await;
        tamper(&store, "UPDATE usage_log SET category = '', login_key = '', address = ''").await;
        assert!(usage_log::verify(company, &store).await.unwrap().is_err());
        migrations::fill_usage_columns(&store.writer).await.unwrap();
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(5));
        let kim = Filter { login: Some("kim"), ..Filter::default() };
        assert_eq!(usage_log::count(company, &store, kim).await.unwrap(), 5);
    });
}

/// G-3: by time, person, address and action, page after page, and every line once.
#[test]
fn lines_are_found_newest_first_and_paged_by_place() {
    on_each(|store| async move {
        let company = company(&store, "find").await;
        let write = store.write(company).await.unwrap();
        let lines = [
            (10, "access.sign-in", r#"{"login":"Kim","address":"192.0.2.1"}"#),
            (20, "access.sign-in", r#"{"login":"lee","address":"192.0.2.2"}"#),
            (20, "access.sign-out", r#"{"login":"KIM","address":"2001:db8::1"}"#),
            (20, "operators.create", r#"{"login":"kim","address":"192.0.2.1"}"#),
            (15, "access.sign-in", "{}"),
        ];
        for (at_ms, kind, body) in lines {
            usage_log::append(&write, usage_log::NewLine { kind, at_ms, body }).await.unwrap();
        }
        write.commit().await.unwrap();
        let check = async |filter: Filter<'_>, expected: &[i64]| {
            let found = usage_log::list(company, &store, filter, Part::Newest, 9).await.unwrap();
            let seqs: Vec<_> = found.iter().map(|line| line.seq).collect();
            assert_eq!(seqs, expected, "{filter:?}");
            let counted = usage_log::count(company, &store, filter).await.unwrap();
            assert_eq!(counted, expected.len() as u64, "{filter:?}");
            walk(&store, company, filter, expected).await;
        };
        let all = Filter::default();
        check(all, &[4, 3, 2, 5, 1]).await;
        check(Filter { category: Some("access"), ..all }, &[3, 2, 5, 1]).await;
        check(Filter { kind: Some("access.sign-in"), ..all }, &[2, 5, 1]).await;
        check(Filter { login: Some("kIm"), ..all }, &[4, 3, 1]).await;
        check(Filter { address: Some("192.0.2.1"), category: Some("access"), ..all }, &[1]).await;
        check(Filter { from_ms: Some(15), until_ms: Some(20), ..all }, &[5]).await;
        check(Filter { login: Some("nobody"), ..all }, &[]).await;
    });
}

/// Two lines a page, to the end and back.
async fn walk(store: &Store, company: CompanyId, filter: Filter<'_>, expected: &[i64]) {
    let mut part = Part::Newest;
    let mut seen = Vec::new();
    loop {
        let page = usage_log::list(company, store, filter, part, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        part = Part::OlderThan(Place { at_ms: last.at_ms, seq: last.seq });
        seen.extend(page.iter().map(|line| Place { at_ms: line.at_ms, seq: line.seq }));
    }
    assert_eq!(seen.iter().map(|place| place.seq).collect::<Vec<_>>(), expected);
    if let [first, second, third, ..] = seen[..] {
        let back = usage_log::list(company, store, filter, Part::NewerThan(third), 2).await.unwrap();
        assert_eq!(back.iter().map(|line| line.seq).collect::<Vec<_>>(), [first.seq, second.seq]);
    }
}

/// G-3: a page is found by an index that ends in the list's order, whatever narrows it: millions of lines change nothing.
#[test]
fn pages_are_found_by_an_index_and_nothing_is_sorted() {
    on_each(|store| async move {
        if !store.is_sqlite() {
            return;
        }
        let company = company(&store, "plan").await;
        let access = Filter { category: Some("access"), ..Filter::default() };
        let place = Place { at_ms: 5, seq: 5 };
        let check = async |filter: Filter<'_>, index: &str| {
            for part in [Part::Newest, Part::OlderThan(place), Part::NewerThan(place)] {
                let mut asked = usage_log::select(company, filter, part).build(DbBackend::Sqlite);
                asked.sql = format!("EXPLAIN QUERY PLAN {}", asked.sql);
                let rows = store.writer.query_all_raw(asked).await.unwrap();
                let plan: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
                assert_eq!(plan.len(), 1, "{filter:?} {part:?}: {plan:?}");
                assert!(
                    plan[0].contains(&format!("INDEX usage_log_company_id_{index}_at_ms_seq ")),
                    "{plan:?}"
                );
            }
        };
        check(access, "category").await;
        check(Filter { from_ms: Some(1), until_ms: Some(9), ..access }, "category").await;
        check(Filter { login: Some("kim"), ..access }, "login_key_category").await;
        check(Filter { address: Some("192.0.2.1"), ..access }, "address_category").await;
        check(Filter { kind: Some("access.sign-in"), login: Some("kim"), ..access }, "login_key_category")
            .await;
    });
}
