//! What counted things are called, also when they are gone [D-6].

use super::{statement, sums::NONE};
use crate::{
    CompanyId, DepartmentId, OperatorId, Reads, StoreError, SupportTypeId, Write, keys::key_of,
    records::Record,
};
use sea_orm::{ConnectionTrait, Value};
use std::collections::HashMap;
use uuid::Uuid;

/// An operator as counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorName {
    /// The ID.
    pub login: String,
    /// The name: today's, or the last one.
    pub name: String,
}

/// Keeps what the record's operator, department and type were called.
pub(super) async fn keep(write: &Write, record: &Record) -> Result<(), StoreError> {
    let operator = (record.operator.uuid(), record.operator_login.as_str(), record.operator_name.as_str());
    let department = (record.department.uuid(), "", record.department_name.as_str());
    let support_type = record.form.support_type.zip(record.support_type_name.as_deref());
    let support_type = support_type.map(|(id, name)| (id.uuid(), "", name));
    for (id, login, name) in [operator, department].into_iter().chain(support_type) {
        let sql = format!(
            "INSERT INTO statistics_names (company_id, id, login, login_key, name) VALUES ($1, $2, $3, $4, $5) {RENAME}"
        );
        let values: [Value; 5] =
            [write.company().uuid().into(), id.into(), login.into(), key_of(login).into(), name.into()];
        write.tx.execute_raw(statement(&write.tx, sql, values)).await?;
    }
    Ok(())
}

/// How a name that is kept becomes a later one.
pub(super) const RENAME: &str = "ON CONFLICT (company_id, id) DO UPDATE SET \
     login = excluded.login, login_key = excluded.login_key, name = excluded.name";

/// The operators that ever had this ID, without case: one, or more where one was deleted and made again.
pub async fn find_operators(
    company: CompanyId,
    on: &impl Reads,
    login: &str,
) -> Result<Vec<OperatorId>, StoreError> {
    let on = on.connection();
    let sql = "SELECT id FROM statistics_names WHERE company_id = $1 AND login_key = $2 \
               UNION SELECT id FROM operators WHERE company_id = $1 AND login_key = $2";
    let rows = on.query_all_raw(statement(on, sql, [company.uuid().into(), key_of(login).into()])).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index::<Uuid>(0)?.into())).collect()
}

/// What a department is called, or was; `None`: the company has no such one, and none was counted. Names are kept of operators and
/// types as well, which are told from one that is gone by what was counted under it as a department.
pub async fn department_name(
    company: CompanyId,
    on: &impl Reads,
    id: DepartmentId,
) -> Result<Option<String>, StoreError> {
    let on = on.connection();
    let sql = "SELECT name, 1 AS turn FROM departments WHERE company_id = $1 AND id = $2 \
               UNION SELECT name, 2 FROM statistics_names WHERE company_id = $1 AND id = $2 AND EXISTS \
               (SELECT 1 FROM statistics_durations WHERE company_id = $1 AND department_id = $2) \
               ORDER BY turn LIMIT 1";
    let found = on.query_one_raw(statement(on, sql, [company.uuid().into(), id.uuid().into()])).await?;
    Ok(found.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// What counted operators are called. `None`: all of them.
pub async fn operator_names(
    company: CompanyId,
    on: &impl Reads,
    ids: Option<&[OperatorId]>,
) -> Result<HashMap<OperatorId, OperatorName>, StoreError> {
    let on = on.connection();
    let mut values: Vec<Value> = vec![company.uuid().into()];
    let mut sql = "SELECT n.id, n.login, COALESCE(o.name, n.name) FROM statistics_names n \
                   LEFT JOIN operators o ON o.id = n.id AND o.company_id = n.company_id \
                   WHERE n.company_id = $1"
        .to_owned();
    if let Some(ids) = ids {
        values.extend(ids.iter().map(|id| Value::from(id.uuid())));
        sql.push_str(&format!(" AND n.id IN ({})", parameters(2, ids.len())));
    }
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let read = |row: &sea_orm::QueryResult| {
        let name = OperatorName { login: row.try_get_by_index(1)?, name: row.try_get_by_index(2)? };
        Ok((row.try_get_by_index::<Uuid>(0)?.into(), name))
    };
    rows.iter().map(read).collect()
}

/// What counted support types are called.
pub async fn support_type_names(
    company: CompanyId,
    on: &impl Reads,
) -> Result<HashMap<SupportTypeId, String>, StoreError> {
    let on = on.connection();
    let sql = "SELECT n.id, COALESCE(t.name, n.name) FROM statistics_names n \
               LEFT JOIN support_types t ON t.id = n.id AND t.company_id = n.company_id \
               WHERE n.company_id = $1 AND n.login_key = ''";
    let rows = on.query_all_raw(statement(on, sql, [company.uuid().into()])).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index::<Uuid>(0)?.into(), row.try_get_by_index(1)?))).collect()
}

/// `$2, $3 …`, or what matches nothing.
pub(super) fn parameters(first: usize, count: usize) -> String {
    let numbers: Vec<_> = (first..first + count).map(|number| format!("${number}")).collect();
    if numbers.is_empty() { "NULL".to_owned() } else { numbers.join(", ") }
}

/// A type's id as it is kept.
pub(super) fn support_type(id: Uuid) -> Option<SupportTypeId> {
    (id != NONE).then(|| id.into())
}
