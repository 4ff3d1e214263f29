//! A process of its own makes the pictures of a film: `beside-server film`. What it decodes came from a customer's PC, in part by C code;
//! so it has no key, no database, no environment and no file, only what it is given piece by piece, little memory, and the lowest
//! priority.
//!
//! ```text
//! question  length u32 (little-endian); a piece of the recording. 0: that was all
//! answer    kind u8: 0 more of the file, 1 the file's head (the last answer of all), 2 there will be no file
//!           length u32; data
//! ```
//! Each question has one answer, the last one two.

use clap::Args;
use film::{Film, FilmError, Plan, Source};
use protocol::recording::{Codec, PIECE_BYTES, Piece, RecordingError};
use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

/// Address space, bytes: what the largest picture needs, and an end to what a decoder can be talked into.
const MEMORY_BYTES: u64 = 4 << 30;

pub(super) const MORE: u8 = 0;
pub(super) const HEAD: u8 = 1;
pub(super) const NONE: u8 = 2;

/// Make the pictures of a recording's video file; the server itself calls it.
#[derive(Clone, Debug, Args)]
pub(crate) struct Worker {
    width: u16,
    height: u16,
    length_ms: u32,
    sound: u8,
    source: String,
}

/// Why there will be no file.
#[derive(Debug, thiserror::Error)]
pub(super) enum WorkerError {
    #[error(transparent)]
    Film(#[from] FilmError),
    #[error(transparent)]
    Piece(#[from] RecordingError),
    #[error("no such source")]
    Source,
}

/// The words after `film` that say how the file begins.
pub(super) fn words(plan: &Plan) -> [String; 5] {
    let source = match plan.source {
        Source::Composed => "composed",
        Source::AsIs(Codec::Av1) => "av1",
        Source::AsIs(Codec::Vp8) => "vp8",
        Source::AsIs(Codec::Vp9) => "vp9",
        Source::AsIs(Codec::H264) => "h264",
    };
    [
        plan.width.to_string(),
        plan.height.to_string(),
        plan.length_ms.to_string(),
        u8::from(plan.sound).to_string(),
        source.to_owned(),
    ]
}

impl Worker {
    /// Answers until everything is asked.
    pub(crate) fn run(&self) -> anyhow::Result<ExitCode> {
        be_modest()?;
        let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
        let mut film = self.begin();
        loop {
            let mut length = [0; 4];
            input.read_exact(&mut length)?;
            let length = usize::try_from(u32::from_le_bytes(length))?;
            anyhow::ensure!(length <= PIECE_BYTES, "piece too long");
            let mut piece = vec![0; length];
            input.read_exact(&mut piece)?;
            output.write_all(&answer(&mut film, &piece))?;
            output.flush()?;
            if length == 0 {
                return Ok(ExitCode::SUCCESS);
            }
        }
    }

    fn begin(&self) -> Result<Option<Film>, WorkerError> {
        let source = match self.source.as_str() {
            "composed" => Source::Composed,
            "av1" => Source::AsIs(Codec::Av1),
            "vp8" => Source::AsIs(Codec::Vp8),
            "vp9" => Source::AsIs(Codec::Vp9),
            _ => return Err(WorkerError::Source),
        };
        let &Self { width, height, length_ms, sound, .. } = self;
        begin(Plan { width, height, length_ms, sound: sound == 1, source })
    }
}

pub(super) fn begin(plan: Plan) -> Result<Option<Film>, WorkerError> {
    Ok(Some(Film::new(plan)?))
}

/// The answer to a question.
pub(super) fn answer(film: &mut Result<Option<Film>, WorkerError>, piece: &[u8]) -> Vec<u8> {
    let made = match film {
        Err(error) => return framed(NONE, error.to_string().as_bytes()),
        Ok(film) => answered(film, piece),
    };
    made.unwrap_or_else(|error| {
        let text = error.to_string();
        *film = Err(error);
        framed(NONE, text.as_bytes())
    })
}

fn answered(film: &mut Option<Film>, piece: &[u8]) -> Result<Vec<u8>, WorkerError> {
    if piece.is_empty() {
        let (rest, head) = film.take().map(Film::finish).transpose()?.unwrap_or_default();
        return Ok([framed(MORE, &rest), framed(HEAD, &head)].concat());
    }
    let piece = Piece::read(piece)?;
    let more = film.as_mut().map(|film| film.take(&piece)).transpose()?.unwrap_or_default();
    Ok(framed(MORE, &more))
}

fn framed(kind: u8, data: &[u8]) -> Vec<u8> {
    // A piece of 8 MiB becomes less than 4 GiB.
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    [&[kind], length.to_le_bytes().as_slice(), data].concat()
}

/// Behind everything else that the machine does, with an end to its memory, and without anything more than its two pipes: what is
/// drawn came from strangers.
#[cfg(unix)]
fn be_modest() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, nice, setrlimit};
    nice(19)?;
    // First of all when memory runs short; not every system has it.
    #[cfg(target_os = "linux")]
    std::fs::write("/proc/self/oom_score_adj", "1000").unwrap_or_default();
    let most = |count| Rlimit { current: Some(count), maximum: Some(count) };
    setrlimit(Resource::As, most(MEMORY_BYTES))?;
    // No pictures in a core dump, no file that grows, and no file or socket that is opened from here on.
    setrlimit(Resource::Core, most(0))?;
    setrlimit(Resource::Fsize, most(0))?;
    Ok(setrlimit(Resource::Nofile, most(0))?)
}

#[cfg(not(unix))]
fn be_modest() -> io::Result<()> {
    Ok(())
}
