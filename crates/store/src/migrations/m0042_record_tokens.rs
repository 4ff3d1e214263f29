//! The tokens of every record, as `records::tokens` makes them now: databases that were filled before it made one for each
//! choice of what a record is filed under have others.

use crate::records::{Key, Searched, ordinal, replace};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait::async_trait};
use std::collections::HashMap;
use uuid::Uuid;

/// Records that are read at once.
const BATCH: usize = 500;

pub(super) struct RecordTokens;

impl MigrationName for RecordTokens {
    fn name(&self) -> &'static str {
        "m0042_record_tokens"
    }
}

#[allow(elided_lifetimes_in_paths, reason = "the trait is declared so")]
#[async_trait]
impl MigrationTrait for RecordTokens {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // On PostgreSQL `m0052_record_postings` makes the whole index anew.
        match manager.get_database_backend() {
            // The operator's private address is a later column, and records of before have none.
            DbBackend::Sqlite => fill_all(manager.get_connection(), "''", "1 = 1").await,
            _ => Ok(()),
        }
    }
}

/// Keeps on SQLite what records are found by, over what stands there: of all records for which the condition `only` holds. `private`:
/// what gives the operator's private address.
pub(super) async fn fill_all(
    connection: &impl ConnectionTrait,
    private: &str,
    only: &str,
) -> Result<(), DbErr> {
    let sql = format!(
        "SELECT {COLUMNS}, {private} AS operator_address_private \
         FROM records WHERE session_id > $1 AND {only} ORDER BY session_id LIMIT {BATCH}"
    );
    let backend = connection.get_database_backend();
    let mut ordinals = Ordinals::default();
    let mut after = Uuid::nil();
    loop {
        let statement = Statement::from_sql_and_values(backend, &sql, [after.into()]);
        let rows = connection.query_all_raw(statement).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.try_get_by("session_id")?;
        for row in &rows {
            let kept = Kept::read(row)?;
            let key = Key::new(ordinals.of(connection, kept.company).await?, kept.no);
            replace(connection, key, None, Some(&kept.searched())).await?;
        }
    }
}

/// What is read of a record. The columns are named: those that later migrations add are not there yet.
pub(super) const COLUMNS: &str = "session_id, company_id, no, operator_login, operator_name, customer_name, memo, department_id, \
     support_type_id, resolution, customer_os, customer_os_version, customer_address_public, \
     customer_address_private, operator_address_public";

/// The ordinals of companies in keys.
#[derive(Default)]
pub(super) struct Ordinals(HashMap<Uuid, i64>);

impl Ordinals {
    pub(super) async fn of(
        &mut self,
        connection: &impl ConnectionTrait,
        company: Uuid,
    ) -> Result<i64, DbErr> {
        match self.0.get(&company) {
            Some(known) => Ok(*known),
            None => Ok(*self.0.entry(company).or_insert(ordinal(connection, company).await?)),
        }
    }
}

/// What a record is found by.
pub(super) struct Kept {
    pub(super) company: Uuid,
    pub(super) no: i64,
    login: String,
    operator: String,
    customer: String,
    memo: String,
    department: Uuid,
    support_type: Option<Uuid>,
    resolution: String,
    os: String,
    os_version: String,
    addresses: [Option<String>; 4],
}

impl Kept {
    pub(super) fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let text = |name: &str| row.try_get_by::<String, _>(name);
        let address = |name: &str| row.try_get_by::<Option<String>, _>(name);
        Ok(Self {
            company: row.try_get_by("company_id")?,
            no: row.try_get_by("no")?,
            login: text("operator_login")?,
            operator: text("operator_name")?,
            customer: text("customer_name")?,
            memo: text("memo")?,
            department: row.try_get_by("department_id")?,
            support_type: row.try_get_by("support_type_id")?,
            resolution: text("resolution")?,
            os: text("customer_os")?,
            os_version: text("customer_os_version")?,
            addresses: [
                address("customer_address_public")?,
                address("customer_address_private")?,
                address("operator_address_public")?,
                address("operator_address_private")?,
            ],
        })
    }

    pub(super) fn searched(&self) -> Searched<'_> {
        Searched {
            operator_login: &self.login,
            operator_name: &self.operator,
            customer_name: &self.customer,
            memo: &self.memo,
            department: self.department.into(),
            support_type: self.support_type.map(Into::into),
            resolution: &self.resolution,
            customer_os: &self.os,
            customer_os_version: &self.os_version,
            addresses: self.addresses.each_ref().map(|address| address.as_deref().unwrap_or_default()),
        }
    }
}
