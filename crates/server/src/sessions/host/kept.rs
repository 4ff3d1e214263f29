//! How far the events of each side are kept without a gap, counted as they come.

use protocol::limits;
use std::collections::BTreeSet;

/// Both sides.
#[derive(Clone, Debug, Default)]
pub(in crate::sessions) struct Kept {
    pub(super) customer: Head,
    pub(super) operator: Head,
}

/// One side.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// Everything up to here is kept.
    seq: i64,
    /// Kept behind a gap.
    beyond: BTreeSet<i64>,
}

/// What is to be done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// New.
    Keep,
    /// It came before.
    Known,
    /// No honest side is so far ahead: one keeps no more events than that while it waits.
    Refuse,
}

impl Kept {
    /// As the database knows it.
    pub(in crate::sessions) fn new(customer: i64, operator: i64) -> Self {
        let head = |seq| Head { seq, beyond: BTreeSet::new() };
        Self { customer: head(customer), operator: head(operator) }
    }
}

impl Head {
    pub(super) fn verdict(&self, seq: i64) -> Verdict {
        let ahead = i64::try_from(limits::EVENTS_WAITING).unwrap_or(i64::MAX);
        if seq <= self.seq || self.beyond.contains(&seq) {
            Verdict::Known
        } else if seq <= self.seq.saturating_add(ahead) {
            Verdict::Keep
        } else {
            Verdict::Refuse
        }
    }

    /// This one is kept now.
    pub(super) fn note(&mut self, seq: i64) {
        self.beyond.insert(seq);
        while self.beyond.remove(&self.seq.saturating_add(1)) {
            self.seq = self.seq.saturating_add(1);
        }
    }

    /// As it is told.
    pub(super) fn source_seq(&self) -> u64 {
        u64::try_from(self.seq).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Kept, Verdict};

    #[test]
    fn gaps_close_and_nothing_far_ahead_is_taken() {
        let mut head = Kept::new(2, 0).customer;
        assert_eq!(head.verdict(2), Verdict::Known);
        head.note(5);
        head.note(4);
        assert_eq!((head.source_seq(), head.verdict(5)), (2, Verdict::Known));
        head.note(3);
        assert_eq!((head.source_seq(), head.beyond.len()), (5, 0));
        assert_eq!(head.verdict(5 + 4_096), Verdict::Keep);
        assert_eq!(head.verdict(5 + 4_097), Verdict::Refuse);
        assert_eq!(head.verdict(i64::MAX), Verdict::Refuse);
    }
}
