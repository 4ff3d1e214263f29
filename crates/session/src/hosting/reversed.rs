//! The customer controls the operator's computer (F-15), as the session knows it in which that is wished: the operator wishes it, the
//! customer's side asks and answers, and what runs then is a session of its own, which the shell makes and ends.

use std::time::Duration;

use protocol::{Permissions, wire};
use wire::{reversed::Act, reversed_state::Stage as Told};

use super::{Fact, Hosting, Output, State};
use crate::Timestamp;

/// How long the question to the customer stands.
const QUESTION: Duration = Duration::from_secs(2 * 60);

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reversed {
    /// The customer is asked, until this moment.
    Asked(Timestamp),
    /// They agreed, and the other session was made.
    Agreed,
    /// They see the operator's computer.
    Active,
}

/// Why it cannot be wished now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReversed {
    /// Options or customer do not allow it.
    Forbidden,
    /// There is no customer who has agreed, or they are away.
    NoCustomer,
    /// It was wished already, or too often.
    Busy,
}

/// Who ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReversedEnd {
    /// In the console, or with Stop on their own computer.
    Operator,
    /// On the page, or with the right.
    Customer,
    /// Nobody came in time.
    Expired,
    /// With the session, a connection, or the options.
    Over,
}

/// What happened, for the record. That the customer was asked, allowed or refused it is their side's to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReversedFact {
    /// The customer sees this computer of the operator's.
    Started {
        /// Its name.
        host_name: String,
    },
    /// After that.
    Ended(ReversedEnd),
}

/// What the shell does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReversedOrder {
    /// Make the other session with its code, and send the customer their ticket.
    Begin,
    /// End it, and make code and ticket useless.
    End,
}

impl Hosting {
    /// The operator wishes that the customer controls their computer; the customer's side is asked.
    ///
    /// # Errors
    /// [`NotReversed`].
    pub fn reverse(&mut self, now: Timestamp) -> Result<(), NotReversed> {
        if !matches!(self.state, State::Agreed(_)) || !self.customer_present {
            return Err(NotReversed::NoCustomer);
        }
        if !self.may_reverse() {
            return Err(NotReversed::Forbidden);
        }
        if self.reversed.is_some() || !self.reversals.one_more_by_time(now) {
            return Err(NotReversed::Busy);
        }
        self.reversed = Some(Reversed::Asked(now + QUESTION));
        self.reversed_wished = true;
        self.tell_customer_of_reversed();
        self.tell_reversed(Told::Asked);
        self.settle();
        Ok(())
    }

    /// What the session offers, cut by the options as they are; their side asks the customer for the rest.
    fn may_reverse(&self) -> bool {
        let State::Agreed(agreed) = &self.state else { return false };
        self.allowed.intersect(agreed.consent).control_operator
    }

    /// Again after the customer's link was lost, and with it perhaps the question or the end.
    pub(super) fn tell_customer_of_reversed(&mut self) {
        match self.reversed {
            Some(Reversed::Asked(_)) => self.send_reversed(Act::Asked(wire::ReversedAsked {})),
            None if self.reversed_wished => self.send_reversed(Act::Over(wire::ReversedOver {})),
            _ => {}
        }
    }

    /// The customer's side answers, or ends it.
    pub(super) fn customer_of_reversed(&mut self, said: wire::FromReversed) {
        match (self.reversed, said.allowed) {
            (Some(Reversed::Asked(_)), true) if self.may_reverse() => {
                self.reversed = Some(Reversed::Agreed);
                self.outputs.push_back(Output::Reversed(ReversedOrder::Begin));
                self.tell_reversed(Told::Agreed);
            }
            (Some(Reversed::Asked(_)), false) => {
                self.reversed = None;
                self.tell_reversed(Told::Refused);
            }
            (Some(_), false) => self.reversed_ends(ReversedEnd::Customer),
            // It crossed the end of it, or is said again, since the end was not heard there.
            (None, false) if self.reversed_wished => {}
            // Of one that has just ended, or whose right is gone.
            _ => self.refuse(),
        }
    }

    /// The customer sees the operator's computer of this name.
    pub(super) fn reversed_started(&mut self, host_name: String) {
        if self.reversed == Some(Reversed::Agreed) {
            self.reversed = Some(Reversed::Active);
            self.record(Fact::Reversed(ReversedFact::Started { host_name }));
            self.tell_reversed(Told::Active);
        }
    }

    /// It is over, whoever ended it. Of one that is over already nothing follows.
    pub(super) fn reversed_ends(&mut self, end: ReversedEnd) {
        let Some(was) = self.reversed.take() else { return };
        if was == Reversed::Active {
            self.record(Fact::Reversed(ReversedFact::Ended(end)));
        }
        self.send_reversed(Act::Over(wire::ReversedOver {}));
        self.outputs.push_back(Output::Reversed(ReversedOrder::End));
        self.tell_reversed(if end == ReversedEnd::Expired { Told::Expired } else { Told::Ended });
    }

    /// It needs the customer's consent and the options all along; a customer who is away for a moment changes nothing.
    pub(super) fn settle_reversed(&mut self) {
        if self.reversed.is_some() && !self.may_reverse() {
            self.reversed_ends(ReversedEnd::Over);
        }
    }

    pub(super) fn tick_reversed(&mut self, now: Timestamp) {
        if self.reversed_until().is_some_and(|at| at <= now) {
            self.reversed_ends(ReversedEnd::Expired);
        }
    }

    pub(super) fn reversed_until(&self) -> Option<Timestamp> {
        match self.reversed {
            Some(Reversed::Asked(until)) => Some(until),
            _ => None,
        }
    }

    fn send_reversed(&mut self, act: Act) {
        if self.customer_present {
            let reversed = wire::Reversed { act: Some(act) };
            self.send_customer(wire::server_to_customer::Body::Reversed(reversed));
        }
    }

    fn tell_reversed(&mut self, told: Told) {
        self.outputs.push_back(Output::ReversedMoved(told));
    }
}

/// What a session is for in which the customer of another one sees and controls the operator's computer: that, and nothing beside it.
#[must_use]
pub fn reversed_permissions() -> Permissions {
    Permissions { view: true, control: true, control_at_start: true, ..Permissions::default() }
}
