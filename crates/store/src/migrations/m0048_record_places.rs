//! Made the index of records on PostgreSQL, which `m0052_record_postings` makes anew.

use sea_orm::DbErr;
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
    async fn up(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
