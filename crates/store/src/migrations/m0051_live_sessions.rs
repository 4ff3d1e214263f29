//! Sessions are looked for by operator or by stage only while they have not ended: an index of those alone, which has some hundred rows and not
//! one for each session there ever was.

use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

/// The condition of the index is `sessions::LIVE`, word by word: both databases compare them so.
const CHANGES: [&str; 3] = [
    "DROP INDEX sessions_company_id_operator_id_stage",
    "DROP INDEX sessions_stage",
    "CREATE INDEX sessions_live ON sessions (company_id, operator_id) WHERE stage <> 'ended'",
];

pub(super) struct LiveSessions;

impl MigrationName for LiveSessions {
    fn name(&self) -> &'static str {
        "m0051_live_sessions"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for LiveSessions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sql in CHANGES {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
