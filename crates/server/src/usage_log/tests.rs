use super::{heads, repeat_once};
use crate::tests::{TestCompany, TestServer};
use sea_orm::{ConnectionTrait as _, Database};
use serde_json::json;
use store::usage_log;

/// A server whose company's log has three lines, and the head that was signed then.
async fn logged() -> (TestServer, TestCompany, String) {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut administrator = server.administrator(&company).await;
    for name in ["하나", "둘"] {
        administrator.post("/api/manage/departments", json!({ "name": name })).await;
    }
    let [head] = repeat_once(&server.state).await.unwrap().try_into().unwrap();
    (server, company, head)
}

async fn check(server: &TestServer, company: &TestCompany, kept: &[String]) -> String {
    let identity = server.state.sessions.identity_hash();
    match heads::verify(&server.state.store, company.id, identity, kept).await.unwrap() {
        Ok((lines, heads)) => format!("{lines} lines, {heads} heads"),
        Err(fault) => fault.to_string(),
    }
}

async fn tamper(server: &TestServer, sql: &str) {
    let raw = Database::connect(server.state.configuration.database_url()).await.unwrap();
    raw.execute_unprepared(sql).await.unwrap();
}

/// The last line is gone, and whoever removed it has made the log's own head fit.
const CUT: &str = "DELETE FROM usage_log WHERE seq = 3;
    UPDATE usage_log_heads SET seq = 2, hash = (SELECT hash FROM usage_log WHERE seq = 2)";

/// G-3.
#[tokio::test]
async fn a_cut_tail_shows_against_a_signed_head() {
    let (server, company, head) = logged().await;
    assert_eq!(check(&server, &company, &[]).await, "3 lines, 1 heads");
    tamper(&server, CUT).await;
    assert_eq!(
        usage_log::verify(company.id, &server.state.store).await.unwrap(),
        Ok(2),
        "the chain alone is whole"
    );
    let gone = "line 3 was there when its head was signed, and is gone";
    assert_eq!(check(&server, &company, &[]).await, gone);
    tamper(&server, "DELETE FROM usage_log_seals").await;
    assert_eq!(check(&server, &company, &[]).await, "2 lines, 0 heads", "as the docs say");
    // It stands in the application log, too, among other lines.
    let log = format!("2026-11-23 INFO Usage log head company=\"beta\" head=\"{head}\"\nother\n");
    assert_eq!(check(&server, &company, &heads::heads_in(&log)).await, gone);
}

/// The tail is another one, long enough, with a head that fits.
#[tokio::test]
async fn a_rewritten_tail_shows_against_a_signed_head() {
    let (server, company, head) = logged().await;
    tamper(&server, CUT).await;
    let mut administrator = server.administrator(&company).await;
    administrator.post("/api/manage/departments", json!({ "name": "셋" })).await;
    assert!(usage_log::verify(company.id, &server.state.store).await.unwrap().is_ok());
    let rewritten = "line 3 is not the one whose head was signed";
    assert_eq!(check(&server, &company, &[]).await, rewritten);
    tamper(&server, "DELETE FROM usage_log_seals").await;
    assert_eq!(check(&server, &company, &[head]).await, rewritten);
}

/// A head that the server did not sign is a fault by itself: with its number changed, of another server, or of another
/// company.
#[tokio::test]
async fn a_forged_head_is_named() {
    let (server, company, head) = logged().await;
    let (other, theirs, foreign) = logged().await;
    let changed = head.replacen(":3:", ":2:", 1);
    assert_eq!(check(&server, &company, &[changed]).await, "head of line 2 is not signed by this server");
    let of_ours = |text: &str| {
        let id = |company: &TestCompany| crate::secrets::hex(company.id.as_bytes());
        text.replace(&id(&theirs), &id(&company))
    };
    let forged = "head of line 3 is not signed by this server";
    assert_eq!(check(&server, &company, &[of_ours(&foreign)]).await, forged);
    assert_eq!(check(&server, &company, &[foreign]).await, "3 lines, 1 heads", "of no company of ours");
    assert_eq!(check(&other, &theirs, &[]).await, "3 lines, 1 heads");
}

/// Nothing new, nothing kept: a quiet company's log gets no further seals.
#[tokio::test]
async fn a_head_is_kept_once() {
    let (server, company, _) = logged().await;
    repeat_once(&server.state).await.unwrap();
    let seals = usage_log::list_seals(company.id, &server.state.store).await.unwrap();
    assert_eq!(seals.len(), 1);
}
