//! One-time activation links of administrators, kept by the hash of their token.

use crate::{
    CompanyId, Reads, Store, StoreError, Write, entities::activation as row, write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// An invitation that was not taken up yet [G-4].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Hash of the link's token; it leads back to no link.
    pub token_hash: String,
    /// Who was invited, as the one who invited wrote it.
    pub name: String,
    /// The ID of the administrator who invited.
    pub invited_by: String,
    /// When.
    pub created_at_ms: i64,
    /// From when the link no longer works.
    pub expires_at_ms: i64,
}

/// Adds a link that nobody of the company made.
pub async fn create(
    write: &Write,
    token_hash: &str,
    created_at_ms: i64,
    expires_at_ms: i64,
) -> Result<(), StoreError> {
    insert(write, token_hash, (created_at_ms, expires_at_ms), None).await
}

/// Adds a link by which an administrator invites another.
pub async fn invite(write: &Write, new: &Invitation) -> Result<(), StoreError> {
    let times = (new.created_at_ms, new.expires_at_ms);
    insert(write, &new.token_hash, times, Some((&new.invited_by, &new.name))).await
}

async fn insert(
    write: &Write,
    token_hash: &str,
    (created_at_ms, expires_at_ms): (i64, i64),
    invited: Option<(&str, &str)>,
) -> Result<(), StoreError> {
    row::Entity::insert(row::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        company_id: Set(write.company().uuid()),
        created_at_ms: Set(created_at_ms),
        expires_at_ms: Set(expires_at_ms),
        used_at_ms: Set(None),
        invited_by: Set(invited.map(|(by, _)| by.to_owned())),
        invited_name: Set(invited.map(|(_, name)| name.to_owned())),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// The invitations that still work, the latest first.
pub async fn list_invitations(
    company: CompanyId,
    on: &impl Reads,
    now_ms: i64,
) -> Result<Vec<Invitation>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::InvitedBy.is_not_null())
        .filter(row::Column::UsedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms))
        .order_by_desc(row::Column::CreatedAtMs)
        .all(on.connection())
        .await?;
    let invitation = |row: row::Model| Invitation {
        token_hash: row.token_hash,
        name: row.invited_name.unwrap_or_default(),
        invited_by: row.invited_by.unwrap_or_default(),
        created_at_ms: row.created_at_ms,
        expires_at_ms: row.expires_at_ms,
    };
    Ok(rows.into_iter().map(invitation).collect())
}

/// Takes an invitation back that was not taken up. Errors: [`StoreError::Missing`].
pub async fn withdraw(write: &Write, token_hash: &str) -> Result<(), StoreError> {
    let done = row::Entity::delete_many()
        .filter(row::Column::TokenHash.eq(token_hash))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::InvitedBy.is_not_null())
        .filter(row::Column::UsedAtMs.is_null())
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}

/// Takes back what an administrator invited and nobody took up; `None`: every link of the company.
pub async fn withdraw_of(write: &Write, invited_by: Option<&str>) -> Result<(), StoreError> {
    let mut gone = row::Entity::delete_many()
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::UsedAtMs.is_null());
    if let Some(login) = invited_by {
        gone = gone.filter(row::Column::InvitedBy.eq(login));
    }
    gone.exec(&write.tx).await?;
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
