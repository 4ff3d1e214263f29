//! Operators [D-1 … D-6].

mod changes;

pub use changes::{
    Change, NewOperator, create, delete, set_changed, set_local_address, set_signed_in, update,
};

use crate::{
    CompanyId, DepartmentId, OperatorId, Reads, StoreError,
    entities::{department, operator as row},
    keys::key_of,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait as _, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait as _,
    sea_query::{Expr, LikeExpr, NullOrdering},
};

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The id.
    pub id: OperatorId,
    /// What is typed as ID at sign-in; fixed [D-4].
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Where the operator belongs.
    pub department: DepartmentId,
    /// That department's name.
    pub department_name: String,
    /// 회사이름 [D-1].
    pub company_name: String,
    /// Telephone, or empty.
    pub phone: String,
    /// E-mail, or empty.
    pub email: String,
    /// The last sign-in.
    pub last_sign_in_ms: Option<i64>,
    /// The address of the last sign-in, as the server saw it.
    pub last_address: Option<String>,
    /// The address on the operator's own network, as the console's browser told it at the last sign-in; empty: the browser
    /// keeps it to itself. `None`: no console has said so yet.
    pub last_local_address: Option<String>,
    /// 모바일 / 비디오 원격지원 사용 [D-1].
    pub is_mobile: bool,
    /// Grows with each change by an administrator: of two who edit at once the second is told.
    pub revision: i64,
}

/// An operator with what sign-in compares.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub operator: Operator,
    /// Argon2id, PHC string.
    pub password_hash: String,
}

/// What a search compares, as an infix and without case.
#[derive(Clone, Copy, Debug)]
pub enum SearchBy<'a> {
    /// 상담원 ID.
    Login(&'a str),
    /// 상담원 이름.
    Name(&'a str),
}

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// ID.
    #[default]
    Login,
    /// 상담원 이름.
    Name,
    /// 소속부서.
    Department,
    /// 최근 접속 시간; those who never came last in both directions.
    LastSignIn,
}

/// Which part of the list.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// How many to skip.
    pub offset: u64,
    /// How many at most.
    pub limit: u64,
    /// `None`: everybody.
    pub search: Option<SearchBy<'a>>,
    /// What it is sorted by; equals by ID.
    pub sort: SortBy,
    /// From the end of the alphabet, or the newest.
    pub descending: bool,
}

/// One page of operators, and how many there are in all.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    page: Page<'_>,
) -> Result<(Vec<Operator>, u64), StoreError> {
    let mut all = row::Entity::find().filter(row::Column::CompanyId.eq(company.uuid()));
    all = match page.search {
        None => all,
        Some(SearchBy::Login(text)) => all.filter(Expr::col(row::Column::LoginKey).like(infix(text))),
        Some(SearchBy::Name(text)) => all.filter(Expr::col(row::Column::NameKey).like(infix(text))),
    };
    let total = all.clone().count(on.connection()).await?;
    let order = if page.descending { Order::Desc } else { Order::Asc };
    let rows = sorted(all, page.sort, order)
        .order_by_asc(row::Column::LoginKey)
        .offset(page.offset)
        .limit(page.limit)
        .all(on.connection())
        .await?;
    let names = crate::departments::list(company, on).await?;
    let operators = rows
        .into_iter()
        .map(|row| {
            let department = DepartmentId::from(row.department_id);
            let name = names.iter().find(|known| known.id == department).map(|known| known.name.clone());
            read(row, name.unwrap_or_default()).operator
        })
        .collect();
    Ok((operators, total))
}

/// Every operator whose ID is after one, by ID, in batches: for what leaves as a file.
pub async fn list_after(
    company: CompanyId,
    on: &impl Reads,
    login: &str,
    limit: u64,
) -> Result<Vec<Operator>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::LoginKey.gt(key_of(login)))
        .order_by_asc(row::Column::LoginKey)
        .limit(limit)
        .all(on.connection())
        .await?;
    let names = crate::departments::list(company, on).await?;
    let named = |row: row::Model| {
        let name = names.iter().find(|known| known.id == row.department_id.into());
        read(row, name.map(|known| known.name.clone()).unwrap_or_default()).operator
    };
    Ok(rows.into_iter().map(named).collect())
}

fn sorted(all: sea_orm::Select<row::Entity>, by: SortBy, order: Order) -> sea_orm::Select<row::Entity> {
    match by {
        SortBy::Login => all.order_by(row::Column::LoginKey, order),
        SortBy::Name => all.order_by(row::Column::NameKey, order),
        SortBy::Department => all
            .join(JoinType::InnerJoin, row::Relation::Department.def())
            .order_by(department::Column::NameKey, order),
        SortBy::LastSignIn => all.order_by_with_nulls(row::Column::LastSignInMs, order, NullOrdering::Last),
    }
}

/// One operator.
pub async fn find(company: CompanyId, on: &impl Reads, id: OperatorId) -> Result<Operator, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?
        .ok_or(StoreError::Missing)?;
    Ok(with_department(on, found).await?.operator)
}

/// Those of these that are the company's, in no order.
pub async fn find_many(
    company: CompanyId,
    on: &impl Reads,
    ids: &[OperatorId],
) -> Result<Vec<Operator>, StoreError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::Id.is_in(ids))
        .all(on.connection())
        .await?;
    let names = crate::departments::list(company, on).await?;
    let named = |row: row::Model| {
        let name = names.iter().find(|known| known.id == row.department_id.into());
        read(row, name.map(|known| known.name.clone()).unwrap_or_default()).operator
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The account of a login, compared without case.
pub async fn find_by_login(
    company: CompanyId,
    on: &impl Reads,
    login: &str,
) -> Result<Option<Credentials>, StoreError> {
    let found = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::LoginKey.eq(key_of(login)))
        .one(on.connection())
        .await?;
    match found {
        Some(row) => Ok(Some(with_department(on, row).await?)),
        None => Ok(None),
    }
}

async fn with_department(on: &impl Reads, row: row::Model) -> Result<Credentials, StoreError> {
    let department = department::Entity::find_by_id(row.department_id)
        .filter(department::Column::CompanyId.eq(row.company_id))
        .one(on.connection())
        .await?;
    Ok(read(row, department.map(|found| found.name).unwrap_or_default()))
}

fn read(row: row::Model, department_name: String) -> Credentials {
    Credentials {
        operator: Operator {
            id: row.id.into(),
            login: row.login,
            name: row.name,
            department: row.department_id.into(),
            department_name,
            company_name: row.company_name,
            phone: row.phone,
            email: row.email,
            last_sign_in_ms: row.last_sign_in_ms,
            last_address: row.last_address,
            last_local_address: row.last_local_address,
            is_mobile: row.is_mobile,
            revision: row.revision,
        },
        password_hash: row.password_hash,
    }
}

/// The text anywhere in a key, taken literally.
fn infix(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in key_of(text).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}
