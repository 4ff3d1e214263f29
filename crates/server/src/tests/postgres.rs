//! The features' own tests once more, on PostgreSQL: the same rules hold on either database.
//!
//! One test runs them all in a second run of this program, so that they share one PostgreSQL.

use std::process::Command;

/// A cluster for tests, and databases in it.
#[path = "../../../store/src/tests/database/postgres.rs"]
mod cluster;

/// Set in the second run.
const SECOND_RUN: &str = "BESIDE_TEST_SECOND_RUN";

/// Those that lean on the database most: unique names, pages of lists, searched records, and sessions with their chains.
/// Each test costs half a second of a processor, so that the rest runs on SQLite alone; the store's own tests run on both.
const FEATURES: [&str; 5] = [
    "departments::tests",
    "operators::tests",
    "records::tests",
    "sessions::tests::restart",
    "sessions::tests::story",
];

/// The database of a server that is started now; `None`: the file in its folder.
pub(super) async fn database() -> Option<String> {
    std::env::var_os(SECOND_RUN)?;
    Some(cluster::fresh_database().await.expect("PostgreSQL is there, or there is no second run"))
}

#[test]
fn features_keep_their_word_on_postgresql() {
    if !cluster::is_there() {
        return;
    }
    let output =
        Command::new(std::env::current_exe().unwrap()).args(FEATURES).env(SECOND_RUN, "1").output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    for feature in FEATURES {
        assert!(told.contains(&format!("test {feature}::")), "{feature} has no tests any more:\n{told}");
    }
}
