//! Finding records.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::filter::{self, Asked, FilterQuery};
use crate::{
    body::{Json, Path, Query},
    clock::now_ms,
    problem::Problem,
    roles::{Administrator, By},
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    SessionId,
    records::{self, Place, Total},
};
use utoipa::{IntoParams, ToSchema};

/// Rows of a page where none are asked for, and at most.
const PAGE_SIZE: u64 = 20;
const LARGEST_PAGE: u64 = 100;

/// Which page of the records found: by its number, unless it is named by something else.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct PlaceQuery {
    /// From 1.
    #[param(value_type = Option<i64>)]
    page: Option<u32>,
    /// 1–100, 20 where not given.
    #[param(value_type = Option<i64>)]
    page_size: Option<u32>,
    /// What is older than the record with this number.
    older_than: Option<i64>,
    /// What is newer than the record with this number.
    newer_than: Option<i64>,
    /// The last page.
    last: Option<bool>,
    /// The page that begins with this day, `2026-11-01`, or holds it.
    date: Option<String>,
}

/// 해결 여부.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Resolution {
    Unchecked,
    Resolved,
    Unresolved,
}

/// A row of the list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordLine {
    #[schema(value_type = uuid::Uuid)]
    id: SessionId,
    /// Number in the company, growing with time.
    no: i64,
    operator_login: String,
    operator_name: String,
    customer_name: String,
    /// When the customer agreed; where nobody did, when the customer joined.
    started_at_ms: i64,
    /// From the consent to the end, or so far; null where nobody agreed.
    #[schema(required)]
    duration_s: Option<i64>,
    customer_os: String,
    #[schema(inline)]
    resolution: Resolution,
    #[schema(required)]
    support_type: Option<String>,
}

/// One page of records, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Records {
    records: Vec<RecordLine>,
    /// How many are found on all pages; where that is not counted to its end, 10,000.
    #[schema(value_type = i64)]
    total: u64,
    /// Whether there are no more than `total`.
    total_is_exact: bool,
    /// The page's number, from 1; null beyond the counted ones.
    #[schema(value_type = Option<i64>, required)]
    page: Option<u64>,
    /// Whether there are newer ones.
    has_newer: bool,
    /// Whether there are older ones.
    has_older: bool,
}

/// The records beside one in a search.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordNeighbours {
    #[schema(value_type = Option<uuid::Uuid>, required)]
    newer: Option<SessionId>,
    #[schema(value_type = Option<uuid::Uuid>, required)]
    older: Option<SessionId>,
}

/// Finds records by every filter together, newest first.
#[utoipa::path(get, path = "/api/manage/records", params(FilterQuery, PlaceQuery),
    responses((status = 200, body = Records)))]
pub(super) async fn list_records(
    State(state): State<AppState>,
    who: Administrator,
    Query(filter): Query<FilterQuery>,
    Query(place): Query<PlaceQuery>,
) -> Result<Json<Records>, Problem> {
    let asked = filter.checked(who.company, &state.store).await?;
    let limit = place.page_size.map_or(PAGE_SIZE, u64::from).clamp(1, LARGEST_PAGE);
    let place = place.checked(&asked)?;
    let search = records::Search::open(who.company, &state.store, &asked.filter).await?;
    let found = search.page(&state.store, place, limit).await?;
    note_search(&state, &who, &asked).await?;
    Ok(Json(Records::new(found)))
}

/// The records found before and after one in a search.
#[utoipa::path(get, path = "/api/manage/records/{id}/neighbours", params(("id" = uuid::Uuid, Path), FilterQuery),
    responses((status = 200, body = RecordNeighbours)))]
pub(super) async fn find_record_neighbours(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SessionId>,
    Query(filter): Query<FilterQuery>,
) -> Result<Json<RecordNeighbours>, Problem> {
    let no = records::find(who.company, &state.store, id).await?.no;
    let asked = filter.checked(who.company, &state.store).await?;
    let search = records::Search::open(who.company, &state.store, &asked.filter).await?;
    let (newer, older) = search.neighbours(&state.store, no).await?;
    Ok(Json(RecordNeighbours { newer, older }))
}

/// A search is noted once, whichever of its pages are looked at.
async fn note_search(state: &AppState, who: &Administrator, asked: &Asked) -> Result<(), Problem> {
    let told = asked.told(who.company, &state.store).await?;
    let filters = Value::Object(told);
    let asking = match &who.by {
        By::SignIn(session) => session.token_hash.clone(),
        By::Token(name) => format!("{} by {name}", who.id),
    };
    if state.searches.is_new(&asking, &filters.to_string(), now_ms()) {
        let write = state.store.write(who.company).await?;
        note(&write, who, "records.search", json!({ "filters": filters })).await?;
        write.commit().await?;
    }
    Ok(())
}

impl PlaceQuery {
    fn checked(&self, asked: &Asked) -> Result<Place, Problem> {
        if let Some(day) = filter::day(self.date.as_deref())? {
            return Ok(Place::Before(filter::end_of(day, &asked.zone)?));
        }
        Ok(match self {
            Self { last: Some(true), .. } => Place::Last,
            Self { older_than: Some(no), .. } => Place::OlderThan(*no),
            Self { newer_than: Some(no), .. } => Place::NewerThan(*no),
            Self { page, .. } => Place::Page(page.map_or(1, u64::from)),
        })
    }
}

impl Records {
    fn new(found: records::Page) -> Self {
        let now_ms = now_ms();
        let (total, total_is_exact) = match found.total {
            Total::Exactly(total) => (total, true),
            Total::More => (records::COUNTED, false),
        };
        Self {
            records: found.records.into_iter().map(|record| RecordLine::new(record, now_ms)).collect(),
            total,
            total_is_exact,
            page: found.number,
            has_newer: found.has_newer,
            has_older: found.has_older,
        }
    }
}

impl RecordLine {
    pub(super) fn new(record: records::Record, now_ms: i64) -> Self {
        Self {
            id: record.id,
            duration_s: record.lasted_s(now_ms),
            no: record.no,
            operator_login: record.operator_login,
            operator_name: record.operator_name,
            customer_name: record.form.customer_name,
            started_at_ms: record.consented_at_ms.unwrap_or(record.started_at_ms),
            customer_os: record.customer_os,
            resolution: record.form.resolution.into(),
            support_type: record.support_type_name,
        }
    }
}

impl From<records::Resolution> for Resolution {
    fn from(kept: records::Resolution) -> Self {
        match kept {
            records::Resolution::Unchecked => Self::Unchecked,
            records::Resolution::Resolved => Self::Resolved,
            records::Resolution::Unresolved => Self::Unresolved,
        }
    }
}

impl From<Resolution> for records::Resolution {
    fn from(asked: Resolution) -> Self {
        match asked {
            Resolution::Unchecked => Self::Unchecked,
            Resolution::Resolved => Self::Resolved,
            Resolution::Unresolved => Self::Unresolved,
        }
    }
}
