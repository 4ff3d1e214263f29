//! Finding records: every filter together, newest first, page by page.
//!
//! Nothing here reads more than [`COUNTED`] hits for one page: with them a page has a number; beyond them pages go on
//! from a record to the next.

use super::{
    Record, Resolution, index, read,
    tokens::{self, Condition, Filing},
};
use crate::{CompanyId, DepartmentId, Reads, SessionId, StoreError, SupportTypeId, entities::record as row};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::ops::RangeInclusive;

/// Hits that are counted one by one; more are "10,000+", unless the count is kept.
pub const COUNTED: u64 = 10_000;

/// What is looked for; all of it must hold, and what is empty or `None` holds for every record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The customer joined at this moment or later.
    pub from_ms: Option<i64>,
    /// The customer joined before this moment.
    pub until_ms: Option<i64>,
    /// What 상담원 ID begins with.
    pub operator_login: String,
    /// Infix of 상담원 이름. Of this and the other texts a single letter means their beginning.
    pub operator_name: String,
    /// Infix of 고객 이름.
    pub customer_name: String,
    /// 부서.
    pub department: Option<DepartmentId>,
    /// 상담유형.
    pub support_type: Option<SupportTypeId>,
    /// 고객 OS: whole words that its name, or its name with version, begins with.
    pub customer_os: String,
    /// 해결 여부.
    pub resolution: Option<Resolution>,
    /// 접속 IP: the customer's, public or private, or the operator's, or the whole parts that it begins with.
    pub address: String,
    /// Infix of the memo or of 고객 이름.
    pub text: String,
}

/// Which page of the records found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// By its number, from 1.
    Page(u64),
    /// What is older than the record with this number.
    OlderThan(i64),
    /// What is newer than the record with this number.
    NewerThan(i64),
    /// The oldest.
    Last,
    /// What began before this moment.
    Before(i64),
}

/// One page, newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The records.
    pub records: Vec<Record>,
    /// How many are found.
    pub total: Total,
    /// The page's number, from 1; `None` beyond the counted ones.
    pub number: Option<u64>,
    /// Whether there are newer ones than these.
    pub has_newer: bool,
    /// Whether there are older ones.
    pub has_older: bool,
}

/// How many records are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exactly(u64),
    /// More than [`COUNTED`].
    More,
}

/// A search that can be asked for its pages.
#[derive(Clone, Debug)]
pub struct Search {
    pub(super) company: CompanyId,
    pub(super) ordinal: i64,
    /// The numbers that may be found; empty: none.
    numbers: RangeInclusive<i64>,
    pub(super) conditions: Vec<Condition>,
    /// How many there are, where that is kept.
    known: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    NewestFirst,
    OldestFirst,
}

impl Search {
    /// Prepares a search.
    pub async fn open(company: CompanyId, on: &impl Reads, filter: &Filter) -> Result<Self, StoreError> {
        let connection = on.connection();
        let conditions = conditions(filter, index::filing(connection));
        let Some(counted) = index::counted(connection, company.uuid()).await? else {
            return Ok(Self { company, ordinal: 0, numbers: empty(), conditions, known: Some(0) });
        };
        let is_whole = conditions.is_empty() && filter.from_ms.is_none() && filter.until_ms.is_none();
        Ok(Self {
            company,
            ordinal: counted.ordinal,
            numbers: numbers(company, on, filter.from_ms, filter.until_ms).await?,
            conditions,
            known: if is_whole { u64::try_from(counted.total).ok() } else { None },
        })
    }

    /// Whose records are searched.
    #[must_use]
    pub fn company(&self) -> CompanyId {
        self.company
    }

    /// One page. `limit` ≥ 1.
    pub async fn page(&self, on: &impl Reads, place: Place, limit: u64) -> Result<Page, StoreError> {
        match place {
            Place::Page(number) => self.numbered(on, number.max(1), limit).await,
            Place::OlderThan(no) => self.older_than(on, no, limit).await,
            Place::NewerThan(no) => self.newer_than(on, no, limit).await,
            Place::Last => self.last(on, limit).await,
            Place::Before(moment_ms) => self.before(on, moment_ms, limit).await,
        }
    }

    /// The next records older than number `before`, for a reader that takes them all. None: there are no more.
    pub async fn batch(
        &self,
        on: &impl Reads,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<Record>, StoreError> {
        let below = before.map_or(*self.numbers.end(), |no| (no - 1).min(*self.numbers.end()));
        let found = self.find(on, *self.numbers.start()..=below, Order::NewestFirst, 0, limit).await?;
        self.records(on, &found).await
    }

    /// The records found next to this one: the newer and the older.
    pub async fn neighbours(
        &self,
        on: &impl Reads,
        no: i64,
    ) -> Result<(Option<SessionId>, Option<SessionId>), StoreError> {
        let newer = self.find(on, self.above(no), Order::OldestFirst, 0, 1).await?;
        let older = self.find(on, self.below(no), Order::NewestFirst, 0, 1).await?;
        let (newer, older) = (self.records(on, &newer).await?, self.records(on, &older).await?);
        Ok((newer.first().map(|record| record.id), older.first().map(|record| record.id)))
    }

    /// Whether any record is found.
    pub(crate) async fn finds_any(&self, on: &impl Reads) -> Result<bool, StoreError> {
        Ok(!self.find(on, self.numbers.clone(), Order::NewestFirst, 0, 1).await?.is_empty())
    }

    async fn numbered(&self, on: &impl Reads, number: u64, limit: u64) -> Result<Page, StoreError> {
        let skipped = (number - 1).saturating_mul(limit).min(COUNTED);
        let numbers = self.numbers.clone();
        let mut found = self.find(on, numbers, Order::NewestFirst, skipped, limit + 1).await?;
        let has_older = shorten(&mut found, limit);
        self.with_number(on, number, skipped, found, has_older).await
    }

    /// The page of this number. `skipped`: how many are newer; all of those and of the page itself are counted by that, and what
    /// is asked for besides is how many are older.
    async fn with_number(
        &self,
        on: &impl Reads,
        number: u64,
        skipped: u64,
        found: Vec<i64>,
        has_older: bool,
    ) -> Result<Page, StoreError> {
        let counted = skipped + u64::try_from(found.len()).unwrap_or(u64::MAX);
        let total = match (self.known, found.last()) {
            (Some(known), _) => Total::Exactly(known),
            (None, Some(&oldest)) if has_older => self.total_from(on, counted, self.below(oldest)).await?,
            (None, None) if 0 < skipped => self.total(on).await?,
            (None, _) => Total::Exactly(counted),
        };
        let records = self.records(on, &found).await?;
        Ok(Page { records, total, number: Some(number), has_newer: 0 < skipped, has_older })
    }

    async fn older_than(&self, on: &impl Reads, no: i64, limit: u64) -> Result<Page, StoreError> {
        let mut found = self.find(on, self.below(no), Order::NewestFirst, 0, limit + 1).await?;
        let has_older = shorten(&mut found, limit);
        self.between(on, found, has_older).await
    }

    async fn newer_than(&self, on: &impl Reads, no: i64, limit: u64) -> Result<Page, StoreError> {
        let mut found = self.find(on, self.above(no), Order::OldestFirst, 0, limit + 1).await?;
        let has_newer = shorten(&mut found, limit);
        if !has_newer {
            return self.numbered(on, 1, limit).await;
        }
        found.reverse();
        self.between(on, found, true).await
    }

    async fn last(&self, on: &impl Reads, limit: u64) -> Result<Page, StoreError> {
        let total = self.total(on).await?;
        let (size, number) = match total {
            Total::Exactly(0) => return self.numbered(on, 1, limit).await,
            Total::Exactly(total) => {
                ((total - 1) % limit + 1, (total <= COUNTED).then(|| total.div_ceil(limit)))
            }
            Total::More => (limit, None),
        };
        let mut found = self.find(on, self.numbers.clone(), Order::OldestFirst, 0, size).await?;
        found.reverse();
        let records = self.records(on, &found).await?;
        Ok(Page { records, total, number, has_newer: number != Some(1), has_older: false })
    }

    async fn before(&self, on: &impl Reads, moment_ms: i64, limit: u64) -> Result<Page, StoreError> {
        let last = *numbers(self.company, on, None, Some(moment_ms)).await?.end();
        let newer = self.count(on, self.above(last), COUNTED).await?;
        if newer == COUNTED {
            let page = self.older_than(on, last.saturating_add(1), limit).await?;
            return if page.records.is_empty() { self.last(on, limit).await } else { Ok(page) };
        }
        // The page on which it stands among the others; at the end where nothing is that old.
        let (full, beside) = (newer / limit, newer % limit);
        let mut found = self.find(on, self.above(last), Order::OldestFirst, 0, beside).await?;
        found.reverse();
        let older = self.below(last.saturating_add(1));
        found.extend(self.find(on, older, Order::NewestFirst, 0, limit - beside + 1).await?);
        let has_older = shorten(&mut found, limit);
        if found.is_empty() && 0 < full {
            return self.last(on, limit).await;
        }
        self.with_number(on, full + 1, full * limit, found, has_older).await
    }

    /// A page that has no number.
    async fn between(&self, on: &impl Reads, found: Vec<i64>, has_older: bool) -> Result<Page, StoreError> {
        let has_newer = match found.first() {
            Some(&first) => !self.find(on, self.above(first), Order::OldestFirst, 0, 1).await?.is_empty(),
            None => true,
        };
        let (records, total) = (self.records(on, &found).await?, self.total(on).await?);
        Ok(Page { records, total, number: None, has_newer, has_older })
    }

    async fn total(&self, on: &impl Reads) -> Result<Total, StoreError> {
        if let Some(known) = self.known {
            return Ok(Total::Exactly(known));
        }
        self.total_from(on, 0, self.numbers.clone()).await
    }

    /// `counted`, and those in `rest`.
    async fn total_from(
        &self,
        on: &impl Reads,
        counted: u64,
        rest: RangeInclusive<i64>,
    ) -> Result<Total, StoreError> {
        let missing = (COUNTED + 1).saturating_sub(counted);
        let total = counted + if missing == 0 { 0 } else { self.count(on, rest, missing).await? };
        Ok(if total <= COUNTED { Total::Exactly(total) } else { Total::More })
    }

    fn above(&self, no: i64) -> RangeInclusive<i64> {
        no.saturating_add(1).max(*self.numbers.start())..=*self.numbers.end()
    }

    fn below(&self, no: i64) -> RangeInclusive<i64> {
        *self.numbers.start()..=no.saturating_sub(1).min(*self.numbers.end())
    }

    /// The records with these numbers, in their order, newest first.
    async fn records(&self, on: &impl Reads, numbers: &[i64]) -> Result<Vec<Record>, StoreError> {
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let rows = row::Entity::find()
            .filter(row::Column::CompanyId.eq(self.company.uuid()))
            .filter(row::Column::No.is_in(numbers.iter().copied()))
            .order_by_desc(row::Column::No)
            .all(on.connection())
            .await?;
        rows.into_iter().map(read).collect()
    }
}

/// Keeps `limit` of them, and says whether there were more.
fn shorten(found: &mut Vec<i64>, limit: u64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = limit < found.len();
    found.truncate(limit);
    has_more
}

/// What must hold beside the time.
fn conditions(filter: &Filter, filing: Filing) -> Vec<Condition> {
    let given = |text: &str, condition: fn(&str) -> Condition| (!text.is_empty()).then(|| condition(text));
    let texts = [
        given(&filter.operator_login, tokens::operator_login),
        given(&filter.operator_name, tokens::operator_name),
        given(&filter.customer_name, tokens::customer_name),
        given(&filter.address, tokens::address),
        given(&filter.text, tokens::free_text),
    ];
    let filed = tokens::Filed {
        department: filter.department,
        support_type: filter.support_type,
        customer_os: &filter.customer_os,
        resolution: filter.resolution,
    };
    let filed = tokens::filed(filed, filing);
    texts.into_iter().chain([filed]).flatten().collect()
}

/// The numbers of the records of a time: `no` grows with the moment of joining.
async fn numbers(
    company: CompanyId,
    on: &impl Reads,
    from_ms: Option<i64>,
    until_ms: Option<i64>,
) -> Result<RangeInclusive<i64>, StoreError> {
    let all = || {
        row::Entity::find()
            .select_only()
            .column(row::Column::No)
            .filter(row::Column::CompanyId.eq(company.uuid()))
            .limit(1)
    };
    let first = match from_ms {
        Some(from_ms) => all()
            .filter(row::Column::StartedAtMs.gte(from_ms))
            .order_by_asc(row::Column::StartedAtMs)
            .order_by_asc(row::Column::No),
        None => all().order_by_asc(row::Column::No),
    };
    let last = match until_ms {
        Some(until_ms) => all()
            .filter(row::Column::StartedAtMs.lt(until_ms))
            .order_by_desc(row::Column::StartedAtMs)
            .order_by_desc(row::Column::No),
        None => all().order_by_desc(row::Column::No),
    };
    let first: Option<i64> = first.into_tuple().one(on.connection()).await?;
    let last: Option<i64> = last.into_tuple().one(on.connection()).await?;
    Ok(match (first, last) {
        (Some(first), Some(last)) => first..=last,
        _ => empty(),
    })
}

fn empty() -> RangeInclusive<i64> {
    RangeInclusive::new(1, 0)
}
