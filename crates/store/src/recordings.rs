//! Recordings of sessions [F-13]: what is known of each, and of its pieces. What was recorded itself is files, which are not the
//! store's.

use crate::{
    CompanyId, Reads, RecordingId, SessionId, StoreError, Write,
    entities::{record, recording as row, recording_film as film_row, recording_piece as piece_row},
    recording_copies, recording_films,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, Query},
};

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// Its id, by which its files are found.
    pub id: RecordingId,
    /// Whose it is.
    pub company: CompanyId,
    /// Of which session.
    pub session: SessionId,
    /// From 1 in its session.
    pub no: i64,
    /// When it began, by the server's clock: its own time counts from here.
    pub began_at_ms: i64,
    /// When it was over; `None`: it runs.
    pub ended_at_ms: Option<i64>,
    /// How many pieces there are, from 1 on.
    pub pieces: u32,
    /// Of all pieces.
    pub size_bytes: u64,
    /// How long it is.
    pub length_ms: u32,
    /// Over all pieces so far.
    pub digest: [u8; 32],
    /// Why it ended, kebab-case; empty while it runs.
    pub why: String,
}

/// A piece of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// From 1.
    pub no: u32,
    /// What it covers, in the recording's own time.
    pub starts_ms: u32,
    /// Up to here.
    pub ends_ms: u32,
    /// From when on it can be shown without what was before.
    pub state_ms: Option<u32>,
    /// The same of its video.
    pub video_key_ms: Option<u32>,
    /// Of the piece as it came.
    pub size_bytes: u64,
    /// Of the piece as it came.
    pub sha256: [u8; 32],
}

/// Begins a recording; its number is the next of its session.
pub async fn create(
    write: &Write,
    id: RecordingId,
    session: SessionId,
    at_ms: i64,
    digest: [u8; 32],
) -> Result<i64, StoreError> {
    let last: Option<i64> = of_session(write.company(), session)
        .select_only()
        .column(row::Column::No)
        .order_by_desc(row::Column::No)
        .limit(1)
        .into_tuple()
        .one(&write.tx)
        .await?;
    let no = last.unwrap_or_default() + 1;
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        session_id: Set(session.uuid()),
        no: Set(no),
        began_at_ms: Set(at_ms),
        last_at_ms: Set(at_ms),
        ended_at_ms: Set(None),
        pieces: Set(0),
        size_bytes: Set(0),
        length_ms: Set(0),
        digest: Set(digest.to_vec()),
        why: Set(String::new()),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(no)
}

/// The recordings of a session in their order.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<Vec<Recording>, StoreError> {
    let rows = of_session(company, session).order_by_asc(row::Column::No).all(on.connection()).await?;
    rows.into_iter().map(read).collect()
}

/// One recording of a session.
pub async fn find(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    id: RecordingId,
) -> Result<Recording, StoreError> {
    let found =
        of_session(company, session).filter(row::Column::Id.eq(id.uuid())).one(on.connection()).await?;
    read(found.ok_or(StoreError::Missing)?)
}

/// The pieces of a recording in their order. The recording was found by its company.
pub async fn pieces(on: &impl Reads, of: &Recording) -> Result<Vec<Piece>, StoreError> {
    let rows = piece_row::Entity::find()
        .filter(piece_row::Column::RecordingId.eq(of.id.uuid()))
        .order_by_asc(piece_row::Column::No)
        .all(on.connection())
        .await?;
    rows.into_iter().map(read_piece).collect()
}

/// One piece of a recording.
pub async fn find_piece(on: &impl Reads, of: &Recording, no: u32) -> Result<Piece, StoreError> {
    let found = piece_row::Entity::find_by_id((of.id.uuid(), i64::from(no))).one(on.connection()).await?;
    read_piece(found.ok_or(StoreError::Missing)?)
}

/// Adds the next piece; `digest`: over all pieces with it.
pub async fn add_piece(
    write: &Write,
    to: &Recording,
    new: Piece,
    digest: [u8; 32],
    at_ms: i64,
) -> Result<(), StoreError> {
    let size_bytes = i64::try_from(new.size_bytes).unwrap_or(i64::MAX);
    piece_row::Entity::insert(piece_row::ActiveModel {
        recording_id: Set(to.id.uuid()),
        no: Set(new.no.into()),
        starts_ms: Set(new.starts_ms.into()),
        ends_ms: Set(new.ends_ms.into()),
        state_ms: Set(new.state_ms.map(i64::from)),
        video_key_ms: Set(new.video_key_ms.map(i64::from)),
        size_bytes: Set(size_bytes),
        sha256: Set(new.sha256.to_vec()),
    })
    .exec_without_returning(&write.tx)
    .await?;
    row::Entity::update_many()
        .col_expr(row::Column::Pieces, Expr::value(i64::from(new.no)))
        .col_expr(row::Column::SizeBytes, Expr::col(row::Column::SizeBytes).add(size_bytes))
        .col_expr(row::Column::LengthMs, Expr::value(i64::from(new.ends_ms)))
        .col_expr(row::Column::Digest, Expr::value(digest.to_vec()))
        .col_expr(row::Column::LastAtMs, Expr::value(at_ms))
        .filter(row::Column::Id.eq(to.id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Ends a recording, whose video file waits to be made from then on; `false`: it had ended before.
pub async fn end(
    write: &Write,
    session: SessionId,
    id: RecordingId,
    why: &str,
    at_ms: i64,
) -> Result<bool, StoreError> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::EndedAtMs, Expr::value(at_ms))
        .col_expr(row::Column::Why, Expr::value(why))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::EndedAtMs.is_null())
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    if 0 < find(write.company(), write, session, id).await?.pieces {
        recording_films::add(write, id).await?;
    }
    Ok(true)
}

/// Bytes that a company's recordings take, with the files for other players that were made of them.
pub async fn kept_of_company(company: CompanyId, on: &impl Reads) -> Result<u64, StoreError> {
    let films = film_row::Entity::find().filter(film_row::Column::CompanyId.eq(company.uuid()));
    let recorded = sum(row::Entity::find().filter(row::Column::CompanyId.eq(company.uuid())), on).await?;
    Ok(recorded + sum(films, on).await?)
}

/// Bytes that a session's recordings take.
pub async fn kept_of_session(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<u64, StoreError> {
    sum(of_session(company, session), on).await
}

/// Recordings of a company that run and got their last piece before this moment.
pub async fn list_abandoned(
    company: CompanyId,
    on: &impl Reads,
    before_ms: i64,
) -> Result<Vec<Recording>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::EndedAtMs.is_null())
        .filter(row::Column::LastAtMs.lt(before_ms))
        .all(on.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Recordings that are over, of sessions that began before this moment, oldest first.
pub async fn list_expired(
    company: CompanyId,
    on: &impl Reads,
    before_ms: i64,
    limit: u64,
) -> Result<Vec<Recording>, StoreError> {
    let old = Query::select()
        .column(record::Column::SessionId)
        .from(record::Entity)
        .and_where(record::Column::CompanyId.eq(company.uuid()))
        .and_where(record::Column::StartedAtMs.lt(before_ms))
        .to_owned();
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::EndedAtMs.is_not_null())
        .filter(row::Column::SessionId.in_subquery(old))
        .order_by_asc(row::Column::BeganAtMs)
        .limit(limit)
        .all(on.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Forgets one recording. Gives whether it was there.
pub async fn forget(write: &Write, id: RecordingId) -> Result<bool, StoreError> {
    Ok(0 < forget_where(write, row::Column::Id.eq(id.uuid())).await?)
}

/// Forgets the recordings of a session whose record is deleted. Gives how many there were.
pub async fn forget_of_session(write: &Write, session: SessionId) -> Result<u64, StoreError> {
    recording_copies::forget(write, session).await?;
    forget_where(write, row::Column::SessionId.eq(session.uuid())).await
}

async fn forget_where(write: &Write, which: sea_orm::sea_query::SimpleExpr) -> Result<u64, StoreError> {
    let of_company = || {
        row::Entity::find().filter(row::Column::CompanyId.eq(write.company().uuid())).filter(which.clone())
    };
    let ids = of_company().select_only().column(row::Column::Id).into_query();
    film_row::Entity::delete_many()
        .filter(film_row::Column::RecordingId.in_subquery(ids.clone()))
        .exec(&write.tx)
        .await?;
    piece_row::Entity::delete_many()
        .filter(piece_row::Column::RecordingId.in_subquery(ids))
        .exec(&write.tx)
        .await?;
    let done = row::Entity::delete_many()
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(which.clone())
        .exec(&write.tx)
        .await?;
    Ok(done.rows_affected)
}

fn of_session(company: CompanyId, session: SessionId) -> sea_orm::Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
}

async fn sum<T: EntityTrait>(of: sea_orm::Select<T>, on: &impl Reads) -> Result<u64, StoreError> {
    let found: Option<Option<i64>> = of
        .select_only()
        // PostgreSQL adds whole numbers to a decimal one.
        .column_as(Expr::cust("CAST(SUM(size_bytes) AS BIGINT)"), "size_bytes")
        .into_tuple()
        .one(on.connection())
        .await?;
    Ok(u64::try_from(found.flatten().unwrap_or_default()).unwrap_or_default())
}

/// Which recordings a session has.
pub(crate) fn ids_of_session(company: CompanyId, session: SessionId) -> sea_orm::sea_query::SelectStatement {
    of_session(company, session).select_only().column(row::Column::Id).into_query()
}

pub(crate) fn read(row: row::Model) -> Result<Recording, StoreError> {
    let unreadable = |column: &'static str| StoreError::Unreadable { column };
    Ok(Recording {
        id: row.id.into(),
        company: row.company_id.into(),
        session: row.session_id.into(),
        no: row.no,
        began_at_ms: row.began_at_ms,
        ended_at_ms: row.ended_at_ms,
        pieces: u32::try_from(row.pieces).map_err(|_| unreadable("recordings.pieces"))?,
        size_bytes: u64::try_from(row.size_bytes).map_err(|_| unreadable("recordings.size_bytes"))?,
        length_ms: u32::try_from(row.length_ms).map_err(|_| unreadable("recordings.length_ms"))?,
        digest: row.digest.as_slice().try_into().map_err(|_| unreadable("recordings.digest"))?,
        why: row.why,
    })
}

fn read_piece(row: piece_row::Model) -> Result<Piece, StoreError> {
    let number =
        |value: i64| u32::try_from(value).map_err(|_| StoreError::Unreadable { column: "recording_pieces" });
    Ok(Piece {
        no: number(row.no)?,
        starts_ms: number(row.starts_ms)?,
        ends_ms: number(row.ends_ms)?,
        state_ms: row.state_ms.map(number).transpose()?,
        video_key_ms: row.video_key_ms.map(number).transpose()?,
        size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
        sha256: row
            .sha256
            .as_slice()
            .try_into()
            .map_err(|_| StoreError::Unreadable { column: "recording_pieces.sha256" })?,
    })
}
