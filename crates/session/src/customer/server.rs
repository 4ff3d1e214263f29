//! What the server says.

use bytes::Bytes;
use protocol::{
    Fingerprint, OperatorId, decode, limits,
    policy::{self, Expectation, PolicyError, VerifiedPolicy},
    sdp, text, wire,
};

use super::{
    Action, Customer, Ending,
    state::{Connecting, Consent, Member, Operator, State},
};
use crate::Timestamp;

impl Customer {
    pub(super) fn server_message(&mut self, now: Timestamp, bytes: &Bytes) {
        use wire::server_to_customer::Body;
        let Ok(message) = decode::<wire::ServerToCustomer>(bytes, limits::FRAME_BYTES) else {
            return self.out.refuse("server-bad-message");
        };
        self.out.link.heard(now);
        match message.body {
            None => self.out.skipped += 1,
            Some(Body::Welcome(welcome)) => self.welcome(now, welcome),
            Some(Body::Problem(problem)) => self.problem(now, problem),
            // Whoever has not shown the server's identity on this link has no say in the session, running or not.
            Some(_) if !self.out.link.is_up() => self.out.refuse("server-out-of-order"),
            Some(Body::OperatorJoined(operator)) => self.operator_joined(&operator),
            Some(Body::OperatorLeft(_)) => self.operator_left(),
            Some(Body::Offer(offer)) => self.offer(now, offer),
            Some(Body::Candidate(candidate)) => self.remote_candidate(candidate),
            Some(Body::Policy(policy)) => self.new_policy(now, &policy),
            Some(Body::Ended(ended)) => self.server_ended(now, ended.reason()),
            Some(Body::EventsKept(kept)) => self.events_kept(now, kept.source_seq),
            Some(Body::Replaced(_)) => self.replaced(now),
            // The console may well be there: it has nothing to say in this.
            Some(Body::LeavePeer(_)) => self.leave_peer(now),
            Some(Body::Second(second)) => self.second_says(now, second),
            Some(Body::Reversed(reversed)) => self.reversed(now, reversed),
            // A page's own matters, and the answer to a ping, whose arrival is all that counts.
            Some(Body::AppCode(_) | Body::Allowed(_) | Body::Pong(_)) => {}
        }
    }

    fn operator_joined(&mut self, joined: &wire::OperatorJoined) {
        let Ok(id) = OperatorId::try_from(&joined.operator_id) else {
            return self.out.refuse("server-bad-message");
        };
        let operator = Operator { id, name: bounded(&joined.name) };
        let Some(member) = self.state.member_mut() else {
            return self.out.refuse("server-out-of-order");
        };
        // The first consent is for this operator; another one needs a consent of its own (design, Trust).
        if member.operator.as_ref().is_some_and(|known| known.id != id) {
            return self.out.refuse("operator-other");
        }
        member.operator = Some(operator);
        self.state = match std::mem::replace(&mut self.state, State::Joining) {
            State::Waiting(member) => State::Asking(member),
            state => state,
        };
        // The server may have been told of the press while it could not take it.
        if let State::Agreed(_, consent) = &self.state {
            let consent = *consent;
            self.tell_consent(consent);
            self.out.events.send_again();
        }
    }

    fn operator_left(&mut self) {
        self.state = match std::mem::replace(&mut self.state, State::Joining) {
            State::Asking(member) if member.consent_after_operator => State::Waiting(member),
            state => state,
        };
    }

    fn offer(&mut self, now: Timestamp, offer: wire::Offer) {
        if !matches!(self.state, State::Agreed(..) | State::Connecting(_) | State::Sharing(_)) {
            return self.out.refuse("offer-before-consent");
        }
        let sdp = offer.description.map(|description| description.sdp).unwrap_or_default();
        let console =
            Some(&sdp).filter(|sdp| sdp.len() <= limits::SDP_BYTES).and_then(|sdp| sdp::fingerprint(sdp));
        let Some(console) = console else {
            return self.out.refuse("offer-malformed");
        };
        let Some(policy) = self.verified(now, &offer.policy.unwrap_or_default(), console) else { return };
        self.leave_peer(now);
        match std::mem::replace(&mut self.state, State::Joining) {
            State::Agreed(member, consent) => {
                let connection = self.out.next_connection();
                let voice = policy.policy().permissions.intersect(consent.limit).talk;
                let mut ice_servers = offer.ice_servers;
                ice_servers.truncate(limits::ICE_SERVERS);
                self.state = State::Connecting(Box::new(Connecting {
                    member: member.after(&policy),
                    consent,
                    policy,
                    connection,
                    console,
                    since: now,
                    relayed: None,
                    control_open: false,
                    screen_open: false,
                    prepared: false,
                    early: Vec::new(),
                }));
                let peer = console;
                self.out.act(Action::AnswerOffer { connection, sdp, peer, ice_servers, voice });
            }
            state => self.state = state,
        }
    }

    /// A new revision for the running connection: may cut, never widens beyond the consent.
    fn new_policy(&mut self, now: Timestamp, signed: &wire::SignedPolicy) {
        let console = match &self.state {
            State::Connecting(connecting) => connecting.console,
            State::Sharing(sharing) => sharing.console,
            // The server does not know yet that the connection is gone; the next one brings its own policy.
            State::Agreed(..) | State::Ended(_) => return,
            _ => return self.out.refuse("server-out-of-order"),
        };
        let Some(policy) = self.verified(now, signed, console) else { return };
        if let Some(member) = self.state.member_mut() {
            member.revision = policy.policy().revision;
        }
        match &mut self.state {
            State::Connecting(connecting) => connecting.policy = policy,
            State::Sharing(sharing) => sharing.policy = policy,
            _ => {}
        }
    }

    /// The policy, if it is one for this app, session and peer. One that is not is refused and reported; the session
    /// ends where it stands on no other, or where the policy asks for what this app does not know.
    fn verified(
        &mut self,
        now: Timestamp,
        signed: &wire::SignedPolicy,
        console: Fingerprint,
    ) -> Option<VerifiedPolicy> {
        let now_ms = self.out.server_ms(now);
        let (nonce, customer) = (self.out.options.nonce, self.out.options.fingerprint);
        let member = self.state.member_mut()?;
        let expected = Expectation {
            session_id: member.session_id,
            operator_id: member.operator.as_ref().map(|operator| operator.id),
            company_id: member.company_id,
            nonce,
            customer_fingerprint: customer,
            console_fingerprint: console,
            revision: member.revision,
            now_ms,
            features: &policy::KNOWN_FEATURES,
        };
        let is_first = member.revision == 0;
        match policy::verify(signed, &member.key, &expected) {
            Ok(policy) if policy.policy().permissions.view => Some(policy),
            Ok(_) => {
                self.policy_refused(now, "policy-view");
                None
            }
            Err(error) => {
                self.out.refuse(error.what());
                if is_first || matches!(error, PolicyError::UnknownFeature { .. }) {
                    self.policy_refused(now, error.what());
                }
                None
            }
        }
    }

    fn policy_refused(&mut self, now: Timestamp, what: &'static str) {
        // Reported before the end is told, so that the record has the line.
        for (what, count) in self.out.refusals.due(now) {
            let refused = wire::Refused { what: what.to_owned(), count };
            self.out.report(now, wire::event::Kind::Refused(refused));
        }
        self.end(now, Ending::PolicyRefused { what }, Some(wire::EndReason::PolicyRefused));
    }

    fn remote_candidate(&mut self, candidate: wire::Candidate) {
        let Some(connection) = self.state.connection() else {
            return self.out.refuse("candidate-before-consent");
        };
        if limits::CANDIDATE_BYTES < candidate.candidate.len() + candidate.mid.len() {
            return self.out.refuse("candidate-too-long");
        }
        self.out.act(Action::AddCandidate { connection, candidate });
    }

    fn server_ended(&mut self, now: Timestamp, reason: wire::EndReason) {
        self.end(now, Ending::Reason(reason), None);
        self.close_signalling();
    }

    fn problem(&mut self, now: Timestamp, problem: wire::Problem) {
        let is_final = match self.state {
            State::Joining | State::Ended(_) => true,
            _ => matches!(
                problem.code.as_str(),
                "session-ended" | "code-unknown" | "code-used" | "code-expired" | "replaced"
            ),
        };
        if is_final {
            let code = bounded(&problem.code);
            self.fail(now, Ending::Problem { code, retry_after_s: problem.retry_after_s });
        }
    }

    fn replaced(&mut self, now: Timestamp) {
        self.fail(now, Ending::Problem { code: "replaced".to_owned(), retry_after_s: 0 });
    }

    fn events_kept(&mut self, now: Timestamp, source_seq: u64) {
        if limits::EVENT_SEQ < source_seq {
            return self.out.refuse("server-bad-message");
        }
        self.out.events.continue_after(source_seq);
        self.out.resend_at = None;
        let lost = self.out.events.kept(source_seq);
        if 0 < lost {
            let refused = wire::Refused { what: "event-without-room".to_owned(), count: lost };
            self.out.report(now, wire::event::Kind::Refused(refused));
        }
    }

    /// Ends without anything to tell the server.
    pub(super) fn fail(&mut self, now: Timestamp, ending: Ending) {
        self.end(now, ending, None);
        self.close_signalling();
    }

    pub(super) fn tell_consent(&mut self, consent: Consent) {
        let permissions = Some(consent.permissions().into());
        self.out.consented = true;
        self.out.send_server(wire::customer_to_server::Body::Consent(wire::Consent {
            agreed: true,
            permissions,
        }));
    }
}

impl Member {
    fn after(self, policy: &VerifiedPolicy) -> Self {
        let policy = policy.policy();
        // With S-02 off the policy may come before the operator's name.
        let operator = self.operator.or(Some(Operator { id: policy.operator_id, name: String::new() }));
        Self { revision: policy.revision, company_id: Some(policy.company_id), operator, ..self }
    }
}

/// A name as a window may show it.
pub(super) fn bounded(name: &str) -> String {
    text::line(name, limits::NAME_CHARS)
}
