//! An operator is edited by several administrators, and is seen from where it signed in [D-3, D-4].

use super::columns::{number, text_null};
use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};

pub(super) struct OperatorChanges;

impl MigrationName for OperatorChanges {
    fn name(&self) -> &'static str {
        "m0008_operator_changes"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for OperatorChanges {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for column in [number("revision").default(0).to_owned(), text_null("last_local_address")] {
            let mut operators = Table::alter();
            operators.table("operators").add_column(column);
            manager.alter_table(operators).await?;
        }
        Ok(())
    }
}
