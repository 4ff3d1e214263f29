//! All sums anew from the records: after a change of the time zone [G-2], and after a bulk load.

use super::{
    Bucket,
    calendar::{DAY_MS, HOUR_MS, offsets, zone_of},
    kept_zone, names, operators, statement,
    sums::{self, CELLS, DELTA, Differences, NONE, Table},
};
use crate::{CompanyId, StoreError, Write};
use jiff::tz::TimeZone;
use sea_orm::{ConnectionTrait, DbBackend, Value};
use std::fmt::Write as _;

/// Records of so many days at once, so that no sort is larger than one of these.
const BATCH_MS: i64 = 32 * DAY_MS;
/// Keeps moments before 1970 positive, where the databases would round the other way; whole days.
const BIAS_DAYS: i64 = 1_000_000;

/// Counts all of the company's records anew, by the clocks of this zone.
///
/// What retention has deleted stays: a day of which no record is left, by the old clocks or the new, keeps its sums as they
/// are (and its old zone's hours). A day of which some records are left is counted from those alone, so retention
/// does well to cut at the end of a day.
///
/// Ten million records take some minutes, and one write: other writes of the company wait.
pub async fn rebuild(write: &Write, time_zone: &str) -> Result<(), StoreError> {
    rebuild_on(&write.tx, write.company(), time_zone).await
}

/// As [`rebuild`], where there is no [`Write`] yet: in a migration.
pub(crate) async fn rebuild_on(
    on: &impl ConnectionTrait,
    company: CompanyId,
    time_zone: &str,
) -> Result<(), StoreError> {
    let old = kept_zone(company, on).await?.unwrap_or_else(|| time_zone.to_owned());
    set_zone(on, company, time_zone).await?;
    let old = zone_of(&old);
    let rebuild = Rebuild { company, on, zone: zone_of(time_zone) };
    rebuild.forget(&old).await?;
    rebuild.count_kept().await?;
    rebuild.count_records().await?;
    operators::rebuild(on, company).await?;
    rebuild.clear_zeros().await
}

/// The sums are by this zone's clocks from now on.
pub(super) async fn set_zone(
    on: &impl ConnectionTrait,
    company: CompanyId,
    time_zone: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO statistics_zones (company_id, time_zone) VALUES ($1, $2) \
               ON CONFLICT (company_id) DO UPDATE SET time_zone = excluded.time_zone";
    on.execute_raw(statement(on, sql, [company.uuid().into(), time_zone.into()])).await?;
    Ok(())
}

struct Rebuild<'a, C> {
    company: CompanyId,
    on: &'a C,
    zone: TimeZone,
}

impl<C: ConnectionTrait> Rebuild<'_, C> {
    /// Removes the days that are counted anew, and every sum over them.
    async fn forget(&self, old: &TimeZone) -> Result<(), StoreError> {
        let counted = format!("SELECT 1 FROM {CELLS} WHERE company_id = $1 LIMIT 1");
        if self.on.query_one_raw(statement(self.on, counted, [self.id()])).await?.is_none() {
            return Ok(());
        }
        let mut days = Vec::new();
        if let Some((from_ms, to_ms)) = self.stretch().await? {
            for zone in [old, &self.zone] {
                let sql = format!(
                    "SELECT DISTINCT {} FROM records WHERE {SUPPORTS}",
                    day(&local_ms(zone, from_ms, to_ms))
                );
                for row in self.on.query_all_raw(statement(self.on, sql, [self.id()])).await? {
                    days.push(row.try_get_by_index::<i64>(0)?.to_string());
                }
            }
        }
        if !days.is_empty() {
            let sql = format!("DELETE FROM {CELLS} WHERE company_id = $1 AND day IN ({})", days.join(", "));
            self.on.execute_raw(statement(self.on, sql, [self.id()])).await?;
        }
        for table in derived() {
            let sql = format!("DELETE FROM {} WHERE company_id = $1", table.name);
            self.on.execute_raw(statement(self.on, sql, [self.id()])).await?;
        }
        Ok(())
    }

    /// Adds up the days that stay as they are.
    async fn count_kept(&self) -> Result<(), StoreError> {
        let sql = format!("SELECT {DELTA} FROM {CELLS} WHERE company_id = $1");
        let differences = Differences { sql, values: Vec::new() };
        for table in derived() {
            sums::add(self.on, self.company, &table, &differences).await?;
        }
        Ok(())
    }

    /// Adds the records, some weeks at a time.
    async fn count_records(&self) -> Result<(), StoreError> {
        let Some((from_ms, to_ms)) = self.stretch().await? else { return Ok(()) };
        let id = if self.on.get_database_backend() == DbBackend::Postgres { "uuid" } else { "blob" };
        let batch = format!(
            "CREATE TEMPORARY TABLE IF NOT EXISTS statistics_batch (operator_id {id}, day bigint, hour bigint, \
             department_id {id}, os text, bucket bigint, support_type_id {id}, rating bigint, supports bigint, \
             duration_s bigint)"
        );
        self.on.execute_unprepared(&batch).await?;
        let local_ms = local_ms(&self.zone, from_ms, to_ms);
        let differences =
            Differences { sql: format!("SELECT {DELTA} FROM statistics_batch"), values: Vec::new() };
        let mut next = self.first_start(i64::MIN).await?;
        while let Some(start_ms) = next {
            self.on.execute_unprepared("DELETE FROM statistics_batch").await?;
            self.fill(&local_ms, start_ms).await?;
            for table in sums::tables() {
                sums::add(self.on, self.company, &table, &differences).await?;
            }
            next = self.first_start(start_ms + BATCH_MS).await?;
        }
        self.on.execute_unprepared("DROP TABLE statistics_batch").await?;
        Ok(())
    }

    /// One batch: its sums, and what its people and things are called.
    async fn fill(&self, local_ms: &str, start_ms: i64) -> Result<(), StoreError> {
        let within =
            format!("{SUPPORTS} AND started_at_ms >= {start_ms} AND started_at_ms < {}", start_ms + BATCH_MS);
        let sql = format!(
            "INSERT INTO statistics_batch ({DELTA}) SELECT operator_id, {day}, ({local_ms}) / {HOUR_MS} % 24, \
             department_id, customer_os, {bucket}, COALESCE(support_type_id, $2), COALESCE(rating, 0), COUNT(*), \
             CAST(SUM(duration_s) AS BIGINT) FROM records WHERE {within} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
            day = day(local_ms),
            bucket = bucket(),
        );
        self.on.execute_raw(statement(self.on, sql, [self.id(), NONE.into()])).await?;
        let named = [
            ("operator_id", "MAX(operator_login)", "MAX(operator_login_key)", "MAX(operator_name)"),
            ("department_id", "''", "''", "MAX(department_name)"),
            ("support_type_id", "''", "''", "MAX(support_type_name)"),
        ];
        for (id, login, key, name) in named {
            let sql = format!(
                "INSERT INTO statistics_names (company_id, id, login, login_key, name) \
                 SELECT $1, {id}, {login}, {key}, {name} FROM records \
                 WHERE {within} AND {id} IS NOT NULL GROUP BY 1, 2 {}",
                names::RENAME
            );
            self.on.execute_raw(statement(self.on, sql, [self.id()])).await?;
        }
        Ok(())
    }

    async fn clear_zeros(&self) -> Result<(), StoreError> {
        for table in sums::tables() {
            let sql = format!(
                "DELETE FROM {} WHERE company_id = $1 AND supports = 0 AND duration_s = 0",
                table.name
            );
            self.on.execute_raw(statement(self.on, sql, [self.id()])).await?;
        }
        Ok(())
    }

    /// The first and the last consent.
    async fn stretch(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let sql = format!("SELECT MIN(consented_at_ms), MAX(consented_at_ms) FROM records WHERE {SUPPORTS}");
        let row = self.on.query_one_raw(statement(self.on, sql, [self.id()])).await?;
        let Some(row) = row else { return Ok(None) };
        let ends: (Option<i64>, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        Ok(ends.0.zip(ends.1))
    }

    /// When the first record from a moment on began: an empty year is passed over at once.
    async fn first_start(&self, from_ms: i64) -> Result<Option<i64>, StoreError> {
        let sql = "SELECT MIN(started_at_ms) FROM records WHERE company_id = $1 AND started_at_ms >= $2";
        let row = self.on.query_one_raw(statement(self.on, sql, [self.id(), from_ms.into()])).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.flatten())
    }

    fn id(&self) -> Value {
        self.company.uuid().into()
    }
}

/// See the module's head.
const SUPPORTS: &str = "company_id = $1 AND consented_at_ms IS NOT NULL AND ended_at_ms IS NOT NULL";

/// Every table that adds up [`CELLS`].
fn derived() -> impl Iterator<Item = Table> {
    sums::tables().into_iter().filter(|table| table.name != CELLS)
}

/// What the zone's clocks show at a record's consent, in milliseconds since [`BIAS_DAYS`] before 1970.
fn local_ms(zone: &TimeZone, from_ms: i64, to_ms: i64) -> String {
    let offsets = offsets(zone, from_ms, to_ms);
    let last = offsets.last().map_or(0, |(_, offset_ms)| *offset_ms);
    let mut offset = String::new();
    for ((_, offset_ms), (until_ms, _)) in offsets.iter().zip(offsets.iter().skip(1)) {
        let _infallible = write!(offset, " WHEN consented_at_ms < {until_ms} THEN {offset_ms}");
    }
    let offset = if offset.is_empty() { last.to_string() } else { format!("CASE{offset} ELSE {last} END") };
    format!("consented_at_ms + {offset} + {}", BIAS_DAYS * DAY_MS)
}

fn day(local_ms: &str) -> String {
    format!("({local_ms}) / {DAY_MS} - {BIAS_DAYS}")
}

fn bucket() -> String {
    let mut cases = String::new();
    let starts = (0..).zip(Bucket::STARTS_S.into_iter().skip(1));
    for (bucket, end_s) in starts {
        let _infallible = write!(cases, " WHEN duration_s < {end_s} THEN {bucket}");
    }
    format!("CASE{cases} ELSE {} END", Bucket::STARTS_S.len() - 1)
}
