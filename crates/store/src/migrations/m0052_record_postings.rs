//! On PostgreSQL we keep which records have each word (`records::postings`).
//!
//! The keys of names in the records themselves are gone, on SQLite too: nothing is looked for by them.

use super::m0042_record_tokens::fill_all;
use crate::records::postings;
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordPostings;

impl MigrationName for RecordPostings {
    fn name(&self) -> &'static str {
        "m0052_record_postings"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordPostings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index_anew(manager).await?;
        for column in ["operator_name_key", "customer_name_key"] {
            let sql = format!("ALTER TABLE records DROP COLUMN {column}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}

/// PostgreSQL's index, whatever it held.
pub(super) async fn index_anew(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let connection = manager.get_connection();
    for sql in ["DROP TABLE IF EXISTS record_postings", "DROP TABLE record_search"] {
        connection.execute_unprepared(sql).await?;
    }
    for sql in postings::TABLES {
        connection.execute_unprepared(sql).await?;
    }
    fill_all(connection, "operator_address_private", "1 = 1").await?;
    for sql in ["ANALYZE record_search", "ANALYZE record_postings"] {
        connection.execute_unprepared(sql).await?;
    }
    Ok(())
}
