//! The index of records on PostgreSQL: for each word the records that have it, its *postings*, which is kept by us.
//!
//! Records whose keys stand next to each other are a *bucket*. A row of `record_postings` says of one word which records of one
//! bucket have it, and `record_search` holds the keys of a record's texts. What a search reads of them is [`super::walk`]'s.

use super::{
    index::{self, Key},
    places::{PLACE_BITS, PLACES, Places},
    tokens::{self, Field, Filing, Searched},
};
use crate::keys::key_of;
use sea_orm::{ConnectionTrait, DbErr, Value};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashMap};

/// The tables.
pub(crate) const TABLES: [&str; 2] = [
    "CREATE TABLE record_search (key bigint PRIMARY KEY, operator text COLLATE \"C\" NOT NULL, \
     customer text COLLATE \"C\" NOT NULL, memo text COLLATE \"C\" NOT NULL)",
    "CREATE TABLE record_postings (word bigint PRIMARY KEY, places bytea NOT NULL)",
];

/// Bits of a bucket's number within one *region*: its buckets stand together in the table's index, word by word, so that a search
/// finds the postings of a word side by side, and new records touch few of the index's pages and not all.
const REGION_BITS: u32 = 5;
/// Bits of a number in the index that say its region, before those of the word: more would leave two words the same number more
/// often. After so many regions (a thousand million records) they begin again.
const REGIONS_BITS: u32 = 12;
/// Regions from where those of one company begin to where those of the next one do.
const COMPANY_STEP: i64 = 1_597;
/// The columns of [`texts`].
pub(super) const TEXT_COLUMNS: &str = "key, operator, customer, memo";

/// What stands in a row of `record_search`.
pub(super) fn texts(key: Key, record: &Searched<'_>) -> [Value; 4] {
    let [operator, customer, memo] = Field::ALL.map(|field| key_of(field.of(record)).into());
    [key.0.into(), operator, customer, memo]
}

/// A record is found by what it is now, and no longer by what it was; `None`: it is not there.
pub(super) async fn replace(
    connection: &impl ConnectionTrait,
    key: Key,
    before: Option<&Searched<'_>>,
    after: Option<&Searched<'_>>,
) -> Result<(), DbErr> {
    match after {
        Some(record) => put_texts(connection, key, record).await?,
        None => {
            let sql = "DELETE FROM record_search WHERE key = $1";
            connection.execute_raw(index::statement(connection, sql, [key.0.into()])).await?;
        }
    }
    let words = |record: Option<&Searched<'_>>| -> BTreeSet<i64> {
        let tokens = record.map(|record| tokens::of_record(record, Filing::Pairs)).unwrap_or_default();
        tokens.iter().map(|token| word(bucket(key), token)).collect()
    };
    let (before, after) = (words(before), words(after));
    let changed: Vec<i64> = before.symmetric_difference(&after).copied().collect();
    let mut postings = read(connection, &changed).await?;
    for word in changed {
        let is_in = after.contains(&word);
        postings.entry(word).or_insert(Places::NONE).set(place(key), is_in);
    }
    write(connection, postings).await
}

/// Writes a record's texts, over what stood there.
pub(crate) async fn put_texts(
    connection: &impl ConnectionTrait,
    key: Key,
    record: &Searched<'_>,
) -> Result<(), DbErr> {
    let sql = format!(
        "INSERT INTO record_search ({TEXT_COLUMNS}) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO UPDATE \
         SET operator = excluded.operator, customer = excluded.customer, memo = excluded.memo"
    );
    connection.execute_raw(index::statement(connection, &sql, texts(key, record))).await?;
    Ok(())
}

/// Postings by word, where there are any. No other write of the company changes them meanwhile.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    words: &[i64],
) -> Result<HashMap<i64, Places>, DbErr> {
    if words.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "SELECT word, places FROM record_postings WHERE word = ANY(CAST(CAST($1 AS text) AS bigint[]))";
    let rows = connection.query_all_raw(index::statement(connection, sql, [list(words)])).await?;
    rows.iter()
        .map(|row| Ok((row.try_get_by_index(0)?, Places::decode(&row.try_get_by_index::<Vec<u8>>(1)?))))
        .collect()
}

/// Keeps postings as they are now.
async fn write(connection: &impl ConnectionTrait, postings: HashMap<i64, Places>) -> Result<(), DbErr> {
    let (gone, kept): (Vec<_>, Vec<_>) = postings.into_iter().partition(|(_, places)| places.is_empty());
    let kept: Vec<(i64, Vec<u8>)> = kept.into_iter().map(|(word, places)| (word, places.encode())).collect();
    insert(connection, &kept).await?;
    if !gone.is_empty() {
        let sql = "DELETE FROM record_postings WHERE word = ANY(CAST(CAST($1 AS text) AS bigint[]))";
        let words: Vec<i64> = gone.iter().map(|(word, _)| *word).collect();
        connection.execute_raw(index::statement(connection, sql, [list(&words)])).await?;
    }
    Ok(())
}

/// Writes rows, over what stood there.
async fn insert(connection: &impl ConnectionTrait, rows: &[(i64, Vec<u8>)]) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO record_postings (word, places) SELECT * FROM \
               unnest(CAST(CAST($1 AS text) AS bigint[]), CAST(CAST($2 AS text) AS bytea[])) \
               ON CONFLICT (word) DO UPDATE SET places = excluded.places";
    let words: Vec<i64> = rows.iter().map(|(word, _)| *word).collect();
    let places: Vec<String> =
        rows.iter().map(|(_, places)| format!("\"\\\\x{}\"", hex::encode(places))).collect();
    let values = [list(&words), format!("{{{}}}", places.join(",")).into()];
    connection.execute_raw(index::statement(connection, sql, values)).await?;
    Ok(())
}

/// The postings of one bucket, while many records are written at once.
pub(crate) struct Gathered {
    bucket: i64,
    /// Places from the smallest on.
    words: HashMap<String, Vec<u16>>,
}

impl Gathered {
    /// Of the bucket that a key falls into.
    pub(crate) fn of(key: Key) -> Self {
        Self { bucket: bucket(key), words: HashMap::new() }
    }

    /// A record of this bucket; each comes after those before it.
    pub(crate) fn add(&mut self, key: Key, record: &Searched<'_>) {
        for token in tokens::of_record(record, Filing::Pairs) {
            let places = self.words.entry(token).or_default();
            // A word may stand in a text more than once.
            if places.last() != Some(&place(key)) {
                places.push(place(key));
            }
        }
    }

    /// Whether a key falls into this bucket.
    pub(crate) fn takes(&self, key: Key) -> bool {
        bucket(key) == self.bucket
    }

    /// Writes the rows, of which there are none yet.
    pub(crate) async fn write(self, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
        let rows: Vec<(i64, Vec<u8>)> = self.rows().collect();
        insert(connection, &rows).await
    }

    /// What stands in rows of `record_postings`.
    pub(super) fn rows(self) -> impl Iterator<Item = (i64, Vec<u8>)> {
        let bucket = self.bucket;
        self.words
            .into_iter()
            .map(move |(token, places)| (word(bucket, &token), Places::encode_list(&places)))
    }
}

/// How many records follow in the bucket of a key, that one among them.
pub(super) fn rest_of_bucket(key: Key) -> usize {
    usize::from(PLACES - place(key))
}

/// Numbers as PostgreSQL reads an array.
pub(super) fn list(numbers: &[i64]) -> Value {
    let listed: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("{{{}}}", listed.join(",")).into()
}

/// The number of a token's postings in a bucket: the region, the digest of token and region, the bucket in its region.
///
/// The regions of each company begin elsewhere, so that words of many small companies are told apart by more than their digests: the
/// factor is odd, and no two of the first four thousand companies begin with the same.
pub(super) fn word(bucket: i64, token: &str) -> i64 {
    let region = bucket >> REGION_BITS;
    let begin = (first_of(bucket).ordinal() - 1).wrapping_mul(COMPANY_STEP);
    let digest = Sha256::new().chain_update(region.to_be_bytes()).chain_update(token).finalize();
    let digest = u64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
    let digest = (digest >> (REGIONS_BITS + REGION_BITS)).cast_signed();
    region.wrapping_add(begin) << (i64::BITS - REGIONS_BITS)
        | digest << REGION_BITS
        | bucket & ((1 << REGION_BITS) - 1)
}

pub(super) const fn bucket(key: Key) -> i64 {
    key.0 >> PLACE_BITS
}

pub(super) const fn first_of(bucket: i64) -> Key {
    Key(bucket << PLACE_BITS)
}

pub(super) fn place(key: Key) -> u16 {
    u16::try_from(key.0 & i64::from(PLACES - 1)).unwrap_or_default()
}

pub(super) fn key(bucket: i64, place: u16) -> Key {
    Key(first_of(bucket).0 | i64::from(place))
}
