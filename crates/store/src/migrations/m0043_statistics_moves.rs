//! Where the sums of a company stand on their way to another time zone; null: they are by one zone's clocks.

use sea_orm::{ConnectionTrait as _, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};

pub(super) struct StatisticsMoves;

impl MigrationName for StatisticsMoves {
    fn name(&self) -> &'static str {
        "m0043_statistics_moves"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for StatisticsMoves {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let text = if is_postgres { r#"text COLLATE "C""# } else { "text" };
        for (column, kind) in [("moving_to", text), ("moved_no", "bigint")] {
            let sql = format!("ALTER TABLE statistics_zones ADD COLUMN {column} {kind}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}
