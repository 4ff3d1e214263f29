//! What the operator's side does.

use protocol::{limits, sdp, wire};

use super::{Fact, Hosting, Output, Side, State};
use crate::Timestamp;

impl Hosting {
    pub(super) fn console_opened(&mut self) {
        let is_new = !self.console_present;
        self.console_present = true;
        self.console_until = None;
        // Before the line of the record is kept: the console makes its offer meanwhile, and whoever waits for the picture
        // waits for both. Nothing follows from being asked.
        self.ask_for_offer();
        if is_new {
            self.record(Fact::OperatorJoined);
            self.introduce_operator();
            self.introduce_operator_to_app();
        }
    }

    pub(super) fn console_gone(&mut self, now: Timestamp) {
        if !self.console_present {
            return;
        }
        self.console_present = false;
        self.record(Fact::OperatorLeft);
        if !matches!(self.state, State::Waiting) {
            self.console_until = Some(now + self.waits.console);
        }
        if self.customer_present {
            self.send_customer(wire::server_to_customer::Body::OperatorLeft(wire::OperatorLeft {}));
        }
        self.send_app(wire::server_to_customer::Body::OperatorLeft(wire::OperatorLeft {}));
    }

    /// The connection goes from peer to peer, so the customer's side is what closes it, and no policy for that console is
    /// signed any more.
    pub(super) fn console_over(&mut self, now: Timestamp) {
        self.console_gone(now);
        self.reversed_ends(super::ReversedEnd::Over);
        if let State::Agreed(agreed) = &mut self.state {
            agreed.offered = None;
            agreed.answers_awaited = 0;
            agreed.connected = false;
            agreed.leaves = true;
            self.tell_to_leave();
        }
    }

    /// Who is away is told on coming back.
    pub(super) fn tell_to_leave(&mut self) {
        let leaves = matches!(&self.state, State::Agreed(agreed) if agreed.leaves);
        if leaves && self.customer_present {
            self.send_customer(wire::server_to_customer::Body::LeavePeer(wire::LeavePeer {}));
        }
    }

    pub(super) fn console_says(&mut self, now: Timestamp, body: wire::console_to_server::Body) {
        use wire::console_to_server::Body;
        if !self.console_present {
            return self.refuse();
        }
        match body {
            Body::Offer(offer) => self.offer(now, offer),
            Body::Candidate(candidate) => self.candidate_of_console(candidate),
            Body::Event(event) => self.event_of_console(event),
            Body::End(_) => self.end(wire::EndReason::OperatorEnded),
            // The shell answers a ping and turns an open into its own input; a second Hello is out of order.
            Body::Ping(_) => {}
            Body::Hello(_) | Body::Open(_) => self.refuse(),
        }
    }

    fn offer(&mut self, now: Timestamp, description: wire::SessionDescription) {
        let permissions = self.allowed;
        let fits = description.sdp.len() <= limits::SDP_BYTES;
        let console = sdp::fingerprint(&description.sdp);
        let (State::Agreed(agreed), true, true, Some(console)) =
            (&mut self.state, self.customer_present, fits, console)
        else {
            return self.refuse_offer("bad-message");
        };
        if !self.offers.one_more_by_time(now) {
            return self.refuse_offer("rate-limited");
        }
        agreed.candidates = 0;
        agreed.answers_awaited = agreed.answers_awaited.saturating_add(1).min(limits::ANSWERS_AWAITED);
        let draft = agreed.draft(console, permissions, self.facts.operator_id);
        if draft.is_some() {
            agreed.offered = Some((console, now + limits::POLICY_LIFETIME / 2));
            self.record(Fact::PolicySigned { permissions, console });
        }
        self.outputs.push_back(Output::Offer { description, draft });
    }

    fn refuse_offer(&mut self, code: &str) {
        self.refuse();
        let problem = wire::Problem { code: code.to_owned(), retry_after_s: 0 };
        self.send_console(wire::server_to_console::Body::Problem(problem));
    }

    fn candidate_of_console(&mut self, candidate: wire::Candidate) {
        if self.customer_present && self.takes_candidate(&candidate) {
            self.send_customer(wire::server_to_customer::Body::Candidate(candidate));
        } else {
            self.refuse();
        }
    }

    fn event_of_console(&mut self, event: wire::Event) {
        if !self.agreed_once {
            return self.refuse();
        }
        if let Some(wire::event::Kind::Connected(_)) = &event.kind {
            self.set_connected(true);
        }
        self.record_event(Side::Operator, Fact::FromConsole(event));
    }
}
