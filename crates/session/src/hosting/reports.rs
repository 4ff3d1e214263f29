//! What the sides put into the record. For what they report, each has room of its own; a chat line takes room of both, for
//! both report it. What they do is a line each time, and so may be done so often.

use std::time::Duration;

use protocol::{limits, wire};

use super::{Fact, Hosting, Side, State};
use crate::Timestamp;

/// What is kept of both sides' reports.
#[derive(Debug, Default)]
pub(super) struct Reports {
    customer: OfSide,
    operator: OfSide,
}

#[derive(Debug, Default)]
struct OfSide {
    kept: u64,
    bytes: u64,
}

/// How often something was done in this session.
#[derive(Debug, Default)]
pub(super) struct Acts {
    done: u32,
    /// Until when those that time allows are taken off.
    refilled_at: Timestamp,
}

impl Acts {
    /// Counts one more; false: it was done as often as it may be.
    pub(super) fn one_more(&mut self) -> bool {
        let may = self.done < limits::ACTS_OF_SESSION;
        self.done = self.done.saturating_add(u32::from(may));
        may
    }

    /// The same for what a bad network brings about, so that it only has an end within some time.
    pub(super) fn one_more_by_time(&mut self, now: Timestamp) -> bool {
        let intervals = now.since(self.refilled_at).as_secs() / limits::ACT_INTERVAL.as_secs();
        self.done = self.done.saturating_sub(u32::try_from(intervals).unwrap_or(u32::MAX));
        self.refilled_at =
            self.refilled_at + Duration::from_secs(intervals.saturating_mul(limits::ACT_INTERVAL.as_secs()));
        self.one_more()
    }
}

impl Hosting {
    /// Keeps an event of a side, as long as that side has room; then the session ends, for nothing of it goes on that
    /// cannot be kept. Only what was really kept takes room: a repeated event, or one that the shell refuses, takes none.
    pub(super) fn record_event(&mut self, side: Side, mut fact: Fact) {
        if !self.may_chat() {
            without_chat(&mut fact);
        }
        let reports = self.reports.of(side);
        if reports.has_room() {
            return self.record(fact);
        }
        self.record(Fact::EventsRefused { side });
        self.refuse();
        self.end(wire::EndReason::ServerFailed);
    }

    /// Whether chat is allowed and, where that is settled, agreed to.
    fn may_chat(&self) -> bool {
        let agreed = match &self.state {
            State::Agreed(agreed) => agreed.consent.chat,
            _ => true,
        };
        agreed && self.allowed.chat
    }

    /// An event of a side was written.
    pub(super) fn event_kept(&mut self, side: Side, bytes: u64) {
        let reports = self.reports.of(side);
        reports.kept = reports.kept.saturating_add(1);
        reports.bytes = reports.bytes.saturating_add(bytes);
    }
}

/// A chat line that nobody may write stands as what it is; its number is kept, so that there is no gap.
fn without_chat(fact: &mut Fact) {
    if let Fact::FromConsole(event) | Fact::FromCustomer(event) = fact
        && matches!(event.kind, Some(wire::event::Kind::Chat(_)))
    {
        let refused = wire::Refused { what: "chat-forbidden".to_owned(), count: 1 };
        event.kind = Some(wire::event::Kind::Refused(refused));
    }
}

impl Reports {
    fn of(&mut self, side: Side) -> &mut OfSide {
        match side {
            Side::Customer => &mut self.customer,
            Side::Operator => &mut self.operator,
        }
    }
}

impl OfSide {
    fn has_room(&self) -> bool {
        self.kept < limits::EVENTS_OF_SIDE && self.bytes < limits::EVENT_BYTES_OF_SIDE
    }
}
