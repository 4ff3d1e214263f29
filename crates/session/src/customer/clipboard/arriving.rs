//! A text or a picture that comes from the console. Pure counting; who may send it is settled outside.

use bytes::Bytes;
use protocol::{clipboard::ClipKind, limits};

/// It grows as it comes: what a console claims takes no memory.
#[derive(Debug)]
pub(super) struct Arriving {
    pub(super) id: u32,
    pub(super) kind: ClipKind,
    size_bytes: u64,
    pub(super) bytes: Vec<u8>,
    told_bytes: u64,
}

impl Arriving {
    pub(super) fn new(id: u32, kind: ClipKind, size_bytes: u64) -> Self {
        Self { id, kind, size_bytes, bytes: Vec::new(), told_bytes: 0 }
    }

    /// Takes a part in. `true`: it is whole. Or why not, kebab-case.
    pub(super) fn take(&mut self, part: &Bytes) -> Result<bool, &'static str> {
        self.bytes.extend_from_slice(part);
        let taken_bytes = self.bytes.len() as u64;
        if self.size_bytes < taken_bytes {
            Err("clipboard-malformed")
        } else {
            Ok(taken_bytes == self.size_bytes)
        }
    }

    /// How far it is, once that is worth a word.
    pub(super) fn untold(&mut self) -> Option<u64> {
        let taken_bytes = self.bytes.len() as u64;
        if taken_bytes < self.told_bytes.saturating_add(limits::CLIP_WINDOW_BYTES / 4) {
            return None;
        }
        self.told_bytes = taken_bytes;
        Some(taken_bytes)
    }
}
