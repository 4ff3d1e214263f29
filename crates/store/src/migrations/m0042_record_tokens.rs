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

/// Keeps what records are found by, over what stands there: of all records for which the condition `only` holds. `private`: what
/// gives the operator's private address.
pub(super) async fn fill_all(
    connection: &impl ConnectionTrait,
    private: &str,
    only: &str,
) -> Result<(), DbErr> {
    // The columns are named: those that later migrations add are not there yet.
    let sql = format!(
        "SELECT session_id, company_id, no, operator_login, operator_name, customer_name, memo, department_id, \
         support_type_id, resolution, customer_os, customer_os_version, customer_address_public, \
         customer_address_private, operator_address_public, {private} AS operator_address_private \
         FROM records WHERE session_id > $1 AND {only} ORDER BY session_id LIMIT {BATCH}"
    );
    let backend = connection.get_database_backend();
    let mut ordinals = HashMap::new();
    let mut after = Uuid::nil();
    loop {
        let statement = Statement::from_sql_and_values(backend, &sql, [after.into()]);
        let rows = connection.query_all_raw(statement).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.try_get_by("session_id")?;
        for row in &rows {
            let company = row.try_get_by("company_id")?;
            let ordinal = match ordinals.get(&company) {
                Some(known) => *known,
                None => *ordinals.entry(company).or_insert(ordinal(connection, company).await?),
            };
            keep(connection, ordinal, row).await?;
        }
    }
}

async fn keep(connection: &impl ConnectionTrait, ordinal: i64, row: &QueryResult) -> Result<(), DbErr> {
    let text = |name: &str| row.try_get_by::<String, _>(name);
    let (login, operator, customer) =
        (text("operator_login")?, text("operator_name")?, text("customer_name")?);
    let (memo, resolution) = (text("memo")?, text("resolution")?);
    let (os, version) = (text("customer_os")?, text("customer_os_version")?);
    let private: Option<String> = row.try_get_by("customer_address_private")?;
    let (public, of_operator) = (text("customer_address_public")?, text("operator_address_public")?);
    let private_of_operator: Option<String> = row.try_get_by("operator_address_private")?;
    let support_type: Option<Uuid> = row.try_get_by("support_type_id")?;
    let searched = Searched {
        operator_login: &login,
        operator_name: &operator,
        customer_name: &customer,
        memo: &memo,
        department: row.try_get_by::<Uuid, _>("department_id")?.into(),
        support_type: support_type.map(Into::into),
        resolution: &resolution,
        customer_os: &os,
        customer_os_version: &version,
        addresses: [
            &public,
            private.as_deref().unwrap_or_default(),
            &of_operator,
            private_of_operator.as_deref().unwrap_or_default(),
        ],
    };
    replace(connection, Key::new(ordinal, row.try_get_by("no")?), None, Some(&searched)).await
}
