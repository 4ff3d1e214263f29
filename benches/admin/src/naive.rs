//! The same questions put to the database as they would be without any index of ours: `LIKE`, `COUNT(*)` and `OFFSET`.

use crate::Place;
use anyhow::{Context as _, Result};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::time::{Duration, Instant};

pub(crate) struct Naive(DatabaseConnection);

impl Naive {
    pub(crate) async fn open(place: &Place) -> Result<Self> {
        Ok(Self(Database::connect(place.url()).await?))
    }

    /// How many records a condition holds for, and how long one page of them and that count take.
    pub(crate) async fn page(&self, condition: &str, skipped: u64) -> Result<(u64, Duration)> {
        let started = Instant::now();
        // The `+` keeps the database from its indexes.
        let page = format!(
            "SELECT * FROM records WHERE {condition} ORDER BY started_at_ms + 0 DESC LIMIT 20 OFFSET {skipped}"
        );
        self.0.query_all_raw(self.statement(&page)).await?;
        let count = self.count(condition).await?;
        Ok((count, started.elapsed()))
    }

    pub(crate) async fn count(&self, condition: &str) -> Result<u64> {
        let sql = format!("SELECT COUNT(*) AS hits FROM records WHERE {condition}");
        let row = self.0.query_one_raw(self.statement(&sql)).await?.context("a count")?;
        Ok(u64::try_from(row.try_get_by::<i64, _>("hits")?)?)
    }

    /// How long it takes to count every support by something.
    pub(crate) async fn by(&self, columns: &str) -> Result<Duration> {
        let started = Instant::now();
        let sql = format!(
            "SELECT COUNT(*), SUM(duration_s), {columns} FROM records \
             WHERE consented_at_ms IS NOT NULL AND ended_at_ms IS NOT NULL GROUP BY {columns}"
        );
        self.0.query_all_raw(self.statement(&sql)).await?;
        Ok(started.elapsed())
    }

    /// The day, in Seoul, of the record with this number.
    pub(crate) async fn day_of(&self, no: u64) -> Result<jiff::civil::Date> {
        let sql = format!("SELECT started_at_ms FROM records WHERE no = {no}");
        let row = self.0.query_one_raw(self.statement(&sql)).await?.context("a record")?;
        let at = jiff::Timestamp::from_millisecond(row.try_get_by("started_at_ms")?)?;
        Ok(jiff::tz::TimeZone::get("Asia/Seoul")?.to_datetime(at).date())
    }

    fn statement(&self, sql: &str) -> Statement {
        Statement::from_string(self.0.get_database_backend(), sql)
    }
}
