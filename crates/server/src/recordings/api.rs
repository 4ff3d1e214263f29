//! Bodies.

use super::film::Film;
use crate::secrets::hex;
use serde::{Deserialize, Serialize};
use store::{RecordingId, SessionId, recording_films, recordings};
use utoipa::ToSchema;

/// A recording of a session [F-13].
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Recording {
    #[schema(value_type = uuid::Uuid)]
    id: RecordingId,
    /// From 1 in its session.
    no: i64,
    /// Its own time counts from here.
    began_at_ms: i64,
    /// Null while it runs.
    #[schema(required)]
    ended_at_ms: Option<i64>,
    #[schema(value_type = i64)]
    length_ms: u32,
    #[schema(value_type = i64)]
    size_bytes: u64,
    #[schema(value_type = i64)]
    pieces: u32,
    /// Over all pieces, in hexadecimal; the record's chain has it, too.
    digest: String,
    /// Why it ended, kebab-case; empty while it runs.
    why: String,
    /// For other players.
    film: Film,
}

/// A piece, for a player to know where it can begin.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Piece {
    #[schema(value_type = i64)]
    no: u32,
    #[schema(value_type = i64)]
    starts_ms: u32,
    #[schema(value_type = i64)]
    ends_ms: u32,
    /// From when on it can be shown without what was before.
    #[schema(required, value_type = Option<i64>)]
    state_ms: Option<u32>,
    /// The same of its video.
    #[schema(required, value_type = Option<i64>)]
    video_key_ms: Option<u32>,
    #[schema(value_type = i64)]
    size_bytes: u64,
}

/// Which recording of which session.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Which {
    pub(super) id: SessionId,
    pub(super) recording: RecordingId,
}

/// Which piece.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct WhichPiece {
    pub(super) id: SessionId,
    pub(super) recording: RecordingId,
    pub(super) piece: u32,
}

impl From<WhichPiece> for Which {
    fn from(WhichPiece { id, recording, .. }: WhichPiece) -> Self {
        Self { id, recording }
    }
}

impl Recording {
    pub(super) fn new(film: recording_films::Film, kept: recordings::Recording) -> Self {
        Self {
            id: kept.id,
            no: kept.no,
            began_at_ms: kept.began_at_ms,
            ended_at_ms: kept.ended_at_ms,
            length_ms: kept.length_ms,
            size_bytes: kept.size_bytes,
            pieces: kept.pieces,
            digest: hex(&kept.digest),
            why: kept.why,
            film: film.into(),
        }
    }
}

impl From<recordings::Piece> for Piece {
    fn from(kept: recordings::Piece) -> Self {
        Self {
            no: kept.no,
            starts_ms: kept.starts_ms,
            ends_ms: kept.ends_ms,
            state_ms: kept.state_ms,
            video_key_ms: kept.video_key_ms,
            size_bytes: kept.size_bytes,
        }
    }
}
