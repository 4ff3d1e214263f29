//! Personal API tokens of administrators, kept by the hash of their secret. They go with their administrator.

use super::columns::{
    belongs, id, indexed, key, number, number_null, of_company, table, text, text_null, unique,
};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct ApiTokens;

impl MigrationName for ApiTokens {
    fn name(&self) -> &'static str {
        "m0041_api_tokens"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for ApiTokens {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tokens = table("api_tokens")
            .col(id("id").primary_key())
            .col(id("company_id"))
            .col(id("administrator_id"))
            .col(text("name"))
            .col(key(manager, "token_hash"))
            .col(text("scopes"))
            .col(number("created_at_ms"))
            .col(number("expires_at_ms"))
            .col(number_null("revoked_at_ms"))
            .col(number_null("last_used_at_ms"))
            .col(text_null("last_used_address"))
            .foreign_key(&mut of_company())
            .foreign_key(&mut belongs("administrator_id", "administrators"))
            .to_owned();
        manager.create_table(tokens).await?;
        unique(manager, "api_tokens", &["token_hash"]).await?;
        indexed(manager, "api_tokens", &["company_id", "administrator_id"]).await
    }
}
