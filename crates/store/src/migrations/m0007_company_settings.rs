//! How a company is set [G-2], and what it may [D-2].

use super::columns::{flag, id, number, number_null, of_company, table, text};
use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct CompanySettings;

impl MigrationName for CompanySettings {
    fn name(&self) -> &'static str {
        "m0007_company_settings"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for CompanySettings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let settings = table("company_settings")
            .col(id("company_id").primary_key())
            .col(text("value"))
            .col(number("changed_at_ms"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(settings).await?;
        let licences = table("licences")
            .col(id("company_id").primary_key())
            .col(number_null("until_ms"))
            .col(number("operators"))
            .col(number("mobile_operators"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(licences).await?;
        let operators = sea_orm_migration::prelude::Table::alter()
            .table("operators")
            .add_column(flag("is_mobile").default(false))
            .to_owned();
        manager.alter_table(operators).await?;
        // Companies that exist go on as they are: for ever, with as many operators as a new company gets.
        let kept = "INSERT INTO licences (company_id, until_ms, operators, mobile_operators) \
                    SELECT id, NULL, 1000, 0 FROM companies";
        manager.get_connection().execute_unprepared(kept).await?;
        Ok(())
    }
}
