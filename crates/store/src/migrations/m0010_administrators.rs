//! What administrators say of themselves, and whom they invited [G-1, G-4].

use super::columns::{text, text_null};
use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};

pub(super) struct Administrators;

impl MigrationName for Administrators {
    fn name(&self) -> &'static str {
        "m0010_administrators"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Administrators {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let phone = text("phone").default("").to_owned();
        // SQLite adds one column at a time.
        let added = [
            ("administrators", phone),
            ("activations", text_null("invited_by")),
            ("activations", text_null("invited_name")),
        ];
        for (table, column) in added {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
