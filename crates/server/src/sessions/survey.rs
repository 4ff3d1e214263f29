//! The question after the end [S-03]: whether it is asked is settled in the write of the end itself.

use super::error::SessionError;
use crate::{
    clock::now_ms,
    options::{self, OptionKey},
};
use store::{
    CompanyId, Reads, SessionId, StoreError, Write, records, sessions,
    surveys::{self, NewSurvey},
};

/// How long an answer is taken, in milliseconds.
const ANSWER_MS: i64 = 24 * 60 * 60 * 1_000;
/// How much longer it is known that one was, in milliseconds.
const KNOWN_MS: i64 = 7 * ANSWER_MS;

/// Asks the customer of a session that ends, if one agreed at some time and S-03 is on at this moment; whoever agreed gets a receipt
/// [Y-2]. Before the session's tokens
/// are forgotten.
pub(super) async fn ask(write: &Write, id: SessionId) -> Result<(), SessionError> {
    let company = write.company();
    let session = sessions::find(company, write, id).await?;
    let Some(token_hash) = session.resume_hash.as_deref() else { return Ok(()) };
    if !has_agreed(company, write, id).await? {
        return Ok(());
    }
    let holds = options::holds(company, write, session.operator, OptionKey::SatisfactionSurvey).await;
    let is_asked = is_or_is_not(holds)?;
    let at_ms = now_ms();
    surveys::forget_old(write, at_ms.saturating_sub(KNOWN_MS)).await?;
    let previous_token_hash = session.previous_resume_hash.as_deref();
    let until_ms = at_ms.saturating_add(ANSWER_MS);
    let new = NewSurvey { session: id, token_hash, previous_token_hash, until_ms, is_asked };
    surveys::create(write, new).await?;
    Ok(())
}

async fn has_agreed(company: CompanyId, on: &impl Reads, id: SessionId) -> Result<bool, StoreError> {
    is_or_is_not(records::find(company, on, id).await.map(|record| record.consented_at_ms.is_some()))
}

/// No record: nobody joined. No operator: deleted a moment ago.
fn is_or_is_not(found: Result<bool, StoreError>) -> Result<bool, StoreError> {
    match found {
        Err(StoreError::Missing) => Ok(false),
        other => other,
    }
}

impl super::Sessions {
    /// Whether a customer's token leads to a session that has not ended.
    pub(crate) async fn is_resumed_by(&self, token: &str) -> Result<bool, StoreError> {
        Ok(self.0.find_by_token(token).await?.is_some())
    }
}
