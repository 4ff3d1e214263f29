//! The same questions put to the database as they would be without any index of ours: `LIKE`, `COUNT(*)` and `OFFSET`.

use crate::Place;
use anyhow::{Context as _, Result};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};
use std::time::{Duration, Instant};

pub(crate) struct Naive(DatabaseConnection);

/// What of a record a file must show.
pub(crate) struct Exported {
    pub(crate) operator_name: String,
    pub(crate) department_name: String,
    pub(crate) customer_name: String,
    pub(crate) memo: String,
    /// On a clock in Seoul; `None`: the customer never agreed.
    pub(crate) started_at: Option<jiff::civil::DateTime>,
}

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

    /// How long it takes to read so many records, newest first, after so many others.
    pub(crate) async fn read(&self, skipped: u64, count: u64) -> Result<Duration> {
        let started = Instant::now();
        let sql =
            format!("SELECT * FROM records ORDER BY started_at_ms + 0 DESC LIMIT {count} OFFSET {skipped}");
        self.0.query_all_raw(self.statement(&sql)).await?;
        Ok(started.elapsed())
    }

    /// The records that a file from this day on holds, newest first.
    pub(crate) async fn exported(&self, from: jiff::civil::Date) -> Result<Vec<Exported>> {
        let zone = jiff::tz::TimeZone::get("Asia/Seoul")?;
        let from_ms = zone.to_timestamp(from.at(0, 0, 0, 0))?.as_millisecond();
        let sql = format!(
            "SELECT operator_name, department_name, customer_name, memo, consented_at_ms \
             FROM records WHERE started_at_ms >= {from_ms} ORDER BY no DESC"
        );
        let mut exported = Vec::new();
        for row in self.0.query_all_raw(self.statement(&sql)).await? {
            let consented_at_ms: Option<i64> = row.try_get_by("consented_at_ms")?;
            let consented_at = consented_at_ms.map(jiff::Timestamp::from_millisecond).transpose()?;
            exported.push(Exported {
                operator_name: row.try_get_by("operator_name")?,
                department_name: row.try_get_by("department_name")?,
                customer_name: row.try_get_by("customer_name")?,
                memo: row.try_get_by("memo")?,
                started_at: consented_at.map(|at| zone.to_datetime(at)),
            });
        }
        Ok(exported)
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
