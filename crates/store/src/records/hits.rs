//! Hits of a search by their numbers: the questions that are put to the database.

use super::{
    index::{self, Key},
    search::{Order, Search},
    tokens::{Condition, Phrase},
    walk::Walk,
};
use crate::{Reads, StoreError, entities::record as row};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, Value,
};
use std::ops::RangeInclusive;

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
        if numbers.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        if self.conditions.is_empty() {
            return self.find_any(on, numbers, order, skipped, limit).await;
        }
        let connection = on.connection();
        let range = Key::new(self.ordinal, *numbers.start())..=Key::new(self.ordinal, *numbers.end());
        if !index::is_sqlite(connection) {
            let walk = Walk { conditions: &self.conditions, range, order };
            return Ok(walk.find(connection, skipped, limit).await?.into_iter().map(Key::no).collect());
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
        let rows = connection.query_all_raw(index::statement(connection, &sql, values)).await?;
        let no = |row: QueryResult| row.try_get_by("key").map(|key| Key(key).no());
        Ok(rows.into_iter().map(no).collect::<Result<_, _>>()?)
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
            let walk = Walk { conditions: &self.conditions, range, order: Order::NewestFirst };
            return walk.count(connection, most).await;
        };
        let counted = connection.query_one_raw(index::statement(connection, sql, values)).await?;
        let hits: i64 = counted.ok_or(StoreError::Missing)?.try_get_by("hits")?;
        Ok(u64::try_from(hits).unwrap_or_default())
    }
}

/// `("a b" OR "c") AND ("d")`.
fn phrases_for_sqlite(conditions: &[Condition]) -> String {
    let any = |condition: &Condition| {
        let phrases: Vec<String> =
            condition.iter().map(|Phrase { tokens, .. }| format!("\"{}\"", tokens.join(" "))).collect();
        format!("({})", phrases.join(" OR "))
    };
    conditions.iter().map(any).collect::<Vec<_>>().join(" AND ")
}
