//! Departments [C-1 … C-4].

use crate::{
    CompanyId, DepartmentId, Reads, StoreError, Write,
    entities::{department as row, operator},
    keys::key_of,
    option_values::{self, Values},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait as _, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Asterisk, Expr},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// The id.
    pub id: DepartmentId,
    /// Unique in the company, compared without case.
    pub name: String,
    /// How many operators it has.
    pub operator_count: i64,
}

/// Every department of a company by name.
pub async fn list(company: CompanyId, on: &impl Reads) -> Result<Vec<Department>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .order_by_asc(row::Column::NameKey)
        .all(on.connection())
        .await?;
    let counts: HashMap<Uuid, i64> = operator::Entity::find()
        .select_only()
        .column(operator::Column::DepartmentId)
        // Of all columns and no certain one, so that an index answers alone.
        .column_as(Expr::col(Asterisk).count(), "operators")
        .filter(operator::Column::CompanyId.eq(company.uuid()))
        .group_by(operator::Column::DepartmentId)
        .into_tuple::<(Uuid, i64)>()
        .all(on.connection())
        .await?
        .into_iter()
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| Department {
            id: row.id.into(),
            operator_count: counts.get(&row.id).copied().unwrap_or(0),
            name: row.name,
        })
        .collect())
}

/// One department.
pub async fn find(company: CompanyId, on: &impl Reads, id: DepartmentId) -> Result<Department, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?
        .ok_or(StoreError::Missing)?;
    let operators = operator::Entity::find()
        .filter(operator::Column::CompanyId.eq(company.uuid()))
        .filter(operator::Column::DepartmentId.eq(id.uuid()))
        .count(on.connection())
        .await?;
    let operator_count = i64::try_from(operators).unwrap_or(i64::MAX);
    Ok(Department { id, name: found.name, operator_count })
}

/// How many departments the company has.
pub async fn count(company: CompanyId, on: &impl Reads) -> Result<u64, StoreError> {
    let all = row::Entity::find().filter(row::Column::CompanyId.eq(company.uuid()));
    Ok(all.count(on.connection()).await?)
}

/// Adds a department. `options`: every default that it starts with; what is added to the product later is not among them.
/// Errors: [`StoreError::Taken`].
pub async fn create(
    write: &Write,
    name: &str,
    options: &Values,
    created_at_ms: i64,
) -> Result<DepartmentId, StoreError> {
    let id = DepartmentId::new();
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        name: Set(name.to_owned()),
        name_key: Set(key_of(name)),
        created_at_ms: Set(created_at_ms),
    })
    .exec_without_returning(&write.tx)
    .await?;
    option_values::start_department(write, id, options).await?;
    Ok(id)
}

/// Renames a department. Errors: [`StoreError::Taken`], [`StoreError::Missing`].
pub async fn rename(write: &Write, id: DepartmentId, name: &str) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .set(row::ActiveModel {
            name: Set(name.to_owned()),
            name_key: Set(key_of(name)),
            ..row::ActiveModel::default()
        })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}

/// Deletes a department; the caller has seen in the same write that it has no operators and is not the last.
pub async fn delete(write: &Write, id: DepartmentId) -> Result<(), StoreError> {
    let done = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}
