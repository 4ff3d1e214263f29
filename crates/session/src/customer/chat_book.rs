//! Chat with delivery (F-05): the customer's lines wait until the console has shown them; the operator's are shown
//! once.

use std::collections::VecDeque;

use protocol::{chat::Line, limits};

use crate::Timestamp;

/// How many of the operator's lines are remembered, to show a repeated one once.
const REMEMBERED: usize = 1_024;

/// The chat of a session; it outlives peer connections.
#[derive(Debug, Default)]
pub(super) struct ChatBook {
    undelivered: VecDeque<Line>,
    seen: VecDeque<[u8; 16]>,
    second: Timestamp,
    in_second: u32,
}

impl ChatBook {
    /// Keeps a line of the customer's until it is delivered. `false`: too many wait.
    pub(super) fn write(&mut self, line: Line) -> bool {
        if limits::CHAT_LINES_WAITING <= self.undelivered.len() {
            return false;
        }
        self.undelivered.push_back(line);
        true
    }

    /// Lines to send, again after a new connection.
    pub(super) fn undelivered(&self) -> impl Iterator<Item = &Line> {
        self.undelivered.iter()
    }

    /// The console has shown a line. `false`: none that waits.
    pub(super) fn delivered(&mut self, id: &[u8]) -> Option<[u8; 16]> {
        let at = self.undelivered.iter().position(|line| line.id == id)?;
        self.undelivered.remove(at).map(|line| line.id)
    }

    /// Whether this line of the operator's is new.
    pub(super) fn is_new(&mut self, id: [u8; 16]) -> bool {
        if self.seen.contains(&id) {
            return false;
        }
        if REMEMBERED <= self.seen.len() {
            self.seen.pop_front();
        }
        self.seen.push_back(id);
        true
    }

    /// Whether another line of the operator's fits into this second.
    pub(super) fn has_room(&mut self, now: Timestamp) -> bool {
        if limits::REFUSAL_REPORT <= now.since(self.second) {
            self.second = now;
            self.in_second = 0;
        }
        self.in_second = self.in_second.saturating_add(1);
        self.in_second <= limits::CHAT_LINES_PER_SECOND
    }
}
