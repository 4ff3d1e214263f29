//! Why there is no download.

use crate::problem::{Problem, code};
use protocol::slot::SlotError;
use std::{io, path::PathBuf};

/// What can go wrong with downloads.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DownloadError {
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The program is for no platform that we know.
    #[error("{path} is a program for neither Linux nor Windows")]
    Platform {
        /// Which one.
        path: PathBuf,
    },
    /// It has no slot, or the values do not fit.
    #[error("{path}: {error}")]
    Slot {
        /// Which one.
        path: PathBuf,
        /// What is wrong.
        error: SlotError,
    },
    /// The server's address is one that no app comes to.
    #[error(
        "the customer app comes by https:// alone, and this server's address is {origin}: give it TLS, for instance by tls = \"own\""
    )]
    NoTls {
        /// That address.
        origin: String,
    },
    /// Its name cannot stand in an address.
    #[error("{path}: the file's name may hold A–Z a–z 0–9 - _ . alone, and must not end in .json")]
    Name {
        /// Which one.
        path: PathBuf,
    },
    /// The list beside a download is not readable.
    #[error("{path} is not readable")]
    Description {
        /// Which one.
        path: PathBuf,
    },
    /// There is no such download.
    #[error("no such download")]
    Missing,
}

impl From<DownloadError> for Problem {
    fn from(error: DownloadError) -> Self {
        match error {
            DownloadError::Missing => Self::new(code::NOT_FOUND),
            other => {
                tracing::error!(error = %other, "Download not served");
                Self::new(code::INTERNAL)
            }
        }
    }
}
