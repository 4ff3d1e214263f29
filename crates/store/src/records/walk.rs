//! A search on PostgreSQL: bucket by bucket, newest first, the [`super::postings`] of its words are intersected, until there are
//! enough. A text of two letters is one word; of a longer one the postings give the records that have all pairs, and the text itself
//! says whether they follow each other.

use super::{
    index::{self, Key},
    places::{PLACES, Places},
    postings::{bucket, first_of, key, list, place, read, word},
    search::Order,
    tokens::{Condition, Field, Phrase},
};
use crate::StoreError;
use sea_orm::ConnectionTrait;
use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
};

/// Buckets that one question asks for, at most.
const MOST_BUCKETS: i64 = 128;
/// Texts that are looked into at once: at first, since each question takes its time, and at most.
const TEXTS: (usize, usize) = (64, 4_096);

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

fn length<T>(of: &[T]) -> u64 {
    u64::try_from(of.len()).unwrap_or(u64::MAX)
}
