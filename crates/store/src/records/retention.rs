//! Deleting records: what a record says goes, and what proves that it was there stays.
//!
//! The row, what it is found by, what the session kept of the customer, and the body of every event are erased. The
//! chain of the session stays with its hashes, so that it still verifies and says what was erased (design, Trust).

use super::{find, index};
use crate::{
    CompanyId, Reads, SessionId, StoreError, Write, entities::record as row, session_events, sessions,
    surveys,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// Records that are older than a company keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expired {
    /// How many.
    pub count: u64,
    /// When the customer of the oldest joined.
    pub oldest_ms: Option<i64>,
    /// When the customer of the newest joined.
    pub newest_ms: Option<i64>,
}

/// What would go if everything before `before_ms` went. Sessions that still run stay.
pub async fn count_expired(
    company: CompanyId,
    on: &impl Reads,
    before_ms: i64,
) -> Result<Expired, StoreError> {
    let connection = on.connection();
    let count = expired(company, before_ms).count(connection).await?;
    let joined = || expired(company, before_ms).select_only().column(row::Column::StartedAtMs).limit(1);
    let oldest_ms = joined().order_by_asc(row::Column::StartedAtMs).into_tuple().one(connection).await?;
    let newest_ms = joined().order_by_desc(row::Column::StartedAtMs).into_tuple().one(connection).await?;
    Ok(Expired { count, oldest_ms, newest_ms })
}

/// The oldest records that go if everything before `before_ms` goes, oldest first.
pub async fn list_expired(
    company: CompanyId,
    on: &impl Reads,
    before_ms: i64,
    limit: u64,
) -> Result<Vec<SessionId>, StoreError> {
    let found: Vec<uuid::Uuid> = expired(company, before_ms)
        .select_only()
        .column(row::Column::SessionId)
        .order_by_asc(row::Column::StartedAtMs)
        .limit(limit)
        .into_tuple()
        .all(on.connection())
        .await?;
    Ok(found.into_iter().map(SessionId::from).collect())
}

/// Deletes a record. Errors: [`StoreError::Missing`].
pub async fn delete(write: &Write, id: SessionId) -> Result<(), StoreError> {
    let record = find(write.company(), write, id).await?;
    session_events::erase_bodies(write, id).await?;
    surveys::forget(write, id).await?;
    match sessions::forget_customer(write, id).await {
        // The session may be gone before its record.
        Ok(()) | Err(StoreError::Missing) => {}
        Err(other) => return Err(other),
    }
    row::Entity::delete_many()
        .filter(row::Column::SessionId.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    index::count(&write.tx, write.company().uuid(), -1).await?;
    index::follow(write, Some(&record), None).await
}

fn expired(company: CompanyId, before_ms: i64) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::StartedAtMs.lt(before_ms))
        .filter(row::Column::EndedAtMs.is_not_null())
}
