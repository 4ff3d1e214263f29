//! Checking a bundle: nothing but its bytes and the fingerprint of a server's key.

use super::{
    DELETED, DOMAIN, ENDED, Entry, FORMAT, FORMAT_WITHOUT_FILES, File, Head, Line, SignedHead, fault::Fault,
    line, named::Named, verdict::Verdict,
};
use crate::{
    secrets::{hex, unhex_exactly},
    sessions::{Seal, SignatureFault},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use protocol::IdentityHash;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use store::chain::{self, Broken, ChainName, Hash, Stored, Verifier};

/// Largest file that is looked at; both sides together cannot fill more of a record.
pub(crate) const LARGEST_BYTES: u64 = 512 * 1024 * 1024;

/// Checks `file` against the keys of the servers that are believed, and the hash of a customer's receipt.
///
/// Errors: the first thing that was changed, dropped, swapped, re-dated, cut, added or signed by somebody else.
pub(crate) fn verify(
    file: &[u8],
    identities: &[IdentityHash],
    receipt: Option<Hash>,
) -> Result<Verdict, Fault> {
    if LARGEST_BYTES < u64::try_from(file.len()).unwrap_or(u64::MAX) {
        return Err(Fault::TooLarge { most: LARGEST_BYTES });
    }
    let mut lines = Lines { rest: file, number: 0 };
    let head = head_of(&mut lines, identities)?;
    let name = ChainName {
        company: unhex_exactly(&head.company_id).and_then(|id| id.try_into().ok()).ok_or(Fault::NoBundle)?,
        chain: format!("session/{}", head.session),
    };
    let mut walk = Walk {
        verifier: Verifier::new(name.clone()),
        name,
        identities,
        seals: head.seals.iter().copied().collect(),
        deleted: deletion_in(lines.rest),
        head,
        last: (0, chain::GENESIS),
        ended: None,
        erased: 0,
        seen: None,
        named: Named::default(),
        files: 0,
    };
    while let Some(bytes) = lines.next()? {
        let number = lines.number;
        match read(bytes, number)? {
            Line::Entry(entry) => walk.entry(entry, number, lines.rest)?,
            Line::Seal(seal) => walk.seal(&seal, number, lines.rest)?,
            Line::File(file) => walk.file(&file, number, lines.rest)?,
        }
    }
    walk.finish(receipt, lines.number + 1)
}

/// Lines 1 and 2.
fn head_of(lines: &mut Lines<'_>, identities: &[IdentityHash]) -> Result<Head, Fault> {
    let first = lines.next()?.ok_or(Fault::NoBundle)?;
    let head: Option<Head> = std::str::from_utf8(first).ok().and_then(|text| serde_json::from_str(text).ok());
    let is_known = |head: &Head| [FORMAT, FORMAT_WITHOUT_FILES].contains(&head.beside_record);
    let head = head.filter(is_known).ok_or(Fault::NoBundle)?;
    let second = lines.next()?.ok_or(Fault::CutLine { line: 2 })?;
    let SignedHead { signed } = read(second, 2)?;
    match signed.check(identities, DOMAIN, first, head.exported_at_ms) {
        Ok(()) => Ok(head),
        Err(fault @ SignatureFault::Foreign { .. }) => {
            Err(Fault::Foreign { what: "the file".to_owned(), fault })
        }
        Err(fault) => Err(Fault::Head(fault)),
    }
}

/// The lines of a file, each with its end.
struct Lines<'a> {
    rest: &'a [u8],
    number: usize,
}

impl<'a> Lines<'a> {
    /// The next one, without its end.
    fn next(&mut self) -> Result<Option<&'a [u8]>, Fault> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let end = end.ok_or(Fault::CutLine { line: self.number })?;
        let (line, behind) = self.rest.split_at_checked(end).ok_or(Fault::NoBundle)?;
        self.rest = behind.get(1..).unwrap_or_default();
        Ok(Some(line))
    }
}

/// A line that is written exactly as the server writes what it says: no byte of it means nothing.
fn read<T: DeserializeOwned + Serialize>(bytes: &[u8], number: usize) -> Result<T, Fault> {
    let damaged = Fault::Damaged { line: number };
    let text = std::str::from_utf8(bytes).map_err(|_| damaged.clone())?;
    let value: T = serde_json::from_str(text).map_err(|_| damaged.clone())?;
    match line(&value) {
        Ok(written) if written == text => Ok(value),
        _ => Err(damaged),
    }
}

/// The last entry that says that all before it was erased. Whether it belongs there, the walk says when it comes to it.
fn deletion_in(rest: &[u8]) -> Option<Deletion> {
    let mut last = None;
    for entry in entries_in(rest).filter(|entry| entry.kind == DELETED && entry.source == "server") {
        last = Some(Deletion { seq: entry.seq, at_ms: entry.at_ms, body: entry.body.unwrap_or_default() });
    }
    last
}

/// Entries further on, whatever else stands there.
fn entries_in(rest: &[u8]) -> impl Iterator<Item = Entry> {
    // Files are long, and not what is looked for.
    let lines = rest.split(|byte| *byte == b'\n').filter(|bytes| bytes.starts_with(b"{\"entry\":"));
    lines.filter_map(|bytes| match read(bytes, 0) {
        Ok(Line::Entry(entry)) => Some(entry),
        _ => None,
    })
}

struct Deletion {
    seq: i64,
    at_ms: i64,
    body: String,
}

/// How far the file was read.
struct Walk<'a> {
    name: ChainName,
    verifier: Verifier,
    identities: &'a [IdentityHash],
    head: Head,
    /// Entries whose seals are still to come.
    seals: VecDeque<i64>,
    deleted: Option<Deletion>,
    last: (i64, Hash),
    ended: Option<(i64, Hash)>,
    erased: u64,
    /// A deletion that was walked over.
    seen: Option<i64>,
    /// What the entries so far name; captures whose files have come are taken out.
    named: Named,
    /// Captures whose files have come.
    files: usize,
}

impl Walk<'_> {
    fn entry(&mut self, given: Entry, number: usize, behind: &[u8]) -> Result<(), Fault> {
        self.no_seal_before()?;
        if self.head.entries <= self.last.0 {
            return Err(Fault::Added { line: number, entries: self.head.entries });
        }
        let bytes = unhex_exactly(&given.hashed).ok_or(Fault::Bytes { seq: given.seq })?;
        let (name, entry) = chain::read_hashed(&bytes).ok_or(Fault::Bytes { seq: given.seq })?;
        if hex(&entry.hash) != given.hash {
            return Err(Fault::Bytes { seq: given.seq });
        }
        if name != self.name {
            return Err(Fault::OtherRecord { seq: given.seq });
        }
        self.in_order(&entry, number, behind)?;
        compare(&given, &entry)?;
        self.link(given, entry)
    }

    /// Whether this is the number that follows.
    fn in_order(&self, entry: &chain::Entry, line: usize, behind: &[u8]) -> Result<(), Fault> {
        let expected = self.last.0 + 1;
        let found = entry.seq;
        if found == expected {
            return Ok(());
        }
        if found < expected {
            return Err(Fault::Repeated { seq: found, line, expected });
        }
        Err(self.missing(line, behind))
    }

    /// The next entry does not stand on this line.
    fn missing(&self, line: usize, behind: &[u8]) -> Fault {
        let seq = self.last.0 + 1;
        let comes_later = entries_in(behind).any(|entry| entry.seq == seq);
        if comes_later { Fault::Swapped { seq, line } } else { Fault::Dropped { seq, line } }
    }

    fn link(&mut self, given: Entry, entry: chain::Entry) -> Result<(), Fault> {
        let seq = entry.seq;
        let (kind, hash) = (entry.kind.clone(), entry.hash);
        let body = match (given.salt, given.body) {
            (Some(salt), Some(body)) => Some((unhex_exactly(&salt).ok_or(Fault::Content { seq })?, body)),
            (None, None) => None,
            _ => return Err(Fault::Content { seq }),
        };
        if body.is_none() {
            if self.deleted.as_ref().is_none_or(|deletion| deletion.seq <= seq) {
                return Err(Fault::TakenOut { seq });
            }
            self.erased += 1;
        }
        if let Some((_, body)) = body.as_ref().filter(|_| given.source == "server") {
            self.named.take(&kind, body);
        }
        self.verifier.take(&Stored { entry, body }).map_err(|broken| match broken {
            Broken::Link { .. } if 1 < seq => Fault::Replaced { seq: seq - 1, next: seq },
            Broken::Body { .. } => Fault::Content { seq },
            _ => Fault::Bytes { seq },
        })?;
        self.last = (seq, hash);
        if kind == ENDED {
            self.ended = Some((seq, hash));
        }
        if kind == DELETED {
            self.seen = Some(seq);
        }
        Ok(())
    }

    fn seal(&mut self, seal: &Seal, number: usize, behind: &[u8]) -> Result<(), Fault> {
        let (seq, last) = self.last;
        if seq < seal.seq && self.seals.front() == Some(&seal.seq) {
            return Err(self.missing(number, behind));
        }
        if self.seals.front() != Some(&seal.seq) || seal.seq != seq {
            return Err(match self.seals.front() {
                Some(&expected) if expected <= seq => {
                    Fault::Seal { seq: expected, fault: SignatureFault::Signature }
                }
                _ => Fault::SealMoved { line: number },
            });
        }
        self.seals.pop_front();
        match seal.check(self.identities, self.head.session) {
            Ok(()) if seal.head() == Some(last) => Ok(()),
            Ok(()) => Err(Fault::Rewritten { seq }),
            Err(fault @ SignatureFault::Foreign { .. }) => {
                Err(Fault::Foreign { what: format!("the seal of entry {seq}"), fault })
            }
            Err(fault) => Err(Fault::Seal { seq, fault }),
        }
    }

    /// The files of captures stand behind everything else, in the order of the entries that name them.
    fn file(&mut self, given: &File, line: usize, behind: &[u8]) -> Result<(), Fault> {
        self.no_seal_before()?;
        if self.last.0 < self.head.entries {
            return Err(self.missing(line, behind));
        }
        let next = self.named.captures.pop_front().filter(|_| self.head.beside_record == FORMAT);
        let (no, sha256) = next.ok_or(Fault::FileAdded { line })?;
        if given.capture != no {
            let is_its = |bytes: &[u8]| matches!(read(bytes, 0), Ok(Line::File(file)) if file.capture == no);
            let comes_later = behind.split(|byte| *byte == b'\n').any(is_its);
            return Err(if comes_later {
                Fault::FileSwapped { no, line }
            } else {
                Fault::FileDropped { no, line }
            });
        }
        let data = BASE64_STANDARD.decode(&given.data).map_err(|_| Fault::FileChanged { no })?;
        if <[u8; 32]>::from(Sha256::digest(data)) != sha256 {
            return Err(Fault::FileChanged { no });
        }
        self.files += 1;
        Ok(())
    }

    /// A seal that belongs here did not come.
    fn no_seal_before(&self) -> Result<(), Fault> {
        match self.seals.front() {
            Some(&seq) if seq <= self.last.0 => Err(Fault::SealDropped { seq }),
            _ => Ok(()),
        }
    }

    /// `line`: the one that would follow.
    fn finish(self, receipt: Option<Hash>, line: usize) -> Result<Verdict, Fault> {
        let (seq, hash) = self.last;
        if seq < self.head.entries {
            return Err(Fault::Cut { found: seq, expected: self.head.entries });
        }
        if let Some(&seq) = self.seals.front() {
            return Err(Fault::SealDropped { seq });
        }
        if hex(&hash) != self.head.head {
            return Err(Fault::OtherEnd { seq });
        }
        if let Some(&(no, _)) = self.named.captures.front().filter(|_| self.head.beside_record == FORMAT) {
            return Err(Fault::FileDropped { no, line });
        }
        let fitting = self.ended.filter(|(_, hash)| Some(*hash) == receipt).map(|(seq, _)| seq);
        if receipt.is_some() && fitting.is_none() {
            return Err(Fault::Receipt);
        }
        let deleted = self.deleted.filter(|deletion| self.seen == Some(deletion.seq));
        Ok(Verdict {
            company: self.head.company,
            session: self.head.session.to_string(),
            exported_at_ms: self.head.exported_at_ms,
            entries: seq,
            seals: self.head.seals.len(),
            ended: self.ended,
            erased: deleted.map(|deletion| (self.erased, deletion.seq, deletion.at_ms, deletion.body)),
            receipt: fitting,
            files: self.files,
            named: self.named,
        })
    }
}

/// What can be read of an entry is what was hashed.
fn compare(given: &Entry, hashed: &chain::Entry) -> Result<(), Fault> {
    let seq = hashed.seq;
    if given.at_ms != hashed.at_ms {
        return Err(Fault::Redated { seq, says_ms: given.at_ms, was_ms: hashed.at_ms });
    }
    let fields = [
        ("number", given.seq == hashed.seq),
        ("kind", given.kind == hashed.kind),
        ("source", given.source == hashed.source),
        ("source's number", given.source_seq == hashed.source_seq),
    ];
    match fields.into_iter().find(|(_, same)| !same) {
        Some((field, _)) => Err(Fault::Field { seq, field }),
        None => Ok(()),
    }
}
