//! The question after a session [S-03]: whose it is, and until when it is answered. The answer itself stands in the record and
//! its chain.

use super::columns::{id, indexed, key, key_null, number, number_null, of_company, table};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Surveys;

impl MigrationName for Surveys {
    fn name(&self) -> &'static str {
        "m0060_surveys"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Surveys {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let surveys = table("surveys")
            .col(id("session_id").primary_key())
            .col(id("company_id"))
            .col(key(manager, "token_hash"))
            .col(key_null(manager, "previous_token_hash"))
            .col(number("until_ms"))
            .col(number_null("answered_at_ms"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(surveys).await?;
        indexed(manager, "surveys", &["token_hash"]).await?;
        indexed(manager, "surveys", &["previous_token_hash"]).await?;
        indexed(manager, "surveys", &["company_id", "until_ms"]).await
    }
}
