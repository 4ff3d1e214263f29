//! Sums by operator, packed; and everything is counted.

use super::m0030_statistics::create;
use crate::{company_settings::CompanySettings, statistics};
use sea_orm::{ConnectionTrait as _, DbErr, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};
use uuid::Uuid;

pub(super) struct StatisticsPeople;

impl MigrationName for StatisticsPeople {
    fn name(&self) -> &'static str {
        "m0031_statistics_people"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for StatisticsPeople {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let old = "DROP TABLE IF EXISTS statistics_operators";
        manager.get_connection().execute_unprepared(old).await?;
        create(manager, "statistics_operators", &["span", "page", "sums"], &["span", "page"]).await?;
        let places = ["operator_id", "department_id", "place"];
        create(manager, "statistics_places", &places, &["operator_id", "department_id"]).await?;
        create(manager, "statistics_people", &["page", "people"], &["page"]).await?;
        count(manager).await
    }
}

/// Counts the records that are there.
async fn count(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let on = manager.get_connection();
    let sql = "SELECT c.id, s.value FROM companies c LEFT JOIN company_settings s ON s.company_id = c.id";
    for row in on.query_all_raw(Statement::from_string(manager.get_database_backend(), sql)).await? {
        let company: Uuid = row.try_get_by_index(0)?;
        let settings: Option<String> = row.try_get_by_index(1)?;
        let settings: CompanySettings =
            settings.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default();
        statistics::count_on(on, company.into(), &settings.time_zone)
            .await
            .map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    Ok(())
}
