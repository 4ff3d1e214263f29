//! 원격 종료 후 세션 자동 생성 [S-13]: after a session that had a customer, the next code is ready at once.
//!
//! The server makes it and not the console, so that two consoles of one operator do not make two. One that nobody joined is
//! followed by none: an operator who is away would have code after code made.

use super::{error::SessionError, host::SignIn, service::Sessions};
use crate::{
    admission::{self, Standing},
    options::{self, OptionKey},
};
use protocol::wire::EndReason;
use std::pin::Pin;
use store::{
    CompanyId, OperatorId, SessionId, operators,
    sessions::{self, Stage},
};

/// A session that has ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) company: CompanyId,
    pub(super) id: SessionId,
    pub(super) reason: EndReason,
    pub(super) operator: OperatorId,
    /// Under which the operator had it.
    pub(super) sign_in: SignIn,
}

impl Sessions {
    /// Makes the session that follows, where S-13 wants one and the operator is there to use it. What goes wrong is told to the
    /// operator's consoles.
    ///
    /// Boxed, since a session's task makes another session's task by it.
    pub(super) fn follow(self, ended: Ended) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(async move {
            let (id, operator) = (ended.id, ended.operator);
            match self.follow_once(ended).await {
                // Nothing new begins, and nobody asked for it.
                Ok(()) | Err(SessionError::LicenceEnded) => {}
                Err(error) => {
                    tracing::warn!(session.id = %id, error = %error, "No session follows");
                    self.0.tell_problem(operator, id, code_of(&error));
                }
            }
        })
    }

    async fn follow_once(&self, ended: Ended) -> Result<(), SessionError> {
        let store = &self.0.store;
        if !is_followed(ended.reason) || !self.0.has_console(ended.operator) {
            return Ok(());
        }
        let SignIn { token_hash, address } = &ended.sign_in;
        // Signed out, deleted, or not allowed to come from there any more.
        if !matches!(admission::standing(store, token_hash, *address).await?, Standing::Holds(_)) {
            return Ok(());
        }
        let write = store.write(ended.company).await?;
        let had_customer = sessions::find(ended.company, &write, ended.id).await?.joined_at_ms.is_some();
        let is_on = options::holds(ended.company, &write, ended.operator, OptionKey::AutoNewSession).await?;
        // A code that is out already is the next one. Within the write: of two sessions that end at once, one is followed.
        let live = sessions::list_live(ended.company, &write, ended.operator).await?;
        let is_ready = live.iter().any(|session| session.stage == Stage::Waiting);
        if !had_customer || !is_on || is_ready {
            return Ok(());
        }
        let operator = operators::find(ended.company, &write, ended.operator).await?;
        self.create_in(write, operator, ended.sign_in, Some(ended.id)).await?;
        Ok(())
    }
}

/// Whether the operator goes on working after such an end.
fn is_followed(reason: EndReason) -> bool {
    match reason {
        EndReason::OperatorEnded
        | EndReason::CustomerStopped
        | EndReason::CustomerDeclined
        | EndReason::CustomerLost
        | EndReason::Expired
        | EndReason::PolicyRefused
        | EndReason::RecordingRefused
        | EndReason::ScreenDepth
        | EndReason::ScreenMissing
        | EndReason::ScreenSize
        | EndReason::ScreenLost
        | EndReason::ScreenFailed => true,
        EndReason::Unspecified
        | EndReason::SecondOver
        | EndReason::HandedOver
        | EndReason::OperatorLost
        | EndReason::Administrator
        | EndReason::ServerFailed => false,
    }
}

/// As consoles are told.
fn code_of(error: &SessionError) -> &'static str {
    match error {
        SessionError::Full => "sessions-full",
        _ => "internal",
    }
}
