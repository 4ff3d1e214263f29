//! The reserved slot in the customer app's bytes that names its server (design, Trust; H-1).
//!
//! Fixed size, so that filling it moves nothing in the file. Integers are big-endian:
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 16 | magic `BESIDE-SLOT-V1` and two line feeds |
//! | 16 | 2 | version: 0 not prepared, 1 |
//! | 18 | 2 | length of the body |
//! | 20 | 32 | SHA-256 of the body |
//! | 52 | length | body |
//! | … | | zeros |
//! | 4080 | 16 | trailer `TOLS-EDISEB-1V` and two line feeds |
//!
//! Body: count of origins (1), each as length (2) and UTF-8; count of identity hashes (1), each 32 bytes; 1 and the
//! SHA-256 of the private authority's certificate (32), or 0.

mod version;

#[cfg(test)]
mod tests;

pub use version::{version_in, version_mark};

use memchr::memmem;
use sha2::{Digest, Sha256};

use crate::{IdentityHash, limits};

const MAGIC: [u8; 16] = *b"BESIDE-SLOT-V1\n\n";
const TRAILER: [u8; 16] = *b"TOLS-EDISEB-1V\n\n";
const VERSION: u16 = 1;
const HEAD_BYTES: usize = 52;
const BODY_BYTES: usize = limits::SLOT_BYTES - HEAD_BYTES - TRAILER.len();

/// An unprepared slot, as the customer app is built with.
pub const EMPTY: [u8; limits::SLOT_BYTES] = empty();

/// What a prepared app knows of its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// 1 to 8 origins, the preferred first: "https://support.example:8443".
    pub origins: Vec<String>,
    /// 1 to 4 hashes of identity keys.
    pub identities: Vec<IdentityHash>,
    /// SHA-256 of the DER certificate of the server's own authority, if it has one.
    pub authority_sha256: Option<[u8; 32]>,
}

/// Why bytes are no slot, or values do not fit into one.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SlotError {
    /// No slot in these bytes.
    #[error("slot is missing")]
    Missing,
    /// Several slots: it would be unclear which one counts.
    #[error("slot is there more than once")]
    Ambiguous,
    /// The checksum does not fit: a byte was changed.
    #[error("slot is damaged")]
    Damaged,
    /// Of a later version.
    #[error("slot has version {version}")]
    Version {
        /// As found.
        version: u16,
    },
    /// Too many or too long values, or none.
    #[error("values do not fit into the slot")]
    Values,
}

impl Slot {
    /// The filled slot.
    ///
    /// Errors: [`SlotError::Values`].
    pub fn encode(&self) -> Result<[u8; limits::SLOT_BYTES], SlotError> {
        let body = self.body()?;
        let length = u16::try_from(body.len()).map_err(|_| SlotError::Values)?;
        let filler = BODY_BYTES.checked_sub(body.len()).ok_or(SlotError::Values)?;
        let digest: [u8; 32] = Sha256::digest(&body).into();
        let parts: [&[u8]; 7] = [
            &MAGIC,
            &VERSION.to_be_bytes(),
            &length.to_be_bytes(),
            &digest,
            &body,
            &vec![0; filler],
            &TRAILER,
        ];
        parts.concat().try_into().map_err(|_| SlotError::Values)
    }

    /// Reads a slot; `None` where it is not prepared.
    ///
    /// Errors: [`SlotError::Missing`], [`SlotError::Damaged`], [`SlotError::Version`], [`SlotError::Values`].
    pub fn decode(bytes: &[u8; limits::SLOT_BYTES]) -> Result<Option<Self>, SlotError> {
        let mut reader = Reader(bytes);
        let magic = reader.take(MAGIC.len())?;
        if magic != MAGIC || !bytes.ends_with(&TRAILER) {
            return Err(SlotError::Missing);
        }
        let version = reader.u16()?;
        let length = usize::from(reader.u16()?);
        let digest = reader.take(32)?;
        match version {
            0 => return Ok(None),
            VERSION => {}
            version => return Err(SlotError::Version { version }),
        }
        if BODY_BYTES < length {
            return Err(SlotError::Damaged);
        }
        let body = reader.take(length)?;
        if Sha256::digest(body).as_slice() != digest {
            return Err(SlotError::Damaged);
        }
        Self::read_body(&mut Reader(body)).map(Some)
    }

    fn body(&self) -> Result<Vec<u8>, SlotError> {
        let origins = count(self.origins.len(), limits::SLOT_ORIGINS)?;
        let identities = count(self.identities.len(), limits::SLOT_IDENTITIES)?;
        let mut body = vec![origins];
        for origin in &self.origins {
            if origin.is_empty() || limits::SLOT_ORIGIN_BYTES < origin.len() {
                return Err(SlotError::Values);
            }
            let length = u16::try_from(origin.len()).map_err(|_| SlotError::Values)?;
            body.extend_from_slice(&length.to_be_bytes());
            body.extend_from_slice(origin.as_bytes());
        }
        body.push(identities);
        for identity in &self.identities {
            body.extend_from_slice(&identity.0);
        }
        body.push(u8::from(self.authority_sha256.is_some()));
        body.extend_from_slice(self.authority_sha256.as_ref().map_or(&[][..], |hash| hash));
        Ok(body)
    }

    fn read_body(reader: &mut Reader<'_>) -> Result<Self, SlotError> {
        let mut origins = Vec::new();
        for _ in 0..bounded(reader.u8()?, limits::SLOT_ORIGINS)? {
            let length = usize::from(reader.u16()?);
            let origin = std::str::from_utf8(reader.take(length)?).map_err(|_| SlotError::Values)?;
            origins.push(origin.to_owned());
        }
        let mut identities = Vec::new();
        for _ in 0..bounded(reader.u8()?, limits::SLOT_IDENTITIES)? {
            identities.push(IdentityHash(reader.hash()?));
        }
        let authority_sha256 = match reader.u8()? {
            0 => None,
            _ => Some(reader.hash()?),
        };
        Ok(Self { origins, identities, authority_sha256 })
    }
}

/// Finds where the one slot begins in a program's bytes.
///
/// Errors: [`SlotError::Missing`], [`SlotError::Ambiguous`].
pub fn find_in(bytes: &[u8]) -> Result<usize, SlotError> {
    // The program also holds the magic as a constant of this very function, so the trailer must fit as well.
    let mut found = memmem::find_iter(bytes, &MAGIC).filter(|at| {
        let slot = bytes.get(*at..).and_then(|rest| rest.get(..limits::SLOT_BYTES));
        slot.is_some_and(|slot| slot.ends_with(&TRAILER))
    });
    let first = found.next().ok_or(SlotError::Missing)?;
    if found.next().is_some() { Err(SlotError::Ambiguous) } else { Ok(first) }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], SlotError> {
        let (head, tail) = self.0.split_at_checked(bytes).ok_or(SlotError::Damaged)?;
        self.0 = tail;
        Ok(head)
    }

    fn u8(&mut self) -> Result<u8, SlotError> {
        self.take(1)?.first().copied().ok_or(SlotError::Damaged)
    }

    fn u16(&mut self) -> Result<u16, SlotError> {
        let bytes = self.take(2)?.try_into().map_err(|_| SlotError::Damaged)?;
        Ok(u16::from_be_bytes(bytes))
    }

    fn hash(&mut self) -> Result<[u8; 32], SlotError> {
        self.take(32)?.try_into().map_err(|_| SlotError::Damaged)
    }
}

fn count(values: usize, limit: usize) -> Result<u8, SlotError> {
    let count = u8::try_from(values).map_err(|_| SlotError::Values)?;
    bounded(count, limit)
}

fn bounded(count: u8, limit: usize) -> Result<u8, SlotError> {
    if (1..=limit).contains(&usize::from(count)) { Ok(count) } else { Err(SlotError::Values) }
}

#[expect(clippy::indexing_slicing, reason = "evaluated at compile time, where a wrong index does not build")]
const fn empty() -> [u8; limits::SLOT_BYTES] {
    let mut slot = [0; limits::SLOT_BYTES];
    let mut at = 0;
    while at < MAGIC.len() {
        slot[at] = MAGIC[at];
        slot[limits::SLOT_BYTES - TRAILER.len() + at] = TRAILER[at];
        at += 1;
    }
    slot
}
