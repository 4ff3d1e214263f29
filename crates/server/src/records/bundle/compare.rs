//! Whether a saved recording, or the video file that was made of it, is the one that a record tells of.

use super::{named::Named, verdict::Verdict};
use crate::recordings::Digest;
use protocol::recording::PIECE_BYTES;
use sha2::{Digest as _, Sha256};
use std::{
    fmt,
    io::{self, Read},
};
use store::chain::Hash;

/// What a piece of a recording begins with, its number, two times and its length: 4 bytes each, little-endian (docs/recordings.md).
const HEADER_BYTES: usize = 20;
const MAGIC: &[u8; 4] = b"BSR1";

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// All pieces of a recording of this number.
    Recording(i64),
    /// The video file that was made of it.
    Film(i64),
    /// A recording whose pieces do not follow each other.
    Piece {
        /// The one that should come.
        expected: u32,
        /// The one that does; `None`: the file ends within the one before.
        found: Option<u32>,
    },
    /// No digest of the record is this file's.
    Unknown,
}

impl fmt::Display for Compared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recording(no) => write!(f, "recording {no} of this record, whole"),
            Self::Film(no) => write!(f, "video file of recording {no} of this record, whole"),
            Self::Piece { expected, found: Some(found) } if *found < *expected => {
                write!(
                    f,
                    "piece {found} of the recording was swapped or is there twice: piece {expected} should follow"
                )
            }
            Self::Piece { expected, found: Some(found) } => {
                write!(f, "piece {expected} of the recording was dropped or swapped: piece {found} follows")
            }
            Self::Piece { expected, found: None } => {
                write!(f, "recording was cut within piece {expected}")
            }
            Self::Unknown => write!(f, "changed, cut, or of another record: no entry has its digest"),
        }
    }
}

impl Compared {
    /// Whether the record tells of this very file.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Recording(_) | Self::Film(_))
    }
}

/// Reads a file to its end, a piece at a time, and says what it is by what `record` tells.
///
/// Errors: of reading alone.
pub(crate) fn compare(file: &mut impl Read, record: &Verdict) -> io::Result<Compared> {
    let mut start = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut start)?;
    if start == MAGIC { recording(start, file, &record.named) } else { film(&start, file, &record.named) }
}

fn film(start: &[u8], file: &mut impl Read, named: &Named) -> io::Result<Compared> {
    let mut digest = Sha256::new_with_prefix(start);
    io::copy(file, &mut digest)?;
    let digest: Hash = digest.finalize().into();
    let found = named.films.iter().find(|(_, sha256)| *sha256 == digest);
    Ok(found.map_or(Compared::Unknown, |(no, _)| Compared::Film(*no)))
}

fn recording(mut start: Vec<u8>, file: &mut impl Read, named: &Named) -> io::Result<Compared> {
    let mut expected = 1;
    let mut pieces: Vec<Hash> = Vec::new();
    while !start.is_empty() {
        file.by_ref().take((HEADER_BYTES - start.len()) as u64).read_to_end(&mut start)?;
        let word =
            |at: usize| -> Option<u32> { Some(u32::from_le_bytes(start.get(at..at + 4)?.try_into().ok()?)) };
        let (Some(no), Some(length)) = (word(4), word(16)) else {
            return Ok(Compared::Piece { expected, found: None });
        };
        let length = u64::from(length).min(PIECE_BYTES as u64);
        if no != expected || !start.starts_with(MAGIC) {
            return Ok(Compared::Piece { expected, found: Some(no) });
        }
        let mut digest = Sha256::new_with_prefix(&start);
        if io::copy(&mut file.by_ref().take(length), &mut digest)? < length {
            return Ok(Compared::Piece { expected, found: None });
        }
        pieces.push(digest.finalize().into());
        expected += 1;
        start.clear();
        file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut start)?;
    }
    let found = named.recordings.iter().find(|kept| {
        let digest = pieces.iter().fold(Digest::begin(kept.id), |digest, piece| digest.add(piece));
        digest.0 == kept.digest
    });
    Ok(found.map_or(Compared::Unknown, |kept| Compared::Recording(kept.no)))
}
