//! How sessions begin: made by an operator, or taken up after a restart.

use super::{
    codes,
    error::SessionError,
    facts,
    host::{
        self, Host, Mail, SignIn,
        patience::{self, Patience},
    },
    keys::Keys,
    registry::{Live, Shared},
    reversed::untold_end,
};
use crate::{admission::Rechecks, clock::now_ms, options, presence::Presence};
use bytes::Bytes;
use protocol::{Fingerprint, Nonce, wire};
use session::{
    Timestamp,
    hosting::{Arrival, Facts, Hosting, Kind, Saved, Waits},
};
use std::{collections::HashSet, sync::Arc, time::Duration};
use store::{
    CompanyId, OperatorId, SessionId, Store, Write, companies, company_settings,
    connection_codes::{self, Purpose},
    licences, operators,
    session_events::{self, NewEvent, Source},
    sessions,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Live sessions of one operator.
const SESSIONS_OF_OPERATOR: usize = 20;
/// Messages that wait for one session.
const MAILBOX: usize = 256;

/// The service. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Sessions(pub(super) Arc<Shared>);

/// A session that was just made.
#[derive(Clone, Debug)]
pub(super) struct Created {
    pub(super) id: SessionId,
    pub(super) code: String,
    pub(super) code_expires_at_ms: i64,
}

impl Sessions {
    /// The service over a store and its keys; `shutdown` ends its tasks, and no session.
    pub(crate) fn new(
        store: Store,
        keys: Keys,
        customer_away: Duration,
        shutdown: CancellationToken,
        presence: Presence,
        rechecks: Rechecks,
    ) -> Self {
        Self(Arc::new(Shared::new(store, keys, customer_away, shutdown, presence, rechecks)))
    }

    /// What apps know this server by, SHA-256.
    pub(crate) fn identity_hash(&self) -> protocol::IdentityHash {
        self.0.keys.identity_hash()
    }

    /// Takes up every session that had not ended when the server stopped.
    pub(crate) async fn restore(&self) -> Result<(), SessionError> {
        for kept in sessions::list_unfinished(&self.0.store).await? {
            let id = kept.id;
            if let Err(error) = self.restore_or_end(kept).await {
                tracing::error!(session.id = %id, error = %error, "Session not restored");
            }
        }
        Ok(())
    }

    /// Whose session it is, while it lives.
    pub(crate) fn company_of(&self, id: SessionId) -> Option<CompanyId> {
        self.0.find_any(id).map(|live| live.company)
    }

    /// Every operator of a company who has a customer at this moment: 상담중 [D-3].
    pub(crate) fn operators_in_session(&self, company: CompanyId) -> HashSet<OperatorId> {
        self.0.operators_in_session(company)
    }

    /// Ends every session of an operator, who was signed out or is no operator any more [D-7].
    pub(crate) async fn end_all(&self, company: CompanyId, operator: OperatorId) {
        for live in self.0.list_as_second(company, operator) {
            live.put(Mail::SecondOver).await;
        }
        for live in self.0.list(company, operator) {
            // One that ended by itself meanwhile has ended.
            live.put(Mail::End(wire::EndReason::OperatorEnded)).await;
        }
    }

    /// Makes a session and its code.
    pub(super) async fn create(
        &self,
        company: CompanyId,
        operator: operators::Operator,
        sign_in: SignIn,
    ) -> Result<Created, SessionError> {
        let write = self.0.store.write(company).await?;
        self.create_in(write, operator, sign_in, None).await
    }

    /// Makes a session in this write, and its code. `follows`: the one that ended before it (S-13).
    pub(super) async fn create_in(
        &self,
        write: Write,
        operator: operators::Operator,
        sign_in: SignIn,
        follows: Option<SessionId>,
    ) -> Result<Created, SessionError> {
        let (company, created_at_ms) = (write.company(), now_ms());
        // After the licence's end records are still read, and nothing new begins [D-2].
        if !licences::find(company, &write).await?.holds(created_at_ms) {
            return Err(SessionError::LicenceEnded);
        }
        // Within the write: requests that come at once are counted one after the other.
        if SESSIONS_OF_OPERATOR <= sessions::list_live(company, &write, operator.id).await?.len() {
            return Err(SessionError::Full);
        }
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
        let recording_copies = company_settings::find(company, &self.0.store).await?.recording_copies;
        let kept = sessions::find(company, &self.0.store, id).await?;
        let facts = facts_of(&kept, &operator);
        let hosting = Hosting::new(Timestamp::default(), facts, self.waits(issued.valid));
        let live = self.run(host::Start {
            about,
            recording_copies,
            operator,
            seen: host::Seen::now(sign_in.address),
            sign_in: Some(sign_in),
            console_at_ms: None,
            hosting,
            kept: host::Kept::default(),
        });
        {
            let mut state = live.state();
            state.code.clone_from(&issued.digits);
            state.code_expires_at_ms = u64::try_from(issued.expires_at_ms).unwrap_or_default();
            state.follows = follows.map(|id| Bytes::copy_from_slice(id.as_bytes())).unwrap_or_default();
        }
        self.0.tell_consoles(&live);
        tracing::info!(session.id = %id, "Session made");
        Ok(Created { id, code: issued.digits, code_expires_at_ms: issued.expires_at_ms })
    }

    fn waits(&self, code: Duration) -> Waits {
        Waits { customer: self.0.customer_away, ..Waits::with_code(code) }
    }

    fn run(&self, start: host::Start) -> Arc<Live> {
        let (mailbox, mail) = mpsc::channel(MAILBOX);
        let live = Arc::new(Live::new(start.hosting.facts(), mailbox, host::first_state(&start.hosting)));
        let host = Host::new(Arc::clone(&self.0), Arc::clone(&live), start);
        self.0.run(Arc::clone(&live), host.run(mail));
        live
    }

    /// One that cannot be taken up ends: else it would count among its operator's for ever. A database that is away for a
    /// moment ends none.
    async fn restore_or_end(&self, kept: sessions::Session) -> Result<(), SessionError> {
        let mut patience = Patience::in_session();
        loop {
            let Err(mut error) = self.restore_one(kept.clone()).await else { return Ok(()) };
            if !error.may_pass() {
                tracing::error!(session.id = %kept.id, error = %error, "Session ends: it cannot be restored");
                match host::give_up(&self.0, kept.company, kept.id).await {
                    Ok(()) => return Ok(()),
                    Err(not_kept) => error = not_kept,
                }
            }
            match patience.after(&error, &self.0.shutdown).await {
                patience::Verdict::Again => {}
                patience::Verdict::Lost | patience::Verdict::Stopped => return Err(error),
            }
        }
    }

    async fn restore_one(&self, kept: sessions::Session) -> Result<(), SessionError> {
        let store = &self.0.store;
        let about = companies::find(kept.company, store).await?;
        let recording_copies = company_settings::find(kept.company, store).await?.recording_copies;
        let operator = operators::find(kept.company, store, kept.operator).await?;
        let now_ms = now_ms();
        let code_until = connection_codes::expires_at_ms(kept.company, store, kept.id, now_ms).await?;
        let code_left_ms = code_until.map_or(0, |until| until.saturating_sub(now_ms));
        let code_left = Duration::from_millis(u64::try_from(code_left_ms).unwrap_or_default());
        if let Some(kind) = untold_end(kept.company, store, kept.id).await? {
            let ended =
                NewEvent { source: Source::Server, source_seq: None, at_ms: now_ms, kind, body: "{}" };
            let write = store.write(kept.company).await?;
            session_events::append(&write, kept.id, ended).await?;
            write.commit().await?;
        }
        let policy = facts::last_policy(kept.company, store, kept.id).await?;
        let saved = Saved {
            customer: kept.customer.as_ref().map(|customer| arrival_of(&kept, customer)),
            consented: kept.consented,
            connected: kept.stage == sessions::Stage::Active,
            console: policy.as_ref().and_then(facts::console_of),
        };
        // A page has no policies: its console is the one that opened the session.
        let from_console = match policy {
            Some(signed) => Some(signed),
            None => facts::last_opening(kept.company, store, kept.id).await?,
        };
        // The customer may not have read the Welcome that replaced this token.
        if let Some(before) = &kept.previous_resume_hash {
            self.0.keep_previous_token(before.clone(), kept.id);
        }
        let facts = facts_of(&kept, &operator);
        let hosting = Hosting::restore(Timestamp::default(), facts, self.waits(code_left), saved);
        let live = self.run(host::Start {
            about,
            recording_copies,
            operator,
            seen: host::Seen::default(),
            sign_in: None,
            console_at_ms: from_console.map(|line| line.at_ms),
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

fn facts_of(kept: &sessions::Session, operator: &operators::Operator) -> Facts {
    Facts {
        session_id: protocol::SessionId(*kept.id.as_bytes()),
        company_id: protocol::CompanyId(*kept.company.as_bytes()),
        operator_id: protocol::OperatorId(*kept.operator.as_bytes()),
        operator_name: operator.name.clone(),
        offered: kept.offered.permissions,
        consent_after_operator: kept.offered.consent_after_operator,
        chooses_part: kept.offered.chooses_part,
        defaults: wire::SessionDefaults {
            mouse_tracking: kept.offered.mouse_tracking,
            files_in_viewer: kept.offered.files_in_viewer,
        },
        recording_required: kept.offered.recording_required,
        options: kept.offered.asks.keys().map(str::to_owned).collect(),
        second_unasked: kept.offered.second_unasked,
        plain_capture: kept.offered.plain_capture,
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
