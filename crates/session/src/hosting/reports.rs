//! What the sides put into the record. For what they report, each has room of its own, so that neither keeps the other's
//! word out of it; what they do is a line each time, and so may be done so often.

use protocol::limits;

use super::{Fact, Hosting, Side};

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
    is_told_full: bool,
}

/// How often something was done in this session.
#[derive(Debug, Default)]
pub(super) struct Acts(u32);

impl Acts {
    /// Counts one more; false: it was done as often as it may be.
    pub(super) fn one_more(&mut self) -> bool {
        let may = self.0 < limits::ACTS_OF_SESSION;
        self.0 = self.0.saturating_add(u32::from(may));
        may
    }
}

impl Hosting {
    /// Keeps an event of a side, as long as that side has room. Only what was really kept takes room: a repeated event,
    /// or one that the shell refuses, takes none.
    pub(super) fn record_event(&mut self, side: Side, fact: Fact) {
        let reports = self.reports.of(side);
        if reports.has_room() {
            return self.record(fact);
        }
        if !std::mem::replace(&mut reports.is_told_full, true) {
            self.record(Fact::EventsRefused { side });
        }
        self.refuse();
    }

    /// An event of a side was written.
    pub(super) fn event_kept(&mut self, side: Side, bytes: u64) {
        let reports = self.reports.of(side);
        reports.kept = reports.kept.saturating_add(1);
        reports.bytes = reports.bytes.saturating_add(bytes);
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
