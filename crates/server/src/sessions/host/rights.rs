//! Whether the operator may still do what the session was made for: signed in, and with which options.

use super::Host;
use crate::{options, sessions::offered};
use protocol::wire;
use session::hosting::{Input, Stage};
use std::time::Duration;
use store::{StoreError, web_sessions};
use tokio::time::Instant;

/// How often a session looks.
const INTERVAL: Duration = Duration::from_secs(3);

impl Host {
    /// Ends a customer's session whose operator has signed out, and cuts the policy to the options as they are.
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
        let store = &self.shared.store;
        if let Some(sign_in) = &self.sign_in
            && web_sessions::find(store, sign_in).await?.is_none()
        {
            self.handle(Input::End(wire::EndReason::OperatorEnded));
            return Ok(());
        }
        let now = options::resolve(self.live.company, store, self.operator.id).await?;
        self.handle(Input::Options(offered::to_protocol(now.permissions)));
        Ok(())
    }
}
