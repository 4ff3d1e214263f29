//! The rows of a statistic, zero-filled, with shares and the period before.

use super::{
    api::{Asked, StatisticsKind},
    period::Period,
    shares::per_mille,
};
use crate::state::AppState;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{
    CompanyId, OperatorId, StoreError, SupportTypeId,
    statistics::{self, Bucket, Scope, Sum},
};
use utoipa::ToSchema;

/// Supports and their time in the period before.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub(super) struct Before {
    pub(super) supports: i64,
    pub(super) duration_s: i64,
}

/// One row.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(super) struct StatisticsRow {
    /// What it is of: `2026-11`, `2026-11-28`, an hour 0–23, an operator's id, minutes such as `5-10` or `60`, a system, a support
    /// type's id. Empty: none was told or chosen. By day, where the period before has more days than this one, the last rows are of
    /// those days.
    pub(super) key: String,
    /// The operator's or the type's name.
    #[schema(required)]
    pub(super) name: Option<String>,
    /// The operator's ID.
    #[schema(required)]
    pub(super) login: Option<String>,
    /// How many.
    pub(super) supports: i64,
    /// From consent to end, together.
    pub(super) duration_s: i64,
    /// Of one, to the nearest second.
    pub(super) average_s: i64,
    /// Of all supports, in tenths of a per cent; all rows together have 1,000.
    pub(super) share_per_mille: i64,
    /// The same in the period before; null where that had no such row.
    #[schema(required)]
    pub(super) before: Option<Before>,
    /// By satisfaction: supports rated 1, 2, 3, 4 and 5. Else empty.
    pub(super) ratings: Vec<i64>,
}

/// All rows, and what they add up to.
#[derive(Clone, Debug)]
pub(super) struct Statistics {
    pub(super) rows: Vec<StatisticsRow>,
    pub(super) total: Sum,
    pub(super) before: Sum,
}

/// What a row is of, before it has a name.
struct Part {
    key: String,
    sum: Sum,
    before: Option<Sum>,
    ratings: Vec<i64>,
}

/// Counts.
pub(super) async fn count(
    state: &AppState,
    company: CompanyId,
    asked: &Asked,
) -> Result<Statistics, StoreError> {
    let store = &state.store;
    let (now, then) = (asked.scope(asked.period), asked.scope(asked.period.before()));
    let parts = match asked.kind {
        StatisticsKind::Month | StatisticsKind::Day => {
            let days = statistics::by_day(company, store, now).await?;
            let days_before = statistics::by_day(company, store, then).await?;
            in_turn(asked, &days, &days_before)
        }
        StatisticsKind::Hour => {
            let hours = statistics::by_hour(company, store, now).await?;
            let before = statistics::by_hour(company, store, then).await?;
            filled(0..24, &hours, &before, |hour| hour.to_string())
        }
        StatisticsKind::Duration => {
            let lengths = statistics::by_duration(company, store, now).await?;
            let before = statistics::by_duration(company, store, then).await?;
            filled(Bucket::all(), &lengths, &before, minutes)
        }
        StatisticsKind::System => {
            let systems = statistics::by_system(company, store, now).await?;
            let before = statistics::by_system(company, store, then).await?;
            let all: BTreeSet<String> = systems.keys().chain(before.keys()).cloned().collect();
            filled(all, &systems, &before, |system| system)
        }
        StatisticsKind::SupportType | StatisticsKind::Satisfaction => {
            let types = statistics::by_support_type(company, store, now).await?;
            let before = statistics::by_support_type(company, store, then).await?;
            by_type(asked.kind, &types, &before)
        }
        StatisticsKind::Operator => {
            let now = statistics::by_operator(company, store, now).await?;
            by_operator(now, statistics::by_operator(company, store, then).await?)
        }
    };
    let total = parts.iter().map(|part| part.sum).sum();
    let before = statistics::total(company, store, then).await?;
    Ok(Statistics { rows: rows(asked.kind, parts), total, before })
}

/// Months or days, each beside what is at its place in the period before.
///
/// All of that period stands in some row, and once: else its column would not add up to its total. Before the 30 days of November there
/// are the 31 of October; the last of them gets a row of its own, under its own date, in which November has nothing. Put to the
/// row of 30 November it would have made that one day's comparison one with two days, in table, chart and file alike.
fn in_turn(asked: &Asked, days: &BTreeMap<Date, Sum>, days_before: &BTreeMap<Date, Sum>) -> Vec<Part> {
    let period = asked.period;
    let (now, before, format) = if asked.kind == StatisticsKind::Month {
        (period.months(), period.months_before(), "%Y-%m")
    } else {
        (period.every_day(), period.before().every_day(), "%Y-%m-%d")
    };
    let sum = |part: &Period, days: &BTreeMap<Date, Sum>| -> Sum {
        days.range(part.from..=part.to).map(|(_, sum)| *sum).sum()
    };
    let row = |at: usize| {
        let (now, before) = (now.get(at), before.get(at));
        Some(Part {
            key: now.or(before)?.from.strftime(format).to_string(),
            sum: now.map(|part| sum(part, days)).unwrap_or_default(),
            before: before.map(|part| sum(part, days_before)),
            ratings: Vec::new(),
        })
    };
    (0..now.len().max(before.len())).filter_map(row).collect()
}

/// Operators of either period, most supports first.
fn by_operator(now: Vec<(OperatorId, Sum)>, before: Vec<(OperatorId, Sum)>) -> Vec<Part> {
    let mut sums_before: HashMap<OperatorId, Sum> = before.iter().copied().collect();
    let part = |id: OperatorId, sum, before| Part { key: id.to_string(), sum, before, ratings: Vec::new() };
    let mut parts: Vec<Part> =
        now.into_iter().map(|(id, sum)| part(id, sum, sums_before.remove(&id))).collect();
    let gone = before.into_iter().filter(|(id, _)| sums_before.contains_key(id));
    parts.extend(gone.map(|(id, before)| part(id, Sum::default(), Some(before))));
    parts
}

/// Every key, whether there was support or not.
fn filled<K: Ord>(
    keys: impl IntoIterator<Item = K>,
    now: &BTreeMap<K, Sum>,
    before: &BTreeMap<K, Sum>,
    text: impl Fn(K) -> String,
) -> Vec<Part> {
    let part = |key: K| Part {
        sum: now.get(&key).copied().unwrap_or_default(),
        before: before.get(&key).copied(),
        key: text(key),
        ratings: Vec::new(),
    };
    keys.into_iter().map(part).collect()
}

fn minutes(bucket: Bucket) -> String {
    match bucket.minutes() {
        (from, Some(to)) => format!("{from}-{to}"),
        (from, None) => from.to_string(),
    }
}

type ByType = BTreeMap<(Option<SupportTypeId>, Option<u8>), Sum>;

fn by_type(kind: StatisticsKind, now: &ByType, before: &ByType) -> Vec<Part> {
    let together = |all: &ByType| {
        let mut types: BTreeMap<Option<SupportTypeId>, (Sum, [i64; 5])> = BTreeMap::new();
        for ((support_type, rating), sum) in all {
            let (together, ratings) = types.entry(*support_type).or_default();
            *together += *sum;
            let place = rating.and_then(|rating| ratings.get_mut(usize::from(rating).checked_sub(1)?));
            if let Some(rated) = place {
                *rated += sum.supports;
            }
        }
        types
    };
    let (mut now, mut before) = (together(now), together(before));
    let all: BTreeSet<_> = now.keys().chain(before.keys()).copied().collect();
    let part = |support_type: Option<SupportTypeId>| {
        let (sum, ratings) = now.remove(&support_type).unwrap_or_default();
        Part {
            key: support_type.map(|id| id.to_string()).unwrap_or_default(),
            sum,
            before: before.remove(&support_type).map(|(sum, _)| sum),
            ratings: if kind == StatisticsKind::Satisfaction { ratings.into() } else { Vec::new() },
        }
    };
    all.into_iter().map(part).collect()
}

/// Rows with shares. What is no time and no length stands with most supports first.
fn rows(kind: StatisticsKind, mut parts: Vec<Part>) -> Vec<StatisticsRow> {
    if matches!(kind, StatisticsKind::System | StatisticsKind::SupportType | StatisticsKind::Satisfaction) {
        let supports = |sum: Option<Sum>| sum.map_or(0, |sum| -sum.supports);
        parts.sort_by_key(|part| (-part.sum.supports, -part.sum.duration_s, supports(part.before)));
    }
    let counts: Vec<i64> = parts.iter().map(|part| part.sum.supports).collect();
    let row = |(part, share_per_mille): (Part, i64)| StatisticsRow {
        key: part.key,
        name: None,
        login: None,
        supports: part.sum.supports,
        duration_s: part.sum.duration_s,
        average_s: average_s(part.sum),
        share_per_mille,
        before: part.before.map(Before::from),
        ratings: part.ratings,
    };
    parts.into_iter().zip(per_mille(&counts)).map(row).collect()
}

/// The length of one support, to the nearest second.
pub(super) fn average_s(sum: Sum) -> i64 {
    if sum.supports <= 0 { 0 } else { (sum.duration_s + sum.supports / 2) / sum.supports }
}

/// Gives the rows that are shown their names: those of others are not read.
pub(super) async fn complete(
    state: &AppState,
    company: CompanyId,
    asked: &Asked,
    rows: &mut [StatisticsRow],
) -> Result<(), StoreError> {
    match asked.kind {
        StatisticsKind::Operator => name_operators(state, company, rows).await,
        StatisticsKind::SupportType | StatisticsKind::Satisfaction => {
            let names: HashMap<String, String> = statistics::support_type_names(company, &state.store)
                .await?
                .into_iter()
                .map(|(id, name)| (id.to_string(), name))
                .collect();
            for row in rows {
                row.name = names.get(&row.key).cloned();
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// More operators than this are read whole rather than one by one.
const MANY: usize = 500;

async fn name_operators(
    state: &AppState,
    company: CompanyId,
    rows: &mut [StatisticsRow],
) -> Result<(), StoreError> {
    let ids: Vec<OperatorId> = rows.iter().filter_map(|row| row.key.parse().ok()).collect();
    let only = (ids.len() <= MANY).then_some(ids.as_slice());
    let names = statistics::operator_names(company, &state.store, only).await?;
    for row in rows {
        let Ok(id) = row.key.parse() else { continue };
        if let Some(name) = names.get(&id) {
            row.login = Some(name.login.clone());
            row.name = Some(name.name.clone());
        }
    }
    Ok(())
}

impl Asked {
    /// The filters over a period.
    fn scope(&self, period: Period) -> Scope<'_> {
        Scope {
            from: period.from,
            to: period.to,
            department: self.department,
            operators: self.operators.as_deref(),
        }
    }
}

impl From<Sum> for Before {
    fn from(sum: Sum) -> Self {
        Self { supports: sum.supports, duration_s: sum.duration_s }
    }
}
