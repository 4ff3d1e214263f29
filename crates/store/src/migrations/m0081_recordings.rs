//! Recordings of sessions [F-13]: what is known of each, and of its pieces. What was recorded itself is files.

use super::columns::{belongs, bytes, id, indexed, number, number_null, of_company, table, text};
use sea_orm::{DbErr, sea_query::Index};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct Recordings;

impl MigrationName for Recordings {
    fn name(&self) -> &'static str {
        "m0081_recordings"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for Recordings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recordings = table("recordings")
            .col(id("id").primary_key())
            .col(id("company_id"))
            .col(id("session_id"))
            .col(number("no"))
            .col(number("began_at_ms"))
            // When the last piece came: one that gets none any more is over.
            .col(number("last_at_ms"))
            .col(number_null("ended_at_ms"))
            .col(number("pieces"))
            .col(number("size_bytes"))
            .col(number("length_ms"))
            .col(bytes("digest"))
            .col(text("why"))
            .foreign_key(&mut of_company())
            .to_owned();
        manager.create_table(recordings).await?;
        indexed(manager, "recordings", &["company_id", "session_id", "no"]).await?;
        indexed(manager, "recordings", &["ended_at_ms", "last_at_ms"]).await?;
        let pieces = table("recording_pieces")
            .col(id("recording_id"))
            .col(number("no"))
            .col(number("starts_ms"))
            .col(number("ends_ms"))
            .col(number_null("state_ms"))
            .col(number_null("video_key_ms"))
            .col(number("size_bytes"))
            .col(bytes("sha256"))
            .primary_key(Index::create().col("recording_id").col("no"))
            .foreign_key(&mut belongs("recording_id", "recordings"))
            .to_owned();
        manager.create_table(pieces).await
    }
}
