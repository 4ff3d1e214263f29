//! The seal of a record [Y-2]: the chain's head, signed when the session ends, and once more over each entry that comes
//! later. What was sealed stays sealed.

use super::{
    error::SessionError,
    keys::Keys,
    signed::{SignatureFault, Signed},
};
use crate::{
    clock::now_ms,
    secrets::{hex, unhex_exactly},
};
use protocol::IdentityHash;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{
    SessionId, StoreError, Write,
    chain::Hash,
    record_seals,
    session_events::{self, NewEvent, Source},
    sessions,
};

const DOMAIN: &[u8] = b"beside/seal/v2\0";

/// A signed head, as it is kept and stands in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seal {
    /// Number of the entry that was the last one.
    pub(crate) seq: i64,
    /// Its hash, in hexadecimal.
    pub(crate) head: String,
    /// When it was sealed.
    pub(crate) at_ms: i64,
    signed: Signed,
}

impl Seal {
    /// The hash of the entry that was the last one.
    pub(crate) fn head(&self) -> Option<Hash> {
        unhex_exactly(&self.head)?.try_into().ok()
    }

    /// Checks that a server with one of `identities` sealed this head of this session at this time.
    pub(crate) fn check(&self, identities: &[IdentityHash], id: SessionId) -> Result<(), SignatureFault> {
        let head = self.head().ok_or(SignatureFault::Signature)?;
        let message = message(id, self.seq, &head, self.at_ms);
        self.signed.check(identities, DOMAIN, &message, self.at_ms)
    }
}

/// Signs the end of a session's chain, and keeps the signature with the key's certificate, so that it can be checked offline.
pub(super) async fn seal(write: &Write, keys: &Keys, id: SessionId) -> Result<(), SessionError> {
    let at_ms = now_ms();
    let session = sessions::find(write.company(), write, id).await?;
    let Some(head) = session.chain_head else { return Ok(()) };
    let head: Hash = head.try_into().map_err(|_| StoreError::Unreadable { column: "sessions.chain_head" })?;
    let key = keys.record(u64::try_from(at_ms).unwrap_or_default())?;
    let signed = Signed::new(&key, DOMAIN, &message(id, session.chain_seq, &head, at_ms));
    let seal = Seal { seq: session.chain_seq, head: hex(&head), at_ms, signed };
    let seal = serde_json::to_string(&seal).map_err(|_| StoreError::Unreadable { column: "seal" })?;
    record_seals::add(write, id, session.chain_seq, &seal, at_ms).await?;
    Ok(())
}

/// Session id (16 bytes), number of the last entry (8, big endian), its hash (32), and the time (8).
fn message(id: SessionId, seq: i64, head: &Hash, at_ms: i64) -> Vec<u8> {
    let (seq, at_ms) = (seq.to_be_bytes(), at_ms.to_be_bytes());
    let fields: [&[u8]; 4] = [id.as_bytes(), &seq, head, &at_ms];
    fields.concat()
}

impl super::Sessions {
    /// Adds an entry of the server's own to a record's chain; where the chain was sealed, it is sealed again over it.
    pub(crate) async fn add_entry(
        &self,
        write: &Write,
        id: SessionId,
        at_ms: i64,
        kind: &str,
        body: &Value,
    ) -> Result<(), SessionError> {
        let body = body.to_string();
        let event = NewEvent { source: Source::Server, source_seq: None, at_ms, kind, body: &body };
        session_events::append(write, id, event).await?;
        if sessions::find(write.company(), write, id).await?.sealed_at_ms.is_some() {
            self.seal_again(write, id).await?;
        }
        Ok(())
    }

    /// Signs the end of a record's chain, to which something was added later.
    pub(crate) async fn seal_again(&self, write: &Write, id: SessionId) -> Result<(), SessionError> {
        seal(write, &self.0.keys, id).await
    }
}
