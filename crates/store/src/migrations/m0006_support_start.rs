//! A record knows when support began: how long the customer waited and read before is not support.

use super::columns::number_null;
use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};

pub(super) struct SupportStart;

impl MigrationName for SupportStart {
    fn name(&self) -> &'static str {
        "m0006_support_start"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for SupportStart {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let records = Table::alter().table("records").add_column(number_null("consented_at_ms")).to_owned();
        manager.alter_table(records).await?;
        let kept = "UPDATE records SET consented_at_ms = \
                    (SELECT consented_at_ms FROM sessions WHERE sessions.id = records.session_id)";
        manager.get_connection().execute_unprepared(kept).await?;
        Ok(())
    }
}
