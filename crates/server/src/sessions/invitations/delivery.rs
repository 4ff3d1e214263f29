//! One invitation on its way: tried again while that may help and the code is good, then in the record.

use super::{InvitationWay, hook::Order, recipient::Recipient, words::Invitation};
use crate::{
    clock::now_ms,
    sessions::{registry::Live, seal},
    state::AppState,
};
use protocol::wire;
use serde_json::json;
use std::{sync::Arc, time::Duration};
use store::{
    StoreError,
    session_events::{self, NewEvent, Source},
    sessions,
};
use tokio::{sync::OwnedSemaphorePermit, time::sleep};
use uuid::Uuid;

/// Between the tries; after the last it has failed.
const WAITS: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(4), Duration::from_secs(15), Duration::from_secs(60)];

/// Why an invitation did not go. The reason is a part of the name of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Undelivered {
    why: &'static str,
    may_pass: bool,
}

impl Undelivered {
    /// Another try may do.
    pub(super) const fn passing(why: &'static str) -> Self {
        Self { why, may_pass: true }
    }

    /// It will be the same the next time.
    pub(super) const fn lasting(why: &'static str) -> Self {
        Self { why, may_pass: false }
    }
}

/// What is on its way.
pub(super) struct Delivery {
    pub(super) id: Uuid,
    pub(super) to: Recipient,
    pub(super) invitation: Invitation,
    /// The company's short name.
    pub(super) company: String,
    pub(super) code_expires_at_ms: i64,
    /// Its place among those on their way.
    pub(super) place: OwnedSemaphorePermit,
}

impl Delivery {
    pub(super) const fn way(&self) -> InvitationWay {
        match self.to {
            Recipient::Email(_) => InvitationWay::Email,
            Recipient::Sms(_) => InvitationWay::Sms,
        }
    }

    /// Until it is sent, or will not be.
    pub(super) async fn run(self, state: AppState, live: Arc<Live>) {
        let outcome = match state.shutdown.run_until_cancelled(self.attempts(&state)).await {
            Some(outcome) => outcome,
            None => Err(Undelivered::lasting("server-stopped")),
        };
        let problem = outcome.err().map_or("", |undelivered| undelivered.why);
        if let Err(error) = self.record(&state, &live, problem).await {
            tracing::error!(session.id = %live.id, error = %error, "Invitation not recorded");
        }
        let outcome =
            if problem.is_empty() { wire::invitation::State::Sent } else { wire::invitation::State::Failed };
        let id = self.id.as_bytes().as_slice();
        if let Some(shown) = live.state().invitations.iter_mut().find(|shown| shown.id == id) {
            shown.set_state(outcome);
            shown.problem = problem.to_owned();
        }
        state.sessions.0.tell_consoles(&live);
        drop(self.place);
    }

    async fn attempts(&self, state: &AppState) -> Result<(), Undelivered> {
        for wait in WAITS.into_iter().map(Some).chain([None]) {
            let Err(undelivered) = self.attempt(state).await else { return Ok(()) };
            let Some(wait) = wait.filter(|_| undelivered.may_pass) else { return Err(undelivered) };
            let wait_ms = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
            // Nobody can do anything with a code that is over.
            if self.code_expires_at_ms <= now_ms().saturating_add(wait_ms) {
                return Err(undelivered);
            }
            sleep(wait).await;
        }
        Err(Undelivered::lasting("code-expired"))
    }

    async fn attempt(&self, state: &AppState) -> Result<(), Undelivered> {
        let not_set = Err(Undelivered::lasting("not-set"));
        match &self.to {
            Recipient::Email(address) => match &state.invitations.mailer {
                Some(mailer) => mailer.send(self.id, address, &self.invitation).await,
                None => not_set,
            },
            Recipient::Sms(number) => match &state.invitations.hook {
                Some(hook) => {
                    let text = self.invitation.short();
                    let language = self.invitation.language.tag();
                    let (id, company) = (self.id, self.company.as_str());
                    hook.send(&Order { id, to: number, text: &text, language, company }).await
                }
                None => not_set,
            },
        }
    }

    async fn record(
        &self,
        state: &AppState,
        live: &Live,
        problem: &str,
    ) -> Result<(), crate::sessions::SessionError> {
        let kind = if problem.is_empty() { "invitation-sent" } else { "invitation-failed" };
        let body = json!({ "by": self.way().name(), "to": self.to.masked(), "problem": problem }).to_string();
        let write = state.store.write(live.company).await?;
        let event = NewEvent { source: Source::Server, source_seq: None, at_ms: now_ms(), kind, body: &body };
        match session_events::append(&write, live.id, event).await {
            // Nothing is kept of the session any more.
            Err(StoreError::Missing) => return Ok(()),
            other => drop(other?),
        }
        // It may have ended meanwhile.
        if sessions::find(live.company, &write, live.id).await?.sealed_at_ms.is_some() {
            seal::seal(&write, &state.sessions.0.keys, live.id).await?;
        }
        Ok(write.commit().await?)
    }
}
