//! A record has the operator's address on its own network, where the browser tells it.

use super::columns::text_null;
use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};

pub(super) struct OperatorAddresses;

impl MigrationName for OperatorAddresses {
    fn name(&self) -> &'static str {
        "m0046_operator_addresses"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for OperatorAddresses {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut records = Table::alter();
        records.table("records").add_column(text_null("operator_address_private"));
        manager.alter_table(records).await
    }
}
