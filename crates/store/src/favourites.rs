//! What operators open often on customers' machines [F-10]: each operator's own list. The company's stands in its settings
//! ([`crate::company_settings`]).

use crate::{
    CompanyId, OperatorId, Reads, StoreError, Write, entities::operator_favourites as row, operators,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Favourite {
    /// As it stands in the list.
    pub name: String,
    /// What it opens.
    pub kind: FavouriteKind,
    /// The address, the program's name or path, or the folder's path.
    pub target: String,
}

/// What a favourite opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FavouriteKind {
    /// A page in the customer's browser.
    Url,
    /// A program.
    Program,
    /// A folder.
    Folder,
}

/// An operator's own list in its order, and when it was changed; 0: never. The time is later with each change.
///
/// Errors: [`StoreError::Unreadable`].
pub async fn of_operator(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<(Vec<Favourite>, i64), StoreError> {
    let found = row::Entity::find_by_id(operator.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?;
    let Some(found) = found else { return Ok((Vec::new(), 0)) };
    let list = serde_json::from_str(&found.value)
        .map_err(|_| StoreError::Unreadable { column: "operator_favourites.value" })?;
    Ok((list, found.changed_at_ms))
}

/// Keeps an operator's own list, whole: it is read and written so. Errors: [`StoreError::Missing`].
pub async fn replace(
    write: &Write,
    operator: OperatorId,
    list: &[Favourite],
    at_ms: i64,
) -> Result<(), StoreError> {
    operators::find(write.company(), write, operator).await?;
    let value = serde_json::to_string(list)
        .map_err(|_| StoreError::Unreadable { column: "operator_favourites.value" })?;
    row::Entity::insert(row::ActiveModel {
        operator_id: Set(operator.uuid()),
        company_id: Set(write.company().uuid()),
        value: Set(value),
        changed_at_ms: Set(at_ms),
    })
    .on_conflict(
        OnConflict::column(row::Column::OperatorId)
            .update_columns([row::Column::Value, row::Column::ChangedAtMs])
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}
