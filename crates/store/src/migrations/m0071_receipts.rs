//! Customers who are asked nothing may have a receipt, too [S-03, Y-2]: a row of `surveys` is kept for each of them.

use sea_orm::{DbErr, sea_query::Table};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::ColumnDef,
};

pub(super) struct Receipts;

impl MigrationName for Receipts {
    fn name(&self) -> &'static str {
        "m0071_receipts"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Receipts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Whoever stands there already was asked.
        let is_asked = ColumnDef::new("is_asked").boolean().not_null().default(true).to_owned();
        let table = Table::alter().table("surveys").add_column(is_asked).to_owned();
        manager.alter_table(table).await
    }
}
