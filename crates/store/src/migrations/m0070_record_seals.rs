//! Signatures over the heads of sessions' chains: one at the end of a session, and one over each entry that came later.
//! Before, the newest stood in `sessions.seal`, which nothing reads or writes any more.

use super::columns::{id, number, of_company, table, text};
use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordSeals;

impl MigrationName for RecordSeals {
    fn name(&self) -> &'static str {
        "m0070_record_seals"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordSeals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seals = table("record_seals")
            .col(id("company_id"))
            .col(id("session_id"))
            .col(number("seq"))
            .col(text("seal"))
            .primary_key(Index::create().col("session_id").col("seq"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(seals).await
    }
}
