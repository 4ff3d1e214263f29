//! What can go wrong in the store.

use sea_orm::{DbErr, SqlErr};

/// Why a read or write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row is not there, or belongs to another company: the caller cannot tell which.
    #[error("no such row")]
    Missing,
    /// A unique value (a name, a login, a code) is taken.
    #[error("value is taken")]
    Taken,
    /// The address of the database names no database that we know.
    #[error("unknown kind of database in {url}")]
    UnknownDatabase {
        /// The address as given, without a password.
        url: String,
    },
    /// A row holds what this version cannot read.
    #[error("stored value of {column} is not understood")]
    Unreadable {
        /// The column.
        column: &'static str,
    },
    /// The database refused or is gone.
    #[error("database: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Taken,
            _ => match error {
                DbErr::RecordNotUpdated | DbErr::RecordNotFound(_) => Self::Missing,
                other => Self::Database(Box::new(other)),
            },
        }
    }
}
