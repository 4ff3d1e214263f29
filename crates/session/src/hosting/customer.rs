//! What the customer's side does.

use std::time::Duration;

use protocol::{OperatorId, Permissions, limits, wire};

use super::{Agreed, Arrival, Fact, Facts, Hosting, Kind, Output, Side, State};
use crate::Timestamp;

/// How long the console's own word is awaited after an app said that the operator ended the session.
const OPERATOR_WORD: Duration = Duration::from_secs(2);

impl Hosting {
    pub(super) fn customer_joined(&mut self, now: Timestamp, arrival: Arrival) {
        if !matches!(self.state, State::Waiting) {
            return self.app_joined(arrival);
        }
        let kind = arrival.kind;
        self.record(Fact::CustomerJoined { kind });
        let offered = self.facts.offered_to(kind);
        self.state = State::Joined(arrival);
        self.introduced = false;
        self.customer_present = true;
        self.outputs.push_back(Output::Welcome { offered, resumed: false });
        self.await_consent(now);
        if !self.console_present && self.console_until.is_none() {
            self.console_until = Some(now + self.waits.console);
        }
        self.introduce_operator();
    }

    pub(super) fn customer_resumed(&mut self, now: Timestamp, arrival: Arrival) {
        if !self.returns.one_more_by_time(now) {
            self.outputs.push_back(Output::RefuseArrival);
            self.refuse();
            return self.end(wire::EndReason::ServerFailed);
        }
        let (kind, resumed) = match &mut self.state {
            State::Joined(customer) => {
                self.introduced = self.introduced && customer.nonce == arrival.nonce;
                *customer = arrival;
                (customer.kind, false)
            }
            State::Agreed(agreed) => {
                let kind = arrival.kind;
                // Another run of the app has another nonce and no peer connection: its customer is asked anew.
                if agreed.customer.nonce == arrival.nonce {
                    // After a restart of the machine it is another run that the same customer's word holds for, by its token
                    // and nonce (F-03): of the connection of before nothing is left.
                    if agreed.customer.fingerprint != arrival.fingerprint {
                        agreed.connected = false;
                    }
                    agreed.customer = arrival;
                    (kind, true)
                } else {
                    self.introduced = false;
                    self.state = State::Joined(arrival);
                    (kind, false)
                }
            }
            State::Waiting | State::Ended(_) => {
                self.outputs.push_back(Output::RefuseArrival);
                return self.refuse();
            }
        };
        self.customer_present = true;
        self.record(Fact::CustomerReturned);
        let offered = self.facts.offered_to(kind);
        self.outputs.push_back(Output::Welcome { offered, resumed });
        if resumed {
            self.customer_until = None;
        } else {
            self.await_consent(now);
        }
        if resumed {
            self.tell_of_hand_over();
        }
        self.introduce_operator();
        self.tell_to_leave();
        if resumed {
            self.ask_for_second();
            self.tell_page_what_is_allowed();
            self.tell_customer_of_reversed();
        }
        // What was signed while nobody listened, or never was: the next renewal may be too late.
        self.renew(now);
        if matches!(&self.state, State::Agreed(agreed) if !agreed.connected) {
            self.ask_for_offer();
        }
    }

    pub(super) fn customer_gone(&mut self, now: Timestamp) {
        if self.customer_present {
            self.customer_present = false;
            // A restart that the customer agreed to takes its time.
            let wait = if self.restarts { limits::REBOOT_AWAY } else { self.waits.customer };
            self.customer_until = Some(now + wait);
            self.record(Fact::CustomerAway);
        }
    }

    pub(super) fn customer_says(&mut self, now: Timestamp, body: wire::customer_to_server::Body) {
        use wire::customer_to_server::Body;
        if !self.customer_present {
            return self.refuse();
        }
        match body {
            Body::Consent(consent) => self.consent(&consent),
            Body::Answer(answer) => self.answer(answer),
            Body::Candidate(candidate) => self.candidate_of_customer(candidate),
            Body::Event(event) => self.event_of_customer(event),
            Body::End(reason) => self.end_of_customer(now, reason),
            Body::RequestAppCode(_) => self.app_code(now),
            Body::Second(said) => self.customer_of_second(now, said),
            Body::Reversed(said) => self.customer_of_reversed(said),
            // The shell answers a ping; a second Hello is out of order.
            Body::Ping(_) => {}
            Body::Hello(_) => self.refuse(),
        }
    }

    /// Tells the customer who is there, once someone is.
    pub(super) fn introduce_operator(&mut self) {
        if self.console_present && self.customer_present {
            self.introduced = true;
            let joined = wire::OperatorJoined {
                operator_id: OperatorId::to_bytes(self.facts.operator_id),
                name: self.facts.operator_name.clone(),
            };
            self.send_customer(wire::server_to_customer::Body::OperatorJoined(joined));
        }
    }

    pub(super) fn await_consent(&mut self, now: Timestamp) {
        self.customer_until = Some(now + self.waits.consent);
    }

    pub(super) fn consent(&mut self, consent: &wire::Consent) {
        if !consent.agreed {
            if matches!(self.state, State::Joined(_)) {
                self.record(Fact::Declined);
                self.end(wire::EndReason::CustomerDeclined);
            }
            return;
        }
        let chosen = Permissions::from(consent.permissions.as_ref());
        // The operator may be away again by the time the press arrives: it was for the one who was named.
        let can_consent = !self.facts.consent_after_operator || self.introduced;
        match std::mem::replace(&mut self.state, State::Waiting) {
            State::Joined(customer) if can_consent => {
                let chosen = chosen.intersect(self.facts.offered_to(customer.kind));
                if self.facts.is_refused(customer.kind, chosen) {
                    self.state = State::Joined(customer);
                    self.record(Fact::Declined);
                    return self.end(wire::EndReason::RecordingRefused);
                }
                self.state = State::Agreed(Agreed::new(customer, chosen));
                self.agreed_once = true;
                self.customer_until = None;
                self.consented(chosen);
                // The options may leave less than the Welcome had.
                if self.allowed != self.facts.offered {
                    self.tell_page_what_is_allowed();
                }
                self.ask_for_offer();
            }
            State::Agreed(mut agreed) => {
                let chosen = chosen.intersect(self.facts.offered_to(agreed.customer.kind));
                if self.facts.is_refused(agreed.customer.kind, chosen) {
                    agreed.consent = chosen;
                    self.state = State::Agreed(agreed);
                    self.consented(chosen);
                    return self.end(wire::EndReason::RecordingRefused);
                }
                let changed = agreed.consent != chosen;
                agreed.consent = chosen;
                self.state = State::Agreed(agreed);
                if changed {
                    self.consented(chosen);
                }
            }
            state => {
                self.state = state;
                self.refuse();
            }
        }
    }

    /// No change of the consent is left out of the record, and no record is filled with them: nobody presses so often.
    fn consented(&mut self, chosen: Permissions) {
        if self.consents.one_more() {
            self.record(Fact::Consented(chosen));
        } else {
            self.end(wire::EndReason::ServerFailed);
        }
    }

    fn answer(&mut self, answer: wire::SessionDescription) {
        let fits = answer.sdp.len() <= limits::SDP_BYTES;
        if fits && self.console_present && self.takes_answer() {
            self.send_console(wire::server_to_console::Body::Answer(answer));
        } else {
            self.refuse();
        }
    }

    /// Each offer is answered once: the queue to the console also carries the operator's other sessions.
    fn takes_answer(&mut self) -> bool {
        let State::Agreed(agreed) = &mut self.state else { return false };
        let is_awaited = 0 < agreed.answers_awaited;
        agreed.answers_awaited = agreed.answers_awaited.saturating_sub(1);
        // Whoever answers an offer has left the console before.
        agreed.leaves &= !is_awaited;
        is_awaited
    }

    fn candidate_of_customer(&mut self, candidate: wire::Candidate) {
        if self.console_present && self.takes_candidate(&candidate) {
            self.send_console(wire::server_to_console::Body::Candidate(candidate));
        } else {
            self.refuse();
        }
    }

    /// Whether a candidate of either side may pass: after consent, bounded in size and number.
    pub(super) fn takes_candidate(&mut self, candidate: &wire::Candidate) -> bool {
        let State::Agreed(agreed) = &mut self.state else { return false };
        let fits = candidate.candidate.len() + candidate.mid.len() <= limits::CANDIDATE_BYTES;
        agreed.candidates = agreed.candidates.saturating_add(1);
        fits && agreed.candidates <= 2 * limits::CANDIDATES
    }

    fn event_of_customer(&mut self, event: wire::Event) {
        use wire::event::Kind as Event;
        if !matches!(self.state, State::Agreed(_)) {
            return self.refuse();
        }
        match &event.kind {
            Some(Event::Connected(_) | Event::SharingStarted(_)) => self.set_connected(true),
            Some(Event::SharingStopped(_)) => self.set_connected(false),
            Some(Event::Reboot(reboot)) => {
                use wire::reboot::What;
                self.restarts = matches!(reboot.what(), What::Begun | What::ByHand);
            }
            // Of a kind that is not known here, too: it has a number, and the record says so.
            _ => {}
        }
        self.record_event(Side::Customer, Fact::FromCustomer(event));
    }

    pub(super) fn set_connected(&mut self, connected: bool) {
        if let State::Agreed(agreed) = &mut self.state {
            agreed.connected = connected;
        }
    }

    /// A customer's side speaks for itself alone: that another one ended the session is that one's to say.
    fn end_of_customer(&mut self, now: Timestamp, reason: i32) {
        use wire::EndReason;
        match EndReason::try_from(reason).unwrap_or(EndReason::Unspecified) {
            reason @ (EndReason::CustomerDeclined
            | EndReason::PolicyRefused
            | EndReason::RecordingRefused
            | EndReason::ScreenDepth
            | EndReason::ScreenMissing
            | EndReason::ScreenSize
            | EndReason::ScreenLost
            | EndReason::ScreenFailed) => self.end(reason),
            // The console told the app and tells the server as well; its own word decides, if it comes.
            EndReason::OperatorEnded => {
                self.left_until.get_or_insert(now + OPERATOR_WORD);
            }
            _ => self.end(EndReason::CustomerStopped),
        }
    }
}

impl Facts {
    /// A page cannot be controlled.
    pub(super) fn offered_to(&self, kind: Kind) -> Permissions {
        match kind {
            Kind::App => self.offered,
            Kind::Browser => self.offered.of_page(),
        }
    }

    /// Whether the company goes no further with whoever agrees to this: they refuse to be recorded.
    pub(super) fn is_refused(&self, kind: Kind, chosen: Permissions) -> bool {
        self.recording_required && self.offered_to(kind).record && !chosen.record
    }
}
