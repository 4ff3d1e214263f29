//! The list of records.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use crate::{
    body::{Json, Query},
    clock::now_ms,
    problem::Problem,
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{SessionId, records};
use utoipa::{IntoParams, ToSchema};

/// Rows of a page where none are asked for, and at most.
const PAGE_SIZE: u64 = 20;
const LARGEST_PAGE: u64 = 100;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct RecordQuery {
    /// From 1.
    #[param(value_type = Option<i64>)]
    page: Option<u32>,
    /// 1–100, 20 where not given.
    #[param(value_type = Option<i64>)]
    page_size: Option<u32>,
}

/// 해결 여부.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
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
    /// How many there are on all pages.
    #[schema(value_type = i64)]
    total: u64,
}

/// Lists records, newest first.
#[utoipa::path(get, path = "/api/manage/records", params(RecordQuery), responses((status = 200, body = Records)))]
pub(super) async fn list_records(
    State(state): State<AppState>,
    who: Administrator,
    Query(query): Query<RecordQuery>,
) -> Result<Json<Records>, Problem> {
    let page = u64::from(query.page.unwrap_or(1).max(1));
    let limit = query.page_size.map_or(PAGE_SIZE, u64::from).clamp(1, LARGEST_PAGE);
    let (found, total) = records::list(who.company, &state.store, (page - 1) * limit, limit).await?;
    let write = state.store.write(who.company).await?;
    note(&write, &who, "records.search", json!({ "page": page })).await?;
    write.commit().await?;
    let now_ms = now_ms();
    let records = found.into_iter().map(|record| RecordLine::new(record, now_ms)).collect();
    Ok(Json(Records { records, total }))
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
