//! Many records at once: their differences stand in a table of their own and go from there to every sum.

use super::{
    Bucket, Sum,
    calendar::{DAY_MS, HOUR_MS, offsets},
    operators, statement,
    sums::{self, DELTA, Differences, NONE},
};
use crate::{CompanyId, StoreError};
use jiff::tz::TimeZone;
use sea_orm::{ConnectionTrait, DbBackend, Value};
use std::fmt::Write as _;

/// The differences of a batch; one row for each cell that changes.
pub(super) const BATCH: &str = "statistics_batch";
/// Keeps moments before 1970 positive, where the databases would round the other way; whole days.
const BIAS_DAYS: i64 = 1_000_000;

/// Records of a company that follow each other.
pub(super) struct Stretch {
    after_no: i64,
    /// The number of the last one.
    pub(super) until_no: i64,
    /// The first and the last consent.
    consented_ms: (i64, i64),
}

impl Stretch {
    /// The next records, at most `limit`. `None`: there are no more.
    pub(super) async fn after(
        on: &impl ConnectionTrait,
        company: CompanyId,
        after_no: i64,
        limit: u32,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT MAX(no), MIN(consented_at_ms), MAX(consented_at_ms) FROM (SELECT no, consented_at_ms FROM records \
             WHERE company_id = $1 AND no > $2 ORDER BY no LIMIT {limit}) AS stretch"
        );
        let row = on.query_one_raw(statement(on, sql, [company.uuid().into(), after_no.into()])).await?;
        let Some(row) = row else { return Ok(None) };
        let ends: (Option<i64>, Option<i64>) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let consented_ms = ends.0.zip(ends.1).unwrap_or_default();
        let until_no: Option<i64> = row.try_get_by_index(0)?;
        Ok(until_no.map(|until_no| Self { after_no, until_no, consented_ms }))
    }

    /// Which records are supports of the stretch; `$1`: the company.
    pub(super) fn supports(&self) -> String {
        let Self { after_no, until_no, .. } = self;
        format!(
            "company_id = $1 AND no > {after_no} AND no <= {until_no} \
             AND consented_at_ms IS NOT NULL AND ended_at_ms IS NOT NULL"
        )
    }

    /// The differences where its supports are counted by the clocks of zone `to`, and no longer by those of `from`: a query that gives
    /// [`DELTA`]. `$1`: the company; `$2`: [`NONE`].
    pub(super) fn differences(&self, from: Option<&TimeZone>, to: &TimeZone) -> String {
        let added = self.counted(1, to);
        let counted = match from {
            Some(from) => format!("{added} UNION ALL {}", self.counted(-1, from)),
            None => added,
        };
        format!(
            "SELECT operator_id, local_ms / {DAY_MS} - {BIAS_DAYS}, local_ms / {HOUR_MS} % 24, department_id, os, \
             bucket, support_type_id, rating, CAST(SUM(sign) AS BIGINT), CAST(SUM(sign * duration_s) AS BIGINT) \
             FROM ({counted}) AS counted \
             GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING SUM(sign) <> 0 OR SUM(sign * duration_s) <> 0"
        )
    }

    /// The supports, each counted `sign` times by the zone's clocks.
    fn counted(&self, sign: i64, zone: &TimeZone) -> String {
        format!(
            "SELECT operator_id, department_id, customer_os AS os, {bucket} AS bucket, \
             COALESCE(support_type_id, $2) AS support_type_id, COALESCE(rating, 0) AS rating, duration_s, \
             {sign} AS sign, {local_ms} AS local_ms FROM records WHERE {supports}",
            bucket = bucket(),
            local_ms = local_ms(zone, self.consented_ms),
            supports = self.supports(),
        )
    }
}

/// The table of differences, as long as it is there.
pub(super) struct Batch<'a, C> {
    on: &'a C,
    company: CompanyId,
}

impl<'a, C: ConnectionTrait> Batch<'a, C> {
    /// Makes the table.
    pub(super) async fn open(on: &'a C, company: CompanyId) -> Result<Self, StoreError> {
        let id = if on.get_database_backend() == DbBackend::Postgres { "uuid" } else { "blob" };
        let sql = format!(
            "CREATE TEMPORARY TABLE {BATCH} (operator_id {id}, day bigint, hour bigint, department_id {id}, \
             os text, bucket bigint, support_type_id {id}, rating bigint, supports bigint, duration_s bigint)"
        );
        on.execute_unprepared(&sql).await?;
        Ok(Self { on, company })
    }

    /// Counts the supports of a stretch by the clocks of zone `to`, and no longer by those of `from`.
    pub(super) async fn fill(
        &self,
        stretch: &Stretch,
        from: Option<&TimeZone>,
        to: &TimeZone,
    ) -> Result<(), StoreError> {
        // What PostgreSQL deletes stays in the table until the transaction is over, and would be read with each batch.
        let empty =
            if self.on.get_database_backend() == DbBackend::Postgres { "TRUNCATE" } else { "DELETE FROM" };
        self.on.execute_unprepared(&format!("{empty} {BATCH}")).await?;
        let sql = format!("INSERT INTO {BATCH} ({DELTA}) {}", stretch.differences(from, to));
        self.on.execute_raw(statement(self.on, sql, [self.id(), NONE.into()])).await?;
        Ok(())
    }

    /// Adds the differences to every sum but those by operator.
    pub(super) async fn add(&self) -> Result<(), StoreError> {
        let differences = Differences { sql: format!("SELECT {DELTA} FROM {BATCH}"), values: Vec::new() };
        for table in sums::tables() {
            sums::add(self.on, self.company, &table, &differences).await?;
        }
        Ok(())
    }

    /// Adds them to the sums by operator.
    pub(super) async fn add_to_operators(&self) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT operator_id, department_id, day, CAST(SUM(supports) AS BIGINT), CAST(SUM(duration_s) AS BIGINT) \
             FROM {BATCH} GROUP BY 1, 2, 3"
        );
        let mut changes = Vec::new();
        for row in self.on.query_all_raw(statement(self.on, sql, [])).await? {
            let sum = Sum { supports: row.try_get_by_index(3)?, duration_s: row.try_get_by_index(4)? };
            let (operator, department) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            changes.push(operators::Change { operator, department, day: row.try_get_by_index(2)?, sum });
        }
        operators::add(self.on, self.company, &changes).await
    }

    /// Removes the table.
    pub(super) async fn close(self) -> Result<(), StoreError> {
        self.on.execute_unprepared(&format!("DROP TABLE {BATCH}")).await?;
        Ok(())
    }

    fn id(&self) -> Value {
        self.company.uuid().into()
    }
}

/// What the zone's clocks show at a record's consent, in milliseconds since [`BIAS_DAYS`] before 1970.
fn local_ms(zone: &TimeZone, (from_ms, to_ms): (i64, i64)) -> String {
    let offsets = offsets(zone, from_ms, to_ms);
    let last = offsets.last().map_or(0, |(_, offset_ms)| *offset_ms);
    let mut offset = String::new();
    for ((_, offset_ms), (until_ms, _)) in offsets.iter().zip(offsets.iter().skip(1)) {
        let _infallible = write!(offset, " WHEN consented_at_ms < {until_ms} THEN {offset_ms}");
    }
    let offset = if offset.is_empty() { last.to_string() } else { format!("CASE{offset} ELSE {last} END") };
    format!("consented_at_ms + {offset} + {}", BIAS_DAYS * DAY_MS)
}

fn bucket() -> String {
    let mut cases = String::new();
    let starts = (0..).zip(Bucket::STARTS_S.into_iter().skip(1));
    for (bucket, end_s) in starts {
        let _infallible = write!(cases, " WHEN duration_s < {end_s} THEN {bucket}");
    }
    format!("CASE{cases} ELSE {} END", Bucket::STARTS_S.len() - 1)
}
