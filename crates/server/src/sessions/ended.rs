//! The operator's own sessions that ended today, so that none is left without its record.

use crate::{body::Json, clock::now_ms, problem::Problem, roles::Operator, state::AppState};
use axum::extract::State;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use store::{
    CompanyId, SessionId, Store, StoreError, company_settings,
    records::{self, Form, Record},
};
use utoipa::ToSchema;

/// The most of one day; nobody helps so many.
const MOST: u64 = 200;

/// A session that has ended.
#[derive(Debug, Serialize, ToSchema)]
struct EndedSession {
    #[schema(value_type = uuid::Uuid)]
    id: SessionId,
    ended_at_ms: i64,
    /// Why, kebab-case.
    end_reason: String,
    /// The customer agreed at some time: it was support.
    agreed: bool,
    customer_os: String,
    customer_host_name: String,
    /// As the operator wrote it.
    customer_name: String,
    /// Something stands in the record's form.
    is_written: bool,
}

/// The operator's sessions that ended today, by the company's clock: those without a written record first, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EndedSessions {
    sessions: Vec<EndedSession>,
}

/// Lists the operator's own sessions that a customer joined and that ended today.
#[utoipa::path(get, path = "/api/console/sessions/ended", responses((status = 200, body = EndedSessions)))]
pub(super) async fn list_ended_sessions(
    State(state): State<AppState>,
    who: Operator,
) -> Result<Json<EndedSessions>, Problem> {
    let since_ms = today_ms(who.company, &state.store).await?;
    let found = records::list_ended(who.company, &state.store, who.id, since_ms, MOST).await?;
    let mut sessions: Vec<_> = found.into_iter().map(EndedSession::from).collect();
    // Stable: the newest stay first on either side.
    sessions.sort_by_key(|session| session.is_written);
    Ok(Json(EndedSessions { sessions }))
}

/// When this day began by the company's clock.
async fn today_ms(company: CompanyId, store: &Store) -> Result<i64, StoreError> {
    let name = company_settings::find(company, store).await?.time_zone;
    let zone = TimeZone::get(&name).unwrap_or(TimeZone::UTC);
    let now = Timestamp::from_millisecond(now_ms()).unwrap_or(Timestamp::UNIX_EPOCH);
    // Where the clock jumps over midnight, the day begins after the jump.
    let start = zone.to_timestamp(zone.to_datetime(now).date().at(0, 0, 0, 0));
    Ok(start.map_or(0, Timestamp::as_millisecond))
}

impl From<Record> for EndedSession {
    fn from(record: Record) -> Self {
        Self {
            id: record.id,
            ended_at_ms: record.ended_at_ms.unwrap_or_default(),
            end_reason: record.end_reason.unwrap_or_default(),
            agreed: record.consented_at_ms.is_some(),
            customer_os: record.customer_os,
            customer_host_name: record.customer_host_name,
            is_written: record.form != Form::default(),
            customer_name: record.form.customer_name,
        }
    }
}
