//! Which video files are to be made is found by an index: a recording that has ended has a row that waits, and no row of another state is
//! looked at. Files lie under the number of who made them; those of before, of which no release knew, are made anew.

use super::columns::indexed;
use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct RecordingFilmQueue;

impl MigrationName for RecordingFilmQueue {
    fn name(&self) -> &'static str {
        "m0096_recording_film_queue"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordingFilmQueue {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let on = manager.get_connection();
        on.execute_unprepared("DELETE FROM recording_films").await?;
        on.execute_unprepared(
            "INSERT INTO recording_films \
             (recording_id, company_id, state, why, tries, percent, until_ms, parts, size_bytes) \
             SELECT id, company_id, 'waiting', '', 0, 0, 0, 0, 0 FROM recordings \
             WHERE ended_at_ms IS NOT NULL AND pieces > 0",
        )
        .await?;
        indexed(manager, "recording_films", &["state", "company_id"]).await
    }
}
