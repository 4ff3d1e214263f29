//! The customer controls the operator's computer (F-15), as this side of it: the server asks, the customer's press begins it, and
//! their own browser becomes the one that looks.
//!
//! What is seen and done there is a session of its own, whose limits the app on the operator's computer keeps; nothing of it passes
//! through here, and a pause, which protects this machine, leaves it alone.

use protocol::{Right, limits, wire};
use wire::reversed::Act;

use super::{Action, Customer, pace::Pace, state::State};
use crate::Timestamp;

/// The wish that the customer controls the operator's computer.
#[derive(Debug, Default)]
pub(super) struct OperatorControl {
    stage: Stage,
    requests: Pace,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Off,
    /// The question stands.
    Asked,
    /// The customer pressed Allow; the ticket is on its way.
    Allowed,
    /// The page was opened in the customer's browser.
    Opened,
}

impl Customer {
    pub(super) fn reversed(&mut self, now: Timestamp, reversed: wire::Reversed) {
        match reversed.act {
            // Of a later version.
            None => self.out.skipped += 1,
            Some(Act::Asked(_)) => self.operator_control_asked(now),
            Some(Act::Ticket(ticket)) => self.operator_control_ticket(ticket),
            Some(Act::Over(_)) => {
                self.operator_control.stage = Stage::Off;
                self.operator_control_question_withdrawn(now);
            }
        }
    }

    fn operator_control_asked(&mut self, now: Timestamp) {
        // Asked again after a lost link, the question that stands is the one; and without a connection nobody can be asked.
        let State::Sharing(sharing) = &self.state else { return };
        if self.asks.is_to_begin(Right::OperatorControl) {
            return;
        }
        if !Right::OperatorControl.is_in(sharing.could()) {
            return self.refuse_operator_control("operator-control-forbidden");
        }
        if sharing.consent.is_paused() {
            return self.refuse_operator_control("operator-control-paused");
        }
        let requests = &mut self.operator_control.requests;
        let paced = requests.has_room(now, limits::OPERATOR_SCREEN_REQUESTS, limits::OPERATOR_SCREEN_WINDOW);
        if !paced || self.reboots.is_asked() || !self.ask_to_begin(now, Right::OperatorControl) {
            return self.refuse_operator_control("operator-control-too-fast");
        }
        self.operator_control.stage = Stage::Asked;
    }

    /// The customer's press below the question of it.
    pub(super) fn operator_control_answered(&mut self, allowed: bool) {
        self.operator_control.stage = if allowed { Stage::Allowed } else { Stage::Off };
        self.tell_operator_control(allowed);
    }

    /// The page is opened for a press of the customer's alone, and once for each.
    fn operator_control_ticket(&mut self, ticket: String) {
        if self.operator_control.stage != Stage::Allowed || !is_ticket(&ticket) {
            return self.out.refuse("server-out-of-order");
        }
        self.operator_control.stage = Stage::Opened;
        self.out.act(Action::OpenViewer(ticket));
    }

    /// This machine opens no page.
    pub(super) fn viewer_not_opened(&mut self, now: Timestamp, what: &'static str) {
        self.out.report(now, wire::event::Kind::Unsupported(wire::Unsupported { what: what.to_owned() }));
        self.operator_control_ends();
    }

    /// What policy and customer do not allow any more, ends; so does a question that went with its connection.
    pub(super) fn operator_control_within_permissions(&mut self) {
        let is_granted = match &self.state {
            State::Sharing(sharing) => Some(sharing.granted().control_operator),
            // It goes on while the connection comes back, and the server ends it with the session.
            _ => None,
        };
        let is_void = match self.operator_control.stage {
            Stage::Off => false,
            Stage::Asked => !self.asks.is_to_begin(Right::OperatorControl),
            Stage::Allowed | Stage::Opened => is_granted == Some(false),
        };
        if is_void {
            self.operator_control_ends();
        }
    }

    fn operator_control_ends(&mut self) {
        if std::mem::take(&mut self.operator_control.stage) != Stage::Off {
            self.tell_operator_control(false);
        }
    }

    fn refuse_operator_control(&mut self, refusal: &'static str) {
        self.out.refuse(refusal);
        self.tell_operator_control(false);
    }

    fn tell_operator_control(&mut self, allowed: bool) {
        self.out.send_server(wire::customer_to_server::Body::Reversed(wire::FromReversed { allowed }));
    }
}

/// It becomes a part of an address.
fn is_ticket(ticket: &str) -> bool {
    let fits = !ticket.is_empty() && ticket.len() <= limits::VIEWER_TICKET_CHARS;
    fits && ticket.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
