//! Sums by operator [T-4], packed: thousands of operators over a few spans are tens of thousands of sums, which a database takes too
//! long to group. A row holds those of [`PAGE`] operators over one span, so that three years are some hundred rows.
//!
//! Every operator of a department has a place on a page [`places`].

use super::{
    Sum,
    names::parameters,
    places::{self, PAGE, people},
    spans::{EVERY, Spans, spans_of},
    statement,
    sums::CELLS,
};
use crate::{CompanyId, OperatorId, StoreError};
use sea_orm::{ConnectionTrait, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

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

/// Adds changes.
pub(super) async fn add(
    on: &impl ConnectionTrait,
    company: CompanyId,
    changes: &[Change],
) -> Result<(), StoreError> {
    let person = |change: &Change| (change.operator, change.department);
    let places = places::of(on, company, changes.iter().map(person).collect()).await?;
    let mut pages: BTreeMap<(i64, i64), Page> = BTreeMap::new();
    for change in changes {
        let (page, slot) = *places.get(&person(change)).ok_or(StoreError::Missing)?;
        for span in spans_of(EVERY, change.day) {
            *pages.entry((span, page)).or_default().entry(slot).or_default() += change.sum;
        }
    }
    // A support that moves to the next day stays in most of the longer spans that it is in.
    pages.retain(|_, sums| sums.values().any(|sum| *sum != Sum::default()));
    let pages: Vec<_> = pages.into_iter().collect();
    for part in pages.chunks(ROWS) {
        add_to_pages(on, company, part).await?;
    }
    Ok(())
}

/// Adds sums to the pages of spans.
async fn add_to_pages(
    on: &impl ConnectionTrait,
    company: CompanyId,
    added: &[((i64, i64), Page)],
) -> Result<(), StoreError> {
    let mut pages: BTreeMap<(i64, i64), Page> = added.iter().cloned().collect();
    let list = |numbers: BTreeSet<i64>| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT span, page, sums FROM statistics_operators WHERE company_id = $1 AND span IN ({}) AND page IN ({})",
        list(pages.keys().map(|(span, _)| *span).collect()),
        list(pages.keys().map(|(_, page)| *page).collect()),
    );
    for row in on.query_all_raw(statement(on, sql, [company.uuid().into()])).await? {
        let Some(sums) = pages.get_mut(&(row.try_get_by_index(0)?, row.try_get_by_index(1)?)) else {
            continue;
        };
        let kept: Vec<u8> = row.try_get_by_index(2)?;
        for (slot, sum) in decode(&kept) {
            *sums.entry(slot).or_default() += sum;
        }
    }
    let pages: Vec<_> = pages.into_iter().map(|((span, page), sums)| (span, page, sums)).collect();
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
        let (page, slot) = places::give(on, company, (operator, department), next).await?;
        for (span, sum) in spans {
            pages.entry((span, page)).or_default().insert(slot, sum);
        }
        next += 1;
    }
    let pages: Vec<_> = pages.into_iter().map(|((span, page), sums)| (span, page, sums)).collect();
    put(on, company, &pages).await?;
    Ok((next + PAGE - 1) / PAGE * PAGE)
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
