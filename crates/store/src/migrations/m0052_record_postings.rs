//! On PostgreSQL we keep which records have each word (`records::postings`).
//!
//! The keys of names in the records themselves are gone, on SQLite too: nothing is looked for by them.

use super::m0042_record_tokens::{COLUMNS, Kept, Ordinals};
use crate::records::{Key, postings};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};
use uuid::Uuid;

/// Records that are read at once.
const BATCH: usize = 1_000;

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
        // First what waits for those who write records, who wait for the index.
        for column in ["operator_name_key", "customer_name_key"] {
            let sql = format!("ALTER TABLE records DROP COLUMN {column}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        index_anew(manager).await
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
    fill(connection).await?;
    for sql in ["ANALYZE record_search", "ANALYZE record_postings"] {
        connection.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// Bucket by bucket: a row that is written once for each record would leave as many versions of itself.
async fn fill(connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let sql = format!(
        "SELECT {COLUMNS}, operator_address_private FROM records WHERE (company_id, no) > ($1, $2) \
         ORDER BY company_id, no LIMIT {BATCH}"
    );
    let mut ordinals = Ordinals::default();
    let mut gathered: Option<postings::Gathered> = None;
    let mut after = (Uuid::nil(), i64::MIN);
    loop {
        let values = [after.0.into(), after.1.into()];
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, &sql, values);
        let rows = connection.query_all_raw(statement).await?;
        for row in &rows {
            let kept = Kept::read(row)?;
            after = (kept.company, kept.no);
            let key = Key::new(ordinals.of(connection, kept.company).await?, kept.no);
            postings::put_texts(connection, key, &kept.searched()).await?;
            let mut bucket = match gathered.take() {
                Some(bucket) if bucket.takes(key) => bucket,
                other => {
                    write(connection, other).await?;
                    postings::Gathered::of(key)
                }
            };
            bucket.add(key, &kept.searched());
            gathered = Some(bucket);
        }
        if rows.is_empty() {
            return write(connection, gathered).await;
        }
    }
}

async fn write(connection: &impl ConnectionTrait, gathered: Option<postings::Gathered>) -> Result<(), DbErr> {
    match gathered {
        Some(bucket) => bucket.write(connection).await,
        None => Ok(()),
    }
}
