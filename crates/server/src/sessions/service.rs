//! Every live session and every open console of this server.

use super::{
    codes,
    error::SessionError,
    facts,
    guesses::Guesses,
    host::{self, Host, Mail},
    keys::Keys,
    offered,
    outbox::Outbox,
};
use crate::{
    clock::now_ms,
    options,
    secrets::{hex, token_hash},
};
use protocol::{Fingerprint, Nonce, limits, wire};
use session::{
    Timestamp,
    hosting::{Arrival, Facts, Hosting, Kind, Saved, Waits},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use store::{
    CompanyId, OperatorId, SessionId, Store, StoreError, companies,
    connection_codes::{self, Purpose},
    operators,
    session_events::{self, NewEvent, Source},
    sessions,
};
use tokio::sync::mpsc;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Live sessions of one operator.
const SESSIONS_OF_OPERATOR: usize = 20;
/// Messages that wait for one session.
const MAILBOX: usize = 256;

/// The service. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Sessions(pub(super) Arc<Shared>);

/// What its parts share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) keys: Keys,
    pub(super) guesses: Guesses,
    /// The domain under which codes are hashed; a secret of this server, so that a copied database names no code.
    pub(super) pepper: String,
    live: Mutex<HashMap<SessionId, Arc<Live>>>,
    consoles: Mutex<HashMap<OperatorId, Vec<Outbox>>>,
    /// Tokens whose successor has not been used yet: its Welcome may be lost. The newest of each session is in the
    /// database, too.
    previous_tokens: Mutex<HashMap<String, SessionId>>,
    pub(super) shutdown: CancellationToken,
    tasks: TaskTracker,
}

/// One live session.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) id: SessionId,
    pub(super) company: CompanyId,
    pub(super) operator: OperatorId,
    mailbox: mpsc::Sender<Mail>,
    pub(super) state: Mutex<wire::SessionState>,
}

/// A session that was just made.
#[derive(Clone, Debug)]
pub(super) struct Created {
    pub(super) id: SessionId,
    pub(super) code: String,
    pub(super) code_expires_at_ms: i64,
}

impl Sessions {
    /// The service over a store and its keys; `shutdown` ends its tasks, and no session.
    pub(crate) fn new(store: Store, keys: Keys, shutdown: CancellationToken) -> Self {
        let pepper = format!("beside/code/v1/{}", hex(&keys.derived("connection-codes")));
        Self(Arc::new(Shared {
            store,
            keys,
            guesses: Guesses::default(),
            pepper,
            live: Mutex::default(),
            consoles: Mutex::default(),
            previous_tokens: Mutex::default(),
            shutdown,
            tasks: TaskTracker::new(),
        }))
    }

    /// What apps know this server by, SHA-256.
    pub(crate) fn identity_hash(&self) -> protocol::IdentityHash {
        self.0.keys.identity_hash()
    }

    /// Takes up every session that had not ended when the server stopped.
    pub(crate) async fn restore(&self) -> Result<(), SessionError> {
        for kept in sessions::list_unfinished(&self.0.store).await? {
            let id = kept.id;
            if let Err(error) = self.restore_one(kept).await {
                tracing::error!(session.id = %id, error = %error, "Session not restored");
            }
        }
        Ok(())
    }

    /// Makes a session and its code.
    pub(super) async fn create(
        &self,
        company: CompanyId,
        operator: operators::Operator,
        address: String,
    ) -> Result<Created, SessionError> {
        if SESSIONS_OF_OPERATOR <= self.0.list(company, operator.id).len() {
            return Err(SessionError::Full);
        }
        let created_at_ms = now_ms();
        let write = self.0.store.write(company).await?;
        let offered = options::resolve(company, &write, operator.id).await?;
        let id = sessions::create(&write, operator.id, offered, created_at_ms).await?;
        let issued = codes::issue(&write, &self.0.pepper, id, Purpose::Join).await?;
        let made = NewEvent {
            source: Source::Server,
            source_seq: None,
            at_ms: created_at_ms,
            kind: "session-created",
            body: "{}",
        };
        session_events::append(&write, id, made).await?;
        write.commit().await?;
        let about = companies::find(company, &self.0.store).await?;
        let kept = sessions::find(company, &self.0.store, id).await?;
        let facts = facts_of(&kept, &operator);
        let hosting = Hosting::new(Timestamp::default(), facts, Waits::with_code(limits::CODE_LIFETIME));
        let host =
            host::Start { about, operator, operator_address: address, hosting, kept: host::Kept::default() };
        let live = self.run(host);
        {
            let mut state = live.state();
            state.code.clone_from(&issued.digits);
            state.code_expires_at_ms = u64::try_from(issued.expires_at_ms).unwrap_or_default();
        }
        self.0.tell_consoles(&live);
        tracing::info!(session.id = %id, "Session made");
        Ok(Created { id, code: issued.digits, code_expires_at_ms: issued.expires_at_ms })
    }

    fn run(&self, start: host::Start) -> Arc<Live> {
        let (mailbox, mail) = mpsc::channel(MAILBOX);
        let facts = start.hosting.facts();
        let live = Arc::new(Live {
            id: SessionId::from_bytes(facts.session_id.0),
            company: CompanyId::from_bytes(facts.company_id.0),
            operator: OperatorId::from_bytes(facts.operator_id.0),
            mailbox,
            state: Mutex::new(host::first_state(&start.hosting)),
        });
        self.0.live().insert(live.id, Arc::clone(&live));
        let host = Host::new(Arc::clone(&self.0), Arc::clone(&live), start);
        self.0.tasks.spawn(host.run(mail));
        live
    }

    async fn restore_one(&self, kept: sessions::Session) -> Result<(), SessionError> {
        let store = &self.0.store;
        let about = companies::find(kept.company, store).await?;
        let operator = operators::find(kept.company, store, kept.operator).await?;
        let now_ms = now_ms();
        let code_until = connection_codes::expires_at_ms(kept.company, store, kept.id, now_ms).await?;
        let code_left_ms = code_until.map_or(0, |until| until.saturating_sub(now_ms));
        let code_left = Duration::from_millis(u64::try_from(code_left_ms).unwrap_or_default());
        let saved = Saved {
            customer: kept.customer.as_ref().map(|customer| arrival_of(&kept, customer)),
            consented: kept.consented.map(offered::to_protocol),
            connected: kept.stage == sessions::Stage::Active,
            console: facts::console_of(&session_events::list(kept.company, store, kept.id).await?),
        };
        // The customer may not have read the Welcome that replaced this token.
        if let Some(before) = &kept.previous_resume_hash {
            self.0.keep_previous_token(before.clone(), kept.id);
        }
        let facts = facts_of(&kept, &operator);
        let hosting = Hosting::restore(Timestamp::default(), facts, Waits::with_code(code_left), saved);
        let live = self.run(host::Start {
            about,
            operator,
            operator_address: String::new(),
            hosting,
            kept: host::Kept::new(
                session_events::kept_without_gap(kept.company, store, kept.id, Source::Customer).await?,
                session_events::kept_without_gap(kept.company, store, kept.id, Source::Operator).await?,
            ),
        });
        // The digits themselves are kept nowhere: the operator makes another code.
        live.state().code_expires_at_ms = u64::try_from(code_until.unwrap_or_default()).unwrap_or_default();
        Ok(())
    }
}

impl Shared {
    /// A live session of this operator.
    pub(super) fn find(&self, company: CompanyId, operator: OperatorId, id: SessionId) -> Option<Arc<Live>> {
        let found = self.live().get(&id).map(Arc::clone)?;
        (found.company == company && found.operator == operator).then_some(found)
    }

    /// A live session that a customer's code or token led to.
    pub(super) fn find_any(&self, id: SessionId) -> Option<Arc<Live>> {
        self.live().get(&id).map(Arc::clone)
    }

    /// The live sessions of an operator, oldest first.
    pub(super) fn list(&self, company: CompanyId, operator: OperatorId) -> Vec<Arc<Live>> {
        let is_theirs = |live: &&Arc<Live>| live.company == company && live.operator == operator;
        let mut found: Vec<_> = self.live().values().filter(is_theirs).map(Arc::clone).collect();
        found.sort_by_key(|live| live.id);
        found
    }

    pub(super) fn forget(&self, id: SessionId) {
        self.live().remove(&id);
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
        for live in self.list(company, operator) {
            live.put(Mail::ConsoleGone(number)).await;
        }
    }

    /// Tells every console of the operator where a session stands.
    pub(super) fn tell_consoles(&self, live: &Live) {
        let message = wire::ServerToConsole {
            session_id: bytes::Bytes::copy_from_slice(live.id.as_bytes()),
            body: Some(wire::server_to_console::Body::State(live.state().clone())),
        };
        for outbox in self.consoles().get(&live.operator).into_iter().flatten() {
            outbox.send(&message);
        }
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
    /// Puts something into the session's mailbox. `false`: the session is over.
    pub(super) async fn put(&self, mail: Mail) -> bool {
        self.mailbox.send(mail).await.is_ok()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, wire::SessionState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn facts_of(kept: &sessions::Session, operator: &operators::Operator) -> Facts {
    Facts {
        session_id: protocol::SessionId(*kept.id.as_bytes()),
        company_id: protocol::CompanyId(*kept.company.as_bytes()),
        operator_id: protocol::OperatorId(*kept.operator.as_bytes()),
        operator_name: operator.name.clone(),
        offered: offered::to_protocol(kept.offered.permissions),
        consent_after_operator: kept.offered.consent_after_operator,
        created_at_ms: u64::try_from(kept.created_at_ms).unwrap_or_default(),
    }
}

fn arrival_of(kept: &sessions::Session, customer: &sessions::Customer) -> Arrival {
    Arrival {
        kind: if customer.kind == "app" { Kind::App } else { Kind::Browser },
        machine: wire::Machine {
            os: customer.os.clone(),
            os_version: customer.os_version.clone(),
            host_name: customer.host_name.clone(),
            local_address: customer.address_private.clone().unwrap_or_default(),
        },
        nonce: kept.customer_nonce.as_deref().and_then(|bytes| Nonce::try_from(bytes).ok()),
        fingerprint: kept.customer_fingerprint.as_deref().and_then(|bytes| Fingerprint::try_from(bytes).ok()),
    }
}
