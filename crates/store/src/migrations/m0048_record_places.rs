//! PostgreSQL's index of records holds numbers instead of words, and the searched texts beside them: a search then reads the
//! rows of its hits and nothing else. The numbers of one bucket of records stand together (`records::buckets`).

use super::m0042_record_tokens::fill_all;
use crate::records::POSTGRES_INDEX;
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordPlaces;

impl MigrationName for RecordPlaces {
    fn name(&self) -> &'static str {
        "m0048_record_places"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordPlaces {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return Ok(());
        }
        let connection = manager.get_connection();
        let [table, index] = POSTGRES_INDEX;
        connection.execute_unprepared("DROP TABLE record_search").await?;
        connection.execute_unprepared(table).await?;
        fill_all(connection).await?;
        // Made at once it takes a fraction of what its growing with each row would.
        for sql in [index, "ANALYZE record_search"] {
            connection.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
