//! Whether the operator may still do what the session was made for: signed in, from where the company allows it, and with
//! which options.

use super::Host;
use crate::{
    admission::{self, Standing},
    clock::now_ms,
    options,
    sessions::outbox::Outbox,
};
use protocol::wire::{self, EndReason};
use session::hosting::{Input, Stage};
use std::{net::IpAddr, time::Duration};
use store::{
    StoreError,
    web_sessions::{self, Account},
};
use tokio::time::Instant;

/// How often a session looks where nothing calls for it at once.
const INTERVAL: Duration = Duration::from_secs(3);
/// So long after a restart a console may take to come back and show from where it is used, which may be elsewhere than where
/// its operator signed in: two of its longest waits.
const RETURN: Duration = Duration::from_secs(10);

/// A sign-in under which a session goes on, and from where it is used.
#[derive(Clone, Debug)]
pub(in crate::sessions) struct SignIn {
    pub(in crate::sessions) token_hash: String,
    pub(in crate::sessions) address: IpAddr,
}

/// The sign-in that an operator has now.
#[derive(Debug)]
struct Next {
    sign_in: SignIn,
    since_ms: i64,
}

/// Where a console was seen, and when; as default: not since the server started.
#[derive(Debug, Default)]
pub(in crate::sessions) struct Seen {
    pub(super) address: String,
    pub(super) at_ms: i64,
}

impl Seen {
    /// A console is there at this moment.
    pub(in crate::sessions) fn now(address: IpAddr) -> Self {
        Self { address: address.to_string(), at_ms: now_ms() }
    }
}

impl Host {
    /// Ends a customer's session whose operator has no sign-in any more, and cuts the policy to the options as they are.
    pub(super) async fn look(&mut self) {
        self.look_at = Instant::now() + INTERVAL;
        if self.hosting.stage() == Stage::Waiting {
            return;
        }
        // The database is away for a moment: seen at the next look.
        if let Err(error) = self.look_once().await {
            tracing::warn!(session.id = %self.live.id, error = %error, "Operator's rights not checked");
        }
    }

    /// Whether a console may open the session: what it asked may have waited here while its sign-in was ended.
    pub(super) async fn may_open(&mut self, console: &Outbox, address: IpAddr, token_hash: &str) -> bool {
        if self.sign_in.is_none() {
            // Which console the customer may still have is to be seen before it is this one's.
            self.look().await;
        }
        let standing = admission::standing(&self.shared.store, token_hash, address).await;
        if !matches!(standing, Ok(Standing::Over)) {
            // With the database away, nothing follows from its being open before that is written down.
            return true;
        }
        let problem = wire::Problem { code: "not-signed-in".to_owned(), retry_after_s: 0 };
        console.send(&self.to_console(wire::server_to_console::Body::Problem(problem)));
        false
    }

    /// The session goes on under this sign-in. A console of another one has nothing of the customer from here on: what goes
    /// from peer to peer is ended by the customer's side, whatever that console does.
    pub(super) fn go_on_under(&mut self, sign_in: SignIn) {
        let is_another = self.sign_in.as_ref().is_some_and(|before| before.token_hash != sign_in.token_hash);
        self.sign_in = Some(sign_in);
        if is_another {
            self.leave_console();
        }
    }

    fn leave_console(&mut self) {
        self.console = None;
        self.handle(Input::ConsoleOver);
    }

    async fn look_once(&mut self) -> Result<(), StoreError> {
        if let Some(reason) = self.reason_to_end().await? {
            self.handle(Input::End(reason));
            return Ok(());
        }
        let now = options::resolve(self.live.company, &self.shared.store, self.operator.id).await?;
        self.handle(Input::Options(now.permissions));
        self.look_at_second().await
    }

    /// Why the operator's sign-in does not hold. Picture and control go from peer to peer: to close the console's socket would
    /// end them only where the page obeys.
    async fn reason_to_end(&mut self) -> Result<Option<EndReason>, StoreError> {
        let Some(sign_in) = &self.sign_in else { return self.reason_after_restart().await };
        let mut found = self.standing(sign_in).await?;
        if matches!(found, Standing::Over)
            && let Some(next) = self.next_sign_in().await?
        {
            found = self.standing(&next.sign_in).await?;
            self.go_on_under(next.sign_in);
        }
        Ok(reason_of(&found))
    }

    /// The same where nobody knows under which sign-in the session was open: an operator has one at a time, and it is another
    /// one's console if it is younger than what the customer last got from a console.
    async fn reason_after_restart(&mut self) -> Result<Option<EndReason>, StoreError> {
        let Some(next) = self.next_sign_in().await? else { return Ok(Some(EndReason::OperatorEnded)) };
        if self.console_at_ms.take().is_some_and(|at_ms| at_ms < next.since_ms) {
            self.leave_console();
        }
        let found = self.standing(&next.sign_in).await?;
        if matches!(found, Standing::NotFromThere(_)) && self.started.elapsed() < RETURN {
            return Ok(None);
        }
        self.sign_in = Some(next.sign_in);
        Ok(reason_of(&found))
    }

    async fn standing(&self, sign_in: &SignIn) -> Result<Standing, StoreError> {
        admission::standing(&self.shared.store, &sign_in.token_hash, sign_in.address).await
    }

    /// An operator is signed in once [S-01], and a sign-out ends what runs: a sign-in that is there has taken the place of
    /// one that was ended for it or had no console, and the sessions that run go on under it.
    async fn next_sign_in(&self) -> Result<Option<Next>, StoreError> {
        let account = Account::Operator(self.operator.id);
        let kept = web_sessions::list(self.live.company, &self.shared.store, account, 0).await?;
        let newest = kept.into_iter().next();
        // The console is not open yet: it comes from where the operator signed in.
        Ok(newest.and_then(|kept| {
            let sign_in = SignIn { address: kept.address.parse().ok()?, token_hash: kept.token_hash };
            Some(Next { sign_in, since_ms: kept.created_at_ms })
        }))
    }
}

fn reason_of(found: &Standing) -> Option<EndReason> {
    match found {
        Standing::Holds(_) => None,
        Standing::NotFromThere(_) => Some(EndReason::Administrator),
        Standing::Over => Some(EndReason::OperatorEnded),
    }
}
