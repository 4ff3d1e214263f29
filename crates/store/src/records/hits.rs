//! Hits of a search by their numbers: the questions that are put to the database.

use super::{
    index::{self, Key},
    search::{Order, Search},
    tokens::Condition,
};
use crate::{Reads, StoreError, entities::record as row};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use std::ops::RangeInclusive;

/// Buckets that one question to PostgreSQL looks at, at most.
const MOST_BUCKETS: i64 = 32;

impl Search {
    /// Numbers of the records found in a range.
    pub(super) async fn find(
        &self,
        on: &impl Reads,
        numbers: RangeInclusive<i64>,
        order: Order,
        skipped: u64,
        limit: u64,
    ) -> Result<Vec<i64>, StoreError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        if self.conditions.is_empty() {
            return self.find_any(on, numbers, order, skipped, limit).await;
        }
        let connection = on.connection();
        let range = Key::new(self.ordinal, *numbers.start())..=Key::new(self.ordinal, *numbers.end());
        if !index::is_sqlite(connection) {
            let skip = usize::try_from(skipped).unwrap_or(usize::MAX);
            let walked = self.walk(connection, range, order, skipped.saturating_add(limit)).await?;
            return Ok(walked.into_iter().skip(skip).collect());
        }
        let direction = if order == Order::NewestFirst { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT rowid AS key FROM record_search WHERE record_search MATCH $1 AND rowid BETWEEN $2 AND $3 \
             ORDER BY rowid {direction} LIMIT $4 OFFSET $5"
        );
        let values = [
            phrases_for_sqlite(&self.conditions).into(),
            range.start().0.into(),
            range.end().0.into(),
            limit.into(),
            skipped.into(),
        ];
        keys(connection, &sql, values).await
    }

    /// As [`Self::find`] where only time is asked for.
    async fn find_any(
        &self,
        on: &impl Reads,
        numbers: RangeInclusive<i64>,
        order: Order,
        skipped: u64,
        limit: u64,
    ) -> Result<Vec<i64>, StoreError> {
        let found = row::Entity::find()
            .select_only()
            .column(row::Column::No)
            .filter(row::Column::CompanyId.eq(self.company.uuid()))
            .filter(row::Column::No.between(*numbers.start(), *numbers.end()));
        let ordered = match order {
            Order::NewestFirst => found.order_by_desc(row::Column::No),
            Order::OldestFirst => found.order_by_asc(row::Column::No),
        };
        Ok(ordered.offset(skipped).limit(limit).into_tuple().all(on.connection()).await?)
    }

    /// How many are found in a range, up to `most`.
    pub(super) async fn count(
        &self,
        on: &impl Reads,
        numbers: RangeInclusive<i64>,
        most: u64,
    ) -> Result<u64, StoreError> {
        if numbers.is_empty() {
            return Ok(0);
        }
        let connection = on.connection();
        let range = Key::new(self.ordinal, *numbers.start())..=Key::new(self.ordinal, *numbers.end());
        let (sql, values): (_, Vec<Value>) = if self.conditions.is_empty() {
            let sql = "SELECT COUNT(*) AS hits FROM (SELECT 1 FROM records WHERE company_id = $1 \
                       AND no BETWEEN $2 AND $3 LIMIT $4) AS found";
            let (from, to) = numbers.into_inner();
            (sql, vec![self.company.uuid().into(), from.into(), to.into(), most.into()])
        } else if index::is_sqlite(connection) {
            let sql = "SELECT COUNT(*) AS hits FROM (SELECT 1 FROM record_search WHERE record_search MATCH $1 \
                       AND rowid BETWEEN $2 AND $3 ORDER BY rowid DESC LIMIT $4)";
            let asked = phrases_for_sqlite(&self.conditions);
            (sql, vec![asked.into(), range.start().0.into(), range.end().0.into(), most.into()])
        } else {
            let walked = self.walk(connection, range, Order::NewestFirst, most).await?;
            return Ok(u64::try_from(walked.len()).unwrap_or(u64::MAX));
        };
        let counted = connection.query_one_raw(index::statement(connection, sql, values)).await?;
        let hits: i64 = counted.ok_or(StoreError::Missing)?.try_get_by("hits")?;
        Ok(u64::try_from(hits).unwrap_or_default())
    }

    /// The first `limit` hits of a range on PostgreSQL, from bucket to bucket: a frequent word is found in the first few,
    /// and a rare one costs one question for each of its [`MOST_BUCKETS`].
    async fn walk(
        &self,
        connection: &impl ConnectionTrait,
        range: RangeInclusive<Key>,
        order: Order,
        limit: u64,
    ) -> Result<Vec<i64>, StoreError> {
        let direction = if order == Order::NewestFirst { "DESC" } else { "ASC" };
        // The planner is to take the index of tokens, whose buckets hold the range already.
        let sql = format!(
            "SELECT key FROM record_search WHERE tokens @@ CAST($1 AS text)::tsquery AND key + 0 BETWEEN $2 AND $3 \
             ORDER BY key + 0 {direction} LIMIT $4"
        );
        let (mut first, mut last) = (range.start().bucket(), range.end().bucket());
        let mut found = Vec::new();
        let mut span = 1;
        while first <= last {
            let missing = limit.saturating_sub(u64::try_from(found.len()).unwrap_or(u64::MAX));
            if missing == 0 {
                break;
            }
            let buckets = match order {
                Order::NewestFirst => (last - span + 1).max(first)..=last,
                Order::OldestFirst => first..=(first + span - 1).min(last),
            };
            match order {
                Order::NewestFirst => last = buckets.start() - 1,
                Order::OldestFirst => first = buckets.end() + 1,
            }
            let from = (*range.start()).max(Key::first_of(*buckets.start()));
            let to = (*range.end()).min(Key(Key::first_of(buckets.end() + 1).0 - 1));
            let asked = phrases_for_postgres(&self.conditions, buckets);
            let values = [asked.into(), from.0.into(), to.0.into(), missing.into()];
            found.extend(keys(connection, &sql, values).await?);
            span = (span * 2).min(MOST_BUCKETS);
        }
        Ok(found)
    }
}

/// Numbers that a question for keys gave.
async fn keys<const N: usize>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: [Value; N],
) -> Result<Vec<i64>, StoreError> {
    let rows = connection.query_all_raw(index::statement(connection, sql, values)).await?;
    let key = |row: sea_orm::QueryResult| row.try_get_by("key").map(|key| Key(key).no());
    Ok(rows.into_iter().map(key).collect::<Result<_, _>>()?)
}

/// `("a b" OR "c") AND ("d")`.
fn phrases_for_sqlite(conditions: &[Condition]) -> String {
    let any = |condition: &Condition| {
        let phrases: Vec<String> =
            condition.iter().map(|phrase| format!("\"{}\"", phrase.join(" "))).collect();
        format!("({})", phrases.join(" OR "))
    };
    conditions.iter().map(any).collect::<Vec<_>>().join(" AND ")
}

/// The same in each bucket, `<->` for "followed by".
fn phrases_for_postgres(conditions: &[Condition], buckets: RangeInclusive<i64>) -> String {
    let of_bucket = |bucket: i64| {
        let phrase = |phrase: &Vec<String>| {
            let tokens: Vec<String> = phrase.iter().map(|token| index::in_bucket(bucket, token)).collect();
            format!("({})", tokens.join(" <-> "))
        };
        let any = |condition: &Condition| {
            format!("({})", condition.iter().map(phrase).collect::<Vec<_>>().join(" | "))
        };
        format!("({})", conditions.iter().map(any).collect::<Vec<_>>().join(" & "))
    };
    buckets.map(of_bucket).collect::<Vec<_>>().join(" | ")
}
