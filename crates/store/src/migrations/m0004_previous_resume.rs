//! The token before the last one stays good until its successor was used, also when the server dies in between.

use super::columns::text_null;
use sea_orm::DbErr;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait, prelude::Table,
};

pub(super) struct PreviousResume;

impl MigrationName for PreviousResume {
    fn name(&self) -> &'static str {
        "m0004_previous_resume"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for PreviousResume {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sessions =
            Table::alter().table("sessions").add_column(text_null("previous_resume_hash")).to_owned();
        manager.alter_table(sessions).await
    }
}
