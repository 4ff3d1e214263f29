//! The second step of signing in: a secret that is shared with an authenticator app, and what helps when that is lost.

use super::columns::{bytes, id, indexed, key, number, number_null, of_company, table};
use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct SecondSteps;

impl MigrationName for SecondSteps {
    fn name(&self) -> &'static str {
        "m0011_second_steps"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for SecondSteps {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Of administrators and operators alike: their ids are never the same.
        let steps = table("second_steps")
            .col(id("account_id").primary_key())
            .col(id("company_id"))
            .col(bytes("secret"))
            .col(number_null("confirmed_at_ms"))
            .col(number("last_step"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(steps).await?;
        let codes = table("recovery_codes")
            .col(id("account_id"))
            .col(key(manager, "code_hash"))
            .col(id("company_id"))
            .primary_key(Index::create().col("account_id").col("code_hash"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(codes).await?;
        indexed(manager, "second_steps", &["company_id"]).await
    }
}
