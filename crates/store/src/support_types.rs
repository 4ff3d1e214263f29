//! Support types [E-1 … E-3].

use crate::{
    CompanyId, Reads, StoreError, SupportTypeId, Write,
    entities::support_type as row,
    keys::key_of,
    records::{Filter, Search},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// A support type that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportType {
    /// The id.
    pub id: SupportTypeId,
    /// Unique among those that can be chosen, compared without case.
    pub name: String,
    /// From 1, in the order of the list.
    pub position: i64,
}

/// Whether a deletion removed the type or kept it for the records that use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// No record used it.
    Removed,
    /// Records use it: it can no longer be chosen.
    Retired,
}

/// Every type that can be chosen, in order.
pub async fn list(company: CompanyId, on: &impl Reads) -> Result<Vec<SupportType>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::RetiredAtMs.is_null())
        .order_by_asc(row::Column::Position)
        .order_by_asc(row::Column::Id)
        .all(on.connection())
        .await?;
    let read = |row: row::Model| SupportType { id: row.id.into(), name: row.name, position: row.position };
    Ok(rows.into_iter().map(read).collect())
}

/// One type, retired or not.
pub async fn find(company: CompanyId, on: &impl Reads, id: SupportTypeId) -> Result<SupportType, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?
        .ok_or(StoreError::Missing)?;
    Ok(SupportType { id, name: found.name, position: found.position })
}

/// Adds a type at the end of the list. Errors: [`StoreError::Taken`].
pub async fn create(write: &Write, name: &str, created_at_ms: i64) -> Result<SupportTypeId, StoreError> {
    let id = SupportTypeId::new();
    let last = list(write.company(), write).await?.last().map_or(0, |last| last.position);
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        name: Set(name.to_owned()),
        name_key: Set(Some(key_of(name))),
        position: Set(last + 1),
        created_at_ms: Set(created_at_ms),
        retired_at_ms: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// Renames a type. Errors: [`StoreError::Taken`], [`StoreError::Missing`].
pub async fn rename(write: &Write, id: SupportTypeId, name: &str) -> Result<(), StoreError> {
    let renamed = row::ActiveModel {
        name: Set(name.to_owned()),
        name_key: Set(Some(key_of(name))),
        ..row::ActiveModel::default()
    };
    update(write, id, renamed).await
}

/// Puts the types into an order [E-2]. Errors: [`StoreError::Missing`] unless `order` names each of them once: the list was
/// another one.
pub async fn reorder(write: &Write, order: &[SupportTypeId]) -> Result<(), StoreError> {
    let mut there: Vec<_> = list(write.company(), write).await?.into_iter().map(|each| each.id).collect();
    let mut given = order.to_vec();
    there.sort_unstable();
    given.sort_unstable();
    if there != given {
        return Err(StoreError::Missing);
    }
    for (position, id) in (1..).zip(order) {
        update(write, *id, row::ActiveModel { position: Set(position), ..row::ActiveModel::default() })
            .await?;
    }
    Ok(())
}

/// Deletes a type, or retires it where records use it [E-3]. Errors: [`StoreError::Missing`].
pub async fn delete(write: &Write, id: SupportTypeId, at_ms: i64) -> Result<Deleted, StoreError> {
    // By the records' index: to read a company's millions of records would keep everybody else from writing.
    let users = Filter { support_type: Some(id), ..Filter::default() };
    let users = Search::open(write.company(), write, &users).await?;
    if users.finds_any(write).await? {
        let retired = row::ActiveModel {
            name_key: Set(None),
            retired_at_ms: Set(Some(at_ms)),
            ..row::ActiveModel::default()
        };
        update(write, id, retired).await?;
        return Ok(Deleted::Retired);
    }
    let done = row::Entity::delete_many()
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::RetiredAtMs.is_null())
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(Deleted::Removed) }
}

/// Only a type that can be chosen is changed.
async fn update(write: &Write, id: SupportTypeId, values: row::ActiveModel) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .set(values)
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::RetiredAtMs.is_null())
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}
