//! Files for other players that are made of recordings [F-13]: how far each is, and who makes it.

use super::columns::{belongs, bytes_null, id, id_null, indexed, number, of_company, table, text};
use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordingFilms;

impl MigrationName for RecordingFilms {
    fn name(&self) -> &'static str {
        "m0092_recording_films"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordingFilms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A recording without a row waits for one.
        let films = table("recording_films")
            .col(id("recording_id").primary_key())
            .col(id("company_id"))
            .col(text("state"))
            .col(text("why"))
            .col(number("tries"))
            .col(number("percent"))
            .col(id_null("maker"))
            .col(number("until_ms"))
            .col(number("parts"))
            .col(number("size_bytes"))
            .col(bytes_null("sha256"))
            .foreign_key(&mut belongs("recording_id", "recordings"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(films).await?;
        indexed(manager, "recording_films", &["company_id", "state"]).await
    }
}
