//! Both chains, tampered with behind the store's back.

use super::database::{company, on_each};
use crate::{
    CompanyId, OperatorId, SessionId, Store,
    chain::Broken,
    session_events::{self, NewEvent, Source},
    sessions::{self, Offered, Permissions},
    usage_log,
};
use sea_orm::ConnectionTrait;

const OFFERED: Offered = Offered {
    permissions: Permissions { may_view: true, may_control: false, may_chat: true, control_at_start: false },
    consent_after_operator: true,
};

async fn tamper(store: &Store, sql: &str) {
    store.writer.execute_unprepared(sql).await.unwrap();
}

async fn append_lines(store: &Store, company: CompanyId, count: i64) {
    let write = store.write(company).await.unwrap();
    for at_ms in 1..=count {
        let line = usage_log::NewLine { kind: "operators.create", at_ms, body: r#"{"login":"kim"}"# };
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
        tamper(&store, "UPDATE usage_log SET body = '{\"login\":\"lee\"}' WHERE seq = 3").await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(Broken::Body { seq: 3 }));
        tamper(&store, "UPDATE usage_log SET body = NULL, salt = NULL WHERE seq = 3").await;
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(5), "an erased body is no change");
        tamper(&store, "DELETE FROM usage_log WHERE seq = 5").await;
        let cut = Broken::Cut { expected: 5, found: 4 };
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(cut));
        tamper(&store, "DELETE FROM usage_log WHERE seq = 2").await;
        let gap = Broken::Sequence { expected: 2, found: 3 };
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Err(gap));
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
