//! Finding lines.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{
    kinds,
    texts::{Reader, Told},
};
use crate::{
    body::{Json, Query},
    language::Language,
    problem::{Problem, code},
    roles::Administrator,
    state::AppState,
};
use axum::extract::State;
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{
    CompanyId, Store, StoreError, company_settings,
    usage_log::{self, COUNTED, Filter, Line, Part, Place},
};
use utoipa::{IntoParams, ToSchema};

/// Lines of a page where none are asked for, and at most.
const PAGE_SIZE: u64 = 50;
const LARGEST_PAGE: u64 = 200;
/// Longest text to filter by, in bytes: an ID that was typed wrong may be as long.
const LONGEST_FILTER: usize = 512;

/// The page's tabs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UsageCategory {
    /// 접속.
    Access,
    /// 부서 관리.
    Departments,
    /// 상담원 관리.
    Operators,
    /// 상담유형 관리.
    SupportTypes,
    /// 지원기록.
    Records,
    /// 통계.
    Statistics,
}

/// Which lines. What is left out does not narrow.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UsageFilter {
    #[param(inline)]
    pub(super) category: Option<UsageCategory>,
    /// A kind of the category, such as `departments.rename`.
    pub(super) action: Option<String>,
    /// The account, compared without case.
    pub(super) login: Option<String>,
    /// The address, as it is shown.
    pub(super) address: Option<String>,
    /// The first day, `2026-03-01`, by the company's clock.
    pub(super) from: Option<String>,
    /// The last day.
    pub(super) until: Option<String>,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UsagePage {
    /// `older` of a page: the lines after it.
    older_than: Option<String>,
    /// `newer` of a page: the lines before it.
    newer_than: Option<String>,
    /// 1–200, 50 where not given.
    #[param(value_type = Option<i64>)]
    page_size: Option<u32>,
}

/// A line [G-3].
#[derive(Debug, Serialize, ToSchema)]
struct UsageLine {
    /// Number in the company.
    seq: i64,
    at_ms: i64,
    /// `category.action`.
    kind: String,
    /// "administrator", "operator", or "owner" of the server.
    role: String,
    login: String,
    /// 계정: the account, and the token that acted in its place.
    account: String,
    /// The name of that token.
    #[schema(required)]
    token: Option<String>,
    address: String,
    /// 활동, in the language of the request.
    activity: String,
    /// 비고, in the language of the request.
    remark: String,
    /// What was changed, as it is kept.
    #[schema(value_type = Object)]
    detail: Value,
}

/// A kind of line that can be filtered by.
#[derive(Debug, Serialize, ToSchema)]
struct UsageAction {
    kind: &'static str,
    /// 활동, in the language of the request.
    text: String,
}

/// One page of lines, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UsageLog {
    lines: Vec<UsageLine>,
    /// How many there are, counted up to 10,000.
    #[schema(value_type = i64)]
    total: u64,
    /// There are more than were counted.
    is_more: bool,
    /// For `older_than`, where there are older lines.
    #[schema(required)]
    older: Option<String>,
    /// For `newer_than`, where there may be newer lines.
    #[schema(required)]
    newer: Option<String>,
    /// What the category's lines may be about.
    actions: Vec<UsageAction>,
    /// The company's clock.
    time_zone: String,
}

/// Lists lines of the usage log, newest first [G-3].
#[utoipa::path(get, path = "/api/manage/usage-log", params(UsageFilter, UsagePage),
    responses((status = 200, body = UsageLog)))]
pub(super) async fn list_usage_log(
    State(state): State<AppState>,
    who: Administrator,
    language: Language,
    Query(filter): Query<UsageFilter>,
    Query(page): Query<UsagePage>,
) -> Result<Json<UsageLog>, Problem> {
    let (zone, time_zone) = zone_of(who.company, &state.store).await?;
    let reader = Reader { language, zone };
    let narrowed = filter.narrow(&reader.zone)?;
    let limit = page.page_size.map_or(PAGE_SIZE, u64::from).clamp(1, LARGEST_PAGE);
    let found = find(who.company, &state.store, narrowed, page.part()?, limit).await?;
    let counted = usage_log::count(who.company, &state.store, narrowed).await?;
    let category = narrowed.category;
    let action = |kind| UsageAction { kind, text: reader.activity(kind) };
    Ok(Json(UsageLog {
        lines: found.lines.iter().map(|line| UsageLine::new(line, &reader)).collect(),
        total: counted.min(COUNTED),
        is_more: COUNTED < counted,
        older: found.older,
        newer: found.newer,
        actions: kinds::of(category).map(action).collect(),
        time_zone,
    }))
}

struct Found {
    lines: Vec<Line>,
    older: Option<String>,
    newer: Option<String>,
}

/// One line more than asked for says whether there is a further page.
async fn find(
    company: CompanyId,
    store: &Store,
    filter: Filter<'_>,
    part: Part,
    limit: u64,
) -> Result<Found, StoreError> {
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut lines = usage_log::list(company, store, filter, part, limit + 1).await?;
    if matches!(part, Part::NewerThan(_)) {
        if lines.len() <= size {
            // That was the newest page, perhaps cut short: it is shown whole.
            return Box::pin(find(company, store, filter, Part::Newest, limit)).await;
        }
        lines.remove(0);
        let newer = lines.first().map(cursor);
        let older = lines.last().map(cursor);
        return Ok(Found { lines, older, newer });
    }
    let is_more = size < lines.len();
    lines.truncate(size);
    let older = if is_more { lines.last().map(cursor) } else { None };
    let newer = if part == Part::Newest { None } else { lines.first().map(cursor) };
    Ok(Found { lines, older, newer })
}

fn cursor(line: &Line) -> String {
    format!("{}.{}", line.at_ms, line.seq)
}

fn place(cursor: &str) -> Result<Place, Problem> {
    let parsed = cursor
        .split_once('.')
        .and_then(|(at_ms, seq)| Some(Place { at_ms: at_ms.parse().ok()?, seq: seq.parse().ok()? }));
    parsed.ok_or(Problem::new(code::INVALID_ADDRESS))
}

/// The company's clock, and its name.
pub(super) async fn zone_of(company: CompanyId, store: &Store) -> Result<(TimeZone, String), StoreError> {
    let name = company_settings::find(company, store).await?.time_zone;
    Ok((TimeZone::get(&name).unwrap_or(TimeZone::UTC), name))
}

impl UsagePage {
    fn part(&self) -> Result<Part, Problem> {
        Ok(match (&self.older_than, &self.newer_than) {
            (Some(older), _) => Part::OlderThan(place(older)?),
            (None, Some(newer)) => Part::NewerThan(place(newer)?),
            (None, None) => Part::Newest,
        })
    }
}

impl UsageFilter {
    /// The lines that are meant. Errors: a day is none.
    pub(super) fn narrow(&self, zone: &TimeZone) -> Result<Filter<'_>, Problem> {
        Ok(Filter {
            category: self.category.map(UsageCategory::name),
            kind: filled(self.action.as_ref())?,
            login: filled(self.login.as_ref())?,
            address: filled(self.address.as_ref())?,
            from_ms: filled(self.from.as_ref())?.map(|day| start_of(day, 0, zone)).transpose()?,
            until_ms: filled(self.until.as_ref())?.map(|day| start_of(day, 1, zone)).transpose()?,
        })
    }
}

/// Errors: longer than anything that is kept, or with what no line has (PostgreSQL takes no NUL at all).
fn filled(text: Option<&String>) -> Result<Option<&str>, Problem> {
    let Some(text) = text.map(|text| text.trim()).filter(|text| !text.is_empty()) else { return Ok(None) };
    let is_text = text.len() <= LONGEST_FILTER && !text.chars().any(char::is_control);
    if is_text { Ok(Some(text)) } else { Err(Problem::new(code::INVALID_ADDRESS)) }
}

/// When a day, or the one so many later, begins.
fn start_of(day: &str, later: i64, zone: &TimeZone) -> Result<i64, Problem> {
    let invalid = |_| Problem::new(code::INVALID_ADDRESS);
    let day: Date = day.parse().map_err(invalid)?;
    let day = day.checked_add(jiff::Span::new().days(later)).map_err(invalid)?;
    let start = day.at(0, 0, 0, 0).to_zoned_datetime(zone.clone()).map_err(invalid)?;
    Ok(start.timestamp().as_millisecond())
}

impl UsageCategory {
    /// As kinds begin.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Departments => "departments",
            Self::Operators => "operators",
            Self::SupportTypes => "support-types",
            Self::Records => "records",
            Self::Statistics => "statistics",
        }
    }
}

impl UsageLine {
    fn new(line: &Line, reader: &Reader) -> Self {
        let told = reader.tell(line);
        let account = reader.account(&told);
        let Told { role, login, token, address, activity, remark, detail } = told;
        let (seq, at_ms, kind) = (line.seq, line.at_ms, line.kind.clone());
        Self { seq, at_ms, kind, role, login, account, token, address, activity, remark, detail }
    }
}
