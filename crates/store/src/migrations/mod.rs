//! The database's shape, step by step. A migration that was released is never changed; a later one widens
//! first and narrows a release later, since old and new nodes run side by side.

mod columns;
mod m0001_accounts;
mod m0002_sessions;
mod m0003_chains;
mod m0004_previous_resume;
mod m0005_usage_seals;
mod m0006_support_start;
mod m0007_company_settings;
mod m0008_operator_changes;
mod m0009_brandings;
mod m0010_administrators;
mod m0011_second_steps;
mod m0020_record_search;
mod m0030_statistics;
mod m0031_statistics_people;
mod m0040_usage_columns;
mod m0041_api_tokens;
mod m0042_record_tokens;
mod m0043_statistics_moves;
mod m0044_record_numbers;
mod m0045_record_operators;
mod m0046_operator_addresses;
mod m0047_department_options;
mod m0048_record_places;
mod m0049_operator_addresses_found;
mod m0050_operator_counts;
mod m0051_live_sessions;
mod m0052_record_postings;
mod m0060_surveys;
mod m0061_operator_favourites;
mod m0062_captures;
mod m0070_record_seals;
mod m0071_receipts;
mod m0081_recordings;
mod m0092_recording_films;
mod m0093_recording_copies;
mod m0096_recording_film_queue;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// All migrations, oldest first.
pub(crate) struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_accounts::Accounts),
            Box::new(m0002_sessions::Sessions),
            Box::new(m0003_chains::Chains),
            Box::new(m0004_previous_resume::PreviousResume),
            Box::new(m0005_usage_seals::UsageSeals),
            Box::new(m0006_support_start::SupportStart),
            Box::new(m0007_company_settings::CompanySettings),
            Box::new(m0008_operator_changes::OperatorChanges),
            Box::new(m0009_brandings::Brandings),
            Box::new(m0010_administrators::Administrators),
            Box::new(m0011_second_steps::SecondSteps),
            Box::new(m0020_record_search::RecordSearch),
            Box::new(m0030_statistics::Statistics),
            Box::new(m0031_statistics_people::StatisticsPeople),
            Box::new(m0040_usage_columns::UsageColumns),
            Box::new(m0041_api_tokens::ApiTokens),
            Box::new(m0042_record_tokens::RecordTokens),
            Box::new(m0043_statistics_moves::StatisticsMoves),
            Box::new(m0044_record_numbers::RecordNumbers),
            Box::new(m0045_record_operators::RecordOperators),
            Box::new(m0046_operator_addresses::OperatorAddresses),
            Box::new(m0047_department_options::DepartmentOptions),
            Box::new(m0048_record_places::RecordPlaces),
            Box::new(m0049_operator_addresses_found::OperatorAddressesFound),
            Box::new(m0050_operator_counts::OperatorCounts),
            Box::new(m0051_live_sessions::LiveSessions),
            Box::new(m0052_record_postings::RecordPostings),
            Box::new(m0060_surveys::Surveys),
            Box::new(m0061_operator_favourites::OperatorFavourites),
            Box::new(m0062_captures::Captures),
            Box::new(m0070_record_seals::RecordSeals),
            Box::new(m0071_receipts::Receipts),
            Box::new(m0081_recordings::Recordings),
            Box::new(m0092_recording_films::RecordingFilms),
            Box::new(m0093_recording_copies::RecordingCopies),
            Box::new(m0096_recording_film_queue::RecordingFilmQueue),
        ]
    }
}

/// Fills the columns of [`m0040_usage_columns`] once more.
#[cfg(test)]
pub(crate) async fn fill_usage_columns(on: &sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
    m0040_usage_columns::fill(&sea_orm_migration::SchemaManager::new(on)).await
}

/// Gives departments once more what [`m0047_department_options`] gives them.
#[cfg(test)]
pub(crate) async fn keep_department_options(on: &sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
    m0047_department_options::keep(&sea_orm_migration::SchemaManager::new(on)).await
}

/// Makes the tokens of every record once more, as [`m0042_record_tokens`] and its successors do.
#[cfg(test)]
pub(crate) async fn make_record_tokens(on: &sea_orm::DatabaseConnection) -> Result<(), sea_orm::DbErr> {
    let manager = sea_orm_migration::SchemaManager::new(on);
    m0042_record_tokens::RecordTokens.up(&manager).await?;
    m0049_operator_addresses_found::OperatorAddressesFound.up(&manager).await?;
    m0052_record_postings::index_anew(&manager).await
}
