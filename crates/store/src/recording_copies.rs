//! Links by which customers get a copy of what was recorded of their session [F-13]. Whoever has the link is that customer; only its
//! hash is kept.

use crate::{
    CompanyId, SessionId, Store, StoreError, Write, entities::recording_copy as row,
    write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Whose session it was.
    pub company: CompanyId,
    /// The session.
    pub session: SessionId,
    /// From when on it leads nowhere.
    pub until_ms: i64,
}

/// Gives a session's customer a link; one that was given before leads nowhere from now on.
pub async fn create(
    write: &Write,
    session: SessionId,
    token_hash: &str,
    until_ms: i64,
) -> Result<(), StoreError> {
    row::Entity::insert(row::ActiveModel {
        session_id: Set(session.uuid()),
        company_id: Set(write.company().uuid()),
        token_hash: Set(token_hash.to_owned()),
        until_ms: Set(until_ms),
    })
    .on_conflict(
        OnConflict::column(row::Column::SessionId)
            .update_columns([row::Column::TokenHash, row::Column::UntilMs])
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// What a link leads to, of whichever company: the customer names none.
pub async fn find_by_hash(store: &Store, token_hash: &str) -> Result<Option<Copy>, StoreError> {
    let found =
        row::Entity::find().filter(row::Column::TokenHash.eq(token_hash)).one(store.connection()).await?;
    Ok(found.map(read))
}

/// The link of a session's customer.
pub async fn find(write: &Write, session: SessionId) -> Result<Option<Copy>, StoreError> {
    let company = row::Column::CompanyId.eq(write.company().uuid());
    let found = row::Entity::find_by_id(session.uuid()).filter(company).one(&write.tx).await?;
    Ok(found.map(read))
}

/// Forgets the company's links that led nowhere before `before_ms`.
pub async fn forget_old(write: &Write, before_ms: i64) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::UntilMs.lt(before_ms))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Forgets the link of a session whose record is deleted.
pub(crate) async fn forget(write: &Write, session: SessionId) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

fn read(row: row::Model) -> Copy {
    Copy { company: row.company_id.into(), session: row.session_id.into(), until_ms: row.until_ms }
}
