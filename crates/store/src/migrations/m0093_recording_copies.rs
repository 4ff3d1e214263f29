//! Links by which customers get a copy of their session's recordings [F-13]; only hashes are kept of them.

use super::columns::{id, number, of_company, table, text, unique};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordingCopies;

impl MigrationName for RecordingCopies {
    fn name(&self) -> &'static str {
        "m0093_recording_copies"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordingCopies {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let copies = table("recording_copies")
            .col(id("session_id").primary_key())
            .col(id("company_id"))
            .col(text("token_hash"))
            .col(number("until_ms"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(copies).await?;
        unique(manager, "recording_copies", &["token_hash"]).await
    }
}
