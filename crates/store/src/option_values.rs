//! Values of options: a department's defaults, and what an operator has of its own. Which keys there are is
//! the server's business; a key that nobody asks for stays as it is.

use crate::{
    CompanyId, DepartmentId, OperatorId, Reads, StoreError, Write, departments,
    entities::{department_option, operator_option},
    operators,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use std::collections::{BTreeMap, HashMap};

/// Values by option key.
pub type Values = BTreeMap<String, bool>;

/// A department's defaults.
pub async fn of_department(
    company: CompanyId,
    on: &impl Reads,
    id: DepartmentId,
) -> Result<Values, StoreError> {
    let rows = department_option::Entity::find()
        .filter(department_option::Column::CompanyId.eq(company.uuid()))
        .filter(department_option::Column::DepartmentId.eq(id.uuid()))
        .all(on.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.option_key, row.value)).collect())
}

/// An operator's own values.
pub async fn of_operator(company: CompanyId, on: &impl Reads, id: OperatorId) -> Result<Values, StoreError> {
    let rows = operator_option::Entity::find()
        .filter(operator_option::Column::CompanyId.eq(company.uuid()))
        .filter(operator_option::Column::OperatorId.eq(id.uuid()))
        .all(on.connection())
        .await?;
    Ok(rows.into_iter().map(|row| (row.option_key, row.value)).collect())
}

/// Own values of some operators; who has none is left out.
pub async fn of_operators(
    company: CompanyId,
    on: &impl Reads,
    ids: &[OperatorId],
) -> Result<HashMap<OperatorId, Values>, StoreError> {
    let rows = operator_option::Entity::find()
        .filter(operator_option::Column::CompanyId.eq(company.uuid()))
        .filter(operator_option::Column::OperatorId.is_in(ids.iter().map(|id| id.uuid())))
        .all(on.connection())
        .await?;
    let mut found: HashMap<OperatorId, Values> = HashMap::new();
    for row in rows {
        found.entry(row.operator_id.into()).or_default().insert(row.option_key, row.value);
    }
    Ok(found)
}

/// Keeps the defaults of a department that was just made.
pub(crate) async fn start_department(
    write: &Write,
    id: DepartmentId,
    values: &Values,
) -> Result<(), StoreError> {
    if values.is_empty() {
        return Ok(());
    }
    let rows = values.iter().map(|(key, value)| department_option::ActiveModel {
        company_id: Set(write.company().uuid()),
        department_id: Set(id.uuid()),
        option_key: Set(key.clone()),
        value: Set(*value),
    });
    department_option::Entity::insert_many(rows).exec_without_returning(&write.tx).await?;
    Ok(())
}

/// Sets one default of a department. Errors: [`StoreError::Missing`].
pub async fn set_of_department(
    write: &Write,
    id: DepartmentId,
    key: &str,
    value: bool,
) -> Result<(), StoreError> {
    departments::find(write.company(), write, id).await?;
    department_option::Entity::insert(department_option::ActiveModel {
        company_id: Set(write.company().uuid()),
        department_id: Set(id.uuid()),
        option_key: Set(key.to_owned()),
        value: Set(value),
    })
    .on_conflict(
        OnConflict::columns([department_option::Column::DepartmentId, department_option::Column::OptionKey])
            .update_column(department_option::Column::Value)
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// Sets one value of an operator; `None`: back to the department's. Errors: [`StoreError::Missing`].
pub async fn set_of_operator(
    write: &Write,
    id: OperatorId,
    key: &str,
    own: Option<bool>,
) -> Result<(), StoreError> {
    operators::find(write.company(), write, id).await?;
    let Some(value) = own else {
        operator_option::Entity::delete_many()
            .filter(operator_option::Column::CompanyId.eq(write.company().uuid()))
            .filter(operator_option::Column::OperatorId.eq(id.uuid()))
            .filter(operator_option::Column::OptionKey.eq(key))
            .exec(&write.tx)
            .await?;
        return Ok(());
    };
    operator_option::Entity::insert(operator_option::ActiveModel {
        company_id: Set(write.company().uuid()),
        operator_id: Set(id.uuid()),
        option_key: Set(key.to_owned()),
        value: Set(value),
    })
    .on_conflict(
        OnConflict::columns([operator_option::Column::OperatorId, operator_option::Column::OptionKey])
            .update_column(operator_option::Column::Value)
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}
