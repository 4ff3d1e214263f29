//! Where the pictures' files are: DATA/captures/COMPANY/SESSION/ID, each encrypted under a key of its company that comes from the server's
//! master key, so that a copy of the folder shows nothing.
//!
//! A file: version 1 (1 byte), nonce (12), AES-256-GCM of the PNG with its tag (16). Company, session and id are authenticated
//! with it: a file in another one's place is not read.

use crate::{
    sealed::{self, Broken, KeyOf, on_disk, there_or_not},
    sessions::{Keys, Sessions},
    whole_file,
};
use axum::body::Bytes;
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use store::{CaptureId, CompanyId, SessionId};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Pictures that are taken in at once: each is whole in memory, twice.
const AT_ONCE: usize = 6;
/// What the keys of these files are named by.
const KEYS: &str = "captures";

/// Why a picture is not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VaultError {
    /// There is no such file.
    #[error("no such picture")]
    Missing,
    /// The file is not what was written.
    #[error("picture is damaged or belongs elsewhere")]
    Damaged,
    /// The disk.
    #[error("picture file: {0}")]
    File(#[from] io::Error),
}

impl From<Broken> for VaultError {
    fn from(_: Broken) -> Self {
        Self::Damaged
    }
}

/// The folder of the pictures.
#[derive(Debug)]
pub(crate) struct Vault {
    folder: PathBuf,
    turns: Semaphore,
    keys: KeyOf,
}

impl Vault {
    /// The folder within the server's data; it is made when the first picture comes.
    pub(crate) fn new(data: &Path, sessions: Sessions) -> Self {
        Self::with(data, KeyOf::new(sessions, KEYS))
    }

    /// The same folder, for a command that runs beside the server or without it.
    pub(crate) fn open(data: &Path, keys: Arc<Keys>) -> Self {
        Self::with(data, KeyOf::by(keys, KEYS))
    }

    fn with(data: &Path, keys: KeyOf) -> Self {
        Self { folder: data.join("captures"), turns: Semaphore::new(AT_ONCE), keys }
    }

    /// Waits until another picture may be taken in; it may until what is given is dropped.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Keeps a file.
    pub(crate) async fn write(
        &self,
        company: CompanyId,
        session: SessionId,
        id: CaptureId,
        png: Bytes,
    ) -> Result<(), VaultError> {
        let (folder, key) = (self.of_session(company, session), self.keys.of(company));
        let place = Place { company, session, id };
        on_disk(move || {
            let sealed = sealed::seal(&key, &place.authenticated(), &png)?;
            fs::create_dir_all(&folder)?;
            Ok(whole_file::write_private(&folder.join(id.to_string()), &sealed)?)
        })
        .await
    }

    /// A file as it was kept.
    pub(crate) async fn read(
        &self,
        company: CompanyId,
        session: SessionId,
        id: CaptureId,
    ) -> Result<Vec<u8>, VaultError> {
        let path = self.of_session(company, session).join(id.to_string());
        let key = self.keys.of(company);
        on_disk(move || match fs::read(path) {
            Ok(sealed) => Ok(sealed::open(&key, &Place { company, session, id }.authenticated(), &sealed)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(VaultError::Missing),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Takes a file away again.
    pub(crate) async fn remove(
        &self,
        company: CompanyId,
        session: SessionId,
        id: CaptureId,
    ) -> Result<(), VaultError> {
        let path = self.of_session(company, session).join(id.to_string());
        on_disk(move || Ok(there_or_not(fs::remove_file(path))?)).await
    }

    /// Deletes every file of a session.
    pub(super) async fn delete(&self, company: CompanyId, session: SessionId) -> Result<(), VaultError> {
        let folder = self.of_session(company, session);
        on_disk(move || Ok(there_or_not(fs::remove_dir_all(folder))?)).await
    }

    fn of_session(&self, company: CompanyId, session: SessionId) -> PathBuf {
        self.folder.join(company.to_string()).join(session.to_string())
    }
}

/// Whose file it is.
#[derive(Clone, Copy)]
struct Place {
    company: CompanyId,
    session: SessionId,
    id: CaptureId,
}

impl Place {
    /// Domain, and the ids (16 bytes each).
    fn authenticated(self) -> Vec<u8> {
        let parts: [&[u8]; 4] =
            [b"beside/capture/v1\0", self.company.as_bytes(), self.session.as_bytes(), self.id.as_bytes()];
        parts.concat()
    }
}
