//! What a server says of itself before anything is said to it: `GET /.well-known/beside`.

use std::io;

use ed25519_dalek::{Signature, VerifyingKey};
use protocol::{IdentityHash, versions};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::answer::answered;
use super::tls::Vouchers;
use super::{Authority, LinkError, Origin, http, socket};

/// What the identity signs, before the nonce and the authority's hash.
const PROOF: &[u8] = b"beside/identity/v1\0";

/// A server, and who vouches for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Hash of its identity key.
    pub(crate) identity: IdentityHash,
    /// Its own authority, if it has one; without, only the operating system's vouch for it.
    pub(crate) authority: Option<[u8; 32]>,
}

#[derive(Deserialize)]
struct Answer {
    identity_sha256: String,
    protocol: Range,
    /// Public key of the identity, in hexadecimal.
    #[serde(default)]
    identity_key: String,
    /// Its signature over our nonce and the server's authority, in hexadecimal.
    #[serde(default)]
    proof: String,
}

impl Answer {
    /// The identity and the authority for which it stands. Anybody can repeat an identity's hash; only its owner signs
    /// a fresh nonce together with the authority that vouched for this very connection.
    fn proved(&self, nonce: &[u8; 32], vouchers: Vouchers) -> Option<Found> {
        let identity = IdentityHash(parse_hash(&self.identity_sha256)?);
        let key = parse_hash(&self.identity_key)?;
        if identity.0 != <[u8; 32]>::from(Sha256::digest(key)) {
            return None;
        }
        let key = VerifyingKey::from_bytes(&key).ok()?;
        let (first, second) = self.proof.split_at_checked(64)?;
        let signature = Signature::from_components(parse_hash(first)?, parse_hash(second)?);
        let stands_for = |authority: Option<[u8; 32]>| {
            let message = [PROOF, nonce, &authority.unwrap_or_default()].concat();
            key.verify_strict(&message, &signature).is_ok().then_some(Found { identity, authority })
        };
        let own = vouchers.own.and_then(|hash| stands_for(Some(hash)));
        own.or_else(|| vouchers.system.then(|| stands_for(None))?)
    }
}

#[derive(Deserialize)]
struct Range {
    lowest: u32,
    highest: u32,
}

/// Asks a server that is new here who it is.
///
/// Errors: [`LinkError::WrongServer`] where it does not prove its identity; others of [`LinkError`].
pub(crate) async fn discover(origin: &Origin) -> Result<Found, LinkError> {
    let nonce: [u8; 32] = rand::random();
    let (text, vouchers) = tokio::time::timeout(http::WAIT, fetch(origin, &nonce))
        .await
        .map_err(|_| LinkError::Unreachable(io::ErrorKind::TimedOut.into()))??;
    let answered = answered(&text).map_err(|_| LinkError::NotOurs)?;
    if answered.status != 200 {
        return Err(LinkError::NotOurs);
    }
    let answer: Answer = serde_json::from_str(&answered.json).map_err(|_| LinkError::NotOurs)?;
    if versions::HIGHEST < answer.protocol.lowest {
        return Err(LinkError::TooOld);
    }
    if answer.protocol.highest < versions::LOWEST {
        return Err(LinkError::TooNew);
    }
    answer.proved(&nonce, vouchers).ok_or(LinkError::WrongServer)
}

/// 64 hexadecimal digits; blanks and colons between them are ignored.
pub(crate) fn parse_hash(text: &str) -> Option<[u8; 32]> {
    let digits: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != ':').collect();
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    let mut hash = [0_u8; 32];
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(hash)
}

async fn fetch(origin: &Origin, nonce: &[u8; 32]) -> Result<(String, Vouchers), LinkError> {
    let nonce: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
    let (stream, vouched) = socket::open_tls(origin, Authority::Presented).await?;
    let request = format!(
        "GET /.well-known/beside?nonce={nonce} HTTP/1.1\r\nHost: {}\r\nAccept: application/json\r\nConnection: close\r\n\r\n",
        origin.authority()
    );
    Ok((http::exchange(stream, &request).await?, vouched.get()))
}
