//! The usage log: one hash chain per company, append-only [G-3].

mod search;

pub(crate) use search::Searched;
#[cfg(test)]
pub(crate) use search::select;
pub use search::{COUNTED, Filter, Part, Place, count, list};

use crate::{
    CompanyId, Reads, StoreError, Write,
    chain::{self, Broken, ChainName, Entry, NewEntry, Stored, Verifier},
    entities::{usage_head, usage_line as row, usage_seal},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait as _},
};

/// Lines read at once while verifying.
const BATCH: u64 = 1000;

/// A line to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewLine<'a> {
    /// `category.action`, kebab-case, e.g. `departments.create`.
    pub kind: &'a str,
    /// Now.
    pub at_ms: i64,
    /// JSON object: account, address, browser, and what was changed from what to what.
    pub body: &'a str,
}

/// A line as it is kept.
#[derive(Clone, Debug)]
pub struct Line {
    /// Number in the company.
    pub seq: i64,
    /// `category.action`.
    pub kind: String,
    /// When.
    pub at_ms: i64,
    /// JSON object; `None` once erased.
    pub body: Option<String>,
}

/// Adds a line in the write whose effect it tells.
pub async fn append(write: &Write, new: NewLine<'_>) -> Result<(), StoreError> {
    let company = write.company();
    let head =
        usage_head::Entity::find_by_id(company.uuid()).one(&write.tx).await?.ok_or(StoreError::Missing)?;
    let seq = head.seq + 1;
    let NewLine { kind, at_ms, body } = new;
    let entry = NewEntry { kind, at_ms, source: "server", source_seq: seq, body };
    let (entry, salt) = chain::next(&chain_name(company), head.seq, chain::hash_from(&head.hash)?, entry);
    usage_head::Entity::update_many()
        .set(usage_head::ActiveModel {
            seq: Set(seq),
            hash: Set(entry.hash.to_vec()),
            ..usage_head::ActiveModel::default()
        })
        .filter(usage_head::Column::CompanyId.eq(company.uuid()))
        .exec(&write.tx)
        .await?;
    let searched = Searched::of(kind, Some(body));
    row::Entity::insert(row::ActiveModel {
        company_id: Set(company.uuid()),
        seq: Set(seq),
        prev: Set(entry.prev.to_vec()),
        hash: Set(entry.hash.to_vec()),
        kind: Set(entry.kind),
        at_ms: Set(entry.at_ms),
        source: Set(entry.source),
        source_seq: Set(entry.source_seq),
        body_digest: Set(entry.body_digest.to_vec()),
        salt: Set(Some(salt.to_vec())),
        body: Set(Some(new.body.to_owned())),
        category: Set(searched.category),
        login_key: Set(searched.login_key),
        address: Set(searched.address),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// The newest lines, newest first.
pub async fn list_newest(company: CompanyId, on: &impl Reads, limit: u64) -> Result<Vec<Line>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .order_by_desc(row::Column::Seq)
        .limit(limit)
        .all(on.connection())
        .await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// Number and hash of a company's last line, to be kept elsewhere: against it a cut tail or a log that was
/// rewritten whole shows.
pub async fn head(company: CompanyId, on: &impl Reads) -> Result<(i64, chain::Hash), StoreError> {
    let head = usage_head::Entity::find_by_id(company.uuid())
        .one(on.connection())
        .await?
        .ok_or(StoreError::Missing)?;
    Ok((head.seq, chain::hash_from(&head.hash)?))
}

/// The hash of one line; `None`: there is no such line.
pub async fn hash_at(
    company: CompanyId,
    on: &impl Reads,
    seq: i64,
) -> Result<Option<chain::Hash>, StoreError> {
    let line = row::Entity::find_by_id((company.uuid(), seq)).one(on.connection()).await?;
    line.map(|line| chain::hash_from(&line.hash)).transpose()
}

/// Keeps the signature over a head; the first one of each line stays.
pub async fn add_seal(write: &Write, seq: i64, seal: &str) -> Result<(), StoreError> {
    let key = (write.company().uuid(), seq);
    if usage_seal::Entity::find_by_id(key).one(&write.tx).await?.is_some() {
        return Ok(());
    }
    usage_seal::Entity::insert(usage_seal::ActiveModel {
        company_id: Set(write.company().uuid()),
        seq: Set(seq),
        seal: Set(seal.to_owned()),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// Every signature over a head, oldest first.
pub async fn list_seals(company: CompanyId, on: &impl Reads) -> Result<Vec<String>, StoreError> {
    let rows = usage_seal::Entity::find()
        .filter(usage_seal::Column::CompanyId.eq(company.uuid()))
        .order_by_asc(usage_seal::Column::Seq)
        .all(on.connection())
        .await?;
    Ok(rows.into_iter().map(|row| row.seal).collect())
}

/// Checks a company's log against its head, in batches. `Ok(Ok(lines))`, or the first line that does not hold.
pub async fn verify(company: CompanyId, on: &impl Reads) -> Result<Result<i64, Broken>, StoreError> {
    let head = usage_head::Entity::find_by_id(company.uuid())
        .one(on.connection())
        .await?
        .ok_or(StoreError::Missing)?;
    let mut verifier = Verifier::new(chain_name(company));
    let mut after = i64::MIN;
    loop {
        let rows = row::Entity::find()
            .filter(row::Column::CompanyId.eq(company.uuid()))
            .filter(row::Column::Seq.gt(after))
            .filter(row::Column::Seq.lte(head.seq))
            .order_by_asc(row::Column::Seq)
            .limit(BATCH)
            .all(on.connection())
            .await?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows {
            let seq = row.seq;
            let column = Searched::of(&row.kind, row.body.as_deref()).contradicted(&row);
            if let Err(broken) = verifier.take(&stored(row)?) {
                return Ok(Err(broken));
            }
            if let Some(column) = column {
                return Ok(Err(Broken::Column { seq, column }));
            }
        }
    }
    let whole = verifier.finish(head.seq, chain::hash_from(&head.hash)?).map(|(lines, _)| lines);
    let behind = first_behind_head(company, on).await?;
    Ok(whole.and_then(|lines| behind.map_or(Ok(lines), |seq| Err(Broken::Behind { seq }))))
}

/// The first line that stands behind the head: shown like any other, and in the way of the next one. One statement sees
/// head and lines at one moment, so that a line which is appended meanwhile is behind no head.
async fn first_behind_head(company: CompanyId, on: &impl Reads) -> Result<Option<i64>, StoreError> {
    let head = usage_head::Entity::find_by_id(company.uuid())
        .select_only()
        .column(usage_head::Column::Seq)
        .into_query();
    let first = row::Entity::find()
        .select_only()
        .column(row::Column::Seq)
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(Expr::col(row::Column::Seq).gt(Expr::SubQuery(None, Box::new(head.into()))))
        .order_by_asc(row::Column::Seq)
        .limit(1);
    Ok(first.into_tuple().one(on.connection()).await?)
}

fn chain_name(company: CompanyId) -> ChainName {
    ChainName { company: *company.as_bytes(), chain: "usage-log".to_owned() }
}

fn stored(row: row::Model) -> Result<Stored, StoreError> {
    Ok(Stored {
        entry: Entry {
            seq: row.seq,
            prev: chain::hash_from(&row.prev)?,
            kind: row.kind,
            at_ms: row.at_ms,
            source: row.source,
            source_seq: row.source_seq,
            body_digest: chain::hash_from(&row.body_digest)?,
            hash: chain::hash_from(&row.hash)?,
        },
        body: row.salt.zip(row.body),
    })
}
