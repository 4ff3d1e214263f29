//! Every test once more, on PostgreSQL: the same rules hold on either database.
//!
//! One test runs them all in a second run of this program, so that they share one PostgreSQL.

use std::process::Command;

/// A cluster for tests, and databases in it.
#[path = "../../../store/src/tests/database/postgres.rs"]
mod cluster;

/// Set in the second run.
const SECOND_RUN: &str = "BESIDE_TEST_SECOND_RUN";

/// Those that start no server on a database, or start their own.
const WITHOUT_DATABASE: [&str; 3] = ["tests::postgres", "tests::acme", "tests::connections"];

/// The database of a server that is started now; `None`: the file in its folder.
pub(super) async fn database() -> Option<String> {
    std::env::var_os(SECOND_RUN)?;
    Some(cluster::fresh_database().await.expect("PostgreSQL is there, or there is no second run"))
}

#[test]
fn every_test_holds_on_postgresql() {
    if !cluster::is_there() {
        return;
    }
    let mut run = Command::new(std::env::current_exe().unwrap());
    run.env(SECOND_RUN, "1").args(WITHOUT_DATABASE.iter().flat_map(|name| ["--skip", name]));
    let output = run.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
}
