//! The eight statistics, read.

use super::{
    Bucket, Sum, calendar, names, operators,
    spans::{EVERY, FEW, Spans, cover},
    statement,
    sums::{CELLS, NONE},
};
use crate::{CompanyId, DepartmentId, OperatorId, Reads, StoreError, SupportTypeId};
use jiff::civil::Date;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Which supports.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The first day, in the company's zone.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// `None`: every department.
    pub department: Option<DepartmentId>,
    /// `None`: every operator.
    pub operators: Option<&'a [OperatorId]>,
}

impl Scope<'_> {
    fn days(&self) -> (i64, i64) {
        (calendar::number(self.from), calendar::number(self.to))
    }
}

/// All of them together.
pub async fn total(company: CompanyId, on: &impl Reads, scope: Scope<'_>) -> Result<Sum, StoreError> {
    Ok(by_duration(company, on, scope).await?.into_values().sum())
}

/// Day by day [T-1, T-2]; days without support are left out.
pub async fn by_day(
    company: CompanyId,
    on: &impl Reads,
    scope: Scope<'_>,
) -> Result<BTreeMap<Date, Sum>, StoreError> {
    let on = on.connection();
    let rows = match scope.operators {
        Some(operators) => of_operators(company, on, scope, operators, "day").await?,
        None => {
            let (from, to) = scope.days();
            let sql = format!(
                "SELECT CAST(SUM(supports) AS BIGINT), CAST(SUM(duration_s) AS BIGINT), span \
                 FROM statistics_durations WHERE company_id = $1 AND department_id = $2 \
                 AND span BETWEEN {from} AND {to} GROUP BY span HAVING SUM(supports) <> 0"
            );
            let values = [company.uuid().into(), scope.department.map_or(NONE, DepartmentId::uuid).into()];
            on.query_all_raw(statement(on, sql, values)).await?
        }
    };
    rows.iter().map(|row| Ok((calendar::date(row.try_get_by_index(2)?)?, sum(row)?))).collect()
}

/// By the hour of the day, 0 to 23 [T-3]; hours without support are left out.
pub async fn by_hour(
    company: CompanyId,
    on: &impl Reads,
    scope: Scope<'_>,
) -> Result<BTreeMap<i64, Sum>, StoreError> {
    let rows = few(company, on.connection(), scope, "statistics_hours", "hour").await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(2)?, sum(row)?))).collect()
}

/// By length [T-5]; lengths without support are left out.
pub async fn by_duration(
    company: CompanyId,
    on: &impl Reads,
    scope: Scope<'_>,
) -> Result<BTreeMap<Bucket, Sum>, StoreError> {
    let rows = few(company, on.connection(), scope, "statistics_durations", "bucket").await?;
    rows.iter().map(|row| Ok((Bucket(row.try_get_by_index(2)?), sum(row)?))).collect()
}

/// By the customer's system [T-6], as it was told.
pub async fn by_system(
    company: CompanyId,
    on: &impl Reads,
    scope: Scope<'_>,
) -> Result<BTreeMap<String, Sum>, StoreError> {
    let rows = few(company, on.connection(), scope, "statistics_systems", "os").await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(2)?, sum(row)?))).collect()
}

/// By support type and rating [T-7, T-8]; `None`: no type was chosen, or the customer did not rate.
pub async fn by_support_type(
    company: CompanyId,
    on: &impl Reads,
    scope: Scope<'_>,
) -> Result<BTreeMap<(Option<SupportTypeId>, Option<u8>), Sum>, StoreError> {
    let rows = few(company, on.connection(), scope, "statistics_types", "support_type_id, rating").await?;
    let read = |row: &QueryResult| {
        let rating: i64 = row.try_get_by_index(3)?;
        let rating = u8::try_from(rating).ok().filter(|rating| *rating != 0);
        Ok(((names::support_type(row.try_get_by_index(2)?), rating), sum(row)?))
    };
    rows.iter().map(read).collect()
}

/// By operator [T-4], most supports first.
pub async fn by_operator(
    company: CompanyId,
    on: &impl Reads,
    scope: Scope<'_>,
) -> Result<Vec<(OperatorId, Sum)>, StoreError> {
    let on = on.connection();
    let Some(operators) = scope.operators else {
        let spans = cover(EVERY, scope.days(), filled(company, on).await?);
        return operators::read(on, company, &spans, scope.department.map(DepartmentId::uuid)).await;
    };
    let rows = of_operators(company, on, scope, operators, "operator_id").await?;
    rows.iter().map(|row| Ok((row.try_get_by_index::<Uuid>(2)?.into(), sum(row)?))).collect()
}

/// From a table that is by few things. `keys`: the columns after the sum.
async fn few(
    company: CompanyId,
    on: &impl ConnectionTrait,
    scope: Scope<'_>,
    table: &str,
    keys: &str,
) -> Result<Vec<QueryResult>, StoreError> {
    if let Some(operators) = scope.operators {
        return of_operators(company, on, scope, operators, keys).await;
    }
    let spans = cover(FEW, scope.days(), filled(company, on).await?);
    let sql = format!(
        "SELECT {sums}, {keys} FROM {table} WHERE company_id = $1 AND department_id = $2 AND span IN ({spans}) \
         GROUP BY {keys} HAVING {supports} <> 0",
        sums = sums_of(&spans),
        supports = signed(&spans, "supports"),
        spans = list(&spans),
    );
    let department = scope.department.map_or(NONE, DepartmentId::uuid);
    Ok(on.query_all_raw(statement(on, sql, [company.uuid().into(), department.into()])).await?)
}

/// From the finest sums, which are ordered by operator.
async fn of_operators(
    company: CompanyId,
    on: &impl ConnectionTrait,
    scope: Scope<'_>,
    operators: &[OperatorId],
    keys: &str,
) -> Result<Vec<QueryResult>, StoreError> {
    let (from, to) = scope.days();
    let mut values: Vec<Value> = vec![company.uuid().into()];
    values.extend(operators.iter().map(|id| Value::from(id.uuid())));
    let mut sql = format!(
        "SELECT CAST(SUM(supports) AS BIGINT), CAST(SUM(duration_s) AS BIGINT), {keys} FROM {CELLS} \
         WHERE company_id = $1 AND operator_id IN ({}) AND day BETWEEN {from} AND {to}",
        names::parameters(2, operators.len())
    );
    if let Some(department) = scope.department {
        values.push(department.uuid().into());
        sql.push_str(&format!(" AND department_id = ${}", values.len()));
    }
    sql.push_str(&format!(" GROUP BY {keys} HAVING SUM(supports) <> 0 ORDER BY 1 DESC, 2 DESC, 3"));
    Ok(on.query_all_raw(statement(on, sql, values)).await?)
}

/// The first and the last day with support; nothing lies outside, so that spans may reach over it.
async fn filled(company: CompanyId, on: &impl ConnectionTrait) -> Result<(i64, i64), StoreError> {
    // Spans of days are below those of other levels, so that both ends are one step in the index.
    let end = |order| {
        format!(
            "(SELECT span FROM statistics_hours WHERE company_id = $1 AND department_id = $2 \
             AND span < 100000000 ORDER BY span {order} LIMIT 1)"
        )
    };
    let sql = format!("SELECT {}, {}", end("ASC"), end("DESC"));
    let row = on.query_one_raw(statement(on, sql, [company.uuid().into(), NONE.into()])).await?;
    let Some(row) = row else { return Ok((0, -1)) };
    let ends: (Option<i64>, Option<i64>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(ends.0.zip(ends.1).unwrap_or((0, -1)))
}

fn sums_of(spans: &Spans) -> String {
    format!("CAST({} AS BIGINT), CAST({} AS BIGINT)", signed(spans, "supports"), signed(spans, "duration_s"))
}

fn signed(spans: &Spans, column: &str) -> String {
    if spans.minus.is_empty() {
        return format!("SUM({column})");
    }
    format!("SUM(CASE WHEN span IN ({}) THEN -{column} ELSE {column} END)", numbers(&spans.minus))
}

fn list(spans: &Spans) -> String {
    let all: Vec<i64> = spans.plus.iter().chain(&spans.minus).copied().collect();
    numbers(&all)
}

fn numbers(spans: &[i64]) -> String {
    let numbers: Vec<String> = spans.iter().map(i64::to_string).collect();
    if numbers.is_empty() { "NULL".to_owned() } else { numbers.join(", ") }
}

fn sum(row: &QueryResult) -> Result<Sum, StoreError> {
    Ok(Sum { supports: row.try_get_by_index(0)?, duration_s: row.try_get_by_index(1)? })
}
