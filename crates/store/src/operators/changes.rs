//! Operators: what changes them.

use crate::{
    DepartmentId, OperatorId, StoreError, Write,
    entities::operator as row,
    keys::key_of,
    second_steps,
    web_sessions::{self, Account},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A new operator.
#[derive(Clone, Copy, Debug)]
pub struct NewOperator<'a> {
    /// Unique in the company, compared without case.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// Argon2id, PHC string.
    pub password_hash: &'a str,
    /// Where the operator belongs.
    pub department: DepartmentId,
    /// 회사이름 [D-1].
    pub company_name: &'a str,
    /// Telephone, or empty.
    pub phone: &'a str,
    /// E-mail, or empty.
    pub email: &'a str,
    /// 모바일 / 비디오 원격지원 사용 [D-1].
    pub is_mobile: bool,
    /// Now.
    pub created_at_ms: i64,
}

/// What an operator is changed to: everything but the ID [D-4].
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// The person's name.
    pub name: &'a str,
    /// Argon2id, PHC string; `None`: the old password stays.
    pub password_hash: Option<&'a str>,
    /// Where the operator belongs.
    pub department: DepartmentId,
    /// 회사이름.
    pub company_name: &'a str,
    /// Telephone, or empty.
    pub phone: &'a str,
    /// E-mail, or empty.
    pub email: &'a str,
    /// 모바일 / 비디오 원격지원 사용.
    pub is_mobile: bool,
}

/// Adds an operator.
///
/// Errors: [`StoreError::Taken`] when the login is in use, [`StoreError::Missing`] without such a department.
pub async fn create(write: &Write, new: NewOperator<'_>) -> Result<OperatorId, StoreError> {
    crate::departments::find(write.company(), write, new.department).await?;
    let id = OperatorId::new();
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        department_id: Set(new.department.uuid()),
        login: Set(new.login.to_owned()),
        login_key: Set(key_of(new.login)),
        name: Set(new.name.to_owned()),
        name_key: Set(key_of(new.name)),
        password_hash: Set(new.password_hash.to_owned()),
        company_name: Set(new.company_name.to_owned()),
        phone: Set(new.phone.to_owned()),
        email: Set(new.email.to_owned()),
        created_at_ms: Set(new.created_at_ms),
        last_sign_in_ms: Set(None),
        last_address: Set(None),
        is_mobile: Set(new.is_mobile),
        revision: Set(0),
        last_local_address: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// Changes an operator. Errors: [`StoreError::Missing`] (the operator, or the department).
pub async fn update(write: &Write, id: OperatorId, change: Change<'_>) -> Result<(), StoreError> {
    crate::departments::find(write.company(), write, change.department).await?;
    let before = super::find(write.company(), write, id).await?;
    let mut values = row::ActiveModel {
        department_id: Set(change.department.uuid()),
        name: Set(change.name.to_owned()),
        name_key: Set(key_of(change.name)),
        company_name: Set(change.company_name.to_owned()),
        phone: Set(change.phone.to_owned()),
        email: Set(change.email.to_owned()),
        is_mobile: Set(change.is_mobile),
        revision: Set(before.revision + 1),
        ..row::ActiveModel::default()
    };
    if let Some(hash) = change.password_hash {
        values.password_hash = Set(hash.to_owned());
    }
    set(write, id, values).await
}

/// Raises the revision for a change of what belongs to an operator. Errors: [`StoreError::Missing`].
pub async fn set_changed(write: &Write, id: OperatorId) -> Result<(), StoreError> {
    let before = super::find(write.company(), write, id).await?;
    set(write, id, row::ActiveModel { revision: Set(before.revision + 1), ..row::ActiveModel::default() })
        .await
}

/// Removes an operator with its options and sign-ins. Records, statistics and log lines keep the ID [D-6].
///
/// Errors: [`StoreError::Missing`].
pub async fn delete(write: &Write, id: OperatorId) -> Result<(), StoreError> {
    let done = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(StoreError::Missing);
    }
    let account = Account::Operator(id);
    web_sessions::delete_of(write, account, None).await?;
    second_steps::delete(write, account).await
}

/// Notes a sign-in. What the browser says of its own network follows.
pub async fn set_signed_in(
    write: &Write,
    id: OperatorId,
    at_ms: i64,
    address: &str,
) -> Result<(), StoreError> {
    let values = row::ActiveModel {
        last_sign_in_ms: Set(Some(at_ms)),
        last_address: Set(Some(address.to_owned())),
        last_local_address: Set(None),
        ..row::ActiveModel::default()
    };
    set(write, id, values).await
}

/// Notes the address on the operator's own network; empty: the browser keeps it to itself [D-3].
pub async fn set_local_address(write: &Write, id: OperatorId, address: &str) -> Result<(), StoreError> {
    let values =
        row::ActiveModel { last_local_address: Set(Some(address.to_owned())), ..row::ActiveModel::default() };
    set(write, id, values).await
}

async fn set(write: &Write, id: OperatorId, values: row::ActiveModel) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .set(values)
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}
