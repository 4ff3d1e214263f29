//! Records as a file: everything that a search finds, row by row, newest first.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::filter::{Asked, FilterQuery, day_of};
use crate::{
    body::Query,
    clock::now_ms,
    language::Language,
    problem::{Problem, message},
    roles::Administrator,
    sheets::{Cell, Made, Sheet, SheetError, SheetKind, TicketQuery, Turn, download_when_made},
    state::AppState,
    usage_log::note,
};
use axum::{extract::State, response::Response};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use serde_json::{Map, json};
use store::{
    Store,
    records::{Record, Search},
};
use utoipa::IntoParams;

/// Records that are read and written at once.
const BATCH: u64 = 1_000;

/// Columns, in order; the texts of their heads are `server-records-NAME`.
const COLUMNS: [&str; 20] = [
    "no",
    "operator-login",
    "operator-name",
    "department",
    "customer-name",
    "started",
    "ended",
    "duration",
    "customer-os",
    "customer-os-version",
    "resolution",
    "support-type",
    "rating",
    "customer-address-public",
    "customer-address-private",
    "operator-address",
    "operator-address-private",
    "connection",
    "host-name",
    "memo",
];

/// The kind of file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// Excel where not given.
    #[param(inline)]
    format: Option<SheetKind>,
}

/// Takes the records found away as a file, which begins to arrive when it is made.
#[utoipa::path(get, path = "/api/manage/records/export", params(FilterQuery, ExportQuery, TicketQuery),
    responses((status = 200, content_type = "application/octet-stream", description = "The file")))]
pub(super) async fn export_records(
    State(state): State<AppState>,
    who: Administrator,
    language: Language,
    Query(filter): Query<FilterQuery>,
    Query(export): Query<ExportQuery>,
    Query(place): Query<TicketQuery>,
) -> Result<Response, Problem> {
    let kind = export.format.unwrap_or(SheetKind::Xlsx);
    let asked = filter.checked(who.company, &state.store).await?;
    let place = state.exports.take(who.company, place.ticket)?;
    let search = Search::open(who.company, &state.store, &asked.filter).await?;
    let filters = asked.told(who.company, &state.store).await?;
    let ending = kind.ending();
    let write = state.store.write(who.company).await?;
    note(&write, &who, "records.export", json!({ "kind": ending, "filters": filters })).await?;
    write.commit().await?;
    let name = format!("{}.{ending}", file_name(&asked, language));
    let rows = Rows { store: state.store.clone(), search, zone: asked.zone, language };
    Ok(download_when_made(place, kind, &name, move |turn| rows.write(turn, kind)))
}

/// `지원기록_2026-11-01_2026-11-28`; without a period the day of today.
fn file_name(asked: &Asked, language: Language) -> String {
    let mut name = text(language, "file");
    let days = [asked.from, asked.to];
    let today = if days == [None, None] { day_of(now_ms(), &asked.zone) } else { None };
    for day in days.into_iter().chain([today]).flatten() {
        name.push_str(&format!("_{day}"));
    }
    name
}

/// What a file is made of.
struct Rows {
    store: Store,
    search: Search,
    zone: TimeZone,
    language: Language,
}

impl Rows {
    /// Writes them all. Dropped in between, it ends after the batch that it is at.
    async fn write(self, turn: Turn, kind: SheetKind) -> Result<Made, SheetError> {
        let heads: Vec<String> = COLUMNS.iter().map(|name| text(self.language, name)).collect();
        let mut sheet = Sheet::new(turn, kind, &text(self.language, "sheet"), &heads)?;
        let words = Words::of(self.language);
        let mut batch = self.search.batch(&self.store, None, BATCH).await?;
        while let Some(last) = batch.last() {
            let before = last.no;
            let rows: Vec<_> = batch.into_iter().map(|record| row(record, &self.zone, &words)).collect();
            // While these are written, the next ones are read.
            let next = self.search.batch(&self.store, Some(before), BATCH);
            let (written, read) = tokio::join!(sheet.with(rows), next);
            (sheet, batch) = (written?, read?);
        }
        sheet.made().await
    }
}

/// The words of cells.
struct Words {
    resolutions: [String; 3],
    direct: String,
    relayed: String,
}

impl Words {
    fn of(language: Language) -> Self {
        let resolution = |name: &str| text(language, &format!("resolution-{name}"));
        Self {
            resolutions: ["unchecked", "resolved", "unresolved"].map(resolution),
            direct: text(language, "connection-direct"),
            relayed: text(language, "connection-relayed"),
        }
    }
}

fn row(record: Record, zone: &TimeZone, words: &Words) -> [Cell; COLUMNS.len()] {
    use store::records::Resolution;
    let moment = |at_ms: i64| match Timestamp::from_millisecond(at_ms) {
        Ok(at) => Cell::Moment(zone.to_datetime(at)),
        Err(_) => Cell::Empty,
    };
    let [unchecked, resolved, unresolved] = &words.resolutions;
    let resolution = match record.form.resolution {
        Resolution::Unchecked => unchecked,
        Resolution::Resolved => resolved,
        Resolution::Unresolved => unresolved,
    };
    let connection = match record.connection.as_str() {
        "direct" => Cell::Text(words.direct.clone()),
        "relayed" => Cell::Text(words.relayed.clone()),
        _ => Cell::Empty,
    };
    [
        Cell::Number(record.no),
        filled(record.operator_login),
        filled(record.operator_name),
        filled(record.department_name),
        filled(record.form.customer_name),
        // Where nobody agreed no support began, and none lasted.
        record.consented_at_ms.map_or(Cell::Empty, moment),
        record.ended_at_ms.map_or(Cell::Empty, moment),
        match (record.consented_at_ms, record.ended_at_ms) {
            (Some(_), Some(_)) => Cell::Seconds(record.duration_s),
            _ => Cell::Empty,
        },
        filled(record.customer_os),
        filled(record.customer_os_version),
        Cell::Text(resolution.clone()),
        filled(record.support_type_name.unwrap_or_default()),
        record.rating.map_or(Cell::Empty, |rating| Cell::Number(rating.into())),
        filled(record.customer_address_public),
        filled(record.customer_address_private.unwrap_or_default()),
        filled(record.operator_address_public),
        filled(record.operator_address_private.unwrap_or_default()),
        connection,
        filled(record.customer_host_name),
        filled(record.form.memo),
    ]
}

fn filled(text: String) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

fn text(language: Language, name: &str) -> String {
    message(language, &format!("server-records-{name}"), &Map::new())
}

/// Every text that a file of records is made of.
#[cfg(test)]
pub(super) fn texts() -> Vec<String> {
    let others = ["sheet", "file", "resolution-unchecked", "resolution-resolved", "resolution-unresolved"];
    let all = COLUMNS.iter().chain(&others).chain(&["connection-direct", "connection-relayed"]);
    all.map(|name| format!("server-records-{name}")).collect()
}
