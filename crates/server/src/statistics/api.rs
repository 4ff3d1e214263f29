//! Bodies and handlers.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{
    export,
    moving::name_of,
    period::Period,
    rows::{self, Before, StatisticsRow, average_s},
};
use crate::{
    body::{Json, Path, Query},
    clock::now_ms,
    language::Language,
    problem::{FieldProblem, Problem, field_code},
    roles::Administrator,
    sheets::{SheetError, SheetKind, TicketQuery, download},
    state::AppState,
    usage_log::note,
};
use axum::{extract::State, response::Response};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    CompanyId, DepartmentId, OperatorId,
    statistics::{self, Clocks},
};
use utoipa::{IntoParams, ToSchema};

/// Rows of one page; only operators can be more.
const PAGE_SIZE: usize = 100;
/// A longer text is no ID.
const LONGEST_LOGIN: usize = 60;

/// Which statistic, as the menu names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) enum StatisticsKind {
    /// 월별 [T-1].
    #[serde(rename = "by-month")]
    Month,
    /// 일별 [T-2].
    #[serde(rename = "by-day")]
    Day,
    /// 시간대별 [T-3].
    #[serde(rename = "by-hour")]
    Hour,
    /// 상담원별 [T-4].
    #[serde(rename = "by-operator")]
    Operator,
    /// 상담시간별 [T-5].
    #[serde(rename = "by-duration")]
    Duration,
    /// 고객OS별 [T-6].
    #[serde(rename = "by-os")]
    System,
    /// 상담유형별 [T-7].
    #[serde(rename = "by-support-type")]
    SupportType,
    /// 고객만족도별 [T-8].
    #[serde(rename = "by-satisfaction")]
    Satisfaction,
}

impl StatisticsKind {
    /// As in its address.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Month => "by-month",
            Self::Day => "by-day",
            Self::Hour => "by-hour",
            Self::Operator => "by-operator",
            Self::Duration => "by-duration",
            Self::System => "by-os",
            Self::SupportType => "by-support-type",
            Self::Satisfaction => "by-satisfaction",
        }
    }
}

/// Of which supports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct StatisticsQuery {
    /// The first day in the company's time zone, `2026-11-01`; where not given, a month before the last (by month: a year).
    from: Option<String>,
    /// The last day; today where not given.
    to: Option<String>,
    /// A department's id.
    department: Option<String>,
    /// An operator's ID, also one that was deleted.
    operator: Option<String>,
    /// From 1.
    #[param(value_type = Option<i64>)]
    page: Option<u32>,
}

/// The kind of file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SheetQuery {
    /// Excel where not given.
    #[param(inline)]
    format: Option<SheetKind>,
}

/// What was asked for, understood.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) kind: StatisticsKind,
    pub(super) period: Period,
    pub(super) department: Option<DepartmentId>,
    pub(super) operators: Option<Vec<OperatorId>>,
    /// As it stands in the usage log.
    detail: Value,
    today: Date,
    clocks: Clocks,
}

/// A statistic: one page of its rows, and what all its rows add up to.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StatisticsPage {
    #[schema(inline)]
    kind: StatisticsKind,
    /// The first day that was counted.
    from: String,
    /// The last day.
    to: String,
    /// Which day it is for the company.
    today: String,
    /// Whose days and hours these are.
    time_zone: String,
    /// While supports move to that zone: how many of a hundred have. The others still stand in days and hours of the zone before.
    #[schema(required)]
    moved_percent: Option<i64>,
    /// The first day of the period before.
    before_from: String,
    /// Its last day.
    before_to: String,
    rows: Vec<StatisticsRow>,
    /// How many rows there are on all pages.
    #[schema(value_type = i64)]
    row_count: usize,
    /// Rows of a page.
    #[schema(value_type = i64)]
    page_size: usize,
    /// Of all rows.
    supports: i64,
    duration_s: i64,
    average_s: i64,
    /// Of the period before.
    before: Before,
}

/// Counts [T-1 … T-8].
#[utoipa::path(get, path = "/api/manage/statistics/{kind}", params(("kind" = inline(StatisticsKind), Path), StatisticsQuery),
    responses((status = 200, body = StatisticsPage)))]
pub(super) async fn show_statistics(
    State(state): State<AppState>,
    who: Administrator,
    Path(kind): Path<StatisticsKind>,
    Query(query): Query<StatisticsQuery>,
) -> Result<Json<StatisticsPage>, Problem> {
    let asked = ask(&state, who.company, kind, &query).await?;
    let all = rows::count(&state, who.company, &asked).await?;
    let page = usize::try_from(query.page.unwrap_or(1).max(1)).unwrap_or(1);
    // Days and the like stand on one page whole: chart and table are of the same rows.
    let size = if kind == StatisticsKind::Operator { PAGE_SIZE } else { all.rows.len().max(1) };
    let row_count = all.rows.len();
    let skipped = (page - 1).saturating_mul(size);
    let mut rows: Vec<_> = all.rows.into_iter().skip(skipped).take(size).collect();
    rows::complete(&state, who.company, &asked, &mut rows).await?;
    let write = state.store.write(who.company).await?;
    note(&write, &who, "statistics.view", asked.detail.clone()).await?;
    write.commit().await?;
    let before = asked.period.before();
    Ok(Json(StatisticsPage {
        kind,
        from: asked.period.from.to_string(),
        to: asked.period.to.to_string(),
        today: asked.today.to_string(),
        time_zone: name_of(&asked.clocks.zone),
        moved_percent: asked.clocks.moved_percent,
        before_from: before.from.to_string(),
        before_to: before.to.to_string(),
        rows,
        row_count,
        page_size: size,
        supports: all.total.supports,
        duration_s: all.total.duration_s,
        average_s: average_s(all.total),
        before: all.before.into(),
    }))
}

/// Gives all rows as a file, with the numbers of the page.
#[utoipa::path(get, path = "/api/manage/statistics/{kind}/export",
    params(("kind" = inline(StatisticsKind), Path), StatisticsQuery, SheetQuery, TicketQuery),
    responses((status = 200, content_type = "application/octet-stream")))]
pub(super) async fn export_statistics(
    State(state): State<AppState>,
    who: Administrator,
    language: Language,
    Path(kind): Path<StatisticsKind>,
    Query(query): Query<StatisticsQuery>,
    Query(sheet): Query<SheetQuery>,
    Query(place): Query<TicketQuery>,
) -> Result<Response, Problem> {
    let asked = ask(&state, who.company, kind, &query).await?;
    let turn = state.exports.take(who.company, place.ticket)?.turn().await.map_err(SheetError::from)?;
    let format = sheet.format.unwrap_or(SheetKind::Xlsx);
    let mut all = rows::count(&state, who.company, &asked).await?;
    rows::complete(&state, who.company, &asked, &mut all.rows).await?;
    let mut detail = asked.detail.clone();
    if let Value::Object(members) = &mut detail {
        members.insert("rows".to_owned(), all.rows.len().into());
    }
    let name = export::file_name(&asked, language, format);
    let written = tokio::task::spawn_blocking(move || export::write(turn, &asked, &all, language, format));
    let made = written.await.map_err(SheetError::from)??;
    let write = state.store.write(who.company).await?;
    note(&write, &who, "statistics.export", detail).await?;
    write.commit().await?;
    Ok(download(made, format, &name)?)
}

/// Understands a query. Errors: what is wrong with its fields.
async fn ask(
    state: &AppState,
    company: CompanyId,
    kind: StatisticsKind,
    query: &StatisticsQuery,
) -> Result<Asked, Problem> {
    let clocks = statistics::clocks(company, &state.store).await?;
    let today = clocks.today(Timestamp::from_millisecond(now_ms()).unwrap_or_default());
    let period = Period::read(kind, query.from.as_deref(), query.to.as_deref(), today)?;
    let mut errors = Vec::new();
    let mut department = None;
    if let Some(text) = query.department.as_deref().filter(|text| !text.is_empty()) {
        let id: Option<DepartmentId> = text.parse().ok();
        if let Some(id) = id {
            department = statistics::department_name(company, &state.store, id).await?.map(|name| (id, name));
        }
        if department.is_none() {
            errors.push(FieldProblem::new("department", field_code::UNKNOWN));
        }
    }
    let login = query.operator.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let operators = match login {
        None => None,
        Some(login) if LONGEST_LOGIN < login.len() => Some(Vec::new()),
        Some(login) => Some(statistics::find_operators(company, &state.store, login).await?),
    };
    if operators.as_ref().is_some_and(Vec::is_empty) {
        errors.push(FieldProblem::new("operator", field_code::OPERATOR_UNKNOWN));
    }
    if !errors.is_empty() {
        return Err(Problem::of_fields(errors));
    }
    let detail = json!({
        "kind": kind.name(), "from": period.from.to_string(), "to": period.to.to_string(),
        "department": department.as_ref().map(|(_, name)| name), "operator": login,
    });
    let department = department.map(|(id, _)| id);
    Ok(Asked { kind, period, department, operators, detail, today, clocks })
}
