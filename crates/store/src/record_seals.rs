//! Signatures over the heads of sessions' chains [Y-2]. What was signed once stays: a later entry of a record gets a
//! signature of its own.

use crate::{CompanyId, Reads, SessionId, StoreError, Write, entities::record_seal as row, sessions};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};

/// A signed head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSeal {
    /// Number of the entry that is the head.
    pub seq: i64,
    /// The signature, as whoever made it wrote it down.
    pub seal: String,
}

/// Keeps the signature over the entry with number `seq`, made at `at_ms`; the first one over an entry stays.
///
/// Errors: [`StoreError::Missing`] when the session is not this company's.
pub async fn add(
    write: &Write,
    session: SessionId,
    seq: i64,
    seal: &str,
    at_ms: i64,
) -> Result<(), StoreError> {
    sessions::set_sealed(write, session, at_ms).await?;
    if row::Entity::find_by_id((session.uuid(), seq)).one(&write.tx).await?.is_some() {
        return Ok(());
    }
    row::Entity::insert(row::ActiveModel {
        company_id: Set(write.company().uuid()),
        session_id: Set(session.uuid()),
        seq: Set(seq),
        seal: Set(seal.to_owned()),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// Every signature over a session's chain, oldest first.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Vec<RecordSeal>, StoreError> {
    let rows = of_session(company, session).all(on.connection()).await?;
    Ok(rows.into_iter().map(RecordSeal::from).collect())
}

/// The signature at the end of the session: nothing that comes later changes it.
pub async fn find_first(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Option<RecordSeal>, StoreError> {
    Ok(of_session(company, session).one(on.connection()).await?.map(RecordSeal::from))
}

fn of_session(company: CompanyId, session: SessionId) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
        .order_by_asc(row::Column::Seq)
}

impl From<row::Model> for RecordSeal {
    fn from(row: row::Model) -> Self {
        Self { seq: row.seq, seal: row.seal }
    }
}
