//! Personal API tokens of administrators. The secret is random; only its hash is kept.

use crate::{
    AdministratorId, ApiTokenId, CompanyId, Reads, Store, StoreError, Write, entities::api_token as row,
    write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait as _, QueryFilter, QueryOrder};

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// The id.
    pub id: ApiTokenId,
    /// The company of the administrator.
    pub company: CompanyId,
    /// Whose it is.
    pub administrator: AdministratorId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do; the server knows the names.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at_ms: i64,
    /// From when on it does not work.
    pub expires_at_ms: i64,
    /// When it was taken back.
    pub revoked_at_ms: Option<i64>,
    /// Its last request, to the minute.
    pub last_used_at_ms: Option<i64>,
    /// Where that came from.
    pub last_used_address: Option<String>,
}

/// A new token.
#[derive(Clone, Copy, Debug)]
pub struct NewApiToken<'a> {
    /// Whose it is.
    pub administrator: AdministratorId,
    /// What its owner calls it.
    pub name: &'a str,
    /// Hash of its secret.
    pub token_hash: &'a str,
    /// What it may do; names without spaces.
    pub scopes: &'a [&'a str],
    /// Now.
    pub created_at_ms: i64,
    /// From when on it does not work.
    pub expires_at_ms: i64,
}

/// Keeps a token.
pub async fn create(write: &Write, new: NewApiToken<'_>) -> Result<ApiTokenId, StoreError> {
    let id = ApiTokenId::new();
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        administrator_id: Set(new.administrator.uuid()),
        name: Set(new.name.to_owned()),
        token_hash: Set(new.token_hash.to_owned()),
        scopes: Set(new.scopes.join(" ")),
        created_at_ms: Set(new.created_at_ms),
        expires_at_ms: Set(new.expires_at_ms),
        revoked_at_ms: Set(None),
        last_used_at_ms: Set(None),
        last_used_address: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// Every token of an administrator, newest first.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    administrator: AdministratorId,
) -> Result<Vec<ApiToken>, StoreError> {
    let rows = of(company, administrator).order_by_desc(row::Column::Id).all(on.connection()).await?;
    Ok(rows.into_iter().map(token).collect())
}

/// How many tokens of an administrator work.
pub async fn count_working(
    company: CompanyId,
    on: &impl Reads,
    administrator: AdministratorId,
    now_ms: i64,
) -> Result<u64, StoreError> {
    let working = of(company, administrator)
        .filter(row::Column::RevokedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms));
    Ok(working.count(on.connection()).await?)
}

/// One token of an administrator.
pub async fn find(
    company: CompanyId,
    on: &impl Reads,
    administrator: AdministratorId,
    id: ApiTokenId,
) -> Result<ApiToken, StoreError> {
    let found = of(company, administrator).filter(row::Column::Id.eq(id.uuid())).one(on.connection()).await?;
    found.map(token).ok_or(StoreError::Missing)
}

/// The token behind a secret; it alone says which company.
pub async fn find_by_hash(store: &Store, token_hash: &str) -> Result<Option<ApiToken>, StoreError> {
    let found =
        row::Entity::find().filter(row::Column::TokenHash.eq(token_hash)).one(store.connection()).await?;
    Ok(found.map(token))
}

/// Takes a token back; the first time counts.
pub async fn revoke(write: &Write, id: ApiTokenId, at_ms: i64) -> Result<(), StoreError> {
    row::Entity::update_many()
        .set(row::ActiveModel { revoked_at_ms: Set(Some(at_ms)), ..row::ActiveModel::default() })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::RevokedAtMs.is_null())
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Notes a request by a token.
pub async fn touch(write: &Write, id: ApiTokenId, at_ms: i64, address: &str) -> Result<(), StoreError> {
    row::Entity::update_many()
        .set(row::ActiveModel {
            last_used_at_ms: Set(Some(at_ms)),
            last_used_address: Set(Some(address.to_owned())),
            ..row::ActiveModel::default()
        })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

fn of(company: CompanyId, administrator: AdministratorId) -> sea_orm::Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::AdministratorId.eq(administrator.uuid()))
}

fn token(row: row::Model) -> ApiToken {
    ApiToken {
        id: row.id.into(),
        company: row.company_id.into(),
        administrator: row.administrator_id.into(),
        name: row.name,
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
        created_at_ms: row.created_at_ms,
        expires_at_ms: row.expires_at_ms,
        revoked_at_ms: row.revoked_at_ms,
        last_used_at_ms: row.last_used_at_ms,
        last_used_address: row.last_used_address,
    }
}
