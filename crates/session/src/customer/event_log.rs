//! What this side reports for the record, kept until the server has it (design, The session, 6).

use std::collections::VecDeque;

use protocol::{limits, wire};

/// Events in order of their numbers.
#[derive(Debug, Default)]
pub(super) struct EventLog {
    last_seq: u64,
    waiting: VecDeque<wire::Event>,
    lost: u32,
}

impl EventLog {
    /// Numbers an event and keeps it. `None` where too many wait already: it is counted, and the count becomes an
    /// event once there is room.
    pub(super) fn add(&mut self, at_ms: u64, kind: wire::event::Kind) -> Option<wire::Event> {
        if limits::EVENTS_WAITING <= self.waiting.len() || limits::EVENT_SEQ <= self.last_seq {
            self.lost = self.lost.saturating_add(1);
            return None;
        }
        self.last_seq = self.last_seq.saturating_add(1);
        let event = wire::Event { source_seq: self.last_seq, at_ms, kind: Some(kind) };
        self.waiting.push_back(event.clone());
        Some(event)
    }

    /// The server has everything up to `source_seq`. Returns how many events were lost meanwhile for want of room.
    pub(super) fn kept(&mut self, source_seq: u64) -> u32 {
        while self.waiting.front().is_some_and(|event| event.source_seq <= source_seq) {
            self.waiting.pop_front();
        }
        std::mem::take(&mut self.lost)
    }

    /// A new run after a resume: the server has `source_seq` events of this source already, and what waits here
    /// comes after them.
    pub(super) fn continue_after(&mut self, source_seq: u64) {
        if self.last_seq < source_seq {
            self.last_seq = source_seq;
            for event in &mut self.waiting {
                self.last_seq = self.last_seq.saturating_add(1);
                event.source_seq = self.last_seq;
            }
        }
    }

    /// Everything that the server may not have.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &wire::Event> {
        self.waiting.iter()
    }
}
