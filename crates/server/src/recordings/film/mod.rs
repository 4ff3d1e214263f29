//! The standard file of a recording [F-13]: after it has ended, WebM that every player knows is made of it, one at a time, newest first,
//! by a process of the lowest priority. A server that falls over meanwhile leaves nothing half: its lease runs out, and another one
//! begins anew.

pub(super) mod copy;
mod making;
mod process;
mod serving;
mod worker;

pub(crate) use copy::is_offered;
pub(crate) use making::make_films;
#[cfg(test)]
pub(super) use making::make_next;
pub(crate) use worker::Worker;

pub(super) use serving::serve;

use serde::Serialize;
use store::recording_films;
use utoipa::ToSchema;

/// How far the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FilmState {
    /// Its turn has not come.
    Waiting,
    /// It is being made.
    Making,
    /// It is there.
    Ready,
    /// It could not be made.
    Failed,
}

/// The file for other players.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Film {
    #[schema(inline)]
    pub(super) state: FilmState,
    /// How much of it is made, 0 to 100.
    #[schema(value_type = i64)]
    pub(super) percent: u8,
    /// Null until it is there.
    #[schema(required, value_type = Option<i64>)]
    pub(super) size_bytes: Option<u64>,
    /// SHA-256 in hexadecimal; the record's chain has it, too. Null until it is there.
    #[schema(required)]
    pub(super) sha256: Option<String>,
    /// Why there is none, kebab-case; empty where nothing failed.
    pub(super) why: String,
}

impl From<recording_films::Film> for Film {
    fn from(film: recording_films::Film) -> Self {
        let plain =
            |state, percent| Self { state, percent, size_bytes: None, sha256: None, why: String::new() };
        match film {
            recording_films::Film::Waiting => plain(FilmState::Waiting, 0),
            recording_films::Film::Making { percent } => plain(FilmState::Making, percent),
            recording_films::Film::Failed { why } => Self { why, ..plain(FilmState::Failed, 0) },
            recording_films::Film::Ready { size_bytes, sha256, .. } => Self {
                size_bytes: Some(size_bytes),
                sha256: Some(crate::secrets::hex(&sha256)),
                ..plain(FilmState::Ready, 100)
            },
        }
    }
}
