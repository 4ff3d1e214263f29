//! Records that go: those older than the company keeps them, by themselves; a single one by an administrator.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::filter::{day_of, start_of, zone};
use crate::{
    body::{Json, Path, Query},
    captures,
    clock::now_ms,
    confirmation,
    problem::{Problem, code},
    recordings,
    roles::Administrator,
    sessions::SessionError,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use jiff::{ToSpan as _, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;
use store::{
    CompanyId, SessionId, StoreError, Write, companies, company_settings, records,
    session_events::{self, NewEvent, Source},
    usage_log,
};
use utoipa::{IntoParams, ToSchema};

/// How often it is looked for records that are too old.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Records of one write: others of the company wait for it.
const BATCH: u64 = 200;
/// Longest time that records are kept for, in days; longer is for ever.
const MOST_DAYS: i64 = 36_500;

/// For how long records would be kept.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RetentionQuery {
    /// In days; left out: as the company is set.
    #[param(value_type = Option<i64>)]
    days: Option<u32>,
}

/// What would go.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ExpiredRecords {
    /// How many records.
    #[schema(value_type = i64)]
    count: u64,
    /// When the customer of the oldest came.
    #[schema(required)]
    oldest_ms: Option<i64>,
    /// When the customer of the newest came.
    #[schema(required)]
    newest_ms: Option<i64>,
    /// What began before this moment goes; null: records are kept for ever.
    #[schema(required)]
    until_ms: Option<i64>,
}

/// 관리자 Password.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct RecordDeletion {
    administrator_password: String,
}

/// Says which records would go if they were kept for so many days, and deletes nothing.
#[utoipa::path(get, path = "/api/manage/records/retention", params(RetentionQuery),
    responses((status = 200, body = ExpiredRecords)))]
pub(super) async fn find_expired_records(
    State(state): State<AppState>,
    who: Administrator,
    Query(query): Query<RetentionQuery>,
) -> Result<Json<ExpiredRecords>, Problem> {
    let days = match query.days {
        Some(days) => Some(days),
        None => company_settings::find(who.company, &state.store).await?.record_retention_days,
    };
    let until_ms = match days {
        Some(days) => until_ms(days, &zone(who.company, &state.store).await?),
        None => None,
    };
    let expired = match until_ms {
        Some(until_ms) => records::count_expired(who.company, &state.store, until_ms).await?,
        None => records::Expired { count: 0, oldest_ms: None, newest_ms: None },
    };
    let records::Expired { count, oldest_ms, newest_ms } = expired;
    Ok(Json(ExpiredRecords { count, oldest_ms, newest_ms, until_ms }))
}

/// Deletes a record for good. What proves that it was there stays.
#[utoipa::path(post, path = "/api/manage/records/{id}/delete", params(("id" = uuid::Uuid, Path)),
    request_body = RecordDeletion, responses((status = 204)))]
pub(super) async fn delete_record(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SessionId>,
    Json(body): Json<RecordDeletion>,
) -> Result<StatusCode, Problem> {
    // Another company's record is missing before any password is looked at.
    records::find(who.company, &state.store, id).await?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    let record = records::find(who.company, &write, id).await?;
    if record.ended_at_ms.is_none() {
        return Err(Problem::new(code::RECORD_RUNNING));
    }
    delete(&state, &write, id, &json!({ "by": who.account.login })).await?;
    let detail = json!({
        "no": record.no,
        "operator_login": record.operator_login,
        "started_at_ms": record.consented_at_ms.unwrap_or(record.started_at_ms),
    });
    note(&write, &who, "records.delete", detail).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes what every company keeps no longer, at the start and hourly, until the server ends.
pub(crate) async fn expire(state: AppState) {
    let mut hours = tokio::time::interval(EVERY);
    while state.shutdown.run_until_cancelled(hours.tick()).await.is_some() {
        if let Err(error) = expire_once(&state).await {
            tracing::error!(error = %error, "Records that are too old were not deleted");
        }
    }
}

/// Every company once.
pub(super) async fn expire_once(state: &AppState) -> Result<(), SessionError> {
    for company in companies::list(&state.store).await? {
        // What goes wrong with one company keeps no other's records longer.
        match expire_company(state, company.id).await {
            Ok(0) => {}
            Ok(count) => {
                tracing::info!(company = company.short_name, count, "Records that are too old were deleted");
            }
            Err(error) => {
                tracing::error!(company = company.short_name, error = %error, "Records were not deleted");
            }
        }
    }
    Ok(())
}

/// What one company keeps no longer. Gives how many.
async fn expire_company(state: &AppState, company: CompanyId) -> Result<usize, SessionError> {
    let settings = company_settings::find(company, &state.store).await?;
    if let Some(days) = settings.recording_retention_days
        && let Some(until_ms) = until_ms(days, &zone(company, &state.store).await?)
    {
        recordings::expire(state, company, until_ms).await?;
    }
    let mut count = 0;
    while !state.shutdown.is_cancelled() {
        // Asked before each batch: an administrator may have taken it back.
        let settings = company_settings::find(company, &state.store).await?;
        let Some(days) = settings.record_retention_days else { break };
        let Some(until_ms) = until_ms(days, &zone(company, &state.store).await?) else { break };
        let deleted = expire_batch(state, company, until_ms).await?;
        if deleted == 0 {
            break;
        }
        count += deleted;
    }
    Ok(count)
}

/// One write's worth of a company's records, with its line in the usage log. Gives how many.
async fn expire_batch(state: &AppState, company: CompanyId, until_ms: i64) -> Result<usize, SessionError> {
    let found = records::list_expired(company, &state.store, until_ms, BATCH).await?;
    if found.is_empty() {
        return Ok(0);
    }
    let write = state.store.write(company).await?;
    let mut count = 0;
    for id in found {
        match delete(state, &write, id, &json!({ "by": "retention" })).await {
            // An administrator was quicker.
            Err(SessionError::Store(StoreError::Missing)) => {}
            other => {
                other?;
                count += 1;
            }
        }
    }
    if count == 0 {
        return Ok(0);
    }
    let detail = json!({ "count": count, "until_ms": until_ms });
    let body = json!({ "role": "server", "login": "", "address": "", "browser": "", "detail": detail });
    let (kind, at_ms) = ("records.retention", now_ms());
    usage_log::append(&write, usage_log::NewLine { kind, at_ms, body: &body.to_string() }).await?;
    write.commit().await?;
    Ok(count)
}

/// The record goes; its chain gets a last entry that says so, and is sealed over it.
async fn delete(state: &AppState, write: &Write, id: SessionId, why: &Value) -> Result<(), SessionError> {
    records::delete(write, id).await?;
    captures::delete(state, write, id).await?;
    recordings::delete(state, write, id).await?;
    let (kind, body) = ("record-deleted", why.to_string());
    let event = NewEvent { source: Source::Server, source_seq: None, at_ms: now_ms(), kind, body: &body };
    match session_events::append(write, id, event).await {
        // Nothing is kept of the session, so there is no chain that could say it.
        Err(StoreError::Missing) => Ok(()),
        Err(other) => Err(other.into()),
        Ok(_) => state.sessions.seal_again(write, id).await,
    }
}

/// The beginning of the first day that is kept, where today is the last; `None`: everything is.
fn until_ms(days: u32, zone: &TimeZone) -> Option<i64> {
    let days = i64::from(days).min(MOST_DAYS);
    let first = day_of(now_ms(), zone)?.checked_sub(days.days()).ok()?;
    start_of(first, zone).ok()
}
