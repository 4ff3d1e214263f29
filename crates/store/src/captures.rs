//! Still pictures that were kept of sessions [F-08]: what is known of each. The pictures are files, which are not the store's.

use crate::{CaptureId, CompanyId, Reads, SessionId, StoreError, Write, entities::capture as row};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

/// A picture that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Its id, by which its file is found.
    pub id: CaptureId,
    /// Of which session.
    pub session: SessionId,
    /// From 1 in its session.
    pub no: i64,
    /// When it was kept.
    pub at_ms: i64,
    /// Its width.
    pub width_px: u32,
    /// Its height.
    pub height_px: u32,
    /// The file that was sent.
    pub size_bytes: u64,
    /// Of the file that was sent.
    pub sha256: [u8; 32],
    /// What is to be seen there, in the operator's words; perhaps none.
    pub description: String,
}

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Pictures.
    pub count: u64,
    /// Of their files.
    pub size_bytes: u64,
}

/// Keeps a picture; its number is the next of its session.
pub async fn create(write: &Write, new: &Capture) -> Result<i64, StoreError> {
    let last: Option<i64> = of_session(write.company(), new.session)
        .select_only()
        .column(row::Column::No)
        .order_by_desc(row::Column::No)
        .limit(1)
        .into_tuple()
        .one(&write.tx)
        .await?;
    let no = last.unwrap_or_default() + 1;
    row::Entity::insert(row::ActiveModel {
        id: Set(new.id.uuid()),
        company_id: Set(write.company().uuid()),
        session_id: Set(new.session.uuid()),
        no: Set(no),
        at_ms: Set(new.at_ms),
        width_px: Set(new.width_px.into()),
        height_px: Set(new.height_px.into()),
        size_bytes: Set(i64::try_from(new.size_bytes).unwrap_or(i64::MAX)),
        sha256: Set(new.sha256.to_vec()),
        description: Set(new.description.clone()),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(no)
}

/// The pictures of a session in their order.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Vec<Capture>, StoreError> {
    let rows = of_session(company, session).order_by_asc(row::Column::No).all(on.connection()).await?;
    rows.into_iter().map(read).collect()
}

/// One picture of a session.
pub async fn find(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    id: CaptureId,
) -> Result<Capture, StoreError> {
    let found =
        of_session(company, session).filter(row::Column::Id.eq(id.uuid())).one(on.connection()).await?;
    read(found.ok_or(StoreError::Missing)?)
}

/// How much is kept of a session.
pub async fn kept_of_session(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Kept, StoreError> {
    sum(of_session(company, session), on).await
}

/// How much is kept of a company.
pub async fn kept_of_company(company: CompanyId, on: &impl Reads) -> Result<Kept, StoreError> {
    sum(row::Entity::find().filter(row::Column::CompanyId.eq(company.uuid())), on).await
}

/// Forgets the pictures of a session whose record is deleted. Gives how many there were.
pub async fn forget(write: &Write, session: SessionId) -> Result<u64, StoreError> {
    let done = row::Entity::delete_many()
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(done.rows_affected)
}

fn of_session(company: CompanyId, session: SessionId) -> sea_orm::Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
}

async fn sum(of: sea_orm::Select<row::Entity>, on: &impl Reads) -> Result<Kept, StoreError> {
    let found: Option<(i64, Option<i64>)> = of
        .select_only()
        .column_as(Expr::cust("COUNT(*)"), "count")
        // PostgreSQL adds whole numbers to a decimal one.
        .column_as(Expr::cust("CAST(SUM(size_bytes) AS BIGINT)"), "size_bytes")
        .into_tuple()
        .one(on.connection())
        .await?;
    let (count, size_bytes) = found.unwrap_or_default();
    let whole = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(Kept { count: whole(count), size_bytes: whole(size_bytes.unwrap_or_default()) })
}

fn read(row: row::Model) -> Result<Capture, StoreError> {
    let unreadable = |column: &'static str| StoreError::Unreadable { column };
    Ok(Capture {
        id: row.id.into(),
        session: row.session_id.into(),
        no: row.no,
        at_ms: row.at_ms,
        width_px: u32::try_from(row.width_px).map_err(|_| unreadable("captures.width_px"))?,
        height_px: u32::try_from(row.height_px).map_err(|_| unreadable("captures.height_px"))?,
        size_bytes: u64::try_from(row.size_bytes).map_err(|_| unreadable("captures.size_bytes"))?,
        sha256: row.sha256.as_slice().try_into().map_err(|_| unreadable("captures.sha256"))?,
        description: row.description,
    })
}
