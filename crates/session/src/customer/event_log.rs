//! What this side reports for the record, kept until the server has it (design, The session, 6).

use std::collections::VecDeque;

use protocol::{limits, wire};

/// Events in order of their numbers.
#[derive(Debug, Default)]
pub(super) struct EventLog {
    last_seq: u64,
    waiting: VecDeque<wire::Event>,
    lost: u32,
    /// Everything up to here was sent on this link.
    sent: u64,
}

impl EventLog {
    /// Numbers an event and keeps it. Where too many wait already it is counted, and the count becomes an event once
    /// there is room.
    pub(super) fn add(&mut self, at_ms: u64, kind: wire::event::Kind) {
        if limits::EVENTS_WAITING <= self.waiting.len() || limits::EVENT_SEQ <= self.last_seq {
            self.lost = self.lost.saturating_add(1);
            return;
        }
        self.last_seq = self.last_seq.saturating_add(1);
        self.waiting.push_back(wire::Event { source_seq: self.last_seq, at_ms, kind: Some(kind) });
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
            self.sent = source_seq;
            for event in &mut self.waiting {
                self.last_seq = self.last_seq.saturating_add(1);
                event.source_seq = self.last_seq;
            }
        }
    }

    /// The next event to send: few are on their way at once, so that no queue between here and the record is ever
    /// full of them.
    pub(super) fn next_to_send(&mut self) -> Option<wire::Event> {
        let first = self.waiting.front()?.source_seq;
        let in_flight = usize::try_from(self.sent.saturating_add(1).saturating_sub(first)).ok()?;
        let event = self.waiting.get(in_flight).filter(|_| in_flight < limits::EVENTS_IN_FLIGHT)?;
        self.sent = event.source_seq;
        Some(event.clone())
    }

    /// What was sent may be lost: whatever is not confirmed is sent once more.
    pub(super) fn send_again(&mut self) {
        self.sent = 0;
    }

    /// Whether anything waits to be sent or confirmed.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether anything was never sent on this link.
    pub(super) fn has_unsent(&self) -> bool {
        self.waiting.back().is_some_and(|event| self.sent < event.source_seq)
    }
}
