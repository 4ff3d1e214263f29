//! Administrators of a company.

use crate::{
    AdministratorId, CompanyId, Reads, StoreError, Write, entities::administrator as row, keys::key_of,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

/// An administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// The id.
    pub id: AdministratorId,
    /// What is typed as ID at sign-in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
    /// Telephone, or empty.
    pub phone: String,
    /// The last sign-in.
    pub last_sign_in_ms: Option<i64>,
}

/// An administrator with what sign-in compares.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub administrator: Administrator,
    /// Argon2id, PHC string.
    pub password_hash: String,
}

/// A new administrator.
#[derive(Clone, Copy, Debug)]
pub struct NewAdministrator<'a> {
    /// Unique in the company, compared without case.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// Where mail goes.
    pub email: &'a str,
    /// Argon2id, PHC string.
    pub password_hash: &'a str,
    /// Now.
    pub created_at_ms: i64,
}

/// Adds an administrator. Errors: [`StoreError::Taken`] when the login is in use.
pub async fn create(write: &Write, new: NewAdministrator<'_>) -> Result<AdministratorId, StoreError> {
    let id = AdministratorId::new();
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        login: Set(new.login.to_owned()),
        login_key: Set(key_of(new.login)),
        name: Set(new.name.to_owned()),
        email: Set(new.email.to_owned()),
        phone: Set(String::new()),
        password_hash: Set(new.password_hash.to_owned()),
        created_at_ms: Set(new.created_at_ms),
        last_sign_in_ms: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// The account and password hash of an id.
pub async fn find(
    company: CompanyId,
    on: &impl Reads,
    id: AdministratorId,
) -> Result<Credentials, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?;
    found.map(credentials).ok_or(StoreError::Missing)
}

/// The account of a login, compared without case.
pub async fn find_by_login(
    company: CompanyId,
    on: &impl Reads,
    login: &str,
) -> Result<Option<Credentials>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::LoginKey.eq(key_of(login)))
        .one(on.connection())
        .await?;
    Ok(found.map(credentials))
}

/// How many administrators the company has.
pub async fn count(company: CompanyId, on: &impl Reads) -> Result<u64, StoreError> {
    let all = row::Entity::find().filter(row::Column::CompanyId.eq(company.uuid()));
    Ok(all.count(on.connection()).await?)
}

/// Every administrator of the company, the first first.
pub async fn list(company: CompanyId, on: &impl Reads) -> Result<Vec<Administrator>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .order_by_asc(row::Column::CreatedAtMs)
        .order_by_asc(row::Column::LoginKey)
        .all(on.connection())
        .await?;
    Ok(rows.into_iter().map(|row| credentials(row).administrator).collect())
}

/// What an administrator says of itself.
#[derive(Clone, Copy, Debug)]
pub struct Details<'a> {
    /// The person's name.
    pub name: &'a str,
    /// Where mail goes.
    pub email: &'a str,
    /// Telephone, or empty.
    pub phone: &'a str,
}

/// Changes what an administrator says of itself. Errors: [`StoreError::Missing`].
pub async fn update(write: &Write, id: AdministratorId, details: Details<'_>) -> Result<(), StoreError> {
    let changed = row::ActiveModel {
        name: Set(details.name.to_owned()),
        email: Set(details.email.to_owned()),
        phone: Set(details.phone.to_owned()),
        ..row::ActiveModel::default()
    };
    change(write, id, changed).await
}

/// Sets a new password. Errors: [`StoreError::Missing`].
pub async fn set_password(write: &Write, id: AdministratorId, password_hash: &str) -> Result<(), StoreError> {
    let changed =
        row::ActiveModel { password_hash: Set(password_hash.to_owned()), ..row::ActiveModel::default() };
    change(write, id, changed).await
}

async fn change(write: &Write, id: AdministratorId, changed: row::ActiveModel) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .set(changed)
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}

/// Removes an administrator. Errors: [`StoreError::Missing`].
pub async fn delete(write: &Write, id: AdministratorId) -> Result<(), StoreError> {
    let done = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}

/// Notes a sign-in.
pub async fn set_signed_in(write: &Write, id: AdministratorId, at_ms: i64) -> Result<(), StoreError> {
    row::Entity::update_many()
        .set(row::ActiveModel { last_sign_in_ms: Set(Some(at_ms)), ..row::ActiveModel::default() })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

fn credentials(row: row::Model) -> Credentials {
    Credentials {
        administrator: Administrator {
            id: row.id.into(),
            login: row.login,
            name: row.name,
            email: row.email,
            phone: row.phone,
            last_sign_in_ms: row.last_sign_in_ms,
        },
        password_hash: row.password_hash,
    }
}
