//! A record as one file that anybody can check, without a server and years later [Y-2].
//!
//! Text, one JSON object a line, each line exactly as [`line`] writes it (`docs/records.md` tells it to whoever writes a
//! checker of their own):
//!
//! 1. the head: company, session, what was known of it when the file was made, and how many entries and which seals follow;
//! 2. the server's signature over the bytes of line 1;
//! 3. every entry of the session's chain with the bytes that were hashed, and behind each entry that was sealed its seal;
//! 4. the files of the screen captures that these entries name with their digests.
//!
//! What was recorded is files of its own, which are larger than memory: their digests are in the chain, and [`compare`] says whether a
//! saved one is what the record tells of.

pub(super) mod api;
mod compare;
mod fault;
mod make;
mod named;
mod verdict;
mod verify;

pub(crate) use compare::compare;
pub(crate) use make::make;
pub(crate) use verify::{LARGEST_BYTES, verify};

use crate::sessions::{Seal, Signed};
use serde::{Deserialize, Serialize};

/// The format; another one has another number.
const FORMAT: u32 = 2;
/// The one before, which held no files.
const FORMAT_WITHOUT_FILES: u32 = 1;
/// What the signature of line 2 begins with.
const DOMAIN: &[u8] = b"beside/record-bundle/v1\0";
/// The kind of the entry that ends a session: its hash is the customer's receipt.
const ENDED: &str = "ended";
/// The kind of the entry that says that everything before it was erased.
const DELETED: &str = "record-deleted";

/// Line 1.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// [`FORMAT`], or [`FORMAT_WITHOUT_FILES`].
    beside_record: u32,
    company_id: String,
    company: String,
    service: String,
    session: store::SessionId,
    exported_at_ms: i64,
    /// How many entries follow.
    entries: i64,
    /// The hash of the last one.
    head: String,
    /// The entries that a seal stands behind, in order.
    seals: Vec<i64>,
    /// As it stood when the file was made; null: it was deleted.
    record: Option<About>,
}

/// What the list and the page of records show of one.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    no: i64,
    operator_login: String,
    operator_name: String,
    department: String,
    joined_at_ms: i64,
    consented_at_ms: Option<i64>,
    ended_at_ms: Option<i64>,
    end_reason: Option<String>,
    customer_kind: String,
    customer_os: String,
    customer_os_version: String,
    customer_host_name: String,
    customer_address_public: String,
    customer_address_private: Option<String>,
    operator_address_public: String,
    operator_address_private: Option<String>,
    connection: String,
    support_type: Option<String>,
    resolution: String,
    customer_name: String,
    memo: String,
    rating: Option<u8>,
}

/// Line 2.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignedHead {
    signed: Signed,
}

/// Every other line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Entry(Entry),
    Seal(Seal),
    File(File),
}

/// The file of a screen capture.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The number that the entry gives it.
    capture: i64,
    /// PNG in base64, padded.
    data: String,
}

/// An entry of the chain.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    seq: i64,
    at_ms: i64,
    kind: String,
    source: String,
    source_seq: i64,
    /// In hexadecimal; null: erased with the body.
    salt: Option<String>,
    /// What the entry says, exactly as its digest was made of it; null: erased.
    body: Option<String>,
    /// The bytes that were hashed, in hexadecimal.
    hashed: String,
    /// Their SHA-256.
    hash: String,
}

/// A value as its line, without the line's end.
fn line(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value)
}

#[cfg(test)]
mod tests;
