//! What a usage-log line is found by stands beside its body, so that no search reads bodies [G-3]. The columns repeat what the
//! chained body says; `usage_log::verify` finds one that says something else.

use super::columns::{indexed, key};
use sea_orm::{ConnectionTrait as _, DbErr, Statement, Value};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};
use uuid::Uuid;

/// Lines filled at once.
const BATCH: i64 = 1_000;

pub(super) struct UsageColumns;

impl MigrationName for UsageColumns {
    fn name(&self) -> &'static str {
        "m0040_usage_columns"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for UsageColumns {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["category", "login_key", "address"] {
            let column = key(manager, name).default("").to_owned();
            let lines = Table::alter().table("usage_log").add_column(column).to_owned();
            manager.alter_table(lines).await?;
        }
        fill(manager).await?;
        // Newest first within a tab. One person's lines, or one address's, are fewer than a tab's: their indexes say more
        // of a search than the tab's does, so that a database without statistics takes them.
        indexed(manager, "usage_log", &["company_id", "category", "at_ms", "seq"]).await?;
        indexed(manager, "usage_log", &["company_id", "login_key", "category", "at_ms", "seq"]).await?;
        indexed(manager, "usage_log", &["company_id", "address", "category", "at_ms", "seq"]).await?;
        indexed(manager, "usage_log", &["company_id", "kind", "at_ms", "seq"]).await
    }
}

/// Fills the columns of the lines that are there, by the same reading of a body that new lines get.
pub(super) async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let on = manager.get_connection();
    let backend = manager.get_database_backend();
    let (select, update) = match backend {
        sea_orm::DbBackend::Postgres => (
            "SELECT company_id, seq, kind, body FROM usage_log WHERE (company_id, seq) > ($1, $2) \
             ORDER BY company_id, seq LIMIT $3",
            "UPDATE usage_log SET category = $1, login_key = $2, address = $3 WHERE company_id = $4 AND seq = $5",
        ),
        _ => (
            "SELECT company_id, seq, kind, body FROM usage_log WHERE (company_id, seq) > (?, ?) \
             ORDER BY company_id, seq LIMIT ?",
            "UPDATE usage_log SET category = ?, login_key = ?, address = ? WHERE company_id = ? AND seq = ?",
        ),
    };
    let (mut company, mut seq) = (Uuid::nil(), i64::MIN);
    loop {
        let after: [Value; 3] = [company.into(), seq.into(), BATCH.into()];
        let rows = on.query_all_raw(Statement::from_sql_and_values(backend, select, after)).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            (company, seq) = (row.try_get("", "company_id")?, row.try_get("", "seq")?);
            let kind: String = row.try_get("", "kind")?;
            let body: Option<String> = row.try_get("", "body")?;
            let found = crate::usage_log::Searched::of(&kind, body.as_deref());
            let values: [Value; 5] = [
                found.category.into(),
                found.login_key.into(),
                found.address.into(),
                company.into(),
                seq.into(),
            ];
            on.execute_raw(Statement::from_sql_and_values(backend, update, values)).await?;
        }
    }
}
