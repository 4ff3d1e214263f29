//! The one way to write, and where reads may happen.

use crate::{CompanyId, Store, StoreError, entities::company};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, QuerySelect,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// Where a read may happen: the [`Store`] itself, or an open [`Write`], which also sees what it has written.
pub trait Reads: sealed::Connected + Send + Sync {}

impl Reads for Store {}
impl Reads for Write {}

/// A transaction that is bound to one company and serial with every other write of that company.
///
/// Dropped without [`Write::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Write {
    company: CompanyId,
    pub(crate) tx: DatabaseTransaction,
}

impl Write {
    /// Whose data this write may touch.
    #[must_use]
    pub fn company(&self) -> CompanyId {
        self.company
    }

    /// Makes everything written so far last.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }
}

impl Store {
    /// Begins a write of one company. SQLite has one writer (`BEGIN IMMEDIATE`); PostgreSQL locks the company's
    /// row, so that writes of different companies do not wait for each other.
    ///
    /// Errors: [`StoreError::Missing`] when there is no such company.
    pub async fn write(&self, company: CompanyId) -> Result<Write, StoreError> {
        let tx = self.begin().await?;
        let mut row = company::Entity::find_by_id(company.uuid());
        if !self.is_sqlite() {
            row = row.lock_exclusive();
        }
        row.one(&tx).await?.ok_or(StoreError::Missing)?;
        Ok(Write { company, tx })
    }

    /// A transaction before there is a company: making one, or counting a stranger's failures.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let sqlite_transaction_mode = self.is_sqlite().then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Binds a transaction that has just made its company.
    pub(crate) fn bind(company: CompanyId, tx: DatabaseTransaction) -> Write {
        Write { company, tx }
    }
}

/// Keeps the database library out of [`Reads`]' own signature.
pub(crate) mod sealed {
    use super::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, Store, Write};

    #[allow(
        unreachable_pub,
        reason = "public so that it may stand in the public trait, and sealed by its private module"
    )]
    pub trait Connected {
        type Connection: ConnectionTrait + Send + Sync;

        fn connection(&self) -> &Self::Connection;
    }

    impl Connected for Store {
        type Connection = DatabaseConnection;

        fn connection(&self) -> &DatabaseConnection {
            &self.readers
        }
    }

    impl Connected for Write {
        type Connection = DatabaseTransaction;

        fn connection(&self) -> &DatabaseTransaction {
            &self.tx
        }
    }
}
