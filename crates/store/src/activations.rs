//! One-time activation links of administrators, kept by the hash of their token.

use crate::{
    CompanyId, Store, StoreError, Write, entities::activation as row, write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// Adds a link.
pub async fn create(
    write: &Write,
    token_hash: &str,
    created_at_ms: i64,
    expires_at_ms: i64,
) -> Result<(), StoreError> {
    row::Entity::insert(row::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        company_id: Set(write.company().uuid()),
        created_at_ms: Set(created_at_ms),
        expires_at_ms: Set(expires_at_ms),
        used_at_ms: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// Whose link this is, while it works.
pub async fn find(store: &Store, token_hash: &str, now_ms: i64) -> Result<Option<CompanyId>, StoreError> {
    let found = row::Entity::find_by_id(token_hash)
        .filter(row::Column::UsedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms))
        .one(store.connection())
        .await?;
    Ok(found.map(|row| row.company_id.into()))
}

/// Uses the link up, in the write that makes the account.
///
/// Errors: [`StoreError::Missing`] when it no longer works: of two who use it at once, one does.
pub async fn use_up(write: &Write, token_hash: &str, now_ms: i64) -> Result<(), StoreError> {
    let used = row::Entity::update_many()
        .col_expr(row::Column::UsedAtMs, Expr::value(now_ms))
        .filter(row::Column::TokenHash.eq(token_hash))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::UsedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms))
        .exec(&write.tx)
        .await?;
    if used.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}
