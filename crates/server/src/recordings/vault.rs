//! Where the pieces of recordings are: DATA/recordings/COMPANY/SESSION/RECORDING/NO, each a sealed file of its own, written whole
//! before the console hears that it is kept. A piece gets its name only once it is known to be the one that is kept: two of one number
//! may come at once.
//! What is made of them for other players lies below, in parts: film/MAKER/NO. Each try to make it has names of its own: one that goes on
//! though another has begun anew writes nothing into that one's.

use crate::{
    sealed::{self, Broken, KeyOf, on_disk, there_or_not},
    sessions::Sessions,
    whole_file,
};
use axum::body::Bytes;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use store::{CompanyId, RecordingId, SessionId};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

/// Pieces that are taken in or given out at once: each is whole in memory, twice.
const AT_ONCE: usize = 16;

/// Why a piece is not there.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VaultError {
    /// There is no such file.
    #[error("no such piece")]
    Missing,
    /// The file is not what was written.
    #[error("piece is damaged or belongs elsewhere")]
    Damaged,
    /// The disk.
    #[error("file of a piece: {0}")]
    File(#[from] io::Error),
}

impl From<Broken> for VaultError {
    fn from(_: Broken) -> Self {
        Self::Damaged
    }
}

/// The folder of the recordings.
#[derive(Debug)]
pub(crate) struct Vault {
    folder: PathBuf,
    turns: Semaphore,
    keys: KeyOf,
}

/// A piece's file that is whole and is not kept yet. Dropped, it is gone; what a crash leaves goes with its recording.
#[derive(Debug)]
pub(super) struct Waiting {
    path: PathBuf,
    kept_as: PathBuf,
}

impl Waiting {
    /// From here on it is the piece of its number, in place of one that no row tells of. Only within the write that makes the row: of
    /// two that come at once the row's is named.
    pub(super) async fn keep(self) -> Result<(), VaultError> {
        on_disk(move || Ok(fs::rename(&self.path, &self.kept_as)?)).await
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Err(error) = there_or_not(fs::remove_file(&self.path)) {
            tracing::warn!(error = %error, "A piece of a recording that is not kept is left");
        }
    }
}

/// Which recording of whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) company: CompanyId,
    pub(super) session: SessionId,
    pub(super) recording: RecordingId,
}

impl Place {
    /// Domain, the ids (16 bytes each), and the number of the piece (4, big endian).
    fn authenticated(self, no: u32) -> Vec<u8> {
        let parts: [&[u8]; 5] = [
            b"beside/recording-piece/v1\0",
            self.company.as_bytes(),
            self.session.as_bytes(),
            self.recording.as_bytes(),
            &no.to_be_bytes(),
        ];
        parts.concat()
    }

    /// Beside its own domain, the pieces' and whose try it is (16).
    fn authenticated_part(self, maker: Uuid, no: u32) -> Vec<u8> {
        [b"beside/recording-film/v2\0", maker.as_bytes().as_slice(), &self.authenticated(no)].concat()
    }
}

impl Vault {
    /// The folder within the server's data; it is made when the first piece comes.
    pub(crate) fn new(data: &Path, sessions: Sessions) -> Self {
        let keys = KeyOf::new(sessions, "recordings");
        Self { folder: data.join("recordings"), turns: Semaphore::new(AT_ONCE), keys }
    }

    /// Waits until another piece may be taken; it may until what is given is dropped.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Writes a piece whole, beside those that are kept.
    pub(super) async fn write(&self, place: Place, no: u32, piece: Bytes) -> Result<Waiting, VaultError> {
        let (folder, key) = (self.of(place), self.keys.of(place.company));
        on_disk(move || {
            let sealed = sealed::seal(&key, &place.authenticated(no), &piece)?;
            fs::create_dir_all(&folder)?;
            let file = Waiting {
                path: folder.join(format!("waiting-{}", Uuid::new_v4())),
                kept_as: folder.join(no.to_string()),
            };
            whole_file::write_private(&file.path, &sealed)?;
            Ok(file)
        })
        .await
    }

    /// A piece as it was kept.
    pub(super) async fn read(&self, place: Place, no: u32) -> Result<Vec<u8>, VaultError> {
        let (path, key) = (self.of(place).join(no.to_string()), self.keys.of(place.company));
        on_disk(move || read(&path, &key, &place.authenticated(no))).await
    }

    /// Keeps a part of the file for other players that is made of a recording.
    pub(super) async fn write_part(
        &self,
        place: Place,
        maker: Uuid,
        no: u32,
        part: Vec<u8>,
    ) -> Result<(), VaultError> {
        let (folder, key) = (self.of_try(place, maker), self.keys.of(place.company));
        on_disk(move || {
            let sealed = sealed::seal(&key, &place.authenticated_part(maker, no), &part)?;
            fs::create_dir_all(&folder)?;
            Ok(whole_file::write_private(&folder.join(no.to_string()), &sealed)?)
        })
        .await
    }

    /// A part of the file for other players.
    pub(super) async fn read_part(&self, place: Place, maker: Uuid, no: u32) -> Result<Vec<u8>, VaultError> {
        let (path, key) = (self.of_try(place, maker).join(no.to_string()), self.keys.of(place.company));
        on_disk(move || read(&path, &key, &place.authenticated_part(maker, no))).await
    }

    /// Which of so many parts holds a byte of the whole file, and which of that part's bytes it is.
    pub(super) async fn find_in_film(
        &self,
        place: Place,
        maker: Uuid,
        parts: u32,
        byte: u64,
    ) -> Result<(u32, u64), VaultError> {
        let folder = self.of_try(place, maker);
        on_disk(move || {
            let mut left = byte;
            for no in 0..parts {
                let bytes = sealed::contents_bytes(fs::metadata(folder.join(no.to_string()))?.len());
                if left < bytes {
                    return Ok((no, left));
                }
                left -= bytes;
            }
            Err(VaultError::Missing)
        })
        .await
    }

    /// Deletes what one try has left.
    pub(super) async fn delete_try(&self, place: Place, maker: Uuid) -> Result<(), VaultError> {
        let (folder, tries) = (self.of_try(place, maker), self.of_film(place));
        on_disk(move || {
            there_or_not(fs::remove_dir_all(folder))?;
            // Where it was the only one; another one's stay.
            fs::remove_dir(tries).unwrap_or_default();
            Ok(())
        })
        .await
    }

    /// Deletes what there is of the file for other players.
    pub(super) async fn delete_film(&self, place: Place) -> Result<(), VaultError> {
        let folder = self.of_film(place);
        on_disk(move || Ok(there_or_not(fs::remove_dir_all(folder))?)).await
    }

    /// Deletes every piece of a recording, and what was made of it.
    pub(super) async fn delete(&self, place: Place) -> Result<(), VaultError> {
        let folder = self.of(place);
        on_disk(move || Ok(there_or_not(fs::remove_dir_all(folder))?)).await
    }

    /// Deletes every recording of a session.
    pub(super) async fn delete_session(
        &self,
        company: CompanyId,
        session: SessionId,
    ) -> Result<(), VaultError> {
        let folder = self.of_session(company, session);
        on_disk(move || Ok(there_or_not(fs::remove_dir_all(folder))?)).await
    }

    fn of_session(&self, company: CompanyId, session: SessionId) -> PathBuf {
        self.folder.join(company.to_string()).join(session.to_string())
    }

    fn of(&self, place: Place) -> PathBuf {
        self.of_session(place.company, place.session).join(place.recording.to_string())
    }

    fn of_film(&self, place: Place) -> PathBuf {
        self.of(place).join("film")
    }

    fn of_try(&self, place: Place, maker: Uuid) -> PathBuf {
        self.of_film(place).join(maker.to_string())
    }
}

fn read(path: &Path, key: &[u8; 32], authenticated: &[u8]) -> Result<Vec<u8>, VaultError> {
    match fs::read(path) {
        Ok(file) => Ok(sealed::open(key, authenticated, &file)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(VaultError::Missing),
        Err(error) => Err(error.into()),
    }
}
