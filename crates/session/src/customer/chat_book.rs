//! Chat with delivery (F-05): the customer's lines wait until the console has shown them; the operator's are shown
//! once.

use std::collections::VecDeque;

use prost::Message as _;
use protocol::{
    chat::{Author, Line},
    limits, wire,
};

use super::pace::Pace;
use crate::Timestamp;

/// How many of the operator's lines are remembered, to show a repeated one once.
const REMEMBERED: usize = 1_024;

/// Around a line and around the message: a tag of at most two bytes and a length of at most three, each.
const FRAMING_BYTES: usize = 10;

/// The chat of a session; it outlives peer connections.
#[derive(Debug, Default)]
pub(super) struct ChatBook {
    /// Lines of both sides that a console has shown, in the order in which that came to be.
    earlier: VecDeque<Line>,
    earlier_bytes: usize,
    undelivered: VecDeque<Line>,
    seen: VecDeque<[u8; 16]>,
    pace: Pace,
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
        let line = self.undelivered.remove(at)?;
        let id = line.id;
        self.remember(line);
        Some(id)
    }

    /// A line that both sides have, for consoles to come. The oldest go first.
    pub(super) fn remember(&mut self, line: Line) {
        self.earlier_bytes = self.earlier_bytes.saturating_add(line.text.len());
        self.earlier.push_back(line);
        while limits::CHAT_LINES_EARLIER < self.earlier.len()
            || limits::CHAT_BYTES_EARLIER < self.earlier_bytes
        {
            let Some(oldest) = self.earlier.pop_front() else { return };
            self.earlier_bytes = self.earlier_bytes.saturating_sub(oldest.text.len());
        }
    }

    /// The session is another operator's from here on: what was written without a name was `before`'s, and theirs has none.
    pub(super) fn handed_over(&mut self, before: String, to: &str) {
        for line in self.earlier.iter_mut().filter(|line| line.author == Author::Operator) {
            if line.name.is_empty() {
                line.name.clone_from(&before);
            } else if line.name == to {
                line.name.clear();
            }
        }
    }

    /// What both sides have so far, in messages that fit into a channel.
    pub(super) fn earlier(&self) -> Vec<wire::ChatEarlier> {
        self.earlier_as(Line::clone)
    }

    /// The same as another console is to read it.
    pub(super) fn earlier_as(&self, read: impl Fn(&Line) -> Line) -> Vec<wire::ChatEarlier> {
        let mut all: Vec<wire::ChatEarlier> = Vec::new();
        for line in self.earlier.iter().map(|line| wire::Chat::from(&read(line))) {
            let with_line = line.encoded_len().saturating_add(FRAMING_BYTES);
            match all.last_mut() {
                Some(last) if last.encoded_len() + with_line <= limits::PEER_MESSAGE_BYTES => {
                    last.lines.push(line);
                }
                _ => all.push(wire::ChatEarlier { lines: vec![line] }),
            }
        }
        all
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
        self.pace.has_room(now, limits::CHAT_LINES_PER_SECOND, limits::REFUSAL_REPORT)
    }
}
