//! Refusals, counted by kind and reported at most once a second each (Y-1).

use std::collections::BTreeMap;

use protocol::limits;

use crate::Timestamp;

#[derive(Debug, Default)]
struct Kind {
    count: u32,
    next_report: Timestamp,
}

/// What was refused and not yet reported.
#[derive(Debug, Default)]
pub(super) struct Refusals(BTreeMap<&'static str, Kind>);

impl Refusals {
    /// Counts one.
    pub(super) fn note(&mut self, what: &'static str) {
        if self.0.len() < limits::REFUSAL_KINDS || self.0.contains_key(what) {
            let kind = self.0.entry(what).or_default();
            kind.count = kind.count.saturating_add(1);
        }
    }

    /// What is to be reported now, with its count.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<(&'static str, u32)> {
        let mut due = Vec::new();
        for (what, kind) in &mut self.0 {
            if 0 < kind.count && kind.next_report <= now {
                due.push((*what, kind.count));
                *kind = Kind { count: 0, next_report: now + limits::REFUSAL_REPORT };
            }
        }
        due
    }

    /// When the next report is due.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.0.values().filter(|kind| 0 < kind.count).map(|kind| kind.next_report).min()
    }
}
