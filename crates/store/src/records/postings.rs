//! The index of records on PostgreSQL: for each word the records that have it, its *postings*, which is kept by us.
//!
//! Records whose keys stand next to each other are a *bucket*. A row of `record_postings` says of one word which records of one
//! bucket have it: a search reads the rows of its words, bucket by bucket, newest first, intersects them, and ends where it has
//! enough. `record_search` holds the keys of a record's texts. A text of two letters is one word; of a longer one the postings
//! give the records that have all pairs, and the text itself says whether they follow each other.

use super::{
    index::{self, Key},
    places::{PLACE_BITS, PLACES, Places},
    search::Order,
    tokens::{self, Condition, Field, Filing, Phrase, Searched},
};
use crate::{StoreError, keys::key_of};
use sea_orm::{ConnectionTrait, DbErr, Value};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    ops::RangeInclusive,
};

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
/// Buckets that one question asks for, at most.
const MOST_BUCKETS: i64 = 128;
/// Texts that are looked into at once: at first, since each question takes its time, and at most.
const TEXTS: (usize, usize) = (64, 4_096);

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
async fn read(connection: &impl ConnectionTrait, words: &[i64]) -> Result<HashMap<i64, Places>, DbErr> {
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
        let most = skipped.saturating_add(limit);
        let mut keys = Vec::new();
        let ways = ways(self.conditions);
        for buckets in Spans::new(&self.range, self.order) {
            let missing = most.saturating_sub(length(&keys));
            if missing == 0 {
                break;
            }
            let candidates = self.candidates(connection, &ways, buckets).await?;
            keys.extend(self.hits(connection, &ways, &candidates, missing).await?);
        }
        let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
        Ok(keys.into_iter().skip(skipped).take(usize::try_from(limit).unwrap_or(usize::MAX)).collect())
    }

    /// How many there are, up to `most`.
    pub(super) async fn count(
        &self,
        connection: &impl ConnectionTrait,
        most: u64,
    ) -> Result<u64, StoreError> {
        let mut hits = 0;
        let ways = ways(self.conditions);
        for buckets in Spans::new(&self.range, self.order) {
            let candidates = self.candidates(connection, &ways, buckets).await?;
            hits += if candidates.iter().all(Candidates::are_sure) {
                candidates.iter().map(|bucket| u64::from(bucket.sure.len())).sum()
            } else {
                length(&self.hits(connection, &ways, &candidates, most.saturating_sub(hits)).await?)
            };
            if most <= hits {
                break;
            }
        }
        Ok(hits.min(most))
    }

    /// What the postings say of some buckets, in the order of the walk.
    async fn candidates(
        &self,
        connection: &impl ConnectionTrait,
        ways: &[Way<'_>],
        buckets: RangeInclusive<i64>,
    ) -> Result<Vec<Candidates>, StoreError> {
        let tokens: HashSet<&str> = ways.iter().flat_map(Way::tokens).collect();
        let words: Vec<i64> =
            buckets.clone().flat_map(|bucket| tokens.iter().map(move |token| word(bucket, token))).collect();
        let postings = read(connection, &words).await?;
        let of = |bucket| Candidates::new(bucket, self.places(bucket), ways, &postings);
        let mut candidates: Vec<Candidates> = buckets.map(of).collect();
        if self.order == Order::NewestFirst {
            candidates.reverse();
        }
        Ok(candidates)
    }

    /// The places of a bucket that lie in the range.
    fn places(&self, bucket: i64) -> Places {
        let first = (self.range.start().0 - first_of(bucket).0).max(0);
        let last = (self.range.end().0 - first_of(bucket).0).min(i64::from(PLACES) - 1);
        if (first, last) == (0, i64::from(PLACES) - 1) {
            return Places::ALL;
        }
        let mut places = Places::NONE;
        (first..=last)
            .filter_map(|place| u16::try_from(place).ok())
            .for_each(|place| places.set(place, true));
        places
    }

    /// The candidates that are hits, the first `most` of them.
    async fn hits(
        &self,
        connection: &impl ConnectionTrait,
        ways: &[Way<'_>],
        candidates: &[Candidates],
        most: u64,
    ) -> Result<Vec<Key>, StoreError> {
        let mut in_order: Vec<(Key, &Candidates)> = Vec::new();
        for bucket in candidates {
            let before = in_order.len();
            in_order.extend(bucket.all().iter().map(|place| (key(bucket.bucket, place), bucket)));
            if self.order == Order::NewestFirst
                && let Some(added) = in_order.get_mut(before..)
            {
                added.reverse();
            }
        }
        let mut hits = Vec::new();
        let mut rest = in_order.as_slice();
        let (first, largest) = TEXTS;
        let mut size = usize::try_from(most).unwrap_or(usize::MAX).clamp(first, largest);
        while !rest.is_empty() && length(&hits) < most {
            let (part, later) = rest.split_at(rest.len().min(size));
            rest = later;
            size = (size * 2).min(largest);
            let mut found: HashSet<Key> = part
                .iter()
                .filter(|(key, bucket)| bucket.sure.contains(place(*key)))
                .map(|(key, _)| *key)
                .collect();
            for (at, way) in ways.iter().enumerate().filter(|(_, way)| way.asks_for_texts()) {
                let is_open = |(key, bucket): &&(Key, &Candidates)| {
                    bucket.by_text(at, place(*key)) && !found.contains(key)
                };
                let open: Vec<i64> = part.iter().filter(is_open).map(|(key, _)| key.0).collect();
                found.extend(way.with_texts(connection, &open).await?);
            }
            hits.extend(part.iter().map(|(key, _)| *key).filter(|key| found.contains(key)));
        }
        hits.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(hits)
    }
}

/// What may be found in a bucket.
struct Candidates {
    bucket: i64,
    /// What is found by its words.
    sure: Places,
    /// For each way, what is found if its texts are as asked for, too.
    open: Vec<Places>,
}

impl Candidates {
    fn new(bucket: i64, within: Places, ways: &[Way<'_>], postings: &HashMap<i64, Places>) -> Self {
        let mut sure = Places::NONE;
        let mut open = Vec::new();
        for way in ways {
            let mut words = way.tokens().map(|token| postings.get(&word(bucket, token)));
            let places = words.try_fold(within.clone(), |places, word| Some(places.and(word?)));
            let places = places.unwrap_or(Places::NONE);
            if way.asks_for_texts() {
                open.push(places);
            } else {
                sure = sure.or(&places);
                open.push(Places::NONE);
            }
        }
        Self { bucket, sure, open }
    }

    fn are_sure(&self) -> bool {
        self.open.iter().all(Places::is_empty)
    }

    fn by_text(&self, way: usize, place: u16) -> bool {
        self.open.get(way).is_some_and(|places| places.contains(place))
    }

    fn all(&self) -> Places {
        self.open.iter().fold(self.sure.clone(), |all, open| all.or(open))
    }
}

/// Phrases that together are one way in which all conditions hold.
struct Way<'a>(Vec<&'a Phrase>);

/// Every way: one phrase of each condition.
fn ways(conditions: &[Condition]) -> Vec<Way<'_>> {
    conditions.iter().fold(vec![Way(Vec::new())], |ways, condition| {
        ways.iter().flat_map(|way| condition.iter().map(|phrase| way.with(phrase))).collect()
    })
}

impl<'a> Way<'a> {
    fn with(&self, phrase: &'a Phrase) -> Self {
        Self(self.0.iter().copied().chain([phrase]).collect())
    }
}

impl Way<'_> {
    fn tokens(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|phrase| phrase.tokens.iter().map(String::as_str))
    }

    fn asks_for_texts(&self) -> bool {
        self.0.iter().any(|phrase| phrase.within.is_some())
    }

    /// Which of these keys have the texts.
    async fn with_texts(
        &self,
        connection: &impl ConnectionTrait,
        keys: &[i64],
    ) -> Result<Vec<Key>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql =
            "SELECT key FROM record_search WHERE key = ANY(CAST(CAST($1 AS text) AS bigint[]))".to_owned();
        let mut values = vec![list(keys)];
        for (field, text) in self.0.iter().filter_map(|phrase| phrase.within.as_ref()) {
            values.push(text.as_str().into());
            sql.push_str(&format!(" AND strpos({}, ${}) > 0", column(*field), values.len()));
        }
        let rows = connection.query_all_raw(index::statement(connection, &sql, values)).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0).map(Key)).collect::<Result<_, _>>()?)
    }
}

const fn column(field: Field) -> &'static str {
    match field {
        Field::Operator => "operator",
        Field::Customer => "customer",
        Field::Memo => "memo",
    }
}

/// Numbers as PostgreSQL reads an array.
fn list(numbers: &[i64]) -> Value {
    let listed: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("{{{}}}", listed.join(",")).into()
}

fn length<T>(of: &[T]) -> u64 {
    u64::try_from(of.len()).unwrap_or(u64::MAX)
}

/// The number of a token's postings in a bucket: the region, the digest of token and region, the bucket in its region.
///
/// The regions of each company begin elsewhere, so that words of many small companies are told apart by more than their digests: the
/// factor is odd, and no two of the first four thousand companies begin with the same.
fn word(bucket: i64, token: &str) -> i64 {
    let region = bucket >> REGION_BITS;
    let begin = (first_of(bucket).ordinal() - 1).wrapping_mul(COMPANY_STEP);
    let digest = Sha256::new().chain_update(region.to_be_bytes()).chain_update(token).finalize();
    let digest = u64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
    let digest = (digest >> (REGIONS_BITS + REGION_BITS)).cast_signed();
    region.wrapping_add(begin) << (i64::BITS - REGIONS_BITS)
        | digest << REGION_BITS
        | bucket & ((1 << REGION_BITS) - 1)
}

const fn bucket(key: Key) -> i64 {
    key.0 >> PLACE_BITS
}

const fn first_of(bucket: i64) -> Key {
    Key(bucket << PLACE_BITS)
}

fn place(key: Key) -> u16 {
    u16::try_from(key.0 & i64::from(PLACES - 1)).unwrap_or_default()
}

fn key(bucket: i64, place: u16) -> Key {
    Key(first_of(bucket).0 | i64::from(place))
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
