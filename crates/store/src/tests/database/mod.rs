//! Databases for tests: SQLite always; PostgreSQL where `BESIDE_TEST_POSTGRES` names a server that may make
//! databases, or where Debian's PostgreSQL 15 is installed and a cluster of its own can be started.

use crate::{CompanyId, Store, Write, companies, departments, option_values::Values};
use std::{future::Future, path::Path};

mod postgres;

/// Runs one check on every database there is.
pub(super) fn on_each<F: Future<Output = ()>>(check: impl Fn(Store) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("runtime");
    runtime.block_on(async {
        let folder = tempfile::tempdir().expect("temporary folder");
        let store = Store::open(&sqlite_url(&folder.path().join("beside.db"))).await.expect("SQLite opens");
        check(store).await;
        if let Some(url) = postgres::fresh_database().await {
            check(Store::open(&url).await.expect("PostgreSQL opens")).await;
        }
    });
}

pub(super) fn sqlite_url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// A company with one department, committed.
pub(super) async fn company(store: &Store, short_name: &str) -> CompanyId {
    let write = open_company(store, short_name).await;
    let id = write.company();
    departments::create(&write, "기본", &Values::new(), 1).await.expect("a department");
    write.commit().await.expect("commit");
    id
}

pub(super) async fn open_company(store: &Store, short_name: &str) -> Write {
    let new = companies::NewCompany { short_name, name: "회사", service_name: "지원", created_at_ms: 1 };
    companies::create(store, new).await.expect("a company")
}
