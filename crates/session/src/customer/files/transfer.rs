//! One transfer: how far it has come, and what may come next. Pure counting; who may do it is settled outside.

use protocol::{
    files::{Conflict, Number, Target},
    limits, wire,
};

use super::orders::TransferNo;
use crate::{Timestamp, customer::DocumentNo};

/// A file on its way.
#[derive(Debug)]
pub(super) struct Transfer {
    pub(super) no: TransferNo,
    pub(super) number: Number,
    pub(super) id: [u8; 16],
    pub(super) to_customer: bool,
    /// What the operator chose; none: it goes to the console.
    pub(super) choice: Option<Choice>,
    /// It is a document that the customer printed (S-12), which has lines of its own in the record.
    pub(super) printed: Option<DocumentNo>,
    /// On the customer's machine, as far as it is known.
    pub(super) path: String,
    pub(super) size_bytes: u64,
    pub(super) modified_ms: u64,
    pub(super) stage: Stage,
    /// Its connection is gone since then; it waits for another.
    pub(super) parked: Option<Timestamp>,
}

/// Where something is sent, and what happens with a file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) target: Target,
    pub(super) conflict: Conflict,
}

impl Choice {
    /// It takes F-02: F-16 alone sends to the folder for downloads and replaces nothing.
    pub(super) fn takes_change(&self) -> bool {
        self.target.folder().is_some() || self.conflict != Conflict::KeepBoth
    }
}

/// How far it is.
#[derive(Debug)]
pub(super) enum Stage {
    /// The disk opens or begins it; a fetch that goes on begins here.
    Opening { offset_bytes: u64 },
    /// It comes to the customer.
    Arriving(Arriving),
    /// Everything came; the disk compares.
    Finishing { digest: [u8; 32] },
    /// It goes to the console.
    Leaving(Leaving),
    /// Everything was read and sent; the console compares.
    Left { digest: [u8; 32], taken_bytes: u64 },
}

/// What came and what is written of it.
#[derive(Debug, Default)]
pub(super) struct Arriving {
    pub(super) received_bytes: u64,
    written_bytes: u64,
    told_bytes: u64,
    /// Chunks that the disk has not written yet.
    waiting: usize,
}

impl Arriving {
    /// Takes a chunk in; or why not, kebab-case.
    pub(super) fn take(&mut self, bytes: u64, size_bytes: u64) -> Result<(), &'static str> {
        let received = self.received_bytes.saturating_add(bytes);
        if size_bytes < received {
            return Err("files-more-than-claimed");
        }
        let on_the_way = received.saturating_sub(self.written_bytes);
        if limits::FILE_WINDOW_BYTES < on_the_way || limits::FILE_CHUNKS_WAITING <= self.waiting {
            return Err("files-too-fast");
        }
        self.received_bytes = received;
        self.waiting = self.waiting.saturating_add(1);
        Ok(())
    }

    /// So much more is written. Returns what to tell the console, now and then.
    pub(super) fn wrote(&mut self, bytes: u64, size_bytes: u64) -> Option<u64> {
        self.written_bytes = self.written_bytes.saturating_add(bytes);
        self.waiting = self.waiting.saturating_sub(1);
        let untold = self.written_bytes.saturating_sub(self.told_bytes);
        let tells = limits::FILE_TAKEN_BYTES <= untold || self.written_bytes == size_bytes;
        if tells {
            self.told_bytes = self.written_bytes;
        }
        tells.then_some(self.written_bytes)
    }
}

/// What was asked of the disk, sent, and taken by the console.
#[derive(Debug)]
pub(super) struct Leaving {
    asked_bytes: u64,
    sent_bytes: u64,
    taken_bytes: u64,
}

impl Leaving {
    pub(super) fn from(offset_bytes: u64) -> Self {
        Self { asked_bytes: offset_bytes, sent_bytes: offset_bytes, taken_bytes: offset_bytes }
    }

    /// How many bytes to read next; none: the console has enough on its way, or nothing is left.
    pub(super) fn next_read(&mut self, size_bytes: u64) -> Option<usize> {
        let left = size_bytes.saturating_sub(self.asked_bytes);
        let bytes = usize::try_from(left).unwrap_or(usize::MAX).min(limits::FILE_CHUNK_BYTES);
        let ahead = self.asked_bytes.saturating_sub(self.taken_bytes).saturating_add(bytes as u64);
        if bytes == 0 || limits::FILE_WINDOW_BYTES < ahead {
            return None;
        }
        self.asked_bytes = self.asked_bytes.saturating_add(bytes as u64);
        Some(bytes)
    }

    /// So much was sent. Returns whether that was all.
    pub(super) fn sent(&mut self, bytes: u64, size_bytes: u64) -> bool {
        self.sent_bytes = self.sent_bytes.saturating_add(bytes);
        self.sent_bytes == size_bytes
    }

    /// The console has written so much. `false`: more than it was sent, or less than it said before.
    pub(super) fn taken(&mut self, bytes: u64) -> bool {
        let fits = (self.taken_bytes..=self.sent_bytes).contains(&bytes);
        if fits {
            self.taken_bytes = bytes;
        }
        fits
    }

    pub(super) fn taken_bytes(&self) -> u64 {
        self.taken_bytes
    }
}

impl Transfer {
    /// Everything has come, and the disk finishes it.
    pub(super) fn is_finishing(&self) -> bool {
        matches!(self.stage, Stage::Finishing { .. })
    }

    /// It goes to a folder that only F-02 lets the operator choose, or may replace something there.
    pub(super) fn takes_change(&self) -> bool {
        self.choice.as_ref().is_some_and(Choice::takes_change)
    }

    /// It goes to the customer's clipboard.
    pub(super) fn is_for_clipboard(&self) -> bool {
        self.choice.as_ref().is_some_and(|choice| choice.target.clipboard().is_some())
    }

    /// Its line in the record.
    pub(super) fn line(&self, state: wire::file_moved::State) -> wire::FileMoved {
        wire::FileMoved {
            state: state.into(),
            to_customer: self.to_customer,
            path: end_of(&self.path),
            size_bytes: self.size_bytes,
            blake3: bytes::Bytes::new(),
            why: String::new(),
        }
    }
}

/// A path as the record keeps it: of a long one the end, which holds the name.
pub(super) fn end_of(path: &str) -> String {
    let from = path.len().saturating_sub(limits::FILE_PATH_RECORD_BYTES);
    let from = (from..path.len()).find(|at| path.is_char_boundary(*at)).unwrap_or(path.len());
    path.get(from..).unwrap_or_default().to_owned()
}
