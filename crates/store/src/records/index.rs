//! The index that records are found by, and how many there are: kept in the same write as the record itself.
//!
//! A record's key in the index is `ordinal << 40 | no`: the company's ordinal and the record's number. A range of keys
//! is a range of one company's numbers, and thereby of time, so that one company's search never sees another's tokens
//! and goes from the newest record to older ones without sorting. SQLite keeps the tokens in a contentless FTS5 table
//! whose `rowid` is the key. PostgreSQL keeps them as numbers under a GIN index ([`super::buckets`]).

use super::{
    buckets,
    tokens::{self, Filing, Searched},
};
use crate::{SessionId, StoreError, Write, entities::record as row};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, Statement, Value};
use uuid::Uuid;

/// Bits of a key that hold the record's number.
const NUMBER_BITS: u32 = 40;
/// The largest number of a record.
const NUMBER_MASK: i64 = (1 << NUMBER_BITS) - 1;

/// A record's key in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(pub(crate) i64);

impl Key {
    /// Of a company's ordinal and the number of one of its records.
    pub(crate) const fn new(ordinal: i64, no: i64) -> Self {
        Self(ordinal << NUMBER_BITS | no & NUMBER_MASK)
    }

    pub(crate) const fn no(self) -> i64 {
        self.0 & NUMBER_MASK
    }
}

/// What a company's records are counted and keyed by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// The company's ordinal in keys.
    pub(crate) ordinal: i64,
    /// Records that are kept.
    pub(crate) total: i64,
}

/// `None`: the company never had a record.
pub(crate) async fn counted(
    connection: &impl ConnectionTrait,
    company: Uuid,
) -> Result<Option<Counted>, DbErr> {
    let sql = "SELECT ordinal, total FROM record_counts WHERE company_id = $1";
    let found = connection.query_one_raw(statement(connection, sql, [company.into()])).await?;
    found
        .map(|row| Ok(Counted { ordinal: row.try_get_by("ordinal")?, total: row.try_get_by("total")? }))
        .transpose()
}

/// The company's ordinal, which its first record gives it.
pub(crate) async fn ordinal(connection: &impl ConnectionTrait, company: Uuid) -> Result<i64, DbErr> {
    match counted(connection, company).await? {
        Some(Counted { ordinal, .. }) => Ok(ordinal),
        None => Ok(add(connection, company, (0, 0)).await?.0),
    }
}

/// Counts records that came or went, and gives the company's ordinal.
pub(crate) async fn count(connection: &impl ConnectionTrait, company: Uuid, more: i64) -> Result<i64, DbErr> {
    Ok(add(connection, company, (more, 0)).await?.0)
}

/// Counts a new record, and gives the company's ordinal and the record's number: one after the last there ever was.
pub(crate) async fn count_new(connection: &impl ConnectionTrait, company: Uuid) -> Result<(i64, i64), DbErr> {
    add(connection, company, (1, 1)).await
}

/// Adds to the total and to the last number, and gives the ordinal and that number.
///
/// A row is only inserted where there is none: PostgreSQL gives every insertion an ordinal, also one that then updates.
async fn add(
    connection: &impl ConnectionTrait,
    company: Uuid,
    (total, numbers): (i64, i64),
) -> Result<(i64, i64), DbErr> {
    let update = "UPDATE record_counts SET total = total + $2, last_no = last_no + $3 WHERE company_id = $1 \
                  RETURNING ordinal, last_no";
    let insert = "INSERT INTO record_counts (company_id, total, last_no) VALUES ($1, $2, $3) RETURNING ordinal, last_no";
    let values = || [company.into(), total.into(), numbers.into()];
    let row = match connection.query_one_raw(statement(connection, update, values())).await? {
        Some(row) => row,
        None => {
            let inserted = connection.query_one_raw(statement(connection, insert, values())).await?;
            inserted.ok_or(DbErr::RecordNotInserted)?
        }
    };
    Ok((row.try_get_by("ordinal")?, row.try_get_by("last_no")?))
}

/// Keeps what a record is found by, as the record stands in this write.
pub(super) async fn keep(write: &Write, id: SessionId) -> Result<(), StoreError> {
    let record = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .one(&write.tx)
        .await?
        .ok_or(StoreError::Missing)?;
    let ordinal = ordinal(&write.tx, write.company().uuid()).await?;
    put(&write.tx, Key::new(ordinal, record.no), &searched(&record)).await?;
    Ok(())
}

/// What of a kept record is searched.
fn searched(record: &row::Model) -> Searched<'_> {
    Searched {
        operator_login: &record.operator_login,
        operator_name: &record.operator_name,
        customer_name: &record.customer_name,
        memo: &record.memo,
        department: record.department_id.into(),
        support_type: record.support_type_id.map(Into::into),
        resolution: &record.resolution,
        customer_os: &record.customer_os,
        customer_os_version: &record.customer_os_version,
        addresses: [
            &record.customer_address_public,
            record.customer_address_private.as_deref().unwrap_or_default(),
            &record.operator_address_public,
            record.operator_address_private.as_deref().unwrap_or_default(),
        ],
    }
}

/// Writes what a record is found by under its key, over what stood there.
pub(crate) async fn put(
    connection: &impl ConnectionTrait,
    key: Key,
    record: &Searched<'_>,
) -> Result<(), DbErr> {
    if !is_sqlite(connection) {
        return buckets::put(connection, key, record).await;
    }
    let sql = "INSERT OR REPLACE INTO record_search (rowid, tokens) VALUES ($1, $2)";
    let tokens = tokens::of_record(record, Filing::Choices).join(" ");
    connection.execute_raw(statement(connection, sql, [key.0.into(), tokens.into()])).await?;
    Ok(())
}

/// Removes a record's tokens.
pub(crate) async fn remove(connection: &impl ConnectionTrait, key: Key) -> Result<(), DbErr> {
    let sql = if is_sqlite(connection) {
        "DELETE FROM record_search WHERE rowid = $1"
    } else {
        "DELETE FROM record_search WHERE key = $1"
    };
    connection.execute_raw(statement(connection, sql, [key.0.into()])).await?;
    Ok(())
}

/// SQLite reads a token's records from the beginning, PostgreSQL those of one bucket after the other.
pub(super) fn filing(connection: &impl ConnectionTrait) -> Filing {
    if is_sqlite(connection) { Filing::Choices } else { Filing::Parts }
}

pub(crate) fn is_sqlite(connection: &impl ConnectionTrait) -> bool {
    connection.get_database_backend() == DbBackend::Sqlite
}

pub(crate) fn statement(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}
