//! What the record of a session tells of the reversed one that was wished in it.

use protocol::{limits, text};
use serde_json::{Value, json};
use session::hosting::{ReversedEnd, ReversedFact};
use store::{
    CompanyId, SessionId, Store, StoreError,
    session_events::{self, Source},
};

const STARTED: &str = "operator-control-started";
const ENDED: &str = "operator-control-ended";
const ENDED_BY_OPERATOR: &str = "operator-control-ended-by-operator";
const ENDED_BY_CUSTOMER: &str = "operator-control-ended-by-customer";

/// The line of a fact: its kind and its JSON object.
pub(in crate::sessions) fn reversed_line(fact: &ReversedFact) -> (&'static str, Value) {
    match fact {
        ReversedFact::Started { host_name } => {
            (STARTED, json!({ "host_name": text::line(host_name, limits::NAME_CHARS) }))
        }
        ReversedFact::Ended(ReversedEnd::Operator) => (ENDED_BY_OPERATOR, json!({})),
        ReversedFact::Ended(ReversedEnd::Customer) => (ENDED_BY_CUSTOMER, json!({})),
        ReversedFact::Ended(ReversedEnd::Expired | ReversedEnd::Over) => (ENDED, json!({})),
    }
}

/// The kind of an end that nobody wrote: the server stopped while a customer saw the operator's computer, and that ended it.
pub(in crate::sessions) async fn untold_end(
    company: CompanyId,
    store: &Store,
    session: SessionId,
) -> Result<Option<&'static str>, StoreError> {
    let last = async |kind| session_events::find_last(company, store, session, Source::Server, kind).await;
    let Some(started) = last(STARTED).await? else { return Ok(None) };
    for kind in [ENDED, ENDED_BY_OPERATOR, ENDED_BY_CUSTOMER] {
        if last(kind).await?.is_some_and(|ended| started.seq < ended.seq) {
            return Ok(None);
        }
    }
    Ok(Some(ENDED))
}
