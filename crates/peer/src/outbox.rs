//! What waits to be written, in the order of its urgency. Pure: no sockets, no clock.

use std::collections::VecDeque;

use bytes::Bytes;

use crate::Channel;

/// Most of the picture that may be written and not yet acknowledged by the other end. 64 KiB in flight cost 3 ms of
/// queue at 93 Mbit/s, 1 MB costs 5 s (docs/adr, picture probe).
pub const SCREEN_UNSENT_BYTES: usize = 64 * 1024;

/// The same for files, which have a connection of their own: all that may be ahead of their receiver. At 50 ms there and back that is
/// 160 Mbit/s, and half of it, which is left after a loss, still 80.
pub(crate) const FILES_UNSENT_BYTES: usize = 1024 * 1024;
/// The same for everything else.
const OTHER_UNSENT_BYTES: usize = 192 * 1024;

/// Most of one channel that may be written and not yet acknowledged by the other end.
pub(crate) fn unsent_max(channel: Channel) -> usize {
    match channel {
        Channel::Screen => SCREEN_UNSENT_BYTES,
        Channel::Files => FILES_UNSENT_BYTES,
        Channel::Control | Channel::Pointer | Channel::Repeat | Channel::OperatorScreen => OTHER_UNSENT_BYTES,
    }
}

/// Most messages that wait in one channel. A reliable one that overflows ends the connection, the others lose their
/// oldest.
pub(crate) const WAITING_MESSAGES: usize = 512;

/// A reliable channel holds more than its limit: the other end does not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Overflow;

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    control: VecDeque<Bytes>,
    pointer: VecDeque<Bytes>,
    screen: VecDeque<Bytes>,
    repeat: VecDeque<Bytes>,
    files: VecDeque<Bytes>,
    /// Of a console that is this crate's own, as in tests: the app sends nothing on it.
    operator_screen: VecDeque<Bytes>,
}

impl Outbox {
    /// Adds a message.
    pub(crate) fn push(&mut self, channel: Channel, bytes: Bytes) -> Result<(), Overflow> {
        let queue = match channel {
            Channel::Control => &mut self.control,
            Channel::Pointer => &mut self.pointer,
            Channel::Screen => &mut self.screen,
            Channel::Repeat => &mut self.repeat,
            Channel::Files => &mut self.files,
            Channel::OperatorScreen => &mut self.operator_screen,
        };
        if WAITING_MESSAGES <= queue.len() {
            if channel.is_reliable() {
                return Err(Overflow);
            }
            queue.pop_front();
        }
        queue.push_back(bytes);
        Ok(())
    }

    /// Writes what `write` takes, the most urgent first. A channel that is not ready is skipped; as soon as a ready
    /// one is full, nothing less urgent is written.
    pub(crate) fn flush(&mut self, mut write: impl FnMut(Channel, &Bytes) -> Wrote) {
        let queues = [
            (Channel::Control, &mut self.control),
            (Channel::Pointer, &mut self.pointer),
            (Channel::Screen, &mut self.screen),
            (Channel::Repeat, &mut self.repeat),
            (Channel::Files, &mut self.files),
            (Channel::OperatorScreen, &mut self.operator_screen),
        ];
        for (channel, queue) in queues {
            while let Some(bytes) = queue.front() {
                match write(channel, bytes) {
                    Wrote::Taken => drop(queue.pop_front()),
                    Wrote::NotReady => break,
                    Wrote::Full => return,
                }
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        let queues =
            [&self.control, &self.pointer, &self.screen, &self.repeat, &self.files, &self.operator_screen];
        queues.iter().all(|queue| queue.is_empty())
    }
}

/// What became of a write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrote {
    Taken,
    NotReady,
    Full,
}

/// Counts how much of the picture the other end has acknowledged.
#[derive(Debug, Default)]
pub(crate) struct Drain {
    written_bytes: u64,
    told_bytes: u64,
}

impl Drain {
    pub(crate) fn wrote(&mut self, bytes: usize) {
        self.written_bytes = self.written_bytes.saturating_add(bytes as u64);
    }

    /// Bytes acknowledged since the last call, while `buffered` of what was written are not.
    pub(crate) fn drained(&mut self, buffered: usize) -> usize {
        let acknowledged = self.written_bytes.saturating_sub(buffered as u64);
        let news = acknowledged.saturating_sub(self.told_bytes);
        self.told_bytes = self.told_bytes.max(acknowledged);
        usize::try_from(news).unwrap_or(usize::MAX)
    }
}
