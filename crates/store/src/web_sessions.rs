//! Signed-in browsers. The cookie's token is random; only its hash is kept.

use crate::{
    AdministratorId, CompanyId, OperatorId, Reads, Store, StoreError, Write, entities::web_session as row,
    write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use uuid::Uuid;

/// Who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// At `/manage`.
    Administrator(AdministratorId),
    /// At `/console`.
    Operator(OperatorId),
}

impl Account {
    /// As the database holds it: where, and whose.
    pub(crate) fn parts(self) -> (&'static str, Uuid) {
        match self {
            Self::Administrator(id) => ("manage", id.uuid()),
            Self::Operator(id) => ("console", id.uuid()),
        }
    }
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct WebSession {
    /// Hash of the cookie's token.
    pub token_hash: String,
    /// The company of the account.
    pub company: CompanyId,
    /// Who signed in.
    pub account: Account,
    /// From where it signed in.
    pub address: String,
    /// The browser's own words.
    pub browser: String,
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
    let (realm, account_id) = new.account.parts();
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
    row::Entity::find_by_id(token_hash).one(store.connection()).await?.map(session).transpose()
}

/// The sign-ins of an account that were seen since a time, the latest first.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    account: Account,
    last_seen_from_ms: i64,
) -> Result<Vec<WebSession>, StoreError> {
    let (realm, account_id) = account.parts();
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::Realm.eq(realm))
        .filter(row::Column::LastSeenMs.gte(last_seen_from_ms))
        .order_by_desc(row::Column::LastSeenMs)
        .all(on.connection())
        .await?;
    rows.into_iter().map(session).collect()
}

/// Forgets every sign-in of an account, but one.
pub async fn delete_of(write: &Write, account: Account, but: Option<&str>) -> Result<u64, StoreError> {
    let (realm, account_id) = account.parts();
    let mut gone = row::Entity::delete_many()
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::AccountId.eq(account_id))
        .filter(row::Column::Realm.eq(realm));
    if let Some(kept) = but {
        gone = gone.filter(row::Column::TokenHash.ne(kept));
    }
    Ok(gone.exec(&write.tx).await?.rows_affected)
}

fn session(row: row::Model) -> Result<WebSession, StoreError> {
    let account = match row.realm.as_str() {
        "manage" => Account::Administrator(row.account_id.into()),
        "console" => Account::Operator(row.account_id.into()),
        _ => return Err(StoreError::Unreadable { column: "web_sessions.realm" }),
    };
    Ok(WebSession {
        token_hash: row.token_hash,
        company: row.company_id.into(),
        account,
        address: row.address,
        browser: row.browser,
        created_at_ms: row.created_at_ms,
        last_seen_ms: row.last_seen_ms,
    })
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
