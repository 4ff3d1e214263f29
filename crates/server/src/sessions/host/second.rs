//! The second operator [F-18]: their console beside the session's own, and the session in their hands after a hand-over.

use super::{Host, SignIn};
use crate::{
    admission::{self, Standing},
    clock::now_ms,
    options,
    sessions::{error::SessionError, outbox::Outbox},
};
use protocol::wire;
use session::hosting::{Input, Invited, PolicyDraft, SecondFact};
use store::{OperatorId, StoreError, Write, operators, records, sessions};
use tokio::sync::oneshot;

/// An invitation, as the session's operator makes it.
#[derive(Debug)]
pub(in crate::sessions) struct Invite {
    pub(in crate::sessions) by: OperatorId,
    pub(in crate::sessions) operator: operators::Operator,
    pub(in crate::sessions) permissions: protocol::Permissions,
    pub(in crate::sessions) role: wire::SecondRole,
    pub(in crate::sessions) reason: String,
    pub(in crate::sessions) answer: oneshot::Sender<Result<(), SessionError>>,
}

/// Who is invited or there.
#[derive(Debug)]
pub(super) struct SecondDesk {
    pub(super) operator: operators::Operator,
    /// Under which they accepted, or opened the session last.
    pub(super) sign_in: Option<SignIn>,
    pub(super) console: Option<Outbox>,
}

impl Host {
    pub(super) fn invite(&mut self, invite: Invite) {
        let Invite { by, operator, permissions, role, reason, answer } = invite;
        let invited = Invited {
            operator_id: protocol::OperatorId(*operator.id.as_bytes()),
            name: operator.name.clone(),
            department: operator.department_name.clone(),
            permissions,
            role,
            reason,
            now_ms: u64::try_from(now_ms()).unwrap_or_default(),
        };
        let now = session::Timestamp::new(self.started.elapsed());
        // The session may have been handed over while this waited.
        let done = match by == self.operator.id {
            true => self.hosting.invite(now, invited).map_err(SessionError::from),
            false => Err(SessionError::NotInvited(session::hosting::NotInvited::Forbidden)),
        };
        if done.is_ok() {
            self.inviting = Some(operator);
        }
        // Whoever asked may be gone; both consoles are told.
        drop(answer.send(done));
    }

    pub(super) fn second_accepts(&mut self, id: OperatorId, sign_in: SignIn) {
        if let Some(second) = self.second.as_mut().filter(|second| second.operator.id == id) {
            second.sign_in = Some(sign_in);
        }
        self.handle(Input::SecondAccepts(protocol::OperatorId(*id.as_bytes())));
    }

    /// Their newest console gets the picture; one before it is told.
    pub(super) fn second_opened(&mut self, console: Outbox, sign_in: SignIn) {
        let Some(second) = &mut self.second else { return };
        second.sign_in = Some(sign_in);
        if let Some(before) = second.console.replace(console.clone())
            && before.number() != console.number()
        {
            let problem = wire::Problem { code: "replaced".to_owned(), retry_after_s: 0 };
            before.send(&self.to_console(wire::server_to_console::Body::Problem(problem)));
        }
        self.handle(Input::SecondOpened);
    }

    pub(super) fn is_second(&self, number: u64) -> bool {
        let console = self.second.as_ref().and_then(|second| second.console.as_ref());
        console.is_some_and(|console| console.number() == number)
    }

    pub(super) fn second_console_gone(&mut self) {
        if let Some(second) = &mut self.second {
            second.console = None;
        }
        self.handle(Input::SecondConsoleGone);
    }

    pub(super) fn send_second(&self, body: wire::server_to_console::Body) {
        if let Some(console) = self.second.as_ref().and_then(|second| second.console.as_ref()) {
            console.send(&self.to_console(body));
        }
    }

    pub(super) async fn second_offer(
        &mut self,
        description: wire::SessionDescription,
        draft: Option<PolicyDraft>,
        who: wire::SecondOperator,
    ) -> Result<(), SessionError> {
        let policy = match draft {
            Some(draft) => Some(self.sign(draft).await?),
            None => None,
        };
        let offer = wire::Offer { description: Some(description), policy, ice_servers: Vec::new() };
        let act = Some(wire::second_operator::Act::Offer(offer));
        self.send_customer(wire::server_to_customer::Body::Second(wire::SecondOperator { act, ..who }));
        Ok(())
    }

    /// One that cannot be signed now ends with its time.
    pub(super) async fn second_renew(
        &mut self,
        draft: PolicyDraft,
        name: String,
    ) -> Result<(), SessionError> {
        let operator_id = draft.operator_id.to_bytes();
        let act = Some(wire::second_operator::Act::Policy(self.sign(draft).await?));
        self.send_customer(wire::server_to_customer::Body::Second(wire::SecondOperator {
            operator_id,
            name,
            may: None,
            act,
        }));
        Ok(())
    }

    /// Tells the consoles of both where it stands.
    pub(super) fn second_moved(&mut self, moved: wire::second::State) {
        use wire::second::State;
        if moved == State::HandedOver {
            self.live.state().second = None;
            return self.shared.tell_consoles(&self.live);
        }
        if moved == State::Invited
            && let Some(operator) = self.inviting.take()
        {
            self.live.set_second(Some(operator.id));
            self.second = Some(SecondDesk { operator, sign_in: None, console: None });
        }
        {
            let mut state = self.live.state();
            let told = self.hosting.second_told().or_else(|| state.second.clone());
            state.second = told.map(|told| wire::Second { state: moved.into(), ..told });
        }
        self.shared.tell_consoles(&self.live);
        if !matches!(moved, State::Invited | State::Accepted | State::Joined) {
            self.live.set_second(None);
            self.second = None;
        }
    }

    /// The session and its record are the other operator's, in the transaction of the line that says so.
    pub(super) async fn keep_hand_over(&self, write: &Write) -> Result<(), SessionError> {
        let Some(second) = &self.second else { return Ok(()) };
        let operator = operators::find(self.live.company, write, second.operator.id).await?;
        sessions::set_operator(write, self.live.id, operator.id).await?;
        let address = second.sign_in.as_ref().map(|sign_in| sign_in.address.to_string());
        records::set_operator(write, self.live.id, &operator, &address.unwrap_or_default()).await?;
        Ok(())
    }

    /// After [`Self::keep_hand_over`] was committed.
    pub(super) fn hand_over(&mut self) {
        let Some(second) = self.second.take() else { return };
        self.shared.tell_handed_over(&self.live);
        self.live.set_operator(second.operator.id);
        self.live.set_second(None);
        self.operator = second.operator;
        self.sign_in = second.sign_in;
        self.console = None;
    }

    /// Whether the second operator is still signed in, and with which options.
    pub(super) async fn look_at_second(&mut self) -> Result<(), StoreError> {
        let Some(SecondDesk { operator, sign_in: Some(sign_in), .. }) = &self.second else { return Ok(()) };
        let found = admission::standing(&self.shared.store, &sign_in.token_hash, sign_in.address).await?;
        if !matches!(found, Standing::Holds(_)) {
            self.handle(Input::SecondOver);
            return Ok(());
        }
        match options::resolve(self.live.company, &self.shared.store, operator.id).await {
            Ok(now) => self.handle(Input::SecondOptions(now.permissions)),
            Err(StoreError::Missing) => self.handle(Input::SecondOver),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// As the record calls it.
pub(in crate::sessions) fn kind_of(fact: SecondFact) -> &'static str {
    match fact {
        SecondFact::Invited => "second-invited",
        SecondFact::Accepted => "second-accepted",
        SecondFact::Declined => "second-declined",
        SecondFact::Withdrawn => "second-withdrawn",
        SecondFact::Expired => "second-expired",
        SecondFact::Joined => "second-joined",
        SecondFact::Left => "second-left",
        SecondFact::Removed => "second-removed",
        SecondFact::HandedOver => "handed-over",
    }
}

/// As the record calls it.
pub(in crate::sessions) fn role_name(role: wire::SecondRole) -> &'static str {
    match role {
        wire::SecondRole::Control => "control",
        wire::SecondRole::HandOver => "hand-over",
        wire::SecondRole::View | wire::SecondRole::Unspecified => "view",
    }
}
