//! What can be wrong with a bundle: the first thing is named, as whoever looks for it would say it.

use crate::sessions::SignatureFault;
use jiff::Timestamp;

/// The first thing about a bundle that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// Larger than any record.
    #[error("file is larger than any record: over {most} bytes")]
    TooLarge { most: u64 },
    /// Not a bundle at all.
    #[error("file is no exported record of this format")]
    NoBundle,
    /// A line is not what a server writes.
    #[error("line {line} is damaged: it is not as a server writes it")]
    Damaged { line: usize },
    /// The file ends within a line.
    #[error("file was cut: it ends within line {line}")]
    CutLine { line: usize },
    /// The file ends before the last entry.
    #[error("file was cut: it ends after entry {found} of {expected}")]
    Cut { found: i64, expected: i64 },
    /// There is more than the head says.
    #[error("line {line} was added: the record has {entries} entries and ends before it")]
    Added { line: usize, entries: i64 },
    /// Line 1 is not what was signed.
    #[error("line 1 (company, session, summary of the record) was changed: {0}")]
    Head(SignatureFault),
    /// Another key's.
    #[error("{what} is {fault}")]
    Foreign { what: String, fault: SignatureFault },
    /// An entry is not there.
    #[error("entry {seq} was dropped: it should stand on line {line}")]
    Dropped { seq: i64, line: usize },
    /// It has changed places with something else.
    #[error("entry {seq} was swapped: it should stand on line {line}, and stands further down")]
    Swapped { seq: i64, line: usize },
    /// An entry is there twice, or goes back.
    #[error("entry {seq} stands on line {line}, too, where entry {expected} should")]
    Repeated { seq: i64, line: usize, expected: i64 },
    /// An entry of another session, or of another company.
    #[error("entry {seq} belongs to another record")]
    OtherRecord { seq: i64 },
    /// The file of a screen capture is not there.
    #[error("screen capture {no} was dropped: its file should stand on line {line}")]
    FileDropped { no: i64, line: usize },
    /// It has changed places with another one.
    #[error("screen capture {no} was swapped: its file should stand on line {line}, and stands further down")]
    FileSwapped { no: i64, line: usize },
    /// It is not the file that was kept.
    #[error("screen capture {no} was changed: its file is not the one whose digest the record has")]
    FileChanged { no: i64 },
    /// A file of which no entry tells.
    #[error("line {line} was added: no entry tells of this file")]
    FileAdded { line: usize },
    /// Its time is not the one that was hashed.
    #[error("entry {seq} was re-dated: it says {}, and it was written at {}", moment(*says_ms), moment(*was_ms))]
    Redated { seq: i64, says_ms: i64, was_ms: i64 },
    /// Another field is not the one that was hashed.
    #[error("entry {seq} was changed: its {field} is not the one that was hashed")]
    Field { seq: i64, field: &'static str },
    /// What it says is not what was hashed.
    #[error("entry {seq} was changed: its content is not the one that was hashed")]
    Content { seq: i64 },
    /// Its bytes have another hash.
    #[error("entry {seq} was changed: its bytes do not have its hash")]
    Bytes { seq: i64 },
    /// The entry before was replaced by another one.
    #[error("entry {seq} was replaced: entry {next} followed another one")]
    Replaced { seq: i64, next: i64 },
    /// What it said is gone, and no deletion says so.
    #[error("content of entry {seq} was taken out: no deletion stands in the record")]
    TakenOut { seq: i64 },
    /// A seal is not there.
    #[error("seal of entry {seq} was dropped")]
    SealDropped { seq: i64 },
    /// A seal stands where none belongs.
    #[error("seal on line {line} was moved or added: none belongs there")]
    SealMoved { line: usize },
    /// A seal is not what the server signed.
    #[error("seal of entry {seq} was changed: {fault}")]
    Seal { seq: i64, fault: SignatureFault },
    /// The chain was rewritten from somewhere on, with fresh hashes: the server sealed another one.
    #[error("record was rewritten: entry {seq} is not the one that was sealed")]
    Rewritten { seq: i64 },
    /// The last entry is not the one that the head names.
    #[error("record was rewritten: entry {seq} is not the one that line 1 names as the last")]
    OtherEnd { seq: i64 },
    /// The record is whole, and not the one of the receipt.
    #[error("receipt is of another record: no end of a session here has this hash")]
    Receipt,
}

/// A moment for people and programs: RFC 3339 in UTC.
pub(super) fn moment(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms).map_or_else(|_| format!("{at_ms} ms"), |at| at.to_string())
}
