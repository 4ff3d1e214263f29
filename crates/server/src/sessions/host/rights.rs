//! Whether the operator may still do what the session was made for: signed in, from where the company allows it, and with
//! which options.

use super::Host;
use crate::{
    admission::{self, Standing},
    clock::now_ms,
    options,
    sessions::offered,
};
use protocol::wire::EndReason;
use session::hosting::{Input, Stage};
use std::{net::IpAddr, time::Duration};
use store::{
    StoreError,
    web_sessions::{self, Account},
};
use tokio::time::Instant;

/// How often a session looks where nothing calls for it at once.
const INTERVAL: Duration = Duration::from_secs(3);

/// A sign-in under which a session goes on, and from where it is used.
#[derive(Clone, Debug)]
pub(super) struct SignIn {
    pub(super) token_hash: String,
    pub(super) address: IpAddr,
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

    async fn look_once(&mut self) -> Result<(), StoreError> {
        if let Some(reason) = self.reason_to_end().await? {
            self.handle(Input::End(reason));
            return Ok(());
        }
        let now = options::resolve(self.live.company, &self.shared.store, self.operator.id).await?;
        self.handle(Input::Options(offered::to_protocol(now.permissions)));
        Ok(())
    }

    /// Why the operator's sign-in does not hold. Picture and control go from peer to peer: to close the console's socket would
    /// end them only where the page obeys.
    async fn reason_to_end(&mut self) -> Result<Option<EndReason>, StoreError> {
        let Some(sign_in) = &self.sign_in else { return Ok(None) };
        let store = &self.shared.store;
        let mut found = admission::standing(store, &sign_in.token_hash, sign_in.address).await?;
        if matches!(found, Standing::Over)
            && let Some(next) = self.next_sign_in().await?
        {
            found = admission::standing(store, &next.token_hash, next.address).await?;
            self.sign_in = Some(next);
        }
        Ok(match found {
            Standing::Holds(_) => None,
            Standing::NotFromThere(_) => Some(EndReason::Administrator),
            Standing::Over => Some(EndReason::OperatorEnded),
        })
    }

    /// An operator is signed in once [S-01]: a sign-in that is there has taken the place of the one before, in one write, and
    /// the sessions that run go on under it.
    async fn next_sign_in(&self) -> Result<Option<SignIn>, StoreError> {
        let account = Account::Operator(self.operator.id);
        let kept = web_sessions::list(self.live.company, &self.shared.store, account, 0).await?;
        let newest = kept.into_iter().next();
        // The console is not open yet: it comes from where the operator signed in.
        Ok(newest.and_then(|kept| {
            Some(SignIn { address: kept.address.parse().ok()?, token_hash: kept.token_hash })
        }))
    }
}
