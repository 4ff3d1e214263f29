//! Each operator's own list of favourites [F-10]; it goes with the operator.

use super::columns::{belongs, id, number, of_company, table, text};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct OperatorFavourites;

impl MigrationName for OperatorFavourites {
    fn name(&self) -> &'static str {
        "m0061_operator_favourites"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for OperatorFavourites {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let favourites = table("operator_favourites")
            .col(id("operator_id").primary_key())
            .col(id("company_id"))
            .col(text("value"))
            .col(number("changed_at_ms"))
            .foreign_key(&mut belongs("operator_id", "operators"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(favourites).await
    }
}
