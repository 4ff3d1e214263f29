//! One record's change, followed in every sum.

use super::{
    Bucket, Sum, calendar, names, operators,
    sums::{self, Differences, NONE},
    zones::{self, Kept},
};
use crate::{StoreError, Write, records::Record};
use sea_orm::Value;
use uuid::Uuid;

/// Where a support is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    operator: Uuid,
    day: i64,
    hour: i64,
    department: Uuid,
    os: String,
    bucket: Bucket,
    support_type: Uuid,
    rating: i64,
    duration_s: i64,
}

/// The record is another one now: its support moves, begins to count, or changes its length.
pub(crate) async fn follow(write: &Write, before: &Record, after: &Record) -> Result<(), StoreError> {
    if !is_support(before) && !is_support(after) {
        return Ok(());
    }
    let zone = zones(write).await?.of(after.no);
    let (old, new) = (cell(before, &zone), cell(after, &zone));
    if old == new {
        return Ok(());
    }
    let mut rows = Vec::new();
    let mut values = Vec::new();
    for (cell, sign) in old.iter().zip([-1]).chain(new.iter().zip([1])) {
        rows.push(row(cell, sign, &mut values));
    }
    let differences = Differences { sql: format!("VALUES {}", rows.join(", ")), values };
    for table in sums::tables() {
        sums::add(&write.tx, write.company(), &table, &differences).await?;
    }
    let change = |(cell, sign): (&Cell, i64)| {
        let sum = Sum { supports: sign, duration_s: sign * cell.duration_s };
        operators::Change { operator: cell.operator, department: cell.department, day: cell.day, sum }
    };
    let changes: Vec<_> = old.iter().zip([-1]).chain(new.iter().zip([1])).map(change).collect();
    operators::add(&write.tx, write.company(), &changes).await?;
    names::keep(write, after).await
}

fn is_support(record: &Record) -> bool {
    record.consented_at_ms.is_some() && record.ended_at_ms.is_some()
}

fn cell(record: &Record, zone: &jiff::tz::TimeZone) -> Option<Cell> {
    record.ended_at_ms?;
    let (day, hour) = calendar::place(zone, record.consented_at_ms?);
    Some(Cell {
        operator: record.operator.uuid(),
        day,
        hour,
        department: record.department.uuid(),
        os: record.customer_os.clone(),
        bucket: Bucket::of(record.duration_s),
        support_type: record.form.support_type.map_or(NONE, crate::SupportTypeId::uuid),
        rating: record.rating.map_or(0, i64::from),
        duration_s: record.duration_s,
    })
}

/// The cell as a row of differences; what is no number becomes a parameter.
fn row(cell: &Cell, sign: i64, values: &mut Vec<Value>) -> String {
    let mut parameter = |value: Value| {
        values.push(value);
        format!("${}", values.len() + 2)
    };
    let operator = parameter(cell.operator.into());
    let department = parameter(cell.department.into());
    let os = parameter(cell.os.clone().into());
    let support_type = parameter(cell.support_type.into());
    let Cell { day, hour, bucket: Bucket(bucket), rating, .. } = cell;
    let duration_s = sign * cell.duration_s;
    format!(
        "({operator}, {day}, {hour}, {department}, {os}, {bucket}, {support_type}, {rating}, {sign}, {duration_s})"
    )
}

/// The zones that the sums are by; with the first support one is set.
async fn zones(write: &Write) -> Result<Kept, StoreError> {
    if let Some(kept) = zones::kept(&write.tx, write.company()).await? {
        return Ok(kept);
    }
    let zone = crate::company_settings::find(write.company(), write).await?.time_zone;
    let kept = Kept { zone, moving: None };
    zones::keep(&write.tx, write.company(), &kept).await?;
    Ok(kept)
}
