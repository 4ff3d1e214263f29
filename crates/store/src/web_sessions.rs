//! Signed-in browsers. The cookie's token is random; only its hash is kept.

use crate::{
    AdministratorId, CompanyId, OperatorId, Store, StoreError, Write, entities::web_session as row,
    write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// Who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// At `/manage`.
    Administrator(AdministratorId),
    /// At `/console`.
    Operator(OperatorId),
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct WebSession {
    /// The company of the account.
    pub company: CompanyId,
    /// Who signed in.
    pub account: Account,
    /// When.
    pub created_at_ms: i64,
    /// The last request.
    pub last_seen_ms: i64,
}

/// A browser that has just signed in.
#[derive(Clone, Copy, Debug)]
pub struct NewWebSession<'a> {
    /// Hash of the cookie's token.
    pub token_hash: &'a str,
    /// Who signed in.
    pub account: Account,
    /// From where.
    pub address: &'a str,
    /// The browser's own words, cut to a limit by the caller.
    pub browser: &'a str,
    /// Now.
    pub created_at_ms: i64,
}

/// Keeps a sign-in.
pub async fn create(write: &Write, new: NewWebSession<'_>) -> Result<(), StoreError> {
    let (realm, account_id) = match new.account {
        Account::Administrator(id) => ("manage", id.uuid()),
        Account::Operator(id) => ("console", id.uuid()),
    };
    row::Entity::insert(row::ActiveModel {
        token_hash: Set(new.token_hash.to_owned()),
        company_id: Set(write.company().uuid()),
        realm: Set(realm.to_owned()),
        account_id: Set(account_id),
        address: Set(new.address.to_owned()),
        browser: Set(new.browser.to_owned()),
        created_at_ms: Set(new.created_at_ms),
        last_seen_ms: Set(new.created_at_ms),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// The sign-in behind a cookie; the cookie alone says which company.
pub async fn find(store: &Store, token_hash: &str) -> Result<Option<WebSession>, StoreError> {
    let Some(found) = row::Entity::find_by_id(token_hash).one(store.connection()).await? else {
        return Ok(None);
    };
    let account = match found.realm.as_str() {
        "manage" => Account::Administrator(found.account_id.into()),
        "console" => Account::Operator(found.account_id.into()),
        _ => return Err(StoreError::Unreadable { column: "web_sessions.realm" }),
    };
    Ok(Some(WebSession {
        company: found.company_id.into(),
        account,
        created_at_ms: found.created_at_ms,
        last_seen_ms: found.last_seen_ms,
    }))
}

/// Notes a request, which puts off the end by idleness.
pub async fn touch(write: &Write, token_hash: &str, now_ms: i64) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::LastSeenMs, Expr::value(now_ms))
        .filter(row::Column::TokenHash.eq(token_hash))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Forgets one sign-in.
pub async fn delete(write: &Write, token_hash: &str) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::TokenHash.eq(token_hash))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Forgets every sign-in of the company that was last seen before a time.
pub async fn delete_idle(write: &Write, last_seen_before_ms: i64) -> Result<u64, StoreError> {
    let done = row::Entity::delete_many()
        .filter(row::Column::LastSeenMs.lt(last_seen_before_ms))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(done.rows_affected)
}
