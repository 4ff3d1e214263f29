//! The server's keys: an identity made at the first start, and the short-lived keys that it certifies (design,
//! Trust). Each lies in a file of its own, encrypted under a master key that only this user can read, so that a
//! copied backup without the master key signs nothing.
//!
//! A key file: version 1 (1 byte), nonce (12), AES-256-GCM of seed (32), not before and not after (8 each, big
//! endian, epoch milliseconds) with its tag (16). The file's name is authenticated with it.

use crate::whole_file;
use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use ed25519_dalek::{Signer as _, SigningKey};
use protocol::{
    IdentityHash,
    policy::{Purpose, certify},
    wire,
};
use sha2::{Digest, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use zeroize::Zeroizing;

/// How long a certified key is valid; the next one is made at half of it.
const LIFETIME_MS: u64 = 7 * 24 * 60 * 60 * 1000;
/// What the identity signs when a stranger asks it for a proof.
const IDENTITY_PROOF: &[u8] = b"beside/identity/v1\0";
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;
const SEED_BYTES: usize = 32;

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyError {
    /// A file cannot be read or made.
    #[error("key file {path}: {error}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// A file is no key, or of another master key.
    #[error("key file {path} is damaged or belongs to another master key")]
    Damaged {
        /// Which one.
        path: PathBuf,
    },
}

/// A key with its certificate.
#[derive(Debug)]
pub(crate) struct CertifiedKey {
    /// Signs.
    pub(crate) key: SigningKey,
    /// Proves whose key it is.
    pub(crate) certificate: wire::KeyCertificate,
    not_before_ms: u64,
}

/// Every key of this server.
pub(crate) struct Keys {
    dir: PathBuf,
    master: Zeroizing<[u8; SEED_BYTES]>,
    identity: SigningKey,
    policy: Mutex<Option<Arc<CertifiedKey>>>,
    record: Mutex<Option<Arc<CertifiedKey>>>,
    usage_log: Mutex<Option<Arc<CertifiedKey>>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("identity", &self.identity_hash().to_text()).finish_non_exhaustive()
    }
}

impl Keys {
    /// Opens the keys in `dir`, and makes those that are missing.
    ///
    /// Errors: all of [`KeyError`].
    pub(crate) fn open(dir: &Path, now_ms: u64) -> Result<Self, KeyError> {
        std::fs::create_dir_all(dir).map_err(|error| KeyError::File { path: dir.to_owned(), error })?;
        let master = open_master(&dir.join("master.key"))?;
        let identity = match read(dir, "identity.key", &master)? {
            Some(stored) => stored.key,
            None => make(dir, "identity.key", &master, 0, u64::MAX)?.key,
        };
        let keys = Self {
            dir: dir.to_owned(),
            master,
            identity,
            policy: Mutex::new(None),
            record: Mutex::new(None),
            usage_log: Mutex::new(None),
        };
        keys.policy(now_ms)?;
        keys.record(now_ms)?;
        keys.usage_log(now_ms)?;
        Ok(keys)
    }

    /// What apps know this server by.
    pub(crate) fn identity_hash(&self) -> IdentityHash {
        IdentityHash::of(self.identity.verifying_key().as_bytes())
    }

    /// The identity's public key, and its signature over a stranger's nonce and the server's authority. The domain and
    /// the fixed lengths keep it from being anything else that this key signs.
    fn prove_identity(&self, nonce: &[u8; 32], authority_sha256: &[u8; 32]) -> ([u8; 32], [u8; 64]) {
        let message = [IDENTITY_PROOF, nonce.as_slice(), authority_sha256].concat();
        (self.identity.verifying_key().to_bytes(), self.identity.sign(&message).to_bytes())
    }

    /// The key that signs policies now.
    pub(crate) fn policy(&self, now_ms: u64) -> Result<Arc<CertifiedKey>, KeyError> {
        self.current(&self.policy, "policy.key", Purpose::Policy, now_ms)
    }

    /// The key that seals records now.
    pub(crate) fn record(&self, now_ms: u64) -> Result<Arc<CertifiedKey>, KeyError> {
        self.current(&self.record, "record.key", Purpose::Record, now_ms)
    }

    /// The key that signs heads of usage logs now.
    pub(crate) fn usage_log(&self, now_ms: u64) -> Result<Arc<CertifiedKey>, KeyError> {
        self.current(&self.usage_log, "usage-log.key", Purpose::UsageLog, now_ms)
    }

    /// A secret of this server for one purpose.
    pub(crate) fn derived(&self, purpose: &str) -> [u8; 32] {
        let hash = Sha256::new().chain_update("beside/derived/v1\0").chain_update(purpose);
        hash.chain_update([0]).chain_update(self.master.as_slice()).finalize().into()
    }

    fn current(
        &self,
        slot: &Mutex<Option<Arc<CertifiedKey>>>,
        name: &str,
        purpose: Purpose,
        now_ms: u64,
    ) -> Result<Arc<CertifiedKey>, KeyError> {
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh =
            |not_before_ms: u64| (not_before_ms..not_before_ms + LIFETIME_MS / 2).contains(&now_ms);
        if let Some(key) = slot.as_ref().filter(|key| is_fresh(key.not_before_ms)) {
            return Ok(Arc::clone(key));
        }
        let stored = read(&self.dir, name, &self.master)?.filter(|stored| is_fresh(stored.not_before_ms));
        let stored = match stored {
            Some(stored) => stored,
            None => make(&self.dir, name, &self.master, now_ms, now_ms.saturating_add(LIFETIME_MS))?,
        };
        // An app's clock is the server's as Welcome told it; a minute covers two servers that differ.
        let not_before_ms = stored.not_before_ms.saturating_sub(60_000);
        let certificate =
            certify(&self.identity, &stored.key.verifying_key(), purpose, not_before_ms, stored.not_after_ms);
        let key =
            Arc::new(CertifiedKey { key: stored.key, certificate, not_before_ms: stored.not_before_ms });
        *slot = Some(Arc::clone(&key));
        Ok(key)
    }
}

impl super::Sessions {
    /// See [`Keys::usage_log`].
    pub(crate) fn usage_log_key(&self, now_ms: u64) -> Result<Arc<CertifiedKey>, KeyError> {
        self.0.keys.usage_log(now_ms)
    }

    /// See [`Keys::record`].
    pub(crate) fn record_key(&self, now_ms: u64) -> Result<Arc<CertifiedKey>, KeyError> {
        self.0.keys.record(now_ms)
    }

    /// See [`Keys::derived`].
    pub(crate) fn secret(&self, purpose: &str) -> [u8; 32] {
        self.0.keys.derived(purpose)
    }

    /// See [`Keys::prove_identity`].
    pub(crate) fn prove_identity(
        &self,
        nonce: &[u8; 32],
        authority_sha256: &[u8; 32],
    ) -> ([u8; 32], [u8; 64]) {
        self.0.keys.prove_identity(nonce, authority_sha256)
    }
}

impl CertifiedKey {
    /// Ed25519 over a domain and a message.
    pub(crate) fn sign(&self, domain: &[u8], message: &[u8]) -> [u8; 64] {
        self.key.sign(&[domain, message].concat()).to_bytes()
    }
}

struct Stored {
    key: SigningKey,
    not_before_ms: u64,
    not_after_ms: u64,
}

fn open_master(path: &Path) -> Result<Zeroizing<[u8; SEED_BYTES]>, KeyError> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let bytes = Zeroizing::new(bytes);
            let fixed =
                bytes.as_slice().try_into().map_err(|_| KeyError::Damaged { path: path.to_owned() })?;
            Ok(Zeroizing::new(fixed))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let master = Zeroizing::new(rand::random::<[u8; SEED_BYTES]>());
            write_private(path, master.as_slice())?;
            Ok(master)
        }
        Err(error) => Err(KeyError::File { path: path.to_owned(), error }),
    }
}

fn make(
    dir: &Path,
    name: &str,
    master: &[u8; SEED_BYTES],
    not_before_ms: u64,
    not_after_ms: u64,
) -> Result<Stored, KeyError> {
    let path = dir.join(name);
    let damaged = || KeyError::Damaged { path: path.clone() };
    let key = SigningKey::from_bytes(&rand::random());
    let plain: [&[u8]; 3] = [key.as_bytes(), &not_before_ms.to_be_bytes(), &not_after_ms.to_be_bytes()];
    let plain = Zeroizing::new(plain.concat());
    let nonce = rand::random::<[u8; NONCE_BYTES]>();
    let cipher = Aes256Gcm::new(master.into());
    let sealed = cipher
        .encrypt(Nonce::from_slice(&nonce), Payload { msg: &plain, aad: name.as_bytes() })
        .map_err(|_| damaged())?;
    let file: [&[u8]; 3] = [&[VERSION], &nonce, &sealed];
    write_private(&path, &file.concat())?;
    Ok(Stored { key, not_before_ms, not_after_ms })
}

fn read(dir: &Path, name: &str, master: &[u8; SEED_BYTES]) -> Result<Option<Stored>, KeyError> {
    let path = dir.join(name);
    let file = match std::fs::read(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(KeyError::File { path, error }),
    };
    parse(&file, name, master).map(Some).ok_or(KeyError::Damaged { path })
}

fn parse(file: &[u8], name: &str, master: &[u8; SEED_BYTES]) -> Option<Stored> {
    let (head, sealed) = file.split_at_checked(1 + NONCE_BYTES)?;
    let nonce = head.strip_prefix(&[VERSION])?;
    let cipher = Aes256Gcm::new(master.into());
    let plain =
        cipher.decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad: name.as_bytes() }).ok()?;
    let plain = Zeroizing::new(plain);
    let (seed, times) = plain.split_at_checked(SEED_BYTES)?;
    let (not_before, not_after) = times.split_at_checked(8)?;
    Some(Stored {
        key: SigningKey::from_bytes(seed.try_into().ok()?),
        not_before_ms: u64::from_be_bytes(not_before.try_into().ok()?),
        not_after_ms: u64::from_be_bytes(not_after.try_into().ok()?),
    })
}

/// Writes a file that only this account can read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    whole_file::write_private(path, bytes).map_err(|error| KeyError::File { path: path.to_owned(), error })
}
