//! What a recording of a session (docs/recordings.md) becomes for other players [F-13]: WebM with AV1 and Opus, seekable.
//!
//! Values in, bytes out: an [`Outline`] reads all pieces once and says how large the picture is and what there is to hear; a [`Film`]
//! takes the same pieces again, draws what was shown with the pointer in it, encodes each picture that differs from the one before,
//! mixes the voices, and gives parts of the file as they are whole. What it holds is one picture, the encoder, and a
//! part of the file, however long the recording is. Files, keys, threads and processes are the server's.

mod canvas;
mod ebml;
mod film;
mod mixer;
mod outline;
mod pointer;
#[cfg(test)]
mod tests;
mod webm;

pub use film::{Film, FilmError};
pub use outline::{NoFilm, Outline, Plan, Source};
