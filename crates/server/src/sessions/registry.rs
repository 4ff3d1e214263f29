//! The live sessions and the open consoles, and the tokens that lead to them.

use super::{
    guesses::Guesses,
    host::Mail,
    keys::Keys,
    outbox::Outbox,
    pace::{Paces, Weight},
    reversed::Reversals,
};
use crate::{
    admission::Rechecks,
    presence::Presence,
    secrets::{hex, token_hash},
};
use protocol::wire;
use session::hosting::{Facts, Side};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use store::{CompanyId, OperatorId, SessionId, Store, StoreError, sessions};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// What the parts of the service share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) keys: Keys,
    pub(super) guesses: Guesses,
    /// The domain under which codes are hashed; a secret of this server, so that a copied database names no code.
    pub(super) pepper: String,
    /// How long a lost customer is awaited.
    pub(super) customer_away: Duration,
    live: Mutex<HashMap<SessionId, Arc<Live>>>,
    consoles: Mutex<HashMap<OperatorId, Vec<Outbox>>>,
    /// Tokens whose successor has not been used yet: its Welcome may be lost. The newest of each session is in the
    /// database, too.
    previous_tokens: Mutex<HashMap<String, SessionId>>,
    pub(super) shutdown: CancellationToken,
    /// Who watches which operators are in a session.
    presence: Presence,
    /// Calls the sessions to look whether their operator's sign-in holds.
    pub(super) rechecks: Rechecks,
    /// Sessions in which customers control operators' computers [F-15]. They stand in no list of sessions.
    pub(super) reversals: Reversals,
    tasks: TaskTracker,
}

/// Whose session it is, and who else is in it [F-18].
#[derive(Clone, Copy, Debug)]
struct People {
    operator: OperatorId,
    second: Option<OperatorId>,
}

/// One live session.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) id: SessionId,
    pub(super) company: CompanyId,
    people: Mutex<People>,
    mailbox: mpsc::Sender<Mail>,
    paces: Mutex<Paces>,
    pub(super) state: Mutex<wire::SessionState>,
}

impl Shared {
    pub(super) fn new(
        store: Store,
        keys: Keys,
        customer_away: Duration,
        shutdown: CancellationToken,
        presence: Presence,
        rechecks: Rechecks,
    ) -> Self {
        let pepper = format!("beside/code/v1/{}", hex(&keys.derived("connection-codes")));
        Self {
            store,
            keys,
            customer_away,
            guesses: Guesses::default(),
            pepper,
            live: Mutex::default(),
            consoles: Mutex::default(),
            previous_tokens: Mutex::default(),
            shutdown,
            presence,
            rechecks,
            reversals: Reversals::default(),
            tasks: TaskTracker::new(),
        }
    }

    /// Runs a session's task.
    pub(super) fn run(&self, live: Arc<Live>, task: impl Future<Output = ()> + Send + 'static) {
        self.live().insert(live.id, live);
        self.tasks.spawn(task);
    }

    /// Runs what stands in no list of sessions.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// A live session of this operator.
    pub(super) fn find(&self, company: CompanyId, operator: OperatorId, id: SessionId) -> Option<Arc<Live>> {
        let found = self.live().get(&id).map(Arc::clone)?;
        (found.company == company && found.operator() == operator).then_some(found)
    }

    /// A live session that a customer's code or token led to.
    pub(super) fn find_any(&self, id: SessionId) -> Option<Arc<Live>> {
        self.live().get(&id).map(Arc::clone)
    }

    /// The live sessions of an operator, oldest first.
    pub(super) fn list(&self, company: CompanyId, operator: OperatorId) -> Vec<Arc<Live>> {
        let is_theirs = |live: &&Arc<Live>| live.company == company && live.operator() == operator;
        let mut found: Vec<_> = self.live().values().filter(is_theirs).map(Arc::clone).collect();
        found.sort_by_key(|live| live.id);
        found
    }

    /// The same, and those in which they are the second one.
    pub(super) fn list_all(&self, company: CompanyId, operator: OperatorId) -> Vec<Arc<Live>> {
        let mut all = self.list(company, operator);
        all.extend(self.list_as_second(company, operator));
        all.sort_by_key(|live| live.id);
        all
    }

    /// The live sessions to which an operator is invited, or in which they are the second one [F-18].
    pub(super) fn list_as_second(&self, company: CompanyId, operator: OperatorId) -> Vec<Arc<Live>> {
        let is_theirs = |live: &&Arc<Live>| live.company == company && live.second() == Some(operator);
        self.live().values().filter(is_theirs).map(Arc::clone).collect()
    }

    pub(super) fn forget(&self, id: SessionId) {
        if let Some(live) = self.live().remove(&id) {
            self.presence.changed(live.company, live.operator());
        }
        self.previous_tokens().retain(|_, session| *session != id);
    }

    pub(super) fn enter_console(&self, operator: OperatorId, outbox: Outbox) {
        self.consoles().entry(operator).or_default().push(outbox);
    }

    pub(super) async fn leave_console(&self, company: CompanyId, operator: OperatorId, number: u64) {
        {
            let mut consoles = self.consoles();
            if let Some(open) = consoles.get_mut(&operator) {
                open.retain(|outbox| outbox.number() != number);
                if open.is_empty() {
                    consoles.remove(&operator);
                }
            }
        }
        for live in self.list_all(company, operator) {
            live.put(Mail::ConsoleGone(number)).await;
        }
    }

    /// Whether a console of the operator is open.
    pub(super) fn has_console(&self, operator: OperatorId) -> bool {
        self.consoles().contains_key(&operator)
    }

    /// Tells every console of the operator what went wrong about a session.
    pub(super) fn tell_problem(&self, operator: OperatorId, id: SessionId, code: &str) {
        let problem = wire::Problem { code: code.to_owned(), retry_after_s: 0 };
        let message = wire::ServerToConsole {
            session_id: bytes::Bytes::copy_from_slice(id.as_bytes()),
            body: Some(wire::server_to_console::Body::Problem(problem)),
        };
        for outbox in self.consoles().get(&operator).into_iter().flatten() {
            outbox.send(&message);
        }
    }

    /// Tells every console of the operator where a session stands.
    pub(super) fn tell_consoles(&self, live: &Live) {
        for operator in [Some(live.operator()), live.second()].into_iter().flatten() {
            self.tell_state(live, operator, live.state_for(operator));
        }
    }

    /// Tells every console of the operator who has handed the session over that it is theirs no more [F-18].
    pub(super) fn tell_handed_over(&self, live: &Live) {
        let operator = live.operator();
        let (stage, end_reason) = (wire::session_state::Stage::Ended, wire::EndReason::HandedOver);
        let state = live.state().clone();
        let over =
            wire::SessionState { stage: stage.into(), end_reason: end_reason.into(), second: None, ..state };
        self.tell_state(live, operator, over);
    }

    fn tell_state(&self, live: &Live, operator: OperatorId, state: wire::SessionState) {
        let message = wire::ServerToConsole {
            session_id: bytes::Bytes::copy_from_slice(live.id.as_bytes()),
            body: Some(wire::server_to_console::Body::State(state)),
        };
        for outbox in self.consoles().get(&operator).into_iter().flatten() {
            outbox.send(&message);
        }
        self.presence.changed(live.company, operator);
    }

    /// Every operator of a company who has a customer at this moment: 상담중 [D-3].
    pub(super) fn operators_in_session(&self, company: CompanyId) -> HashSet<OperatorId> {
        let has_customer = |live: &&Arc<Live>| {
            live.company == company && live.state().stage() != wire::session_state::Stage::Waiting
        };
        let of = |live: &Arc<Live>| {
            let is_there = live.is_joined_by_second();
            [Some(live.operator()), live.second().filter(|_| is_there)].into_iter().flatten()
        };
        self.live().values().filter(has_customer).flat_map(of).collect()
    }

    pub(super) fn keep_previous_token(&self, hash: String, session: SessionId) {
        self.previous_tokens().insert(hash, session);
    }

    /// The customer has the newest token. In the database the one before it goes a moment later; it counts there only
    /// after a restart.
    pub(super) fn forget_previous_tokens(&self, live: &Live) {
        let mut forgotten = Vec::new();
        self.previous_tokens().retain(|hash, of| {
            let stays = *of != live.id;
            if !stays {
                forgotten.push(hash.clone());
            }
            stays
        });
        if forgotten.is_empty() {
            return;
        }
        let (store, company, id) = (self.store.clone(), live.company, live.id);
        self.tasks.spawn(async move {
            let forgetting = async {
                let write = store.write(company).await?;
                for hash in &forgotten {
                    sessions::forget_previous_resume(&write, id, hash).await?;
                }
                write.commit().await
            };
            if let Err(error) = forgetting.await {
                tracing::error!(session.id = %id, error = %error, "Earlier token stays in the database");
            }
        });
    }

    /// The session that a resume token leads to.
    pub(super) async fn find_by_token(&self, token: &str) -> Result<Option<SessionId>, StoreError> {
        let hash = token_hash(token);
        let previous = self.previous_tokens().get(&hash).copied();
        match previous {
            Some(session) => Ok(Some(session)),
            None => Ok(sessions::find_by_resume_hash(&self.store, &hash).await?.map(|found| found.id)),
        }
    }

    fn live(&self) -> MutexGuard<'_, HashMap<SessionId, Arc<Live>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn consoles(&self) -> MutexGuard<'_, HashMap<OperatorId, Vec<Outbox>>> {
        self.consoles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn previous_tokens(&self) -> MutexGuard<'_, HashMap<String, SessionId>> {
        self.previous_tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Live {
    pub(super) fn new(facts: &Facts, mailbox: mpsc::Sender<Mail>, state: wire::SessionState) -> Self {
        Self {
            id: SessionId::from_bytes(facts.session_id.0),
            company: CompanyId::from_bytes(facts.company_id.0),
            people: Mutex::new(People {
                operator: OperatorId::from_bytes(facts.operator_id.0),
                second: None,
            }),
            mailbox,
            paces: Mutex::default(),
            state: Mutex::new(state),
        }
    }

    /// Whose session it is.
    pub(super) fn operator(&self) -> OperatorId {
        self.people().operator
    }

    /// Who is invited, or there as the second one.
    pub(super) fn second(&self) -> Option<OperatorId> {
        self.people().second
    }

    pub(super) fn set_operator(&self, operator: OperatorId) {
        self.people().operator = operator;
    }

    pub(super) fn set_second(&self, second: Option<OperatorId>) {
        self.people().second = second;
    }

    /// The second operator was let in.
    pub(super) fn is_joined_by_second(&self) -> bool {
        let second = self.state().second.as_ref().map(wire::Second::state);
        second == Some(wire::second::State::Joined)
    }

    /// As this operator's consoles are told: whoever is invited hears nothing of the customer before they are let in.
    pub(super) fn state_for(&self, operator: OperatorId) -> wire::SessionState {
        let state = self.state().clone();
        if operator == self.operator() {
            return state;
        }
        let second = state.second.clone().map(|second| wire::Second { is_you: true, ..second });
        if self.is_joined_by_second() {
            return wire::SessionState {
                second,
                code: String::new(),
                invitations: Vec::new(),
                reversed: None,
                ..state
            };
        }
        wire::SessionState {
            session_id: state.session_id,
            stage: state.stage,
            created_at_ms: state.created_at_ms,
            second,
            ..wire::SessionState::default()
        }
    }

    fn people(&self) -> MutexGuard<'_, People> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts something into the session's mailbox. `false`: the session is over.
    pub(super) async fn put(&self, mail: Mail) -> bool {
        self.mailbox.send(mail).await.is_ok()
    }

    /// Waits until what a side has just sent may be read, or until its socket is closed.
    pub(super) async fn in_pace(&self, side: Side, weight: Weight, outbox: &Outbox) {
        let wait =
            self.paces.lock().unwrap_or_else(PoisonError::into_inner).wait(Instant::now(), side, weight);
        // Even a sleep of no time lasts until the next tick of the timer.
        if wait.is_zero() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = outbox.closed() => {}
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, wire::SessionState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
