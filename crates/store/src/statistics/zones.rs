//! By whose clocks the sums are: those of one zone, and while they move, of a second one.

use super::{calendar, statement};
use crate::{CompanyId, Reads, StoreError, company_settings};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use sea_orm::ConnectionTrait;

/// By whose clocks a company's statistics are.
#[derive(Clone, Debug)]
pub struct Clocks {
    /// The company's zone, by which every support is counted, or will soon be.
    pub zone: TimeZone,
    /// While supports move to that zone: how many of a hundred have, 0 to 99. Each stands in a day and an hour of one zone or of the
    /// other, so that what they add up to stays the same.
    pub moved_percent: Option<i64>,
    /// The zones that supports are still counted by.
    others: Vec<TimeZone>,
}

impl Clocks {
    /// The day that it is; while supports move, the later one, so that none lies beyond it.
    #[must_use]
    pub fn today(&self, now: Timestamp) -> Date {
        let day = |zone: &TimeZone| zone.to_datetime(now).date();
        self.others.iter().map(day).fold(day(&self.zone), Date::max)
    }
}

/// By whose clocks the company's statistics are.
pub async fn clocks(company: CompanyId, on: &impl Reads) -> Result<Clocks, StoreError> {
    let wanted = company_settings::find(company, on).await?.time_zone;
    let on = on.connection();
    let kept = kept(on, company).await?.filter(|kept| kept.is_moving(&wanted));
    let (moved_percent, others) = match kept {
        Some(kept) => (Some(kept.moved_percent(on, company, &wanted).await?), kept.zones()),
        None => (None, Vec::new()),
    };
    Ok(Clocks { zone: calendar::zone_of(&wanted), moved_percent, others })
}

/// The zones as they are kept.
pub(super) struct Kept {
    /// By which supports are counted.
    pub(super) zone: String,
    /// By which those are that have moved.
    pub(super) moving: Option<Move>,
}

/// On the way to another zone.
pub(super) struct Move {
    pub(super) to: String,
    /// The number of the last record that has moved. A support that ends later moves in its turn, or is counted by the new zone at
    /// once if its turn is over.
    pub(super) moved_no: i64,
}

impl Kept {
    /// By which the record of this number is counted.
    pub(super) fn of(&self, no: i64) -> TimeZone {
        let moved = self.moving.as_ref().filter(|moving| no <= moving.moved_no);
        calendar::zone_of(moved.map_or(&self.zone, |moving| &moving.to))
    }

    /// Whether not every support is counted by this zone yet.
    fn is_moving(&self, wanted: &str) -> bool {
        self.moving.is_some() || self.zone != wanted
    }

    fn zones(&self) -> Vec<TimeZone> {
        let names = [Some(&self.zone), self.moving.as_ref().map(|moving| &moving.to)];
        names.into_iter().flatten().map(|name| calendar::zone_of(name)).collect()
    }

    /// Nothing has moved to the wanted zone while another move has to end first.
    async fn moved_percent(
        &self,
        on: &impl ConnectionTrait,
        company: CompanyId,
        wanted: &str,
    ) -> Result<i64, StoreError> {
        let Some(Move { moved_no, .. }) = self.moving.as_ref().filter(|moving| moving.to == wanted) else {
            return Ok(0);
        };
        let end = |end| format!("(SELECT {end}(no) FROM records WHERE company_id = $1)");
        let sql = format!("SELECT {}, {}", end("MIN"), end("MAX"));
        let row = on.query_one_raw(statement(on, sql, [company.uuid().into()])).await?;
        let Some(row) = row else { return Ok(0) };
        let ends: (Option<i64>, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let Some((first, last)) = ends.0.zip(ends.1) else { return Ok(0) };
        let before = first - 1;
        Ok(((moved_no - before) * 100 / (last - before)).clamp(0, 99))
    }
}

/// The zones of a company; `None`: it has had no support.
pub(super) async fn kept(on: &impl ConnectionTrait, company: CompanyId) -> Result<Option<Kept>, StoreError> {
    let sql = "SELECT time_zone, moving_to, moved_no FROM statistics_zones WHERE company_id = $1";
    let found = on.query_one_raw(statement(on, sql, [company.uuid().into()])).await?;
    let read = |row: sea_orm::QueryResult| {
        let moving = row.try_get_by_index::<Option<String>>(1)?.zip(row.try_get_by_index(2)?);
        let moving = moving.map(|(to, moved_no)| Move { to, moved_no });
        Ok(Kept { zone: row.try_get_by_index(0)?, moving })
    };
    found.map(read).transpose()
}

/// Keeps the zones of a company.
pub(super) async fn keep(
    on: &impl ConnectionTrait,
    company: CompanyId,
    kept: &Kept,
) -> Result<(), StoreError> {
    set(on, company, &kept.zone).await?;
    let (to, moved_no) = kept.moving.as_ref().map(|moving| (moving.to.as_str(), moving.moved_no)).unzip();
    let sql = "UPDATE statistics_zones SET moving_to = $2, moved_no = $3 WHERE company_id = $1";
    on.execute_raw(statement(on, sql, [company.uuid().into(), to.into(), moved_no.into()])).await?;
    Ok(())
}

/// The zone by which supports are counted. Named alone, since a migration does it before there was another.
pub(super) async fn set(
    on: &impl ConnectionTrait,
    company: CompanyId,
    time_zone: &str,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO statistics_zones (company_id, time_zone) VALUES ($1, $2) \
               ON CONFLICT (company_id) DO UPDATE SET time_zone = excluded.time_zone";
    on.execute_raw(statement(on, sql, [company.uuid().into(), time_zone.into()])).await?;
    Ok(())
}
