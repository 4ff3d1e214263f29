//! Files that are kept encrypted under a key of their company, which comes from the server's master key, so that a copy of the
//! folder shows nothing.
//!
//! A file: version 1 (1 byte), nonce (12), AES-256-GCM of the contents with its tag (16). What the file is of is authenticated with
//! it: a file in another one's place is not read.

use crate::sessions::{Keys, Sessions};
use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use std::{io, sync::Arc};
use store::CompanyId;
use zeroize::Zeroizing;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// The file is not what was written.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("file is damaged or belongs elsewhere")]
pub(crate) struct Broken;

/// The key of a company.
#[derive(Clone)]
pub(crate) struct KeyOf(Arc<dyn Fn(CompanyId) -> Zeroizing<[u8; 32]> + Send + Sync>);

impl std::fmt::Debug for KeyOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyOf(..)")
    }
}

impl KeyOf {
    /// Keys for one kind of files.
    pub(crate) fn new(sessions: Sessions, of: &'static str) -> Self {
        Self(Arc::new(move |company| Zeroizing::new(sessions.secret(&format!("{of}/{company}")))))
    }

    /// The same keys, where no server runs.
    pub(crate) fn by(keys: Arc<Keys>, of: &'static str) -> Self {
        Self(Arc::new(move |company| Zeroizing::new(keys.derived(&format!("{of}/{company}")))))
    }

    /// The company's.
    pub(crate) fn of(&self, company: CompanyId) -> Zeroizing<[u8; 32]> {
        (self.0)(company)
    }
}

/// The file of these contents.
pub(crate) fn seal(key: &[u8; 32], authenticated: &[u8], contents: &[u8]) -> Result<Vec<u8>, Broken> {
    let nonce: [u8; NONCE_BYTES] = rand::random();
    let payload = Payload { msg: contents, aad: authenticated };
    let sealed =
        Aes256Gcm::new(key.into()).encrypt(Nonce::from_slice(&nonce), payload).map_err(|_| Broken)?;
    Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
}

/// How much a file of so many bytes holds.
pub(crate) fn contents_bytes(file_bytes: u64) -> u64 {
    file_bytes.saturating_sub((1 + NONCE_BYTES + TAG_BYTES) as u64)
}

/// The contents of a file.
pub(crate) fn open(key: &[u8; 32], authenticated: &[u8], file: &[u8]) -> Result<Vec<u8>, Broken> {
    let (version, rest) = file.split_first().ok_or(Broken)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(Broken)?;
    if *version != VERSION {
        return Err(Broken);
    }
    let payload = Payload { msg: sealed, aad: authenticated };
    Aes256Gcm::new(key.into()).decrypt(Nonce::from_slice(nonce), payload).map_err(|_| Broken)
}

/// What was to be removed may be gone already.
pub(crate) fn there_or_not(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Disks and ciphers keep a thread busy, and requests must not wait for that.
pub(crate) async fn on_disk<T: Send + 'static, E: From<io::Error> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
