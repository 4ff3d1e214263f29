//! One reversed session: the same machine as any other's, with the page in the console's place, and no line of a record of its own.

use crate::{
    clock::now_ms,
    sessions::{
        codes::Issued,
        error::SessionError,
        host::{DoorKey, Mail, Newcomer, signed},
        keys::CertifiedKey,
        outbox::Outbox,
        registry::{Live, Shared},
    },
};
use protocol::{Permissions, wire};
use session::{
    Timestamp,
    hosting::{Fact, Facts, Hosting, Input, Kind, Output, PolicyDraft, Stage, Waits, reversed_permissions},
};
use std::{sync::Arc, time::Duration};
use store::{SessionId, StoreError, companies::Company, connection_codes};
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::{CancellationToken, DropGuard};

/// Messages that wait for one.
const MAILBOX: usize = 64;
/// How long it waits for a page that went away. Whoever closes it has mostly had enough.
const PAGE_AWAY: Duration = Duration::from_secs(60);

/// From which session it comes, and for whom it is.
#[derive(Debug)]
pub(in crate::sessions) struct Wished {
    /// Where it was wished.
    pub(in crate::sessions) parent: Arc<Live>,
    pub(in crate::sessions) company: Company,
    /// What the one who sees is called on the operator's computer.
    pub(in crate::sessions) viewer: String,
}

/// One that was begun, as the session knows it in which it was wished.
#[derive(Debug)]
pub(in crate::sessions) struct Begun {
    pub(in crate::sessions) id: SessionId,
    /// For the address of its page.
    pub(in crate::sessions) ticket: String,
    /// Ends it when it is dropped, also with the session in which it was wished, however that comes to its end. Neither session waits
    /// for the other's mailbox, so that neither stands still with it.
    pub(in crate::sessions) _over: DropGuard,
}

/// Begins one, whose app comes by this code.
pub(in crate::sessions) fn begin(shared: &Arc<Shared>, wished: Wished, code: &Issued) -> Begun {
    let id = SessionId::from_bytes(*uuid::Uuid::new_v4().as_bytes());
    let facts = Facts {
        session_id: protocol::SessionId(*id.as_bytes()),
        company_id: protocol::CompanyId(*wished.parent.company.as_bytes()),
        // Nobody's account: the page is no operator anywhere.
        operator_id: protocol::OperatorId(rand::random()),
        operator_name: wished.viewer,
        offered: reversed_permissions(),
        // Whoever is to see is named first.
        consent_after_operator: true,
        chooses_part: false,
        defaults: wire::SessionDefaults::default(),
        recording_required: false,
        options: Vec::new(),
        second_unasked: false,
        plain_capture: false,
        created_at_ms: u64::try_from(now_ms()).unwrap_or_default(),
    };
    let waits = Waits { console: PAGE_AWAY, customer: shared.customer_away, ..Waits::with_code(code.valid) };
    let hosting = Hosting::new(Timestamp::default(), facts, waits);
    let (mailbox, mail) = mpsc::channel(MAILBOX);
    let state = wire::SessionState {
        session_id: hosting.facts().session_id.to_bytes(),
        stage: hosting.stage().to_wire().into(),
        created_at_ms: hosting.facts().created_at_ms,
        permissions: Some(hosting.permissions().into()),
        offered: Some(hosting.permissions().into()),
        ..wire::SessionState::default()
    };
    let live = Arc::new(Live::new(hosting.facts(), mailbox, state));
    shared.reversals.enter(wished.parent.id, Arc::clone(&live));
    let over = CancellationToken::new();
    let ticket = shared.reversals.first_ticket(id);
    let host = ReversedHost {
        shared: Arc::clone(shared),
        live,
        parent: wished.parent,
        company: wished.company,
        hosting,
        arriving: None,
        app: None,
        page: None,
        kept_seq: 0,
        policy_key: None,
        revision: 0,
        started: Instant::now(),
        wake_at: None,
        over: over.clone(),
        is_over: false,
    };
    shared.spawn(host.run(mail));
    Begun { id, ticket, _over: over.drop_guard() }
}

#[derive(Debug)]
struct ReversedHost {
    shared: Arc<Shared>,
    live: Arc<Live>,
    parent: Arc<Live>,
    company: Company,
    hosting: Hosting,
    arriving: Option<Box<Newcomer>>,
    /// On the operator's computer.
    app: Option<Box<Newcomer>>,
    /// In the customer's browser.
    page: Option<Outbox>,
    /// How far what the app reports was read.
    kept_seq: u64,
    policy_key: Option<Arc<CertifiedKey>>,
    revision: u64,
    started: Instant,
    wake_at: Option<Instant>,
    over: CancellationToken,
    is_over: bool,
}

impl ReversedHost {
    async fn run(mut self, mut mail: mpsc::Receiver<Mail>) {
        let shutdown = self.shared.shutdown.clone();
        while !self.is_over {
            let wake_at = self.wake_at;
            let sleep = async {
                match wake_at {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                mail = mail.recv() => match mail {
                    Some(mail) => self.take(mail).await,
                    None => break,
                },
                () = sleep => {
                    self.wake_at = None;
                    self.handle(Input::Tick);
                }
                () = self.over.cancelled() => self.handle(Input::End(wire::EndReason::OperatorEnded)),
                () = shutdown.cancelled() => break,
            }
            while let Some(output) = self.hosting.poll() {
                if let Err(error) = self.perform(output).await {
                    tracing::error!(session.id = %self.parent.id, error = %error, "Reversed session: step not done");
                    self.handle(Input::End(wire::EndReason::ServerFailed));
                }
            }
        }
        self.shared.reversals.leave(self.parent.id, self.live.id);
        self.app.iter().for_each(|app| app.outbox.close());
        self.page.iter().for_each(Outbox::close);
        if let Stage::Ended(reason) = self.hosting.stage() {
            self.parent.put(Mail::ReversedEnded(self.live.id, reason)).await;
        }
    }

    async fn take(&mut self, mail: Mail) {
        match mail {
            Mail::Joined(newcomer) => self.join(newcomer).await,
            Mail::Returned(newcomer) => {
                let arrival = newcomer.arrival.clone();
                self.arriving = Some(newcomer);
                self.handle(Input::CustomerResumed(arrival));
            }
            Mail::CustomerSays(number, body) if self.is_app(number) => {
                if let Some(app) = &self.app {
                    // Whoever speaks has read the Welcome with the new token.
                    self.shared.reversals.keep_only_token(self.live.id, &app.token);
                }
                self.handle(Input::CustomerSays(body));
            }
            Mail::CustomerGone(number) if self.is_app(number) => {
                self.app = None;
                self.handle(Input::CustomerGone);
            }
            Mail::Opened(_, page, _, _) => {
                if let Some(before) = self.page.take()
                    && before.number() != page.number()
                {
                    let problem = wire::Problem { code: "replaced".to_owned(), retry_after_s: 0 };
                    before.send(&self.to_page(wire::server_to_console::Body::Problem(problem)));
                    before.close();
                }
                self.page = Some(page);
                self.handle(Input::ConsoleOpened);
            }
            Mail::ConsoleSays(number, body) if self.is_page(number) => self.handle(Input::ConsoleSays(body)),
            Mail::ConsoleGone(number) if self.is_page(number) => {
                self.page = None;
                self.handle(Input::ConsoleGone);
            }
            Mail::End(reason) => self.handle(Input::End(reason)),
            // Of a socket that another one has replaced; nothing else is for a session of this kind.
            _ => {}
        }
    }

    /// The app on the operator's computer comes by the code, which is used up here alone.
    async fn join(&mut self, newcomer: Box<Newcomer>) {
        let DoorKey::Code { hash, seen_at_ms } = &newcomer.key else { return };
        if self.hosting.stage() != Stage::Waiting {
            return newcomer.refuse("code-used");
        }
        match self.use_up(hash, *seen_at_ms).await {
            Ok(true) => {}
            Ok(false) => return newcomer.refuse("code-used"),
            Err(error) => {
                tracing::error!(session.id = %self.parent.id, error = %error, "Operator's own app not let in");
                return newcomer.refuse("internal");
            }
        }
        self.shared.reversals.keep_token(self.live.id, None, &newcomer.token);
        let arrival = newcomer.arrival.clone();
        self.arriving = Some(newcomer);
        self.handle(Input::CustomerJoined(arrival));
    }

    async fn use_up(&self, hash: &str, seen_at_ms: i64) -> Result<bool, StoreError> {
        let write = self.shared.store.write(self.parent.company).await?;
        let is_used = connection_codes::use_up(&write, self.parent.id, hash, seen_at_ms).await?;
        write.commit().await?;
        Ok(is_used)
    }

    async fn perform(&mut self, output: Output) -> Result<(), SessionError> {
        match output {
            Output::Welcome { offered, resumed } => self.welcome(offered, resumed)?,
            Output::ToCustomer(body) => self.send_app(body),
            Output::ToConsole(body) => self.send_page(body),
            Output::Offer { description, draft } => {
                let policy = draft.map(|draft| self.sign(draft)).transpose()?;
                let offer = wire::Offer { description: Some(description), policy, ice_servers: Vec::new() };
                self.send_app(wire::server_to_customer::Body::Offer(offer));
            }
            Output::Renew(draft) => {
                let policy = self.sign(draft)?;
                self.send_app(wire::server_to_customer::Body::Policy(policy));
            }
            Output::Record(Fact::FromCustomer(event)) => self.read_event(&event),
            Output::Record(Fact::FromConsole(event)) => {
                let kept = wire::EventsKept { source_seq: event.source_seq };
                self.send_page(wire::server_to_console::Body::EventsKept(kept));
            }
            Output::Moved(stage) => self.moved(stage).await,
            Output::RefuseArrival => {
                if let Some(newcomer) = self.arriving.take() {
                    newcomer.refuse("session-ended");
                }
            }
            Output::WakeAt(at) => self.wake_at = Some(self.started + at.since_start()),
            Output::Close => self.is_over = true,
            // Lines of its own it has none, no second operator comes, and nobody takes over from an app.
            _ => {}
        }
        Ok(())
    }

    fn welcome(&mut self, offered: Permissions, resumed: bool) -> Result<(), SessionError> {
        let Some(newcomer) = self.arriving.take() else { return Ok(()) };
        let came_with = match &newcomer.key {
            DoorKey::Token { hash } => Some(hash.as_str()),
            DoorKey::Code { .. } => None,
        };
        self.shared.reversals.keep_token(self.live.id, came_with, &newcomer.token);
        let server_time_ms = u64::try_from(now_ms()).unwrap_or_default();
        let key = self.shared.keys.policy(server_time_ms)?;
        let facts = self.hosting.facts();
        let welcome = wire::Welcome {
            protocol: newcomer.protocol,
            session_id: facts.session_id.to_bytes(),
            company: self.company.name.clone(),
            service: self.company.service_name.clone(),
            consent_after_operator: facts.consent_after_operator,
            offered: Some(offered.into()),
            offered_to_app: Some(offered.into()),
            server_time_ms,
            key: Some(key.certificate.clone()),
            resume_token: newcomer.token.clone().into_bytes().into(),
            resumed,
            reversed: true,
            ..wire::Welcome::default()
        };
        self.policy_key = Some(key);
        {
            let mut state = self.live.state();
            state.machine = Some(newcomer.arrival.machine.clone());
            state.customer_kind = Kind::App.to_wire().into();
        }
        if let Some(before) = self.app.replace(newcomer) {
            before.outbox.close();
        }
        self.send_app(wire::server_to_customer::Body::Welcome(welcome));
        self.tell_kept();
        Ok(())
    }

    /// Nothing of what the app reports is a line: it is of the operator's own computer, and nobody's support.
    fn read_event(&mut self, event: &wire::Event) {
        self.kept_seq = self.kept_seq.max(event.source_seq);
        self.tell_kept();
    }

    fn tell_kept(&self) {
        let kept = wire::EventsKept { source_seq: self.kept_seq };
        self.send_app(wire::server_to_customer::Body::EventsKept(kept));
    }

    fn sign(&mut self, draft: PolicyDraft) -> Result<wire::SignedPolicy, SessionError> {
        self.revision += 1;
        let key = match &self.policy_key {
            Some(key) => Arc::clone(key),
            None => self.shared.keys.policy(u64::try_from(now_ms()).unwrap_or_default())?,
        };
        Ok(signed(self.hosting.facts(), draft, self.revision, &key))
    }

    async fn moved(&self, stage: Stage) {
        let state = {
            let mut state = self.live.state();
            state.stage = stage.to_wire().into();
            match stage {
                Stage::Ended(reason) => state.end_reason = reason.into(),
                _ => state.permissions = Some(self.hosting.permissions().into()),
            }
            state.clone()
        };
        let host_name = state.machine.as_ref().map(|machine| machine.host_name.clone()).unwrap_or_default();
        self.send_page(wire::server_to_console::Body::State(state));
        match stage {
            Stage::Joined => self.parent.put(Mail::ReversedJoined(self.live.id)).await,
            Stage::Active => self.parent.put(Mail::ReversedActive(self.live.id, host_name)).await,
            // Where the other session is over, this one hears of it otherwise.
            _ => true,
        };
    }

    fn handle(&mut self, input: Input) {
        let now = Timestamp::new(self.started.elapsed());
        self.hosting.handle(now, input);
    }

    fn send_app(&self, body: wire::server_to_customer::Body) {
        if let Some(app) = &self.app {
            app.outbox.send(&wire::ServerToCustomer { body: Some(body) });
        }
    }

    fn send_page(&self, body: wire::server_to_console::Body) {
        if let Some(page) = &self.page {
            page.send(&self.to_page(body));
        }
    }

    fn to_page(&self, body: wire::server_to_console::Body) -> wire::ServerToConsole {
        let session_id = bytes::Bytes::copy_from_slice(self.live.id.as_bytes());
        wire::ServerToConsole { session_id, body: Some(body) }
    }

    fn is_app(&self, number: u64) -> bool {
        self.app.as_ref().is_some_and(|app| app.outbox.number() == number)
    }

    fn is_page(&self, number: u64) -> bool {
        self.page.as_ref().is_some_and(|page| page.number() == number)
    }
}
