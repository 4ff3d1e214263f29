//! Still pictures that were kept of sessions [F-08]: what is known of each. The pictures themselves are files.

use super::columns::{bytes, id, indexed, number, of_company, table, text};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Captures;

impl MigrationName for Captures {
    fn name(&self) -> &'static str {
        "m0062_captures"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Captures {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let captures = table("captures")
            .col(id("id").primary_key())
            .col(id("company_id"))
            .col(id("session_id"))
            .col(number("no"))
            .col(number("at_ms"))
            .col(number("width_px"))
            .col(number("height_px"))
            .col(number("size_bytes"))
            .col(bytes("sha256"))
            .col(text("description"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(captures).await?;
        indexed(manager, "captures", &["company_id", "session_id", "no"]).await
    }
}
