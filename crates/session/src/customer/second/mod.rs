//! The second operator (F-18): one whom the session's operator brings in, to look, to take mouse and keyboard when these are
//! given to them, or to have the session from then on. Nobody comes in whom the customer did not let in (S-10), or was not told
//! of where nobody is to be asked; each has a policy and a connection of their own, cut to what the customer agreed to.

mod connection;
mod console;

use bytes::Bytes;
use protocol::{Fingerprint, OperatorId, Permissions, policy::VerifiedPolicy, wire};

use super::{
    Action, ConnectionNo, ControlView, Customer, Error, SecondOrder, ShareGrant,
    input_order::InputOrder,
    server::bounded,
    state::{Operator, State},
};
use crate::Timestamp;

/// What another operator comes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondRole {
    /// To look.
    View,
    /// To take mouse and keyboard as well, when these are given.
    Control,
    /// To have the session from then on.
    HandOver,
}

/// Another operator who is to come in, before the customer's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondAsking {
    /// Which question it is; the answer names it.
    pub no: u64,
    /// Who.
    pub name: String,
    /// What for.
    pub role: SecondRole,
}

/// The second operator, as the bar shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondView {
    /// Who.
    pub name: String,
    /// Mouse and keyboard are theirs.
    pub controls: bool,
}

/// Who comes, and how far they are.
#[derive(Debug, Default)]
pub(super) struct Second {
    stage: Stage,
    /// Numbers given to questions so far: a press is for the one that was read.
    last_no: u64,
    /// The highest revision of a policy taken so far, of whomever.
    revision: u64,
    /// What both consoles were told last, and on which connections.
    told: Option<(ConnectionNo, Option<ConnectionNo>, wire::OperatorsNow)>,
    control_told: Option<(ConnectionNo, ControlView)>,
    permissions_told: Option<(ConnectionNo, Permissions)>,
}

#[derive(Debug, Default)]
enum Stage {
    #[default]
    Nobody,
    /// The question stands.
    Asked(Who, u64),
    /// Let in; no connection yet.
    Allowed(Who),
    Coming(Box<Coming>),
    There(Box<There>),
}

#[derive(Clone, Debug)]
struct Who {
    id: OperatorId,
    name: String,
    role: SecondRole,
}

/// Their connection comes up.
#[derive(Debug)]
struct Coming {
    who: Who,
    policy: VerifiedPolicy,
    connection: ConnectionNo,
    console: Fingerprint,
    since: Timestamp,
    relayed: Option<bool>,
    control_open: bool,
    screen_open: bool,
    early: Vec<Bytes>,
}

/// Their connection stands.
#[derive(Debug)]
struct There {
    who: Who,
    policy: VerifiedPolicy,
    connection: ConnectionNo,
    console: Fingerprint,
    input: InputOrder,
    /// Mouse and keyboard are theirs.
    holds: bool,
    /// They ask for them.
    asks: bool,
    /// Pictures go to them.
    sees: bool,
}

impl SecondRole {
    fn from_wire(role: wire::SecondRole) -> Option<Self> {
        match role {
            wire::SecondRole::View => Some(Self::View),
            wire::SecondRole::Control => Some(Self::Control),
            wire::SecondRole::HandOver => Some(Self::HandOver),
            wire::SecondRole::Unspecified => None,
        }
    }
}

impl Second {
    pub(super) fn asking(&self) -> Option<SecondAsking> {
        match &self.stage {
            Stage::Asked(who, no) => Some(SecondAsking { no: *no, name: who.name.clone(), role: who.role }),
            _ => None,
        }
    }

    pub(super) fn view(&self) -> Option<SecondView> {
        match &self.stage {
            Stage::There(there) => Some(SecondView { name: there.who.name.clone(), controls: there.holds }),
            _ => None,
        }
    }

    pub(super) fn connection(&self) -> Option<ConnectionNo> {
        match &self.stage {
            Stage::Coming(coming) => Some(coming.connection),
            Stage::There(there) => Some(there.connection),
            _ => None,
        }
    }

    fn who(&self) -> Option<&Who> {
        match &self.stage {
            Stage::Nobody => None,
            Stage::Asked(who, _) | Stage::Allowed(who) => Some(who),
            Stage::Coming(coming) => Some(&coming.who),
            Stage::There(there) => Some(&there.who),
        }
    }

    fn there(&mut self) -> Option<&mut There> {
        match &mut self.stage {
            Stage::There(there) => Some(there),
            _ => None,
        }
    }

    /// When something of it is over by itself.
    pub(super) fn deadline(&self, when: impl Fn(u64) -> Timestamp) -> Option<Timestamp> {
        match &self.stage {
            Stage::Coming(coming) => Some(coming.since + protocol::limits::PEER_CONNECT),
            Stage::There(there) => Some(when(there.policy.policy().expires_at_ms)),
            _ => None,
        }
    }
}

impl Customer {
    /// What the server says of another operator.
    pub(super) fn second_says(&mut self, now: Timestamp, said: wire::SecondOperator) {
        use wire::second_operator::Act;
        // Nobody is known to the server: it has begun anew.
        if said.operator_id.is_empty() && matches!(said.act, Some(Act::Left(_))) {
            return self.second_leaves(now, wire::EndReason::SecondOver, false);
        }
        let Ok(id) = OperatorId::try_from(&said.operator_id) else {
            return self.out.refuse("server-bad-message");
        };
        match said.act {
            None => self.out.skipped += 1,
            Some(Act::Asked(role)) => {
                let role = wire::SecondRole::try_from(role).ok().and_then(SecondRole::from_wire);
                match role {
                    Some(role) => self.second_asked(now, Who { id, name: bounded(&said.name), role }),
                    None => self.out.refuse("server-bad-message"),
                }
            }
            Some(Act::HandedOver(_)) => self.handed_over(now, id),
            Some(Act::Left(_)) if self.second.who().is_some_and(|who| who.id == id) => {
                self.second_leaves(now, wire::EndReason::SecondOver, false);
            }
            // They are gone here already.
            Some(Act::Left(_)) => {}
            Some(Act::Offer(offer)) => self.second_offers(now, id, offer),
            Some(Act::Candidate(candidate)) => self.second_candidate(id, candidate),
            Some(Act::Policy(policy)) => self.second_policy(now, id, &policy),
        }
    }

    /// May they come in? With S-10 off nobody is asked, and the customer is told; the policy decides in any case.
    fn second_asked(&mut self, now: Timestamp, who: Who) {
        let (may, unasked) = match &self.state {
            State::Sharing(sharing) => (sharing.granted().invite, sharing.member.second_unasked),
            _ => (false, false),
        };
        if !may {
            self.out.refuse("second-forbidden");
            return self.answer_second(now, &who, false, true);
        }
        let is_known = self.second.who().is_some_and(|known| known.id == who.id && known.role == who.role);
        if is_known {
            // The answer was lost with the link, or is not given yet.
            if !matches!(self.second.stage, Stage::Asked(..)) {
                self.tell_of_second(who.id.to_bytes(), wire::from_second::Act::Allowed(true));
            }
            return;
        }
        // One at a time; the server has seen the one before off.
        self.second_leaves(now, wire::EndReason::SecondOver, false);
        if unasked {
            self.answer_second(now, &who, true, true);
            self.second.stage = Stage::Allowed(who);
            return;
        }
        self.second.last_no = self.second.last_no.saturating_add(1);
        self.second.stage = Stage::Asked(who, self.second.last_no);
        self.question(true);
    }

    /// The customer's press upon the question of this number. No timer makes one.
    pub(super) fn second_answered(&mut self, now: Timestamp, no: u64, allowed: bool) -> Result<(), Error> {
        let Stage::Asked(who, asked) = &self.second.stage else { return Err(Error::OutOfTurn) };
        if *asked != no {
            return Err(Error::OutOfTurn);
        }
        let who = who.clone();
        self.second.stage = if allowed { Stage::Allowed(who.clone()) } else { Stage::Nobody };
        self.answer_second(now, &who, allowed, false);
        self.question(false);
        Ok(())
    }

    fn answer_second(&mut self, now: Timestamp, who: &Who, allowed: bool, unasked: bool) {
        let operator_id = who.id.to_bytes();
        let answered =
            wire::SecondAnswered { operator_id: operator_id.clone(), allowed, unasked: unasked && allowed };
        self.out.report(now, wire::event::Kind::SecondAnswered(answered));
        // The record says that they may before it says that they came.
        self.out.send_events(now);
        self.tell_of_second(operator_id, wire::from_second::Act::Allowed(allowed));
    }

    fn tell_of_second(&mut self, operator_id: Bytes, act: wire::from_second::Act) {
        let told = wire::FromSecond { operator_id, act: Some(act) };
        self.out.send_server(wire::customer_to_server::Body::Second(told));
    }

    /// Another one is the session's operator from here on: whom the customer let in for that, and nobody else.
    fn handed_over(&mut self, now: Timestamp, id: OperatorId) {
        let before = self.state.member_mut().and_then(|member| member.operator.clone());
        if before.as_ref().is_some_and(|operator| operator.id == id) {
            return;
        }
        let heir = match &self.second.stage {
            Stage::Allowed(who) if who.id == id && who.role == SecondRole::HandOver => who.clone(),
            _ => return self.out.refuse("second-not-agreed"),
        };
        self.second.stage = Stage::Nobody;
        self.leave_peer(now);
        self.out.chat.handed_over(before.map(|operator| operator.name).unwrap_or_default(), &heir.name);
        if let Some(member) = self.state.member_mut() {
            member.operator = Some(Operator { id: heir.id, name: heir.name });
        }
    }

    /// Nobody is there any more, nor asked for. `tell`: the server does not know it yet.
    pub(super) fn second_leaves(&mut self, now: Timestamp, reason: wire::EndReason, tell: bool) {
        let stage = std::mem::take(&mut self.second.stage);
        let (who, connection, held) = match stage {
            Stage::Nobody => return,
            Stage::Asked(who, _) => {
                self.question(false);
                (who, None, false)
            }
            Stage::Allowed(who) => (who, None, false),
            Stage::Coming(coming) => (coming.who, Some(coming.connection), false),
            Stage::There(there) => {
                let bye = wire::Bye { reason: reason.into() };
                self.out.send_peer(there.connection, wire::peer_message::Body::Bye(bye));
                if there.sees {
                    self.out.act(Action::Second(SecondOrder::Stop(there.connection)));
                }
                (there.who, Some(there.connection), there.holds)
            }
        };
        if held {
            self.out.act(Action::ReleaseInput);
            self.out.report(now, control_changed(false));
        }
        connection.into_iter().for_each(|connection| self.out.act(Action::ClosePeer { connection }));
        if tell {
            self.tell_of_second(who.id.to_bytes(), wire::from_second::Act::Left(wire::SecondLeft {}));
        }
    }

    /// The right to bring somebody in is taken back, or the policy does not offer it any more.
    pub(super) fn second_within_permissions(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        if !sharing.granted().invite && self.second.who().is_some() {
            self.second_leaves(now, wire::EndReason::SecondOver, true);
        }
        let allowed = self.second_permissions();
        if let Some(there) = self.second.there()
            && !allowed.control
        {
            (there.holds, there.asks) = (false, false);
        }
    }

    /// What policy and customer allow the second operator at this moment.
    pub(super) fn second_permissions(&self) -> Permissions {
        match (&self.state, &self.second.stage) {
            (State::Sharing(sharing), Stage::There(there)) => {
                sharing.consent.within(there.policy.policy().permissions)
            }
            _ => Permissions::default(),
        }
    }

    /// Pictures go to them as soon as they go to the session's operator.
    pub(super) fn second_sees(&mut self) {
        let grant = match (&self.state, &self.second.stage) {
            (State::Sharing(sharing), Stage::There(there)) if sharing.begun && !there.sees => {
                let view = sharing.consent.opened && there.policy.policy().permissions.view;
                let permissions = Permissions { view, ..self.second_permissions() };
                self.grant().and_then(|grant| {
                    ShareGrant::new(there.connection, permissions, grant.part(), grant.capture())
                })
            }
            _ => None,
        };
        if let (Some(grant), Some(there)) = (grant, self.second.there()) {
            there.sees = true;
            self.out.act(Action::Second(SecondOrder::Start(grant)));
        }
    }

    /// The share is over, and with it theirs.
    pub(super) fn second_sees_nothing(&mut self) {
        if let Some(there) = self.second.there() {
            (there.sees, there.holds) = (false, false);
        }
    }

    /// Tells both consoles who is there and who has control, and the second one what they may do.
    pub(super) fn tell_operators(&mut self, now: Timestamp) {
        self.tell_second_permissions();
        self.tell_second_control(now);
        let State::Sharing(sharing) = &self.state else { return };
        let second = match &self.second.stage {
            Stage::There(there) => Some(there),
            _ => None,
        };
        if second.is_none() && self.second.told.as_ref().is_none_or(|(_, second, _)| second.is_none()) {
            return;
        }
        let main_controls = matches!(
            sharing.control.view(sharing.permissions()),
            ControlView::On | ControlView::CustomerActive
        );
        let holder = match (second.is_some_and(|there| there.holds), main_controls) {
            (true, _) => wire::operators_now::Holder::Second,
            (_, true) => wire::operators_now::Holder::Operator,
            _ => wire::operators_now::Holder::Nobody,
        };
        let told = wire::OperatorsNow {
            operator: sharing.member.operator_name().unwrap_or_default(),
            second: second.map(|there| there.who.name.clone()).unwrap_or_default(),
            holder: holder.into(),
            second_asks: second.is_some_and(|there| there.asks),
            second_may_control: self.second_permissions().control,
            is_second: false,
        };
        let all = (sharing.connection, second.map(|there| there.connection), told);
        if self.second.told.as_ref() == Some(&all) {
            return;
        }
        self.second.told = Some(all.clone());
        let (main, second, told) = all;
        self.out.send_peer(main, wire::peer_message::Body::OperatorsNow(told.clone()));
        if let Some(second) = second {
            let told = wire::OperatorsNow { is_second: true, ..told };
            self.out.send_peer(second, wire::peer_message::Body::OperatorsNow(told));
        }
    }
}

fn control_changed(on: bool) -> wire::event::Kind {
    wire::event::Kind::ControlChanged(wire::ControlChanged { on, second: true })
}
