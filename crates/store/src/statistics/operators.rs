//! Sums by operator [T-4], packed: thousands of operators over a few spans are tens of thousands of sums, which a database takes too
//! long to group. A row holds those of [`PAGE`] operators over one span, so that three years are some hundred rows.
//!
//! Every operator of a department has a *place*, given for good when it is first counted; place ÷ [`PAGE`] is its page. Beside the sums
//! (`statistics_operators`) stand the places (`statistics_places`, to write by) and who has them (`statistics_people`, to read by).

use super::{
    Sum,
    names::parameters,
    spans::{EVERY, Spans, spans_of},
    statement,
    sums::CELLS,
};
use crate::{CompanyId, OperatorId, StoreError};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Operators of one row.
const PAGE: i64 = 64;
/// Rows of one statement.
const ROWS: usize = 500;
/// Operators that are counted anew at once.
const BATCH: usize = 64;

/// A change of one operator's sum.
pub(super) struct Change {
    pub(super) operator: Uuid,
    pub(super) department: Uuid,
    pub(super) day: i64,
    pub(super) sum: Sum,
}

/// One page over one span: sums by place on the page. Kept as 13 bytes each: the place (1), supports (4) and their seconds
/// (8, both little-endian). An operator without support is left out.
type Page = BTreeMap<u8, Sum>;

/// Adds a change.
pub(super) async fn add(
    on: &impl ConnectionTrait,
    company: CompanyId,
    change: &Change,
) -> Result<(), StoreError> {
    let (page, slot) = place_of(on, company, change.operator, change.department).await?;
    let spans = spans_of(EVERY, change.day);
    let numbers: Vec<String> = spans.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT span, sums FROM statistics_operators WHERE company_id = $1 AND page = {page} AND span IN ({})",
        numbers.join(", ")
    );
    let mut pages: BTreeMap<i64, Page> = spans.into_iter().map(|span| (span, Page::new())).collect();
    for row in on.query_all_raw(statement(on, sql, [company.uuid().into()])).await? {
        let kept: Vec<u8> = row.try_get_by_index(1)?;
        pages.insert(row.try_get_by_index(0)?, decode(&kept).collect());
    }
    for sums in pages.values_mut() {
        *sums.entry(slot).or_default() += change.sum;
    }
    let pages = pages.into_iter().map(|(span, sums)| (span, page, sums)).collect::<Vec<_>>();
    put(on, company, &pages).await
}

/// Supports and seconds of everybody over some spans, most first. `department`: of those alone.
pub(super) async fn read(
    on: &impl ConnectionTrait,
    company: CompanyId,
    spans: &Spans,
    department: Option<Uuid>,
) -> Result<Vec<(OperatorId, Sum)>, StoreError> {
    let mut sums: HashMap<(i64, u8), Sum> = HashMap::new();
    for (numbers, sign) in [(&spans.plus, 1), (&spans.minus, -1)] {
        let listed: Vec<String> = numbers.iter().map(i64::to_string).collect();
        if listed.is_empty() {
            continue;
        }
        let sql = format!(
            "SELECT page, sums FROM statistics_operators WHERE company_id = $1 AND span IN ({})",
            listed.join(", ")
        );
        for row in on.query_all_raw(statement(on, sql, [company.uuid().into()])).await? {
            let (page, kept): (i64, Vec<u8>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            for (slot, Sum { supports, duration_s }) in decode(&kept) {
                *sums.entry((page, slot)).or_default() +=
                    Sum { supports: sign * supports, duration_s: sign * duration_s };
            }
        }
    }
    let sql = "SELECT page, people FROM statistics_people WHERE company_id = $1";
    let mut operators: BTreeMap<Uuid, Sum> = BTreeMap::new();
    for row in on.query_all_raw(statement(on, sql, [company.uuid().into()])).await? {
        let page: i64 = row.try_get_by_index(0)?;
        for (slot, (operator, of)) in (0..).zip(people(&row)?) {
            let is_asked = department.is_none_or(|asked| asked == of);
            if let Some(sum) = sums.get(&(page, slot)).filter(|_| is_asked) {
                *operators.entry(operator).or_default() += *sum;
            }
        }
    }
    let mut found: Vec<(OperatorId, Sum)> = operators
        .into_iter()
        .filter(|(_, sum)| sum.supports != 0)
        .map(|(operator, sum)| (operator.into(), sum))
        .collect();
    found.sort_by_key(|(id, sum)| (-sum.supports, -sum.duration_s, *id));
    Ok(found)
}

/// Adds all of it up anew from the finest sums, in which each operator's stand together.
pub(super) async fn rebuild(on: &impl ConnectionTrait, company: CompanyId) -> Result<(), StoreError> {
    for table in ["statistics_operators", "statistics_places", "statistics_people"] {
        let sql = format!("DELETE FROM {table} WHERE company_id = $1");
        on.execute_raw(statement(on, sql, [company.uuid().into()])).await?;
    }
    // Departments and types have no ID to sign in with.
    let sql = "SELECT id FROM statistics_names WHERE company_id = $1 AND login_key <> '' ORDER BY id";
    let rows = on.query_all_raw(statement(on, sql, [company.uuid().into()])).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let mut next = 0;
    for batch in ids.chunks(BATCH) {
        next = rebuild_batch(on, company, batch, next).await?;
    }
    Ok(())
}

/// Some operators; their places begin at a page's first. Gives the next page's first.
async fn rebuild_batch(
    on: &impl ConnectionTrait,
    company: CompanyId,
    ids: &[Uuid],
    first: i64,
) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT operator_id, department_id, day, CAST(SUM(supports) AS BIGINT), CAST(SUM(duration_s) AS BIGINT) \
         FROM {CELLS} WHERE company_id = $1 AND operator_id IN ({}) GROUP BY 1, 2, 3",
        parameters(2, ids.len())
    );
    let mut values: Vec<Value> = vec![company.uuid().into()];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    let mut people: BTreeMap<(Uuid, Uuid), BTreeMap<i64, Sum>> = BTreeMap::new();
    for row in on.query_all_raw(statement(on, sql, values)).await? {
        let key = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let sum = Sum { supports: row.try_get_by_index(3)?, duration_s: row.try_get_by_index(4)? };
        let spans = people.entry(key).or_default();
        for span in spans_of(EVERY, row.try_get_by_index(2)?) {
            *spans.entry(span).or_default() += sum;
        }
    }
    let mut pages: BTreeMap<(i64, i64), Page> = BTreeMap::new();
    let mut next = first;
    for ((operator, department), spans) in people {
        let (page, slot) = split(next);
        give_place(on, company, operator, department, next).await?;
        for (span, sum) in spans {
            pages.entry((span, page)).or_default().insert(slot, sum);
        }
        next += 1;
    }
    let pages: Vec<_> = pages.into_iter().map(|((span, page), sums)| (span, page, sums)).collect();
    put(on, company, &pages).await?;
    Ok((next + PAGE - 1) / PAGE * PAGE)
}

/// Where an operator of a department has its sums: page, and place on it.
async fn place_of(
    on: &impl ConnectionTrait,
    company: CompanyId,
    operator: Uuid,
    department: Uuid,
) -> Result<(i64, u8), StoreError> {
    let key = [company.uuid().into(), operator.into(), department.into()];
    let sql = "SELECT place FROM statistics_places \
               WHERE company_id = $1 AND operator_id = $2 AND department_id = $3";
    if let Some(row) = on.query_one_raw(statement(on, sql, key)).await? {
        return Ok(split(row.try_get_by_index(0)?));
    }
    let sql = "SELECT COALESCE(MAX(place), -1) + 1 FROM statistics_places WHERE company_id = $1";
    let row = on.query_one_raw(statement(on, sql, [company.uuid().into()])).await?;
    let place: i64 = row.ok_or(StoreError::Missing)?.try_get_by_index(0)?;
    give_place(on, company, operator, department, place).await?;
    Ok(split(place))
}

/// Gives the next place.
async fn give_place(
    on: &impl ConnectionTrait,
    company: CompanyId,
    operator: Uuid,
    department: Uuid,
    place: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO statistics_places (company_id, operator_id, department_id, place) \
               VALUES ($1, $2, $3, $4)";
    let values = [company.uuid().into(), operator.into(), department.into(), place.into()];
    on.execute_raw(statement(on, sql, values)).await?;
    let (page, _) = split(place);
    let key = [company.uuid().into(), page.into()];
    let sql = "SELECT page, people FROM statistics_people WHERE company_id = $1 AND page = $2";
    let row = on.query_one_raw(statement(on, sql, key)).await?;
    let mut people: Vec<u8> = row.map(|row| row.try_get_by_index(1)).transpose()?.unwrap_or_default();
    people.extend(operator.into_bytes());
    people.extend(department.into_bytes());
    let sql = "INSERT INTO statistics_people (company_id, page, people) VALUES ($1, $2, $3) \
               ON CONFLICT (company_id, page) DO UPDATE SET people = excluded.people";
    on.execute_raw(statement(on, sql, [company.uuid().into(), page.into(), people.into()])).await?;
    Ok(())
}

fn split(place: i64) -> (i64, u8) {
    (place.div_euclid(PAGE), u8::try_from(place.rem_euclid(PAGE)).unwrap_or_default())
}

/// Operators and their departments, in the order of their places.
fn people(row: &QueryResult) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let kept: Vec<u8> = row.try_get_by_index(1)?;
    let person = |bytes: &[u8]| {
        let (operator, department) = bytes.split_at_checked(16)?;
        Some((Uuid::from_slice(operator).ok()?, Uuid::from_slice(department).ok()?))
    };
    Ok(kept.chunks_exact(32).filter_map(person).collect())
}

/// Keeps pages: span, page, sums.
async fn put(
    on: &impl ConnectionTrait,
    company: CompanyId,
    pages: &[(i64, i64, Page)],
) -> Result<(), StoreError> {
    for part in pages.chunks(ROWS) {
        let mut values: Vec<Value> = vec![company.uuid().into()];
        let mut rows = Vec::new();
        for (span, page, sums) in part {
            values.push(encode(sums).into());
            rows.push(format!("($1, {span}, {page}, ${})", values.len()));
        }
        let sql = format!(
            "INSERT INTO statistics_operators (company_id, span, page, sums) VALUES {} \
             ON CONFLICT (company_id, span, page) DO UPDATE SET sums = excluded.sums",
            rows.join(", ")
        );
        on.execute_raw(statement(on, sql, values)).await?;
    }
    Ok(())
}

fn encode(sums: &Page) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(sums.len() * 13);
    for (slot, sum) in sums.iter().filter(|(_, sum)| **sum != Sum::default()) {
        bytes.push(*slot);
        bytes.extend(i32::try_from(sum.supports).unwrap_or(i32::MAX).to_le_bytes());
        bytes.extend(sum.duration_s.to_le_bytes());
    }
    bytes
}

fn decode(bytes: &[u8]) -> impl Iterator<Item = (u8, Sum)> {
    bytes.chunks_exact(13).filter_map(|entry| {
        let (slot, rest) = entry.split_first()?;
        let (supports, seconds) = rest.split_first_chunk::<4>()?;
        let supports = i64::from(i32::from_le_bytes(*supports));
        Some((*slot, Sum { supports, duration_s: i64::from_le_bytes(seconds.try_into().ok()?) }))
    })
}
