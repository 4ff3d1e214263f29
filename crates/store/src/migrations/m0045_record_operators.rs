//! Records are found by who gave the support: an operator looks for the ones of today.

use super::columns::indexed;
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordOperators;

impl MigrationName for RecordOperators {
    fn name(&self) -> &'static str {
        "m0045_record_operators"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordOperators {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        indexed(manager, "records", &["company_id", "operator_id", "started_at_ms"]).await
    }
}
