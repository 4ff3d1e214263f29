//! Signed heads of the usage logs.

use super::columns::{id, number, of_company, table, text};
use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct UsageSeals;

impl MigrationName for UsageSeals {
    fn name(&self) -> &'static str {
        "m0005_usage_seals"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for UsageSeals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seals = table("usage_log_seals")
            .col(id("company_id"))
            .col(number("seq"))
            .col(text("seal"))
            .primary_key(Index::create().col("company_id").col("seq"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(seals).await
    }
}
