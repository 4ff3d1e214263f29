//! The seal of a record: the chain's head, signed when the session ends and again after each later entry.

use super::{error::SessionError, keys::Keys};
use crate::{clock::now_ms, secrets::hex};
use serde_json::json;
use store::{SessionId, Write, sessions};

const DOMAIN: &[u8] = b"beside/seal/v1\0";

/// Signs session id (16 bytes), number of the last event (8, big endian) and its hash (32), and keeps the signature
/// with the key's certificate, so that it can be checked offline.
pub(super) async fn seal(write: &Write, keys: &Keys, id: SessionId) -> Result<(), SessionError> {
    let at_ms = now_ms();
    let session = sessions::find(write.company(), write, id).await?;
    let Some(head) = session.chain_head else { return Ok(()) };
    let key = keys.record(u64::try_from(at_ms).unwrap_or_default())?;
    let message: [&[u8]; 3] = [id.as_bytes(), &session.chain_seq.to_be_bytes(), &head];
    let signature = key.sign(DOMAIN, &message.concat());
    let certificate = &key.certificate;
    let seal = json!({
        "seq": session.chain_seq,
        "head": hex(&head),
        "signature": hex(&signature),
        "certificate": {
            "payload": hex(&certificate.payload),
            "signature": hex(&certificate.signature),
            "identity_key": hex(&certificate.identity_key),
        },
    });
    sessions::set_seal(write, id, seal.to_string().as_bytes(), at_ms).await?;
    Ok(())
}

impl super::Sessions {
    /// Signs the end of a record's chain, to which something was added later.
    pub(crate) async fn seal_again(&self, write: &Write, id: SessionId) -> Result<(), SessionError> {
        seal(write, &self.0.keys, id).await
    }
}
