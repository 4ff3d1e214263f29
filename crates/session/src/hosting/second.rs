//! Another operator in a session that runs (F-18): invited by the session's operator, accepted by themselves, let in by the
//! customer (S-10) — in this order — and then there with a policy of their own, or the session's operator from then on. Nothing
//! here lets anybody in: that is the customer's app, which is told who comes and answers.

use std::time::Duration;

use protocol::{Fingerprint, OperatorId, Permissions, limits, sdp, wire};
use wire::{second::State as Told, second_operator::Act};

use super::{Agreed, Fact, Hosting, Output, PolicyDraft, State};
use crate::Timestamp;

/// How long an invitation and the question to the customer stand.
const INVITATION: Duration = Duration::from_secs(2 * 60);
/// How long a second operator's console may be away.
const AWAY: Duration = Duration::from_secs(60);

/// An operator who is brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub operator_id: OperatorId,
    /// Their name, as customers see it.
    pub name: String,
    /// Their department.
    pub department: String,
    /// What their own options allow.
    pub permissions: Permissions,
    /// What they come for.
    pub role: wire::SecondRole,
    /// In the words of who invited.
    pub reason: String,
    /// Epoch milliseconds, for people to see how long it stands.
    pub now_ms: u64,
}

/// Why nobody is invited now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotInvited {
    /// Options or customer do not allow it (F-18).
    Forbidden,
    /// There is no customer who has agreed, or they are away.
    NoCustomer,
    /// Somebody is invited or there already.
    Busy,
}

/// What happened, for the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFact {
    /// By the session's operator.
    Invited,
    /// By who was invited.
    Accepted,
    /// By who was invited.
    Declined,
    /// By the session's operator.
    Withdrawn,
    /// Nobody answered.
    Expired,
    /// Let in by the customer.
    Joined,
    /// By themselves, or with their console or sign-in.
    Left,
    /// By the session's operator, or the customer.
    Removed,
    /// They are the session's operator.
    HandedOver,
}

/// Who is brought in, and how far they are.
#[derive(Debug)]
pub(super) struct Second {
    who: Invited,
    step: Step,
    /// Over at this moment unless something happens.
    until: Option<Timestamp>,
}

#[derive(Debug)]
enum Step {
    Invited,
    Accepted,
    Joined(Link),
}

#[derive(Debug, Default)]
struct Link {
    present: bool,
    /// The console of the last offer, and when its policy is to be renewed.
    offered: Option<(Fingerprint, Timestamp)>,
    answers_awaited: u32,
    candidates: usize,
}

impl Second {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let renew_at = match &self.step {
            Step::Joined(link) => link.offered.map(|(_, at)| at),
            _ => None,
        };
        self.until.into_iter().chain(renew_at).min()
    }
}

impl Hosting {
    /// Invites an operator. Errors: [`NotInvited`].
    pub fn invite(&mut self, now: Timestamp, who: Invited) -> Result<(), NotInvited> {
        let State::Agreed(agreed) = &self.state else { return Err(NotInvited::NoCustomer) };
        if !self.customer_present {
            return Err(NotInvited::NoCustomer);
        }
        if !agreed.consent.invite || !self.allowed.invite || who.operator_id == self.facts.operator_id {
            return Err(NotInvited::Forbidden);
        }
        let takes_over = who.role == wire::SecondRole::HandOver;
        match &self.second {
            // Whoever looks already comes back to take over.
            Some(second) if takes_over && second.who.operator_id == who.operator_id => {
                self.second_ends(SecondFact::Left, Told::Left);
            }
            Some(_) => return Err(NotInvited::Busy),
            None => {}
        }
        self.second = Some(Second { who, step: Step::Invited, until: Some(now + INVITATION) });
        self.record_second(SecondFact::Invited);
        self.tell_second_state(Told::Invited);
        self.settle();
        Ok(())
    }

    /// Who is invited or there.
    #[must_use]
    pub fn second(&self) -> Option<OperatorId> {
        self.second.as_ref().map(|second| second.who.operator_id)
    }

    /// The invited operator accepts: now the customer's app is asked.
    pub(super) fn second_accepts(&mut self, now: Timestamp, id: OperatorId) {
        let Some(second) = self.second.as_mut().filter(|second| second.who.operator_id == id) else {
            return self.refuse();
        };
        if !matches!(second.step, Step::Invited) {
            return self.refuse();
        }
        second.step = Step::Accepted;
        second.until = Some(now + INVITATION);
        self.record_second(SecondFact::Accepted);
        self.tell_second_state(Told::Accepted);
        self.ask_for_second();
    }

    /// Again after the customer's link was lost.
    pub(super) fn ask_for_second(&mut self) {
        let Some(second) = &self.second else {
            // Whoever was there before this server was: it knows nobody.
            return self.send_of_second(bytes::Bytes::new(), Act::Left(wire::SecondLeft {}));
        };
        if matches!(second.step, Step::Accepted) {
            let role = second.who.role.into();
            self.send_second(Act::Asked(role));
        }
    }

    /// `by` withdraws, declines, leaves or removes.
    pub(super) fn second_goes(&mut self, by: OperatorId) {
        let Some(second) = &self.second else { return self.refuse() };
        let is_own = second.who.operator_id == by;
        if !is_own && self.facts.operator_id != by {
            return self.refuse();
        }
        match (&second.step, is_own) {
            (Step::Invited, true) => self.second_ends(SecondFact::Declined, Told::Declined),
            (Step::Joined(_), true) => self.second_ends(SecondFact::Left, Told::Left),
            (Step::Accepted, true) => self.second_ends(SecondFact::Declined, Told::Declined),
            (Step::Joined(_), false) => self.second_ends(SecondFact::Removed, Told::Removed),
            (_, false) => self.second_ends(SecondFact::Withdrawn, Told::Withdrawn),
        }
    }

    /// Their sign-in is over.
    pub(super) fn second_over(&mut self) {
        if self.second.is_some() {
            self.second_ends(SecondFact::Left, Told::Left);
        }
    }

    /// What their options allow now.
    pub(super) fn second_options(&mut self, now: Timestamp, permissions: Permissions) {
        let Some(second) = &mut self.second else { return };
        if std::mem::replace(&mut second.who.permissions, permissions) != permissions {
            self.second_renews(now);
            self.tell_page_of_second();
        }
    }

    pub(super) fn second_opened(&mut self) {
        let ice_servers = Vec::new();
        let State::Agreed(agreed) = &self.state else { return self.refuse() };
        let (permissions, customer_kind) =
            (Some(agreed.consent.into()), agreed.customer.kind.to_wire().into());
        let Some(Second { step: Step::Joined(link), until, .. }) = &mut self.second else {
            return self.refuse();
        };
        (link.present, link.candidates, *until) = (true, 0, None);
        let agreed = wire::Agreed { permissions, customer_kind, ice_servers };
        self.outputs.push_back(Output::ToSecond(wire::server_to_console::Body::Agreed(agreed)));
    }

    pub(super) fn second_console_gone(&mut self, now: Timestamp) {
        if let Some(Second { step: Step::Joined(link), until, .. }) = &mut self.second {
            link.present = false;
            *until = Some(now + AWAY);
        }
    }

    pub(super) fn second_says(&mut self, now: Timestamp, body: wire::console_to_server::Body) {
        use wire::console_to_server::Body;
        match body {
            Body::Offer(offer) => self.second_offers(now, offer),
            Body::Candidate(candidate) => self.second_candidate(candidate),
            // The app reports what is said and done, and the session's console the chat: this one is the third.
            Body::Event(event) => {
                let kept = wire::EventsKept { source_seq: event.source_seq };
                self.outputs.push_back(Output::ToSecond(wire::server_to_console::Body::EventsKept(kept)));
            }
            Body::Ping(_) => {}
            Body::End(_) => self.second_over(),
            Body::Hello(_) | Body::Open(_) => self.refuse(),
        }
    }

    fn second_offers(&mut self, now: Timestamp, description: wire::SessionDescription) {
        let fits = description.sdp.len() <= limits::SDP_BYTES;
        let console = sdp::fingerprint(&description.sdp);
        let (true, true, Some(console)) = (fits, self.customer_present, console) else {
            return self.refuse();
        };
        if !self.offers.one_more_by_time(now) {
            return self.refuse();
        }
        let Some(Second { step: Step::Joined(link), .. }) = &mut self.second else { return self.refuse() };
        link.candidates = 0;
        link.answers_awaited = link.answers_awaited.saturating_add(1).min(limits::ANSWERS_AWAITED);
        link.offered = Some((console, now + limits::POLICY_LIFETIME / 2));
        let Some(permissions) = self.second_permissions() else { return self.refuse() };
        let draft = self.second_draft();
        let Some(Second { who, .. }) = &self.second else { return self.refuse() };
        let (operator_id, name) = (who.operator_id, who.name.clone());
        if draft.is_some() {
            self.record(Fact::SecondPolicySigned { operator_id, permissions, console });
        }
        self.outputs.push_back(Output::SecondOffer { description, draft, operator_id, name, permissions });
    }

    /// Their own options, within what the session's operator may pass on: to look and to talk, and, where they come for it,
    /// mouse and keyboard. Tools stay with who has the session.
    fn second_permissions(&self) -> Option<Permissions> {
        let Some(Second { who, .. }) = &self.second else { return None };
        let control = who.role == wire::SecondRole::Control;
        let of_role = Permissions { view: true, chat: true, control, ..Permissions::default() };
        Some(of_role.intersect(who.permissions).intersect(self.allowed))
    }

    fn second_draft(&self) -> Option<PolicyDraft> {
        let State::Agreed(agreed) = &self.state else { return None };
        let Some(Second { who, step: Step::Joined(link), .. }) = &self.second else { return None };
        let (console, _) = link.offered?;
        agreed.draft(console, self.second_permissions()?, who.operator_id)
    }

    fn second_renews(&mut self, now: Timestamp) {
        if let Some(Second { step: Step::Joined(Link { offered: Some((_, at)), .. }), .. }) = &mut self.second
        {
            *at = now + limits::POLICY_LIFETIME / 2;
        }
        let draft = self.second_draft().filter(|_| self.customer_present);
        if let (Some(draft), Some(second)) = (draft, &self.second) {
            let name = second.who.name.clone();
            self.outputs.push_back(Output::SecondRenew { draft, name });
        }
    }

    /// A page gets no policy: it is told what a second operator may, and cuts it to what its customer agreed to.
    fn tell_page_of_second(&mut self) {
        let may = self.second_permissions().filter(|_| self.is_page() && self.customer_present);
        if let (Some(may), Some(Second { who, step: Step::Joined(_), .. })) = (may, &self.second) {
            let (operator_id, name) = (who.operator_id.to_bytes(), who.name.clone());
            let second = wire::SecondOperator { operator_id, name, may: Some(may.into()), act: None };
            self.send_customer(wire::server_to_customer::Body::Second(second));
        }
    }

    fn second_candidate(&mut self, candidate: wire::Candidate) {
        if self.customer_present && self.second_takes(&candidate) {
            self.send_second(Act::Candidate(candidate));
        } else {
            self.refuse();
        }
    }

    fn second_takes(&mut self, candidate: &wire::Candidate) -> bool {
        let Some(Second { step: Step::Joined(link), .. }) = &mut self.second else { return false };
        let fits = candidate.candidate.len() + candidate.mid.len() <= limits::CANDIDATE_BYTES;
        link.candidates = link.candidates.saturating_add(1);
        fits && link.candidates <= 2 * limits::CANDIDATES
    }

    /// What the app says of them.
    pub(super) fn customer_of_second(&mut self, now: Timestamp, said: wire::FromSecond) {
        use wire::{from_second::Act as Said, server_to_console::Body};
        let id = OperatorId::try_from(&said.operator_id).ok();
        let Some(second) = self.second.as_mut().filter(|second| Some(second.who.operator_id) == id) else {
            // Of one who has just gone.
            return self.refuse();
        };
        match (said.act, &mut second.step) {
            (Some(Said::Allowed(true)), Step::Accepted) if second.who.role == wire::SecondRole::HandOver => {
                self.hand_over(now);
            }
            (Some(Said::Allowed(true)), Step::Accepted) => {
                second.step = Step::Joined(Link::default());
                second.until = Some(now + AWAY);
                self.record_second(SecondFact::Joined);
                self.tell_second_state(Told::Joined);
            }
            // The line is the app's own.
            (Some(Said::Allowed(false)), Step::Accepted) => self.second_forgotten(Told::Refused),
            (Some(Said::Answer(answer)), Step::Joined(link))
                if 0 < link.answers_awaited && answer.sdp.len() <= limits::SDP_BYTES =>
            {
                link.answers_awaited = link.answers_awaited.saturating_sub(1);
                self.outputs.push_back(Output::ToSecond(Body::Answer(answer)));
            }
            (Some(Said::Candidate(candidate)), Step::Joined(_)) => {
                if self.second_takes(&candidate) {
                    self.outputs.push_back(Output::ToSecond(Body::Candidate(candidate)));
                } else {
                    self.refuse();
                }
            }
            (Some(Said::Left(_)), _) => self.second_ends(SecondFact::Removed, Told::Removed),
            _ => self.refuse(),
        }
    }

    /// The session is theirs: the console so far is done with it, and its connection is closed by the customer's side.
    fn hand_over(&mut self, now: Timestamp) {
        // It is the computer of the one who goes.
        self.reversed_ends(super::ReversedEnd::Over);
        self.send_console(ended(wire::EndReason::HandedOver));
        self.record_second(SecondFact::HandedOver);
        self.send_second(Act::HandedOver(wire::HandedOver {}));
        let Some(Second { who, .. }) = self.second.take() else { return };
        self.facts.operator_id = who.operator_id;
        self.facts.operator_name = who.name;
        self.handed_over = true;
        self.allowed = self.facts.offered.intersect(who.permissions);
        self.console_present = false;
        self.console_until = Some(now + self.waits.console);
        if let State::Agreed(agreed) = &mut self.state {
            agreed.forget_console();
        }
        self.outputs.push_back(Output::SecondMoved(Told::HandedOver));
        self.tell_page_what_is_allowed();
    }

    /// The app may not have heard of it before its link was lost.
    pub(super) fn tell_of_hand_over(&mut self) {
        if self.handed_over {
            let operator_id = self.facts.operator_id.to_bytes();
            let name = self.facts.operator_name.clone();
            let act = Some(Act::HandedOver(wire::HandedOver {}));
            self.send_customer(wire::server_to_customer::Body::Second(wire::SecondOperator {
                operator_id,
                name,
                may: None,
                act,
            }));
        }
    }

    /// What is over by itself, and what goes with the session's customer.
    pub(super) fn settle_second(&mut self) {
        if self.second.is_some() && !matches!(self.state, State::Agreed(_)) {
            if let State::Ended(reason) = self.state {
                self.outputs.push_back(Output::ToSecond(ended(reason)));
            }
            self.second_forgotten(Told::Left);
        }
    }

    pub(super) fn tick_second(&mut self, now: Timestamp) {
        let Some(second) = &self.second else { return };
        let is_over = second.until.is_some_and(|at| at <= now);
        let renews = second.deadline().is_some_and(|at| at <= now);
        match (is_over, &second.step) {
            (true, Step::Joined(_)) => self.second_ends(SecondFact::Left, Told::Left),
            (true, _) => self.second_ends(SecondFact::Expired, Told::Expired),
            (false, _) if renews => self.second_renews(now),
            _ => {}
        }
    }

    fn second_ends(&mut self, fact: SecondFact, told: Told) {
        self.record_second(fact);
        self.send_second(Act::Left(wire::SecondLeft {}));
        self.outputs.push_back(Output::ToSecond(ended(wire::EndReason::SecondOver)));
        self.second_forgotten(told);
    }

    fn second_forgotten(&mut self, told: Told) {
        self.tell_second_state(told);
        self.second = None;
    }

    fn record_second(&mut self, fact: SecondFact) {
        let Some(Second { who, .. }) = &self.second else { return };
        self.record(Fact::Second { fact, who: who.clone() });
    }

    fn send_second(&mut self, act: Act) {
        if let Some(Second { who, .. }) = &self.second {
            self.send_of_second(who.operator_id.to_bytes(), act);
        }
    }

    fn send_of_second(&mut self, operator_id: bytes::Bytes, act: Act) {
        let name = self.second.as_ref().map(|second| second.who.name.clone()).unwrap_or_default();
        if self.customer_present {
            let second = wire::SecondOperator { operator_id, name, may: None, act: Some(act) };
            self.send_customer(wire::server_to_customer::Body::Second(second));
        }
    }

    fn tell_second_state(&mut self, state: Told) {
        self.outputs.push_back(Output::SecondMoved(state));
    }

    /// As both consoles are told of whoever is invited or there.
    #[must_use]
    pub fn second_told(&self) -> Option<wire::Second> {
        let Second { who, step, .. } = self.second.as_ref()?;
        let state = match step {
            Step::Invited => Told::Invited,
            Step::Accepted => Told::Accepted,
            Step::Joined(_) => Told::Joined,
        };
        let stands_ms = u64::try_from(INVITATION.as_millis()).unwrap_or_default();
        Some(wire::Second {
            state: state.into(),
            role: who.role.into(),
            operator: self.facts.operator_name.clone(),
            name: who.name.clone(),
            department: who.department.clone(),
            reason: who.reason.clone(),
            expires_at_ms: who.now_ms.saturating_add(stands_ms),
            is_you: false,
        })
    }
}

impl Agreed {
    fn forget_console(&mut self) {
        self.offered = None;
        self.answers_awaited = 0;
        self.candidates = 0;
        self.connected = false;
        self.leaves = false;
    }
}

fn ended(reason: wire::EndReason) -> wire::server_to_console::Body {
    wire::server_to_console::Body::Ended(wire::Ended { reason: reason.into() })
}
