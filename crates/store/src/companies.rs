//! Companies: made by the server's owner alone.

use crate::{
    CompanyId, Reads, Store, StoreError, Write,
    entities::{company, usage_head},
    keys::key_of,
    write::sealed::Connected as _,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// One customer organisation of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// As it stands in addresses: `/manage/NAME`.
    pub short_name: String,
    /// For administrators and operators.
    pub name: String,
    /// For customers (G-1): what was given for it, else the company's name.
    pub service_name: String,
    /// As it was given, perhaps empty.
    pub given_service_name: String,
    /// When it was added.
    pub created_at_ms: i64,
}

/// What a new company needs. Departments and links follow in the same [`Write`].
#[derive(Clone, Copy, Debug)]
pub struct NewCompany<'a> {
    /// Unique on the server, compared without case.
    pub short_name: &'a str,
    /// The company's name.
    pub name: &'a str,
    /// The name that customers see.
    pub service_name: &'a str,
    /// Now.
    pub created_at_ms: i64,
}

impl From<company::Model> for Company {
    fn from(row: company::Model) -> Self {
        let is_given = !row.service_name.is_empty();
        Self {
            id: row.id.into(),
            short_name: row.short_name,
            service_name: if is_given { row.service_name.clone() } else { row.name.clone() },
            given_service_name: row.service_name,
            name: row.name,
            created_at_ms: row.created_at_ms,
        }
    }
}

/// Makes a company and leaves its write open, so that what belongs to it from the first moment is made with it.
///
/// Errors: [`StoreError::Taken`] when the short name is in use.
pub async fn create(store: &Store, new: NewCompany<'_>) -> Result<Write, StoreError> {
    let tx = store.begin().await?;
    let id = CompanyId::new();
    company::Entity::insert(company::ActiveModel {
        id: Set(id.uuid()),
        short_name: Set(new.short_name.to_owned()),
        short_name_key: Set(key_of(new.short_name)),
        name: Set(new.name.to_owned()),
        service_name: Set(new.service_name.to_owned()),
        created_at_ms: Set(new.created_at_ms),
    })
    .exec_without_returning(&tx)
    .await?;
    usage_head::Entity::insert(usage_head::ActiveModel {
        company_id: Set(id.uuid()),
        seq: Set(0),
        hash: Set(crate::chain::GENESIS.to_vec()),
    })
    .exec_without_returning(&tx)
    .await?;
    Ok(Store::bind(id, tx))
}

/// Gives the company other names.
pub async fn rename(write: &Write, name: &str, service_name: &str) -> Result<(), StoreError> {
    company::Entity::update_many()
        .set(company::ActiveModel {
            name: Set(name.to_owned()),
            service_name: Set(service_name.to_owned()),
            ..company::ActiveModel::default()
        })
        .filter(company::Column::Id.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// The company of an id.
pub async fn find(company: CompanyId, on: &impl Reads) -> Result<Company, StoreError> {
    let row = company::Entity::find_by_id(company.uuid()).one(on.connection()).await?;
    row.map(Company::from).ok_or(StoreError::Missing)
}

/// The company of a short name, compared without case.
pub async fn find_by_short_name(store: &Store, short_name: &str) -> Result<Option<Company>, StoreError> {
    let row = company::Entity::find()
        .filter(company::Column::ShortNameKey.eq(key_of(short_name)))
        .one(store.connection())
        .await?;
    Ok(row.map(Company::from))
}

/// The only company of the server, where there is exactly one.
pub async fn find_only(store: &Store) -> Result<Option<Company>, StoreError> {
    let mut rows = company::Entity::find().limit(2).all(store.connection()).await?;
    Ok(if rows.len() == 1 { rows.pop().map(Company::from) } else { None })
}

/// How many companies there are.
pub async fn count(store: &Store) -> Result<u64, StoreError> {
    Ok(company::Entity::find().count(store.connection()).await?)
}

/// Every company by short name, for the server's owner.
pub async fn list(store: &Store) -> Result<Vec<Company>, StoreError> {
    let rows =
        company::Entity::find().order_by_asc(company::Column::ShortNameKey).all(store.connection()).await?;
    Ok(rows.into_iter().map(Company::from).collect())
}
