//! The hash chain of the usage log and of session events (design, Trust).
//!
//! `hash = SHA-256(domain, company, chain, seq, prev, kind, at_ms, source, source_seq, SHA-256(salt ‖ body))`.
//! Each field is preceded by its length (8 bytes, big endian), numbers are 8 bytes big endian, so that no two
//! different entries have the same input. The salted body can be erased by retention: its digest stays and
//! the chain still verifies.

use sha2::{Digest, Sha256};

/// What every hash begins with; another version of the format has another domain.
const DOMAIN: &[u8] = b"beside/chain/v1";

/// Length of the length before each field.
const LENGTH_BYTES: usize = 8;

/// Length of a hash and of a salt.
pub const HASH_BYTES: usize = 32;
/// Length of a salt: a short body cannot be guessed from its digest.
pub const SALT_BYTES: usize = 16;

/// A SHA-256 digest.
pub type Hash = [u8; HASH_BYTES];

/// What comes before the first entry.
pub const GENESIS: Hash = [0; HASH_BYTES];

/// Which chain: every company has one usage log, and every session one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainName {
    /// The company, 16 bytes.
    pub company: [u8; 16],
    /// "usage-log", or "session/" and the session's id.
    pub chain: String,
}

/// One entry as it is hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: i64,
    /// The hash of the entry before, [`GENESIS`] for the first.
    pub prev: Hash,
    /// What happened, kebab-case.
    pub kind: String,
    /// The server's clock.
    pub at_ms: i64,
    /// Who reports it.
    pub source: String,
    /// The source's own number, so that late reports show duplicates and gaps.
    pub source_seq: i64,
    /// SHA-256 of salt and body.
    pub body_digest: Hash,
    /// The entry's own hash.
    pub hash: Hash,
}

/// A stored entry together with what its digest was made of, unless that was erased.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The entry.
    pub entry: Entry,
    /// Salt and body; `None` once erased.
    pub body: Option<(Vec<u8>, String)>,
}

/// What is wrong with the first entry that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// An entry is missing or out of order.
    #[error("entry {expected} is missing, {found} stands in its place")]
    Sequence {
        /// The number that should follow.
        expected: i64,
        /// The number found.
        found: i64,
    },
    /// The link to the entry before does not fit.
    #[error("entry {seq} does not follow the one before it")]
    Link {
        /// The entry.
        seq: i64,
    },
    /// Salt or body are not those that were hashed.
    #[error("body of entry {seq} was changed")]
    Body {
        /// The entry.
        seq: i64,
    },
    /// Another field is not what was hashed.
    #[error("entry {seq} was changed")]
    Entry {
        /// The entry.
        seq: i64,
    },
    /// What stands beside the body, to be searched by, is not what the body says.
    #[error("column {column} of entry {seq} is not what the entry says")]
    Column {
        /// The entry.
        seq: i64,
        /// The column.
        column: &'static str,
    },
    /// The chain ends before the head that was kept beside it.
    #[error("chain ends at entry {found}, but its head is entry {expected}")]
    Cut {
        /// Number of the kept head.
        expected: i64,
        /// Number of the last entry.
        found: i64,
    },
    /// An entry stands behind the head that was kept beside the chain: no append put it there.
    #[error("entry {seq} stands behind the head of the chain")]
    Behind {
        /// The entry.
        seq: i64,
    },
    /// The last entry is not the head that was kept beside it.
    #[error("head of the chain is not entry {seq}")]
    Head {
        /// The last entry.
        seq: i64,
    },
}

/// SHA-256 of salt and body.
#[must_use]
pub fn body_digest(salt: &[u8], body: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(body.as_bytes()).finalize().into()
}

/// The hash of an entry from its other fields; `entry.hash` is not looked at.
#[must_use]
pub fn hash_of(name: &ChainName, entry: &Entry) -> Hash {
    Sha256::digest(hashed_bytes(name, entry)).into()
}

/// What the hash of an entry is made of, byte by byte.
#[must_use]
pub fn hashed_bytes(name: &ChainName, entry: &Entry) -> Vec<u8> {
    let fields: [&[u8]; 10] = [
        DOMAIN,
        &name.company,
        name.chain.as_bytes(),
        &entry.seq.to_be_bytes(),
        &entry.prev,
        entry.kind.as_bytes(),
        &entry.at_ms.to_be_bytes(),
        entry.source.as_bytes(),
        &entry.source_seq.to_be_bytes(),
        &entry.body_digest,
    ];
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| LENGTH_BYTES + field.len()).sum());
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field);
    }
    bytes
}

/// Reads what [`hashed_bytes`] wrote, with the hash of these bytes. `None`: they are no entry.
#[must_use]
pub fn read_hashed(bytes: &[u8]) -> Option<(ChainName, Entry)> {
    let hash = Sha256::digest(bytes).into();
    let mut rest = bytes;
    let mut next = || {
        let (length, behind) = rest.split_at_checked(LENGTH_BYTES)?;
        let length = usize::try_from(u64::from_be_bytes(length.try_into().ok()?)).ok()?;
        let (field, behind) = behind.split_at_checked(length)?;
        rest = behind;
        Some(field)
    };
    let text = |field: &[u8]| std::str::from_utf8(field).ok().map(str::to_owned);
    let number = |field: &[u8]| field.try_into().ok().map(i64::from_be_bytes);
    if next()? != DOMAIN {
        return None;
    }
    let name = ChainName { company: next()?.try_into().ok()?, chain: text(next()?)? };
    let entry = Entry {
        seq: number(next()?)?,
        prev: next()?.try_into().ok()?,
        kind: text(next()?)?,
        at_ms: number(next()?)?,
        source: text(next()?)?,
        source_seq: number(next()?)?,
        body_digest: next()?.try_into().ok()?,
        hash,
    };
    rest.is_empty().then_some((name, entry))
}

/// What the next entry of a chain says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewEntry<'a> {
    pub(crate) kind: &'a str,
    pub(crate) at_ms: i64,
    pub(crate) source: &'a str,
    pub(crate) source_seq: i64,
    pub(crate) body: &'a str,
}

/// The entry that follows number `seq` with the hash `prev`, and the fresh salt of its body.
pub(crate) fn next(name: &ChainName, seq: i64, prev: Hash, new: NewEntry<'_>) -> (Entry, [u8; SALT_BYTES]) {
    let salt: [u8; SALT_BYTES] = rand::random();
    let mut entry = Entry {
        seq: seq + 1,
        prev,
        kind: new.kind.to_owned(),
        at_ms: new.at_ms,
        source: new.source.to_owned(),
        source_seq: new.source_seq,
        body_digest: body_digest(&salt, new.body),
        hash: GENESIS,
    };
    entry.hash = hash_of(name, &entry);
    (entry, salt)
}

/// Walks a chain from its first entry, one at a time, so that a long one needs no memory.
#[derive(Clone, Debug)]
pub struct Verifier {
    name: ChainName,
    seq: i64,
    head: Hash,
    erased: u64,
}

impl Verifier {
    /// Begins before the first entry.
    #[must_use]
    pub fn new(name: ChainName) -> Self {
        Self { name, seq: 0, head: GENESIS, erased: 0 }
    }

    /// Takes the next entry. Errors: the first thing about it that does not hold.
    pub fn take(&mut self, stored: &Stored) -> Result<(), Broken> {
        let entry = &stored.entry;
        let expected = self.seq + 1;
        if entry.seq != expected {
            return Err(Broken::Sequence { expected, found: entry.seq });
        }
        if entry.prev != self.head {
            return Err(Broken::Link { seq: entry.seq });
        }
        match &stored.body {
            Some((salt, body)) if body_digest(salt, body) != entry.body_digest => {
                return Err(Broken::Body { seq: entry.seq });
            }
            Some(_) => {}
            None => self.erased += 1,
        }
        if hash_of(&self.name, entry) != entry.hash {
            return Err(Broken::Entry { seq: entry.seq });
        }
        self.seq = entry.seq;
        self.head = entry.hash;
        Ok(())
    }

    /// Compares the end with the head that was kept elsewhere. `Ok`: entries seen, and how many were erased.
    pub fn finish(self, head_seq: i64, head: Hash) -> Result<(i64, u64), Broken> {
        if self.seq < head_seq {
            return Err(Broken::Cut { expected: head_seq, found: self.seq });
        }
        if self.seq != head_seq || self.head != head {
            return Err(Broken::Head { seq: self.seq });
        }
        Ok((self.seq, self.erased))
    }
}

/// A hash as a column holds it.
pub(crate) fn hash_from(bytes: &[u8]) -> Result<Hash, crate::StoreError> {
    bytes.try_into().map_err(|_| crate::StoreError::Unreadable { column: "hash" })
}

#[cfg(test)]
mod tests;
