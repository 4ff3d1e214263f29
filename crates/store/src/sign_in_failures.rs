//! Failed sign-ins in a row, of accounts that exist and of those that do not alike, so that the lock
//! tells nobody which is which. The key is a hash of fixed length made by the caller.

use crate::{Reads, Store, StoreError, entities::sign_in_failure as row};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter,
};

/// Failures older than this are forgotten.
const REMEMBERED_MS: i64 = 24 * 60 * 60 * 1000;

/// After how many failures, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct LockRule {
    /// Failures in a row that lock.
    pub allowed: i64,
    /// How long.
    pub lock_ms: i64,
}

/// Until when sign-in is refused, if it is.
pub async fn locked_until(
    on: &impl Reads,
    account_key: &str,
    now_ms: i64,
) -> Result<Option<i64>, StoreError> {
    let found = row::Entity::find_by_id(account_key).one(on.connection()).await?;
    Ok(found.map(|row| row.locked_until_ms).filter(|until| now_ms < *until))
}

/// Counts a failure. `Some`: it was the one too many, sign-in is refused until then.
pub async fn add(
    store: &Store,
    account_key: &str,
    rule: LockRule,
    now_ms: i64,
) -> Result<Option<i64>, StoreError> {
    let tx = store.begin().await?;
    row::Entity::delete_many().filter(row::Column::LastAtMs.lt(now_ms - REMEMBERED_MS)).exec(&tx).await?;
    let known = row::Entity::find_by_id(account_key).one(&tx).await?;
    // Of those that were under way when the lock came none takes it away.
    if let Some(until_ms) =
        known.as_ref().map(|row| row.locked_until_ms).filter(|until_ms| now_ms < *until_ms)
    {
        return Ok(Some(until_ms));
    }
    let failures = known.as_ref().map_or(0, |row| row.failures) + 1;
    let locks = rule.allowed <= failures;
    let locked_until_ms = if locks { now_ms + rule.lock_ms } else { 0 };
    // The count begins anew after a lock.
    let values = row::ActiveModel {
        account_key: if known.is_some() {
            Unchanged(account_key.to_owned())
        } else {
            Set(account_key.to_owned())
        },
        failures: Set(if locks { 0 } else { failures }),
        last_at_ms: Set(now_ms),
        locked_until_ms: Set(locked_until_ms),
    };
    if known.is_some() {
        row::Entity::update(values).exec(&tx).await?;
    } else {
        row::Entity::insert(values).exec_without_returning(&tx).await?;
    }
    tx.commit().await?;
    Ok(locks.then_some(locked_until_ms))
}

/// A sign-in succeeded: the row of failures is over.
pub async fn clear(store: &Store, account_key: &str) -> Result<(), StoreError> {
    row::Entity::delete_by_id(account_key).exec(&store.writer).await?;
    Ok(())
}
