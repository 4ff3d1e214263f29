//! The two chained logs. Bodies are nullable: retention erases them and the chain still verifies.

use super::columns::{
    belongs, bytes, bytes_null, id, indexed, key, number, of_company, table, text, text_null, unique,
};
use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Chains;

impl MigrationName for Chains {
    fn name(&self) -> &'static str {
        "m0003_chains"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Chains {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        session_events(manager).await?;
        usage_log(manager).await?;
        usage_log_heads(manager).await
    }
}

async fn session_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let events = table("session_events")
        .col(id("company_id"))
        .col(id("session_id"))
        .col(number("seq"))
        .col(bytes("prev"))
        .col(bytes("hash"))
        .col(text("kind"))
        .col(number("at_ms"))
        .col(key(manager, "source"))
        .col(number("source_seq"))
        .col(bytes("body_digest"))
        .col(bytes_null("salt"))
        .col(text_null("body"))
        .primary_key(Index::create().col("session_id").col("seq"))
        .foreign_key(&mut of_company())
        .foreign_key(&mut belongs("session_id", "sessions"))
        .to_owned();
    manager.create_table(events).await?;
    unique(manager, "session_events", &["session_id", "source", "source_seq"]).await
}

async fn usage_log(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let lines = table("usage_log")
        .col(id("company_id"))
        .col(number("seq"))
        .col(bytes("prev"))
        .col(bytes("hash"))
        .col(key(manager, "kind"))
        .col(number("at_ms"))
        .col(text("source"))
        .col(number("source_seq"))
        .col(bytes("body_digest"))
        .col(bytes_null("salt"))
        .col(text_null("body"))
        .primary_key(Index::create().col("company_id").col("seq"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(lines).await?;
    indexed(manager, "usage_log", &["company_id", "at_ms"]).await
}

/// The head beside the log: a log whose last lines were cut off does not reach it.
async fn usage_log_heads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let heads = table("usage_log_heads")
        .col(id("company_id").primary_key())
        .col(number("seq"))
        .col(bytes("hash"))
        .foreign_key(&mut of_company())
        .to_owned();
    manager.create_table(heads).await
}
