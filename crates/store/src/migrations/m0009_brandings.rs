//! What a company's customers see on their page [O-4].

use super::columns::{bytes_null, id, number, of_company, table, text, text_null};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Brandings;

impl MigrationName for Brandings {
    fn name(&self) -> &'static str {
        "m0009_brandings"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Brandings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let brandings = table("brandings")
            .col(id("company_id").primary_key())
            .col(text("text"))
            .col(text_null("logo_kind"))
            .col(bytes_null("logo"))
            .col(number("changed_at_ms"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(brandings).await
    }
}
