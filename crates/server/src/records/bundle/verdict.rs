//! What a bundle that holds says, in words.

use super::{fault::moment, named::Named};
use crate::secrets::hex;
use std::fmt;
use store::chain::Hash;

/// What a bundle that holds says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(super) company: String,
    pub(super) session: String,
    pub(super) exported_at_ms: i64,
    pub(super) entries: i64,
    pub(super) seals: usize,
    pub(super) ended: Option<(i64, Hash)>,
    /// Entries whose content is erased, and by which entry, and when.
    pub(super) erased: Option<(u64, i64, i64, String)>,
    pub(super) receipt: Option<i64>,
    /// Screen captures whose files are in it.
    pub(super) files: usize,
    /// What else the record tells of.
    pub(super) named: Named,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "whole: nothing was changed, dropped, swapped or re-dated")?;
        writeln!(f, "company: {}", self.company)?;
        writeln!(f, "session: {}", self.session)?;
        writeln!(f, "exported: {}", moment(self.exported_at_ms))?;
        writeln!(f, "entries: {}, seals: {}", self.entries, self.seals)?;
        let Named { captures, recordings, gone, .. } = &self.named;
        match captures.len() {
            0 => writeln!(f, "files: {} screen captures", self.files)?,
            // An export of before.
            more => writeln!(f, "files: none; the record tells of {more} screen captures")?,
        }
        for recording in recordings {
            let no = recording.no;
            let is = if gone.contains(&no) {
                "erased by retention, not tampered with"
            } else {
                "saved as files of its own, which this command checks as well"
            };
            writeln!(f, "recording {no}: {is}")?;
        }
        if let Some((seq, hash)) = &self.ended {
            writeln!(f, "receipt: {} (entry {seq}, the end)", hex(hash))?;
        }
        match &self.erased {
            Some((count, seq, at_ms, why)) => writeln!(
                f,
                "erased, not tampered with: the content of {count} entries, as entry {seq} of {} says: {why}",
                moment(*at_ms)
            )?,
            None => writeln!(f, "erased: nothing")?,
        }
        match self.receipt {
            Some(seq) => write!(f, "customer's receipt: fits entry {seq}"),
            None => write!(f, "customer's receipt: not given"),
        }
    }
}
