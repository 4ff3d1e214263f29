//! One live session: the machine, its mailbox, and the only lines with IO. What the machine asks for is done in
//! order, one thing after the other, so that a line of the record is kept before anybody is told that it is.

mod door;
mod kept;
pub(super) mod patience;
mod perform;
mod record;
mod reversed;
mod rights;
mod second;

pub(super) use door::{DoorKey, Newcomer};
pub(super) use kept::Kept;
pub(super) use perform::signed;
pub(super) use record::give_up;
pub(super) use rights::{Seen, SignIn};
pub(super) use second::{Invite, kind_of, role_name};

use super::{
    codes::Issued,
    error::SessionError,
    next::Ended,
    outbox::Outbox,
    registry::{Live, Shared},
    reversed::Begun,
    service::Sessions,
};
use protocol::wire;
use record::Outcome;
use session::{
    Timestamp,
    hosting::{Hosting, Input, Output, Stage},
};
use std::{net::IpAddr, sync::Arc};
use store::{OperatorId, SessionId, companies::Company, operators, web_sessions::Account};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// What comes into a session's mailbox.
#[derive(Debug)]
pub(super) enum Mail {
    /// A customer redeemed a code.
    Joined(Box<Newcomer>),
    /// A customer came back with a token.
    Returned(Box<Newcomer>),
    /// The customer's socket with this number says something.
    CustomerSays(u64, wire::customer_to_server::Body),
    /// It is gone.
    CustomerGone(u64),
    /// A console of this operator opens the session, under the sign-in with this hash.
    Opened(OperatorId, Outbox, IpAddr, String),
    /// The operator invites another one.
    Invite(Box<Invite>),
    /// This one accepts, under this sign-in.
    SecondAccepts(OperatorId, SignIn),
    /// This one withdraws, declines, leaves, or sends away.
    SecondGoes(OperatorId),
    /// The second operator is signed out.
    SecondOver,
    /// The operator wishes that the customer controls their computer [F-15].
    Reverse(OperatorId, oneshot::Sender<Result<(), SessionError>>),
    /// The operator does not want it any more.
    ReversedGoes(OperatorId),
    /// The app on the operator's computer came.
    ReversedJoined(SessionId),
    /// The customer sees it; it is called so.
    ReversedActive(SessionId, String),
    /// That session is over.
    ReversedEnded(SessionId, wire::EndReason),
    /// The console with this number says something.
    ConsoleSays(u64, wire::console_to_server::Body),
    /// It is gone.
    ConsoleGone(u64),
    /// The server ends the session.
    End(wire::EndReason),
    /// The operator wants another code.
    NewCode(oneshot::Sender<Result<Issued, SessionError>>),
}

/// What a session starts from, new or restored.
#[derive(Debug)]
pub(super) struct Start {
    pub(super) about: Company,
    /// Customers who ask get a copy of what was recorded (G-2).
    pub(super) recording_copies: bool,
    pub(super) operator: operators::Operator,
    pub(super) seen: Seen,
    /// Under which it was made; `None`: after a restart.
    pub(super) sign_in: Option<SignIn>,
    /// After a restart: when the customer last got something from a console. `None` once it was looked at.
    pub(super) console_at_ms: Option<i64>,
    pub(super) hosting: Hosting,
    pub(super) kept: Kept,
}

/// The session's task.
#[derive(Debug)]
pub(super) struct Host {
    shared: Arc<Shared>,
    live: Arc<Live>,
    about: Company,
    recording_copies: bool,
    /// As it was when the session was made or taken up.
    operator: operators::Operator,
    seen: Seen,
    hosting: Hosting,
    kept: Kept,
    arriving: Option<Box<Newcomer>>,
    customer: Option<Box<Newcomer>>,
    /// The app at the door.
    app: Option<Box<Newcomer>>,
    console: Option<Outbox>,
    /// Another operator, invited or there [F-18].
    second: Option<second::SecondDesk>,
    /// Whom the machine has just let be invited.
    inviting: Option<operators::Operator>,
    /// The session in which the customer controls the operator's computer [F-15].
    reversed: Option<Begun>,
    /// Under which the session was made or opened last, or the one in its place; `None`: not known since a restart.
    sign_in: Option<SignIn>,
    console_at_ms: Option<i64>,
    look_at: Instant,
    policy_key: Option<Arc<super::keys::CertifiedKey>>,
    started: Instant,
    wake_at: Option<Instant>,
    is_over: bool,
    end_is_kept: bool,
}

/// The state of a session before anything has happened to it here.
pub(super) fn first_state(hosting: &Hosting) -> wire::SessionState {
    let facts = hosting.facts();
    wire::SessionState {
        session_id: facts.session_id.to_bytes(),
        stage: hosting.stage().to_wire().into(),
        created_at_ms: facts.created_at_ms,
        permissions: Some(hosting.permissions().into()),
        offered: Some(facts.offered.into()),
        defaults: Some(facts.defaults),
        machine: hosting.customer().map(|customer| customer.machine.clone()),
        customer_kind: hosting.customer().map_or(0, |customer| customer.kind.to_wire().into()),
        ..wire::SessionState::default()
    }
}

impl Host {
    pub(super) fn new(shared: Arc<Shared>, live: Arc<Live>, start: Start) -> Self {
        Self {
            shared,
            live,
            about: start.about,
            recording_copies: start.recording_copies,
            operator: start.operator,
            seen: start.seen,
            hosting: start.hosting,
            kept: start.kept,
            arriving: None,
            customer: None,
            app: None,
            console: None,
            second: None,
            inviting: None,
            reversed: None,
            sign_in: start.sign_in,
            console_at_ms: start.console_at_ms,
            look_at: Instant::now(),
            policy_key: None,
            started: Instant::now(),
            wake_at: None,
            is_over: false,
            end_is_kept: false,
        }
    }

    /// Lives until the session ends or the server stops.
    pub(super) async fn run(mut self, mail: mpsc::Receiver<Mail>) {
        self.talk(mail).await;
        // Nobody puts anything into the mailbox any more.
        if self.is_over {
            self.keep_end().await;
            self.follow_up().await;
        }
    }

    /// The next code is ready at once [S-13].
    async fn follow_up(self) {
        let (Stage::Ended(reason), Some(sign_in)) = (self.hosting.stage(), self.sign_in) else { return };
        let ended = Ended {
            company: self.live.company,
            id: self.live.id,
            reason,
            operator: self.operator.id,
            sign_in,
        };
        Sessions(self.shared).follow(ended).await;
    }

    async fn talk(&mut self, mut mail: mpsc::Receiver<Mail>) {
        let shutdown = self.shared.shutdown.clone();
        let mut listens = self.operator.id;
        let mut calls = self.shared.rechecks.listen(Account::Operator(listens));
        loop {
            if listens != self.operator.id {
                listens = self.operator.id;
                calls = self.shared.rechecks.listen(Account::Operator(listens));
            }
            if self.perform_all().await == Outcome::Stopped || self.is_over {
                break;
            }
            let wake_at = self.wake_at;
            let sleep = async {
                match wake_at {
                    Some(at) => tokio::time::sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                mail = mail.recv() => match mail {
                    Some(mail) => Box::pin(self.open(mail)).await,
                    None => break,
                },
                () = sleep => {
                    self.wake_at = None;
                    self.handle(Input::Tick);
                }
                () = tokio::time::sleep_until(self.look_at) => self.look().await,
                () = calls.next() => self.look().await,
                () = shutdown.cancelled() => break,
            }
        }
    }

    /// Does what the machine asks for, and nothing that follows a line of the record before that line is kept.
    async fn perform_all(&mut self) -> Outcome {
        while let Some(output) = self.hosting.poll() {
            match output {
                Output::WakeAt(at) => self.wake_at = Some(self.started + at.since_start()),
                Output::Record(fact) => match Box::pin(self.record(&fact)).await {
                    Outcome::Kept => {}
                    Outcome::Lost => self.not_kept(),
                    Outcome::Stopped => return Outcome::Stopped,
                },
                other => {
                    if let Err(error) = Box::pin(self.perform(other)).await {
                        tracing::error!(session.id = %self.live.id, error = %error, "Session step not done");
                    }
                }
            }
        }
        Outcome::Kept
    }

    /// What must be looked up or written before the machine sees a piece of mail.
    async fn open(&mut self, mut mail: Mail) {
        let is_welcome = match &mut mail {
            Mail::Joined(newcomer) => self.admit(newcomer).await,
            Mail::ConsoleSays(_, wire::console_to_server::Body::Offer(_)) => {
                self.look().await;
                true
            }
            Mail::Opened(_, console, address, token_hash) => {
                self.may_open(console, *address, token_hash).await
            }
            _ => true,
        };
        if !is_welcome {
            return;
        }
        match mail {
            Mail::NewCode(answer) => {
                // Whoever asked may be gone; the list shows the code.
                drop(answer.send(self.new_code().await));
            }
            mail => self.take(mail),
        }
    }

    fn take(&mut self, mail: Mail) {
        match mail {
            Mail::Joined(newcomer) => {
                let arrival = newcomer.arrival.clone();
                self.arriving = Some(newcomer);
                self.handle(Input::CustomerJoined(arrival));
            }
            Mail::Returned(newcomer) => {
                let arrival = newcomer.arrival.clone();
                self.arriving = Some(newcomer);
                self.handle(Input::CustomerResumed(arrival));
            }
            Mail::CustomerSays(number, body) if self.is_customer(number) => {
                // Whoever speaks has read the Welcome with the new token.
                self.shared.forget_previous_tokens(&self.live);
                self.handle(Input::CustomerSays(body));
            }
            Mail::CustomerGone(number) if self.is_customer(number) => {
                self.customer = None;
                self.handle(Input::CustomerGone);
            }
            Mail::CustomerSays(number, body) if self.is_app(number) => self.handle(Input::AppSays(body)),
            Mail::CustomerGone(number) if self.is_app(number) => {
                self.app = None;
                self.handle(Input::AppGone);
            }
            Mail::Opened(operator, console, address, token_hash) if operator != self.operator.id => {
                // Whoever is no second operator any more was told so.
                if self.second.as_ref().is_some_and(|second| second.operator.id == operator) {
                    self.second_opened(console, SignIn { token_hash, address });
                }
            }
            Mail::Opened(_, console, address, token_hash) => {
                self.go_on_under(SignIn { token_hash, address });
                self.opened(console, address);
            }
            Mail::ConsoleSays(number, body) => {
                if self.is_console(number) {
                    self.handle(Input::ConsoleSays(body));
                } else if self.is_second(number) {
                    self.handle(Input::SecondSays(body));
                }
            }
            Mail::ConsoleGone(number) if self.is_console(number) => {
                self.console = None;
                self.handle(Input::ConsoleGone);
            }
            Mail::ConsoleGone(number) if self.is_second(number) => self.second_console_gone(),
            Mail::Invite(invite) => self.invite(*invite),
            Mail::SecondAccepts(id, sign_in) => self.second_accepts(id, sign_in),
            Mail::SecondGoes(id) => self.handle(Input::SecondGoes(protocol::OperatorId(*id.as_bytes()))),
            Mail::Reverse(by, answer) => self.reverse(by, answer),
            Mail::ReversedGoes(by) => self.reversed_goes(by),
            Mail::ReversedJoined(id) => self.reversed_joined(id),
            Mail::ReversedActive(id, host_name) => self.reversed_active(id, host_name),
            Mail::ReversedEnded(id, reason) => self.reversed_ended(id, reason),
            Mail::SecondOver => self.handle(Input::SecondOver),
            Mail::End(reason) => self.handle(Input::End(reason)),
            // Of a socket that another one has replaced; a new code was made above.
            Mail::NewCode(_) | Mail::CustomerSays(..) | Mail::CustomerGone(_) | Mail::ConsoleGone(_) => {}
        }
    }

    /// The newest console gets the picture; one before it is told.
    fn opened(&mut self, console: Outbox, address: IpAddr) {
        self.seen = Seen::now(address);
        if let Some(before) = self.console.replace(console.clone())
            && before.number() != console.number()
        {
            let problem = wire::Problem { code: "replaced".to_owned(), retry_after_s: 0 };
            before.send(&self.to_console(wire::server_to_console::Body::Problem(problem)));
        }
        let kept = wire::EventsKept { source_seq: self.kept.operator.source_seq() };
        console.send(&self.to_console(wire::server_to_console::Body::EventsKept(kept)));
        self.handle(Input::ConsoleOpened);
    }

    fn handle(&mut self, input: Input) {
        let now = Timestamp::new(self.started.elapsed());
        self.hosting.handle(now, input);
    }

    fn is_customer(&self, number: u64) -> bool {
        self.customer.as_ref().is_some_and(|customer| customer.outbox.number() == number)
    }

    fn is_app(&self, number: u64) -> bool {
        self.app.as_ref().is_some_and(|app| app.outbox.number() == number)
    }

    fn is_console(&self, number: u64) -> bool {
        self.console.as_ref().is_some_and(|console| console.number() == number)
    }

    fn to_console(&self, body: wire::server_to_console::Body) -> wire::ServerToConsole {
        let session_id = bytes::Bytes::copy_from_slice(self.live.id.as_bytes());
        wire::ServerToConsole { session_id, body: Some(body) }
    }
}
