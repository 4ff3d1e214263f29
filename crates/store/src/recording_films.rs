//! Files for other players that are made of recordings [F-13]: which is to be made next, who makes it, how far it is. The files
//! themselves are not the store's.

use crate::{
    CompanyId, Reads, RecordingId, SessionId, Store, StoreError, Write,
    entities::{recording as recording_row, recording_film as row},
    recordings::{self, Recording},
    write::sealed::Connected as _,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, UpdateMany,
    sea_query::{Expr, ExprTrait as _},
};
use std::collections::HashMap;
use uuid::Uuid;

const WAITING: &str = "waiting";
const MAKING: &str = "making";
const READY: &str = "ready";
const FAILED: &str = "failed";

/// How far a recording's file is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Film {
    /// Its turn has not come.
    #[default]
    Waiting,
    /// It is being made.
    Making {
        /// Of the recording, 0 to 100.
        percent: u8,
    },
    /// It is there.
    Ready {
        /// How many files of the server's it lies in; the first of them, 0, holds the beginning.
        parts: u32,
        /// Who made it: its files are named by that, so that two who race for it write none of each other's.
        maker: Uuid,
        /// Of the whole file.
        size_bytes: u64,
        /// Of the whole file.
        sha256: [u8; 32],
    },
    /// It could not be made.
    Failed {
        /// Kebab-case.
        why: String,
    },
}

/// Who makes it, and until when nobody else does.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    /// The number of one try to make it.
    pub maker: Uuid,
    /// A server that fell over renews it no more.
    pub until_ms: i64,
}

/// The files of a session's recordings. A recording that has none here runs still.
pub async fn list(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
) -> Result<HashMap<RecordingId, Film>, StoreError> {
    let of_session = recordings::ids_of_session(company, session);
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::RecordingId.in_subquery(of_session))
        .all(on.connection())
        .await?;
    rows.into_iter().map(|row| Ok((row.recording_id.into(), read(row)?))).collect()
}

/// The file of a recording that was found by its company.
pub async fn find(on: &impl Reads, of: &Recording) -> Result<Film, StoreError> {
    let found = row::Entity::find_by_id(of.id.uuid()).one(on.connection()).await?;
    found.map_or(Ok(Film::Waiting), read)
}

/// The companies with files that are to be made, of whichever company: few rows are in such a state, and an index finds them.
pub async fn waiting(store: &Store, now_ms: i64) -> Result<Vec<CompanyId>, StoreError> {
    let found: Vec<Uuid> = row::Entity::find()
        .select_only()
        .column(row::Column::CompanyId)
        .distinct()
        .filter(is_free(now_ms))
        .order_by_asc(row::Column::CompanyId)
        .into_tuple()
        .all(store.connection())
        .await?;
    Ok(found.into_iter().map(CompanyId::from).collect())
}

/// The recording whose file is to be made next: the newest, since somebody waits for it.
pub async fn next(company: CompanyId, on: &impl Reads, now_ms: i64) -> Result<Option<Recording>, StoreError> {
    let free = row::Entity::find()
        .select_only()
        .column(row::Column::RecordingId)
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(is_free(now_ms))
        .into_query();
    let found = recording_row::Entity::find()
        .filter(recording_row::Column::CompanyId.eq(company.uuid()))
        .filter(recording_row::Column::Id.in_subquery(free))
        .order_by_desc(recording_row::Column::EndedAtMs)
        .limit(1)
        .one(on.connection())
        .await?;
    found.map(recordings::read).transpose()
}

/// Nobody makes it, or who did has fallen over.
fn is_free(now_ms: i64) -> Condition {
    Condition::any()
        .add(row::Column::State.eq(WAITING))
        .add(row::Column::State.eq(MAKING).and(row::Column::UntilMs.lt(now_ms)))
}

/// A recording is over: its file waits to be made.
pub(crate) async fn add(write: &Write, of: RecordingId) -> Result<(), StoreError> {
    row::Entity::insert(row::ActiveModel {
        recording_id: Set(of.uuid()),
        company_id: Set(write.company().uuid()),
        state: Set(WAITING.to_owned()),
        why: Set(String::new()),
        tries: Set(0),
        percent: Set(0),
        maker: Set(None),
        until_ms: Set(0),
        parts: Set(0),
        size_bytes: Set(0),
        sha256: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// Begins to make the file; gives how often that was tried before. `None`: another server makes it, or it is not to be made any more.
pub async fn claim(
    write: &Write,
    of: RecordingId,
    lease: Lease,
    now_ms: i64,
) -> Result<Option<u32>, StoreError> {
    let found = row::Entity::find_by_id(of.uuid())
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(is_free(now_ms))
        .one(&write.tx)
        .await?;
    let Some(row::Model { tries, .. }) = found else { return Ok(None) };
    row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(MAKING))
        .col_expr(row::Column::Tries, Expr::value(tries + 1))
        .col_expr(row::Column::Percent, Expr::value(0_i64))
        .col_expr(row::Column::Maker, Expr::value(lease.maker))
        .col_expr(row::Column::UntilMs, Expr::value(lease.until_ms))
        .filter(row::Column::RecordingId.eq(of.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(Some(u32::try_from(tries).unwrap_or(u32::MAX)))
}

/// It is still being made. `false`: not by this one any more, or the recording is gone.
pub async fn renew(write: &Write, of: RecordingId, lease: Lease, percent: u8) -> Result<bool, StoreError> {
    let done = mine(write, of, lease.maker)
        .col_expr(row::Column::Percent, Expr::value(i64::from(percent)))
        .col_expr(row::Column::UntilMs, Expr::value(lease.until_ms));
    Ok(0 < done.exec(&write.tx).await?.rows_affected)
}

/// It is there. `false`: another one makes it, or the recording is gone.
pub async fn finish(
    write: &Write,
    of: RecordingId,
    maker: Uuid,
    (parts, size_bytes, sha256): (u32, u64, [u8; 32]),
) -> Result<bool, StoreError> {
    let done = mine(write, of, maker)
        .col_expr(row::Column::State, Expr::value(READY))
        .col_expr(row::Column::Percent, Expr::value(100_i64))
        .col_expr(row::Column::Parts, Expr::value(i64::from(parts)))
        .col_expr(row::Column::SizeBytes, Expr::value(i64::try_from(size_bytes).unwrap_or(i64::MAX)))
        .col_expr(row::Column::Sha256, Expr::value(sha256.to_vec()));
    Ok(0 < done.exec(&write.tx).await?.rows_affected)
}

/// It cannot be made.
pub async fn fail(write: &Write, of: RecordingId, maker: Uuid, why: &str) -> Result<(), StoreError> {
    let done = mine(write, of, maker)
        .col_expr(row::Column::State, Expr::value(FAILED))
        .col_expr(row::Column::Why, Expr::value(why));
    done.exec(&write.tx).await?;
    Ok(())
}

/// A server that ends gives it back: that was no try.
pub async fn give_back(write: &Write, of: RecordingId, maker: Uuid) -> Result<(), StoreError> {
    let done = mine(write, of, maker)
        .col_expr(row::Column::State, Expr::value(WAITING))
        .col_expr(row::Column::Tries, Expr::col(row::Column::Tries).sub(1));
    done.exec(&write.tx).await?;
    Ok(())
}

/// What failed is tried again. `false`: it has not failed.
pub async fn try_again(write: &Write, of: RecordingId) -> Result<bool, StoreError> {
    let done = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(WAITING))
        .col_expr(row::Column::Tries, Expr::value(0_i64))
        .filter(row::Column::RecordingId.eq(of.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::State.eq(FAILED));
    Ok(0 < done.exec(&write.tx).await?.rows_affected)
}

fn mine(write: &Write, of: RecordingId, maker: Uuid) -> UpdateMany<row::Entity> {
    row::Entity::update_many()
        .filter(row::Column::RecordingId.eq(of.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::State.eq(MAKING))
        .filter(row::Column::Maker.eq(maker))
}

fn read(row: row::Model) -> Result<Film, StoreError> {
    let unreadable = StoreError::Unreadable { column: "recording_films" };
    Ok(match row.state.as_str() {
        WAITING => Film::Waiting,
        MAKING => Film::Making { percent: u8::try_from(row.percent.clamp(0, 100)).unwrap_or_default() },
        FAILED => Film::Failed { why: row.why },
        READY => {
            let sha256 = row.sha256.as_deref().and_then(|bytes| bytes.try_into().ok());
            let (Some(sha256), Some(maker), Ok(parts)) = (sha256, row.maker, u32::try_from(row.parts)) else {
                return Err(unreadable);
            };
            Film::Ready {
                parts,
                maker,
                size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
                sha256,
            }
        }
        _ => return Err(unreadable),
    })
}
