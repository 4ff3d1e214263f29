//! PostgreSQL's index of records held numbers instead of words from here on. [`super::m0052_record_postings`] makes it anew, and
//! nothing in between reads it.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordNumbers;

impl MigrationName for RecordNumbers {
    fn name(&self) -> &'static str {
        "m0044_record_numbers"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordNumbers {
    async fn up(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
