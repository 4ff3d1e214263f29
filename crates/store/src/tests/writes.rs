//! `Store::write`: serial per company, whole or not at all, safe against a kill.

use super::database::{company, on_each, open_company, sqlite_url};
use crate::{Store, StoreError, companies, departments, key_of, option_values::Values, usage_log};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

/// design.md: 50 writers at once, on both databases. Each may delete unless it would be the last.
#[test]
fn one_department_remains_when_fifty_delete_at_once() {
    on_each(|store| async move {
        let company = company(&store, "fifty").await;
        let write = store.write(company).await.unwrap();
        for number in 1..50 {
            departments::create(&write, &format!("부서 {number}"), &Values::new(), 1).await.unwrap();
        }
        write.commit().await.unwrap();
        let all = departments::list(company, &store).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for department in all {
            let store = store.clone();
            tasks.spawn(async move {
                let write = store.write(company).await.unwrap();
                if departments::count(company, &write).await.unwrap() == 1 {
                    return false;
                }
                departments::delete(&write, department.id).await.unwrap();
                let line = usage_log::NewLine { kind: "departments.delete", at_ms: 1, body: "{}" };
                usage_log::append(&write, line).await.unwrap();
                write.commit().await.unwrap();
                true
            });
        }
        let deleted = tasks.join_all().await.into_iter().filter(|deleted| *deleted).count();
        assert_eq!(deleted, 49);
        assert_eq!(departments::count(company, &store).await.unwrap(), 1);
        assert_eq!(usage_log::verify(company, &store).await.unwrap(), Ok(49));
    });
}

#[test]
fn what_is_not_committed_never_happened() {
    on_each(|store| async move {
        let company = company(&store, "half").await;
        let write = store.write(company).await.unwrap();
        departments::create(&write, "영업", &Values::new(), 1).await.unwrap();
        assert_eq!(departments::count(company, &write).await.unwrap(), 2, "a write sees what it wrote");
        assert_eq!(departments::count(company, &store).await.unwrap(), 1, "nobody else does");
        drop(write);
        assert_eq!(departments::count(company, &store).await.unwrap(), 1);
        drop(open_company(&store, "never").await);
        assert_eq!(companies::find_by_short_name(&store, "never").await.unwrap(), None);
    });
}

#[test]
fn names_are_unique_per_company_without_case_and_composition() {
    on_each(|store| async move {
        let one = company(&store, "one").await;
        let other = company(&store, "other").await;
        let write = store.write(one).await.unwrap();
        departments::create(&write, "Café", &Values::new(), 1).await.unwrap();
        write.commit().await.unwrap();
        let write = store.write(one).await.unwrap();
        let again = departments::create(&write, "CAFE\u{301}", &Values::new(), 1).await;
        assert!(matches!(again, Err(StoreError::Taken)), "{again:?}");
        drop(write);
        let write = store.write(other).await.unwrap();
        departments::create(&write, "Café", &Values::new(), 1).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(key_of("Café"), key_of("CAFE\u{301}"));
    });
}

/// The test program run again by [`a_killed_writer_leaves_the_file_whole`]: writes until it is killed.
#[test]
fn writes_until_killed() {
    let Ok(url) = std::env::var("BESIDE_TEST_KILLED") else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let company = company(&store, "killed").await;
        for number in 1.. {
            let write = store.write(company).await.unwrap();
            let line = usage_log::NewLine { kind: "departments.create", at_ms: number, body: "{}" };
            usage_log::append(&write, line).await.unwrap();
            departments::create(&write, &number.to_string(), &Values::new(), number).await.unwrap();
            write.commit().await.unwrap();
            println!("\nkept {number}");
        }
    });
}

/// Issue 3, trouble: the server is killed with SIGKILL and started again, SQLite is intact.
#[test]
fn a_killed_writer_leaves_the_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(&folder.path().join("beside.db"));
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::writes::writes_until_killed", "--nocapture"])
        .env("BESIDE_TEST_KILLED", &url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let told = lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("kept ")?.parse::<i64>().ok());
    let acknowledged = told.take(20).last().unwrap();
    writer.kill().unwrap();
    writer.wait().unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = Store::open(&url).await.unwrap();
        let company = companies::find_only(&store).await.unwrap().unwrap().id;
        let lines = usage_log::verify(company, &store).await.unwrap().unwrap();
        assert!(acknowledged <= lines, "{acknowledged} were acknowledged, {lines} are kept");
        assert_eq!(departments::count(company, &store).await.unwrap(), u64::try_from(lines).unwrap() + 1);
    });
}

/// `company add` beside a server that starts: both find the database in the right shape.
#[test]
fn programs_that_open_a_new_database_at_once_all_do() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite_url(&folder.path().join("beside.db"));
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..16 {
            let url = url.clone();
            tasks.spawn(async move { Store::open(&url).await.map(drop) });
        }
        for opened in tasks.join_all().await {
            opened.unwrap();
        }
    });
}
