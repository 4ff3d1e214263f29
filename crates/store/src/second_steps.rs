//! The second step of signing in. The secret is sealed by the caller, recovery codes are kept by a hash that the caller makes.

use crate::{
    CompanyId, Reads, StoreError, Write,
    entities::{recovery_code, second_step as row},
    web_sessions::Account,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

/// An account's second step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondStep {
    /// Sealed by the caller.
    pub secret: Vec<u8>,
    /// Asked for at sign-in; `false`: begun, and no code was shown yet.
    pub is_on: bool,
}

/// The second step of an account, begun or on.
pub async fn find(
    company: CompanyId,
    on: &impl Reads,
    account: Account,
) -> Result<Option<SecondStep>, StoreError> {
    let found = row::Entity::find_by_id(id_of(account))
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?;
    Ok(found.map(|row| SecondStep { secret: row.secret, is_on: row.confirmed_at_ms.is_some() }))
}

/// Begins it anew with a secret. Errors: [`StoreError::Taken`] when it is on.
pub async fn begin(write: &Write, account: Account, secret: &[u8]) -> Result<(), StoreError> {
    if find(write.company(), write, account).await?.is_some_and(|step| step.is_on) {
        return Err(StoreError::Taken);
    }
    row::Entity::insert(row::ActiveModel {
        account_id: Set(id_of(account)),
        company_id: Set(write.company().uuid()),
        secret: Set(secret.to_vec()),
        confirmed_at_ms: Set(None),
        last_step: Set(0),
    })
    .on_conflict(
        OnConflict::column(row::Column::AccountId)
            .update_columns([row::Column::Secret, row::Column::LastStep])
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// Turns it on, with its recovery codes. Errors: [`StoreError::Missing`] when it was not begun, or is on.
pub async fn confirm(
    write: &Write,
    account: Account,
    at_ms: i64,
    recovery_hashes: &[String],
) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::ConfirmedAtMs, Expr::value(at_ms))
        .filter(row::Column::AccountId.eq(id_of(account)))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::ConfirmedAtMs.is_null())
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(StoreError::Missing);
    }
    let codes = recovery_hashes.iter().map(|hash| recovery_code::ActiveModel {
        account_id: Set(id_of(account)),
        code_hash: Set(hash.clone()),
        company_id: Set(write.company().uuid()),
    });
    recovery_code::Entity::insert_many(codes).exec_without_returning(&write.tx).await?;
    Ok(())
}

/// Uses a time step up. `false`: it, or a later one, was used before.
pub async fn use_step(write: &Write, account: Account, step: i64) -> Result<bool, StoreError> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::LastStep, Expr::value(step))
        .filter(row::Column::AccountId.eq(id_of(account)))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::LastStep.lt(step))
        .exec(&write.tx)
        .await?;
    Ok(0 < done.rows_affected)
}

/// Uses a recovery code up. `false`: there is none such.
pub async fn use_recovery(write: &Write, account: Account, code_hash: &str) -> Result<bool, StoreError> {
    let done = recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(id_of(account)))
        .filter(recovery_code::Column::CompanyId.eq(write.company().uuid()))
        .filter(recovery_code::Column::CodeHash.eq(code_hash))
        .exec(&write.tx)
        .await?;
    Ok(0 < done.rows_affected)
}

/// How many recovery codes are left.
pub async fn recovery_left(company: CompanyId, on: &impl Reads, account: Account) -> Result<u64, StoreError> {
    Ok(recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(id_of(account)))
        .filter(recovery_code::Column::CompanyId.eq(company.uuid()))
        .count(on.connection())
        .await?)
}

/// Turns it off, or forgets what was begun.
pub async fn delete(write: &Write, account: Account) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::AccountId.eq(id_of(account)))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(id_of(account)))
        .filter(recovery_code::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

fn id_of(account: Account) -> Uuid {
    account.parts().1
}
