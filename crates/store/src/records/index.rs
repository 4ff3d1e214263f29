//! The index that records are found by, and how many there are: kept in the same write as the record itself.
//!
//! A record's key in the index is `ordinal << 40 | no`: the company's ordinal and the record's number. A range of keys
//! is a range of one company's numbers, and thereby of time, so that one company's search never sees another's tokens
//! and goes from the newest record to older ones without sorting. SQLite keeps the tokens in a contentless FTS5 table
//! whose `rowid` is the key. On PostgreSQL we keep which records have each token ([`super::postings`]).

use super::{
    Record, postings,
    tokens::{self, Filing, Searched},
};
use crate::{StoreError, Write};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

/// Bits of a key that hold the record's number.
const NUMBER_BITS: u32 = 40;
/// The largest number of a record.
const NUMBER_MASK: i64 = (1 << NUMBER_BITS) - 1;

/// A record's key in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key(pub(crate) i64);

impl Key {
    /// Of a company's ordinal and the number of one of its records.
    pub(crate) const fn new(ordinal: i64, no: i64) -> Self {
        Self(ordinal << NUMBER_BITS | no & NUMBER_MASK)
    }

    pub(crate) const fn ordinal(self) -> i64 {
        self.0 >> NUMBER_BITS
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

/// A record is found by what it is after this write, and no longer by what it was before; `None`: it is not there.
pub(super) async fn follow(
    write: &Write,
    before: Option<&Record>,
    after: Option<&Record>,
) -> Result<(), StoreError> {
    let Some(record) = after.or(before) else { return Ok(()) };
    let (before, after) = (before.map(searched), after.map(searched));
    // Most changes of a record are of its times, which nothing is found by.
    if before == after {
        return Ok(());
    }
    let key = Key::new(ordinal(&write.tx, write.company().uuid()).await?, record.no);
    Ok(replace(&write.tx, key, before.as_ref(), after.as_ref()).await?)
}

/// What of a kept record is searched.
fn searched(record: &Record) -> Searched<'_> {
    Searched {
        operator_login: &record.operator_login,
        operator_name: &record.operator_name,
        customer_name: &record.form.customer_name,
        memo: &record.form.memo,
        department: record.department,
        support_type: record.form.support_type,
        resolution: record.form.resolution.name(),
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

/// As [`follow`], by the record's key.
pub(crate) async fn replace(
    connection: &impl ConnectionTrait,
    key: Key,
    before: Option<&Searched<'_>>,
    after: Option<&Searched<'_>>,
) -> Result<(), DbErr> {
    if !is_sqlite(connection) {
        return postings::replace(connection, key, before, after).await;
    }
    let (sql, values): (_, Vec<Value>) = match after {
        Some(record) => {
            let tokens = tokens::of_record(record, Filing::Choices).join(" ");
            let sql = "INSERT OR REPLACE INTO record_search (rowid, tokens) VALUES ($1, $2)";
            (sql, vec![key.0.into(), tokens.into()])
        }
        None => ("DELETE FROM record_search WHERE rowid = $1", vec![key.0.into()]),
    };
    connection.execute_raw(statement(connection, sql, values)).await?;
    Ok(())
}

/// SQLite reads a token's records from the beginning, and we read those of one bucket after the other.
pub(super) fn filing(connection: &impl ConnectionTrait) -> Filing {
    if is_sqlite(connection) { Filing::Choices } else { Filing::Pairs }
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
