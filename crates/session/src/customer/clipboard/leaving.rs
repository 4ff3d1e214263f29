//! A text or a picture that goes to the console, a window at a time: what is typed meanwhile does not wait behind it.

use bytes::Bytes;
use protocol::limits;

/// How far it is.
#[derive(Debug)]
pub(super) struct Leaving {
    pub(super) id: u32,
    rest: Bytes,
    sent_bytes: u64,
    taken_bytes: u64,
}

impl Leaving {
    pub(super) fn new(id: u32, bytes: Bytes) -> Self {
        Self { id, rest: bytes, sent_bytes: 0, taken_bytes: 0 }
    }

    /// The next part, if it may go.
    pub(super) fn next_part(&mut self) -> Option<(u32, Bytes)> {
        let on_the_way = self.sent_bytes.saturating_sub(self.taken_bytes);
        let size = self.rest.len().min(limits::CLIP_PART_BYTES);
        if size == 0 || limits::CLIP_WINDOW_BYTES < on_the_way.saturating_add(size as u64) {
            return None;
        }
        self.sent_bytes = self.sent_bytes.saturating_add(size as u64);
        Some((self.id, self.rest.split_to(size)))
    }

    /// A console that has more than was sent, or less than it had, says nothing.
    pub(super) fn taken(&mut self, bytes: u64) {
        if (self.taken_bytes..=self.sent_bytes).contains(&bytes) {
            self.taken_bytes = bytes;
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.rest.is_empty()
    }
}
