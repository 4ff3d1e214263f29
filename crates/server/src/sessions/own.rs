//! An operator's own sessions, as the database has them: what may be kept of them, and by whom.

use super::SessionError;
use crate::{
    clock::now_ms,
    options,
    problem::{Problem, code},
    roles::Operator,
    state::AppState,
};
use protocol::Permissions;
use store::{Reads, SessionId, StoreError, records, sessions};

/// Errors: the session is not this operator's.
pub(crate) async fn find_kept(
    on: &impl Reads,
    who: &Operator,
    id: SessionId,
) -> Result<sessions::Session, StoreError> {
    let session = sessions::find(who.company, on, id).await?;
    if session.operator == who.id { Ok(session) } else { Err(StoreError::Missing) }
}

/// What customer and options allow, for something that is kept in the record of an own session. Errors: there is no such
/// session or no record of it, or it ended more than `after_end_ms` ago.
pub(crate) async fn allowed_of_record(
    state: &AppState,
    on: &impl Reads,
    who: &Operator,
    id: SessionId,
    after_end_ms: i64,
) -> Result<Permissions, Problem> {
    let session = find_kept(on, who, id).await?;
    match records::find(who.company, on, id).await {
        Ok(_) => {}
        Err(StoreError::Missing) => return Err(SessionError::NoRecord.into()),
        Err(other) => return Err(other.into()),
    }
    if session.ended_at_ms.is_some_and(|ended_at_ms| ended_at_ms + after_end_ms < now_ms()) {
        return Err(Problem::new(code::SESSION_ENDED));
    }
    let offered = options::resolve(who.company, &state.store, who.id).await?.permissions;
    Ok(session.consented.unwrap_or_default().intersect(offered))
}
