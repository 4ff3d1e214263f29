//! PostgreSQL's index of records holds numbers instead of words, and the searched texts beside them: a search then reads the
//! rows of its hits and nothing else. The numbers of one bucket of records stand together (`records::buckets`).

use super::m0042_record_tokens::fill_all;
use crate::records::buckets;
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
        for sql in ["DROP TABLE record_search", buckets::TABLE] {
            connection.execute_unprepared(sql).await?;
        }
        fill_all(connection, "operator_address_private", "1 = 1").await?;
        buckets::make_index(connection).await?;
        connection.execute_unprepared("ANALYZE record_search").await?;
        Ok(())
    }
}
