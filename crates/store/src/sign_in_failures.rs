//! Failed sign-ins in a row, of accounts that exist and of those that do not alike, so that the lock
//! tells nobody which is which. The key is a hash of fixed length made by the caller.

use crate::{Reads, Store, StoreError, entities::sign_in_failure as row};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect as _,
    sea_query::OnConflict,
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
    let known = lock_row(store, &tx, account_key, now_ms).await?;
    // Of those that were under way when the lock came none takes it away.
    if now_ms < known.locked_until_ms {
        return Ok(Some(known.locked_until_ms));
    }
    let failures = known.failures + 1;
    let locks = rule.allowed <= failures;
    let locked_until_ms = if locks { now_ms + rule.lock_ms } else { 0 };
    // The count begins anew after a lock.
    let values = row::ActiveModel {
        account_key: Unchanged(known.account_key),
        failures: Set(if locks { 0 } else { failures }),
        last_at_ms: Set(now_ms),
        locked_until_ms: Set(locked_until_ms),
    };
    row::Entity::update(values).exec(&tx).await?;
    tx.commit().await?;
    Ok(locks.then_some(locked_until_ms))
}

/// The account's row, made where there is none; who counts at the same time waits for it.
async fn lock_row(
    store: &Store,
    tx: &DatabaseTransaction,
    account_key: &str,
    now_ms: i64,
) -> Result<row::Model, StoreError> {
    let none = row::ActiveModel {
        account_key: Set(account_key.to_owned()),
        failures: Set(0),
        last_at_ms: Set(now_ms),
        locked_until_ms: Set(0),
    };
    let already = OnConflict::column(row::Column::AccountKey).do_nothing().to_owned();
    row::Entity::insert(none).on_conflict(already).exec_without_returning(tx).await?;
    let mut found = row::Entity::find_by_id(account_key);
    if !store.is_sqlite() {
        found = found.lock_exclusive();
    }
    found.one(tx).await?.ok_or(StoreError::Missing)
}

/// A sign-in succeeded: the row of failures is over.
pub async fn clear(store: &Store, account_key: &str) -> Result<(), StoreError> {
    row::Entity::delete_by_id(account_key).exec(&store.writer).await?;
    Ok(())
}
