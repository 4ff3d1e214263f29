//! Each input event once and in order, although it comes on two channels (design, The session, 4).

use std::collections::BTreeMap;

use protocol::{
    input::{InputEvent, NumberedInput},
    limits,
};

use super::Channel;

/// The order of one connection's input.
#[derive(Debug)]
pub(super) struct InputOrder {
    /// Number of the last event that was let through.
    last: u64,
    /// Newest move that was let through or is held.
    last_move: u64,
    /// Events of "pointer" that came before those they follow.
    early: BTreeMap<u64, InputEvent>,
    /// The newest move after an event that is not here yet.
    held_move: Option<(u64, InputEvent)>,
}

impl InputOrder {
    pub(super) fn new() -> Self {
        Self { last: 0, last_move: 0, early: BTreeMap::new(), held_move: None }
    }

    /// Takes an event; returns what is to be applied now, in order.
    pub(super) fn take(&mut self, channel: Channel, input: NumberedInput) -> Vec<InputEvent> {
        if input.event.is_move() {
            return self.take_move(input);
        }
        let mut ready = Vec::new();
        if input.number <= self.last {
            return ready;
        }
        let follows = input.number == self.last.saturating_add(1);
        if follows || channel == Channel::Control {
            // "control" is reliable and ordered and carries every number: what it skips does not exist, and what
            // waits from below is older than what stands here.
            self.early = self.early.split_off(&input.number);
            self.early.remove(&input.number);
            self.last = input.number;
            ready.push(input.event);
            self.release(&mut ready);
        } else if self.early.len() < limits::INPUT_EVENTS_EARLY {
            self.early.insert(input.number, input.event);
        }
        ready
    }

    fn take_move(&mut self, input: NumberedInput) -> Vec<InputEvent> {
        // A move from before an event that was applied would pull the pointer back from a click.
        if input.move_number <= self.last_move || input.number < self.last {
            return Vec::new();
        }
        self.last_move = input.move_number;
        if self.last < input.number {
            self.held_move = Some((input.number, input.event));
            return Vec::new();
        }
        vec![input.event]
    }

    fn release(&mut self, ready: &mut Vec<InputEvent>) {
        while let Some(event) = self.early.remove(&self.last.saturating_add(1)) {
            self.last = self.last.saturating_add(1);
            ready.push(event);
        }
        match self.held_move.take() {
            Some((number, event)) if number == self.last => ready.push(event),
            Some((number, event)) if self.last < number => self.held_move = Some((number, event)),
            _ => {}
        }
    }
}
