//! The index of records on PostgreSQL.
//!
//! A GIN index knows no order of its rows, so each token is hashed together with the *bucket* that its record's key falls into:
//! a search goes from bucket to bucket, newest first, and ends where it has enough. The numbers of neighbouring
//! buckets stand together in the index, so that new records touch few of its pages and not all. A row holds the numbers of
//! one record's tokens and the keys of its texts. A text of two letters is one token; of a longer one the index gives the
//! rows that have all pairs, and the text itself says whether they follow each other.

use super::{
    index::{self, Key},
    search::Order,
    tokens::{self, Condition, Field, Filing, Phrase, Searched},
};
use crate::{StoreError, keys::key_of};
use sea_orm::{ConnectionTrait, DbErr, TransactionSession as _, TransactionTrait, Value};
use sha2::{Digest as _, Sha256};
use std::ops::RangeInclusive;

/// The table.
pub(crate) const TABLE: &str = "CREATE TABLE record_search (key bigint PRIMARY KEY, operator text COLLATE \"C\" NOT NULL, \
     customer text COLLATE \"C\" NOT NULL, memo text COLLATE \"C\" NOT NULL, tokens bigint[] NOT NULL)";
/// Its index. Without `fastupdate` nothing waits in a list that every search would have to read.
const INDEX: &str =
    "CREATE INDEX record_search_tokens ON record_search USING gin (tokens) WITH (fastupdate = off)";
/// Memory for the index while it is made: a tree of what was gathered, which is read at random places for each number. So much
/// stays in a processor's cache; a gigabyte takes almost three times as long, and leaves an index that is larger by a quarter.
const GATHERED: &str = "SET LOCAL maintenance_work_mem = '16MB'";

/// Bits of a key within one bucket: what one lookup may find at most, and how many lookups a rare word needs.
const BUCKET_BITS: u32 = 14;
/// Bits of a bucket's number within one *region*: buckets whose numbers stand between each other in the index. A region's pages
/// are written again and again for a while and then no more; by the buckets alone they would stay half empty when the
/// index is made at once, since PostgreSQL halves a full page also where all that follows comes after it.
const REGION_BITS: u32 = 5;
/// Bits of a number that say its region, before those of the digest: more would leave two tokens the same number more often.
/// After so many regions (two thousand million records) they begin again.
const PLACE_BITS: u32 = 12;
/// Buckets that one question looks at, at most.
const MOST_BUCKETS: i64 = 128;

/// The columns of a [`row`].
pub(super) const COLUMNS: &str = "key, operator, customer, memo, tokens";

/// Makes the index over all rows at once: a fraction of what its growing with each row takes.
pub(crate) async fn make_index(on: &impl TransactionTrait) -> Result<(), DbErr> {
    let tx = on.begin().await?;
    for sql in [GATHERED, INDEX, "SET LOCAL maintenance_work_mem TO DEFAULT"] {
        tx.execute_unprepared(sql).await?;
    }
    tx.commit().await
}

/// Writes what a record is found by under its key, over what stood there.
pub(super) async fn put(
    connection: &impl ConnectionTrait,
    key: Key,
    record: &Searched<'_>,
) -> Result<(), DbErr> {
    let sql = format!(
        "INSERT INTO record_search ({COLUMNS}) VALUES ($1, $2, $3, $4, CAST(CAST($5 AS text) AS bigint[])) \
         ON CONFLICT (key) DO UPDATE SET operator = excluded.operator, customer = excluded.customer, \
         memo = excluded.memo, tokens = excluded.tokens"
    );
    connection.execute_raw(index::statement(connection, &sql, row(key, record))).await?;
    Ok(())
}

/// What stands in a row.
pub(super) fn row(key: Key, record: &Searched<'_>) -> [Value; 5] {
    let [operator, customer, memo] = Field::ALL.map(|field| key_of(field.of(record)).into());
    let numbers = numbers(bucket(key), &tokens::of_record(record, Filing::Parts));
    [key.0.into(), operator, customer, memo, numbers.into()]
}

/// Hits of a search within a range of keys.
pub(super) struct Walk<'a> {
    pub(super) conditions: &'a [Condition],
    pub(super) range: RangeInclusive<Key>,
    pub(super) order: Order,
}

impl Walk<'_> {
    /// `limit` keys after the first `skipped`.
    pub(super) async fn find(
        &self,
        connection: &impl ConnectionTrait,
        skipped: u64,
        limit: u64,
    ) -> Result<Vec<Key>, StoreError> {
        let ways = ways(self.conditions);
        let direction = if self.order == Order::NewestFirst { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT key FROM {} ORDER BY key {direction} LIMIT $1",
            found(&ways, "key + 0 AS key", " AND key + 0 BETWEEN $2 AND $3", 4)
        );
        let most = skipped.saturating_add(limit);
        let mut keys = Vec::new();
        for buckets in Spans::new(&self.range, self.order) {
            let missing = most.saturating_sub(u64::try_from(keys.len()).unwrap_or(u64::MAX));
            if missing == 0 {
                break;
            }
            let mut values = vec![missing.into(), self.range.start().0.into(), self.range.end().0.into()];
            values.extend(asked(&ways, buckets));
            for row in connection.query_all_raw(index::statement(connection, &sql, values)).await? {
                keys.push(Key(row.try_get_by("key")?));
            }
        }
        let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
        Ok(keys.into_iter().skip(skipped).collect())
    }

    /// How many there are, up to `most`.
    pub(super) async fn count(
        &self,
        connection: &impl ConnectionTrait,
        most: u64,
    ) -> Result<u64, StoreError> {
        let ways = ways(self.conditions);
        // Of a bucket that lies in the range whole, the index alone says how many.
        let whole = format!("SELECT COUNT(*) AS hits FROM {}", found(&ways, "1", "", 1));
        let part = format!(
            "SELECT COUNT(*) AS hits FROM {}",
            found(&ways, "1", " AND key + 0 BETWEEN $1 AND $2", 3)
        );
        let mut hits = 0;
        for buckets in Spans::new(&self.range, self.order) {
            let is_whole = *self.range.start() <= first_of(*buckets.start())
                && first_of(buckets.end() + 1) <= *self.range.end();
            let mut values = Vec::new();
            if !is_whole {
                values.extend([self.range.start().0.into(), self.range.end().0.into()]);
            }
            values.extend(asked(&ways, buckets));
            let sql = if is_whole { &whole } else { &part };
            let counted = connection.query_one_raw(index::statement(connection, sql, values)).await?;
            let more: i64 = counted.ok_or(StoreError::Missing)?.try_get_by("hits")?;
            hits += u64::try_from(more).unwrap_or_default();
            if most <= hits {
                break;
            }
        }
        Ok(hits.min(most))
    }
}

/// Phrases that together are one way in which all conditions hold.
type Way<'a> = Vec<&'a Phrase>;

/// Every way: one phrase of each condition.
fn ways(conditions: &[Condition]) -> Vec<Way<'_>> {
    conditions.iter().fold(vec![Vec::new()], |ways, condition| {
        let mut more = Vec::new();
        for way in &ways {
            more.extend(condition.iter().map(|phrase| [way.as_slice(), &[phrase]].concat()));
        }
        more
    })
}

/// The rows that are found, as what stands behind `FROM`: one lookup for each bucket and way. The parameters from `first`
/// on are those of [`asked`].
///
/// `OFFSET 0` keeps each lookup by itself: joined freely, PostgreSQL would take many of them for worth reading the whole table.
fn found(ways: &[Way<'_>], selected: &str, and: &str, first: usize) -> String {
    let mut parameter = first;
    let mut next = || {
        parameter += 1;
        format!("${}", parameter - 1)
    };
    let (mut lists, mut columns, mut any) = (Vec::new(), Vec::new(), Vec::new());
    for (at, way) in ways.iter().enumerate() {
        lists.push(format!("CAST(CAST({} AS text) AS text[])", next()));
        columns.push(format!("way{at}"));
        let mut all = format!("tokens @> CAST(asked.way{at} AS bigint[])");
        for (field, _) in way.iter().filter_map(|phrase| phrase.within.as_ref()) {
            all.push_str(&format!(" AND strpos({}, {}) > 0", column(*field), next()));
        }
        any.push(format!("({all})"));
    }
    format!(
        "unnest({}) AS asked({}) CROSS JOIN LATERAL \
         (SELECT {selected} FROM record_search WHERE ({}){and} OFFSET 0) AS found",
        lists.join(", "),
        columns.join(", "),
        any.join(" OR ")
    )
}

/// For each way its numbers in each bucket, and the texts that must stand in the row.
fn asked(ways: &[Way<'_>], buckets: RangeInclusive<i64>) -> Vec<Value> {
    let mut values = Vec::new();
    for way in ways {
        let tokens: Vec<String> = way.iter().flat_map(|phrase| phrase.tokens.iter().cloned()).collect();
        let lists: Vec<String> =
            buckets.clone().map(|bucket| format!("\"{}\"", numbers(bucket, &tokens))).collect();
        values.push(format!("{{{}}}", lists.join(",")).into());
        values.extend(way.iter().filter_map(|phrase| Some(phrase.within.as_ref()?.1.as_str().into())));
    }
    values
}

const fn column(field: Field) -> &'static str {
    match field {
        Field::Operator => "operator",
        Field::Customer => "customer",
        Field::Memo => "memo",
    }
}

/// Tokens as they stand in a bucket's rows, as PostgreSQL reads an array: each once.
fn numbers(bucket: i64, tokens: &[String]) -> String {
    let mut numbers: Vec<i64> = tokens.iter().map(|token| number(bucket, token)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let listed: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("{{{}}}", listed.join(","))
}

fn number(bucket: i64, token: &str) -> i64 {
    let digest = Sha256::new().chain_update(bucket.to_be_bytes()).chain_update(token).finalize();
    let digest = u64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
    (bucket >> REGION_BITS) << (i64::BITS - PLACE_BITS) | (digest >> PLACE_BITS).cast_signed()
}

const fn bucket(key: Key) -> i64 {
    key.0 >> BUCKET_BITS
}

const fn first_of(bucket: i64) -> Key {
    Key(bucket << BUCKET_BITS)
}

/// The buckets of a range, from one end to the other, more at once from question to question: a frequent word is found in
/// the first few, and a rare one is not asked for thousands of times.
struct Spans {
    first: i64,
    last: i64,
    order: Order,
    next: i64,
}

impl Spans {
    fn new(range: &RangeInclusive<Key>, order: Order) -> Self {
        Self { first: bucket(*range.start()), last: bucket(*range.end()), order, next: 1 }
    }
}

impl Iterator for Spans {
    type Item = RangeInclusive<i64>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.last < self.first {
            return None;
        }
        let span = self.next;
        self.next = (span * 2).min(MOST_BUCKETS);
        Some(match self.order {
            Order::NewestFirst => {
                let from = (self.last - span + 1).max(self.first);
                let to = std::mem::replace(&mut self.last, from - 1);
                from..=to
            }
            Order::OldestFirst => {
                let to = (self.first + span - 1).min(self.last);
                let from = std::mem::replace(&mut self.first, to + 1);
                from..=to
            }
        })
    }
}
