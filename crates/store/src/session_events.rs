//! What happened in a session, as a hash chain. Each source counts its own events, so that one that is
//! reported again is kept once, and a gap shows.

use crate::{
    CompanyId, Reads, SessionId, StoreError, Write,
    chain::{self, Broken, ChainName, Entry, GENESIS, Hash, NewEntry, Stored, Verifier},
    entities::session_event as row,
    sessions,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Rows that are read at once. A hostile side's chain may be long.
const BATCH: u64 = 500;

/// Who reports an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The server itself.
    Server,
    /// The operator's console.
    Operator,
    /// The customer's app or page.
    Customer,
}

impl Source {
    /// As it is kept and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Operator => "operator",
            Self::Customer => "customer",
        }
    }
}

/// An event to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewEvent<'a> {
    /// Who reports it.
    pub source: Source,
    /// The source's own number, from 1; `None`: the next one (for the server itself).
    pub source_seq: Option<i64>,
    /// The server's clock.
    pub at_ms: i64,
    /// kebab-case.
    pub kind: &'a str,
    /// JSON object.
    pub body: &'a str,
}

/// An event as it is kept.
#[derive(Clone, Debug)]
pub struct SessionEvent {
    /// Number in the session.
    pub seq: i64,
    /// Who reported it.
    pub source: String,
    /// The source's own number.
    pub source_seq: i64,
    /// The server's clock.
    pub at_ms: i64,
    /// kebab-case.
    pub kind: String,
    /// JSON object; `None` once erased.
    pub body: Option<String>,
}

impl From<row::Model> for SessionEvent {
    fn from(row: row::Model) -> Self {
        Self {
            seq: row.seq,
            source: row.source,
            source_seq: row.source_seq,
            at_ms: row.at_ms,
            kind: row.kind,
            body: row.body,
        }
    }
}

/// Keeps an event. `Ok(false)`: this source reported this number before, nothing was added.
///
/// Errors: [`StoreError::Missing`] when the session is not this company's.
pub async fn append(write: &Write, session: SessionId, event: NewEvent<'_>) -> Result<bool, StoreError> {
    let known = sessions::find(write.company(), write, session).await?;
    let source_seq = match event.source_seq {
        Some(number) if is_kept(write, session, event.source, number).await? => return Ok(false),
        Some(number) => number,
        None => last_number(write, session, event.source).await? + 1,
    };
    let NewEvent { kind, at_ms, body, source, .. } = event;
    let entry = NewEntry { kind, at_ms, source: source.name(), source_seq, body };
    let head = hash_from(known.chain_head.as_deref())?;
    let (entry, salt) = chain::next(&chain_name(write.company(), session), known.chain_seq, head, entry);
    sessions::set_chain_head(write, session, entry.seq, &entry.hash).await?;
    row::Entity::insert(row::ActiveModel {
        company_id: Set(write.company().uuid()),
        session_id: Set(session.uuid()),
        seq: Set(entry.seq),
        prev: Set(entry.prev.to_vec()),
        hash: Set(entry.hash.to_vec()),
        kind: Set(entry.kind),
        at_ms: Set(entry.at_ms),
        source: Set(entry.source),
        source_seq: Set(source_seq),
        body_digest: Set(entry.body_digest.to_vec()),
        salt: Set(Some(salt.to_vec())),
        body: Set(Some(event.body.to_owned())),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(true)
}

/// Whether this very event is kept: of an [`append`] whose commit was not answered.
pub async fn holds(write: &Write, session: SessionId, event: NewEvent<'_>) -> Result<bool, StoreError> {
    let mut found = of_source(write.company(), session, event.source)
        .filter(row::Column::Kind.eq(event.kind))
        .filter(row::Column::AtMs.eq(event.at_ms))
        .filter(row::Column::Body.eq(event.body));
    if let Some(number) = event.source_seq {
        found = found.filter(row::Column::SourceSeq.eq(number));
    }
    Ok(found.one(&write.tx).await?.is_some())
}

/// How far a source's events are kept: the highest number without a gap before it.
pub async fn kept_without_gap(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    source: Source,
) -> Result<i64, StoreError> {
    let mut kept = 0;
    loop {
        let numbers: Vec<i64> = of_source(company, session, source)
            .filter(row::Column::SourceSeq.gt(kept))
            .select_only()
            .column(row::Column::SourceSeq)
            .order_by_asc(row::Column::SourceSeq)
            .limit(BATCH)
            .into_tuple()
            .all(on.connection())
            .await?;
        let before = kept;
        for number in numbers {
            if number != kept + 1 {
                return Ok(kept);
            }
            kept = number;
        }
        if kept == before {
            return Ok(kept);
        }
    }
}

/// Everything kept of a session, in order. A chain may be long: what is served is read by [`list_after`].
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Vec<SessionEvent>, StoreError> {
    let rows = of_session(company, session).order_by_asc(row::Column::Seq).all(on.connection()).await?;
    Ok(rows.into_iter().map(SessionEvent::from).collect())
}

/// The next events of a session after the one with number `after`, in order; none: there are no more.
pub async fn list_after(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    after: i64,
) -> Result<Vec<SessionEvent>, StoreError> {
    let rows = rows_after(company, on, session, after).await?;
    Ok(rows.into_iter().map(SessionEvent::from).collect())
}

/// The next entries of a session's chain after the one with number `after`, in order, with all that was hashed; none: there
/// are no more.
pub async fn list_stored_after(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    after: i64,
) -> Result<Vec<Stored>, StoreError> {
    let rows = rows_after(company, on, session, after).await?;
    rows.into_iter().map(stored).collect()
}

/// The last event of a kind that a source has reported.
pub async fn find_last(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    source: Source,
    kind: &str,
) -> Result<Option<SessionEvent>, StoreError> {
    let found = of_source(company, session, source)
        .filter(row::Column::Kind.eq(kind))
        .order_by_desc(row::Column::Seq)
        .limit(1)
        .one(on.connection())
        .await?;
    Ok(found.map(SessionEvent::from))
}

/// Events of a kind that a source has reported since a moment, ms since 1970; at most [`BATCH`].
pub async fn list_since(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    (source, kind): (Source, &str),
    since_ms: i64,
) -> Result<Vec<SessionEvent>, StoreError> {
    let found = of_source(company, session, source)
        .filter(row::Column::Kind.eq(kind))
        .filter(row::Column::AtMs.gt(since_ms))
        .order_by_asc(row::Column::Seq)
        .limit(BATCH)
        .all(on.connection())
        .await?;
    Ok(found.into_iter().map(SessionEvent::from).collect())
}

/// Erases what every event of a session says; that it was there, when and from whom stays, and the chain still verifies.
pub async fn erase_bodies(write: &Write, session: SessionId) -> Result<(), StoreError> {
    row::Entity::update_many()
        .set(row::ActiveModel { salt: Set(None), body: Set(None), ..row::ActiveModel::default() })
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Checks a session's chain against its head. `Ok(Err(_))` names the first entry that does not hold.
pub async fn verify(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Result<i64, Broken>, StoreError> {
    let known = sessions::find(company, on, session).await?;
    let mut verifier = Verifier::new(chain_name(company, session));
    let mut after = i64::MIN;
    loop {
        let rows = rows_after(company, on, session, after).await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows {
            if let Err(broken) = verifier.take(&stored(row)?) {
                return Ok(Err(broken));
            }
        }
    }
    let head = hash_from(known.chain_head.as_deref())?;
    Ok(verifier.finish(known.chain_seq, head).map(|(entries, _)| entries))
}

/// What the chain of a session is hashed with.
#[must_use]
pub fn chain_name(company: CompanyId, session: SessionId) -> ChainName {
    ChainName { company: *company.as_bytes(), chain: format!("session/{session}") }
}

fn of_session(company: CompanyId, session: SessionId) -> sea_orm::Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
}

fn of_source(company: CompanyId, session: SessionId, source: Source) -> sea_orm::Select<row::Entity> {
    of_session(company, session).filter(row::Column::Source.eq(source.name()))
}

async fn rows_after(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    after: i64,
) -> Result<Vec<row::Model>, StoreError> {
    let found = of_session(company, session).filter(row::Column::Seq.gt(after));
    Ok(found.order_by_asc(row::Column::Seq).limit(BATCH).all(on.connection()).await?)
}

async fn is_kept(write: &Write, session: SessionId, source: Source, number: i64) -> Result<bool, StoreError> {
    let found = of_source(write.company(), session, source)
        .filter(row::Column::SourceSeq.eq(number))
        .one(&write.tx)
        .await?;
    Ok(found.is_some())
}

async fn last_number(write: &Write, session: SessionId, source: Source) -> Result<i64, StoreError> {
    let last = of_source(write.company(), session, source)
        .order_by_desc(row::Column::SourceSeq)
        .limit(1)
        .one(&write.tx)
        .await?;
    Ok(last.map_or(0, |row| row.source_seq))
}

fn stored(row: row::Model) -> Result<Stored, StoreError> {
    Ok(Stored {
        entry: Entry {
            seq: row.seq,
            prev: hash_from(Some(&row.prev))?,
            kind: row.kind,
            at_ms: row.at_ms,
            source: row.source,
            source_seq: row.source_seq,
            body_digest: hash_from(Some(&row.body_digest))?,
            hash: hash_from(Some(&row.hash))?,
        },
        body: row.salt.zip(row.body),
    })
}

fn hash_from(bytes: Option<&[u8]>) -> Result<Hash, StoreError> {
    bytes.map_or(Ok(GENESIS), chain::hash_from)
}
