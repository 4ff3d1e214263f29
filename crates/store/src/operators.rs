//! Operators [D-1 … D-4].

use crate::{
    CompanyId, DepartmentId, OperatorId, Reads, StoreError, Write,
    entities::{department, operator as row},
    keys::key_of,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait as _, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LikeExpr},
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
}

/// An operator with what sign-in compares.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub operator: Operator,
    /// Argon2id, PHC string.
    pub password_hash: String,
}

/// A new operator.
#[derive(Clone, Copy, Debug)]
pub struct NewOperator<'a> {
    /// Unique in the company, compared without case.
    pub login: &'a str,
    /// The person's name.
    pub name: &'a str,
    /// Argon2id, PHC string.
    pub password_hash: &'a str,
    /// Where the operator belongs.
    pub department: DepartmentId,
    /// 회사이름 [D-1].
    pub company_name: &'a str,
    /// Telephone, or empty.
    pub phone: &'a str,
    /// E-mail, or empty.
    pub email: &'a str,
    /// Now.
    pub created_at_ms: i64,
}

/// What a search compares, as an infix and without case.
#[derive(Clone, Copy, Debug)]
pub enum SearchBy<'a> {
    /// 상담원 ID.
    Login(&'a str),
    /// 상담원 이름.
    Name(&'a str),
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
}

/// One page of operators by login, and how many there are in all.
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
    let rows = all
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

/// One operator.
pub async fn find(company: CompanyId, on: &impl Reads, id: OperatorId) -> Result<Operator, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?
        .ok_or(StoreError::Missing)?;
    Ok(with_department(on, found).await?.operator)
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

/// Adds an operator.
///
/// Errors: [`StoreError::Taken`] when the login is in use, [`StoreError::Missing`] without such a department.
pub async fn create(write: &Write, new: NewOperator<'_>) -> Result<OperatorId, StoreError> {
    crate::departments::find(write.company(), write, new.department).await?;
    let id = OperatorId::new();
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        department_id: Set(new.department.uuid()),
        login: Set(new.login.to_owned()),
        login_key: Set(key_of(new.login)),
        name: Set(new.name.to_owned()),
        name_key: Set(key_of(new.name)),
        password_hash: Set(new.password_hash.to_owned()),
        company_name: Set(new.company_name.to_owned()),
        phone: Set(new.phone.to_owned()),
        email: Set(new.email.to_owned()),
        created_at_ms: Set(new.created_at_ms),
        last_sign_in_ms: Set(None),
        last_address: Set(None),
        is_mobile: Set(false),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// Notes a sign-in.
pub async fn set_signed_in(
    write: &Write,
    id: OperatorId,
    at_ms: i64,
    address: &str,
) -> Result<(), StoreError> {
    row::Entity::update_many()
        .set(row::ActiveModel {
            last_sign_in_ms: Set(Some(at_ms)),
            last_address: Set(Some(address.to_owned())),
            ..row::ActiveModel::default()
        })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
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
