//! What records add up to [T-1 … T-8], and the customer's rating of each.

use super::columns::number_null;
use crate::statistics;
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};

pub(super) struct Statistics;

impl MigrationName for Statistics {
    fn name(&self) -> &'static str {
        "m0030_statistics"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Statistics {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let records = Table::alter().table("records").add_column(number_null("rating")).to_owned();
        manager.alter_table(records).await?;
        let on = manager.get_connection();
        for table in statistics::tables() {
            let columns = [table.keys, &["supports", "duration_s"]].concat();
            create(manager, table.name, &columns, table.keys).await?;
        }
        create(manager, "statistics_names", &["id", "login", "login_key", "name"], &["id"]).await?;
        create(manager, "statistics_zones", &["time_zone"], &[]).await?;
        let by_login = "CREATE INDEX statistics_names_login_key ON statistics_names (company_id, login_key)";
        on.execute_unprepared(by_login).await?;
        Ok(())
    }
}

/// A table whose key is its order: SQLite then keeps no second copy of the key (`WITHOUT ROWID`).
pub(super) async fn create(
    manager: &SchemaManager<'_>,
    name: &str,
    columns: &[&str],
    keys: &[&str],
) -> Result<(), DbErr> {
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    let (id, text, bytes) =
        if is_postgres { ("uuid", r#"text COLLATE "C""#, "bytea") } else { ("blob", "text", "blob") };
    let columns: Vec<String> = columns
        .iter()
        .map(|column| {
            let kind = match *column {
                "sums" | "people" => bytes,
                "os" | "login" | "login_key" | "name" | "time_zone" => text,
                column if column.ends_with("id") => id,
                _ => "bigint",
            };
            format!("{column} {kind} NOT NULL")
        })
        .collect();
    let keys = [&["company_id"], keys].concat().join(", ");
    let order = if is_postgres { "" } else { " WITHOUT ROWID" };
    let sql = format!(
        "CREATE TABLE {name} (company_id {id} NOT NULL REFERENCES companies (id) ON DELETE CASCADE, {}, \
         PRIMARY KEY ({keys})){order}",
        columns.join(", ")
    );
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
