//! The found lines as Excel or CSV, as many as there are.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{
    api::{UsageFilter, zone_of},
    note,
    texts::Reader,
};
use crate::{
    body::Query,
    language::Language,
    problem::Problem,
    roles::Administrator,
    sheets::{Cell, FormatQuery, Made, Sheet, SheetError, SheetKind, TicketQuery, Turn, download_when_made},
    state::AppState,
};
use axum::{extract::State, response::Response};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use store::{
    CompanyId, Store,
    usage_log::{self, Line, Part, Place},
};

/// Lines read at once.
const BATCH: u64 = 2_000;

/// Gives the found lines as a file [G-3].
#[utoipa::path(get, path = "/api/manage/usage-log/export", params(UsageFilter, FormatQuery, TicketQuery),
    responses((status = 200, content_type = "application/octet-stream")))]
pub(super) async fn export_usage_log(
    State(state): State<AppState>,
    who: Administrator,
    language: Language,
    Query(filter): Query<UsageFilter>,
    Query(FormatQuery { format }): Query<FormatQuery>,
    Query(place): Query<TicketQuery>,
) -> Result<Response, Problem> {
    let (zone, _) = zone_of(who.company, &state.store).await?;
    let reader = Reader { language, zone };
    filter.narrow(&reader.zone)?;
    let place = state.exports.take(who.company, place.ticket)?;
    // The line is there before the file is, so that nothing is taken away unseen.
    let write = state.store.write(who.company).await?;
    note(&write, &who, "access.usage-log-export", filter.told(format)).await?;
    write.commit().await?;
    let title = reader.text("usage-title").unwrap_or_default();
    let ending = format.ending();
    let today = Timestamp::now().to_zoned_datetime(reader.zone.clone()).strftime("%Y-%m-%d").to_string();
    let name = format!("{title} {today}.{ending}");
    let lines = Lines { company: who.company, store: state.store.clone(), filter, reader, title };
    Ok(download_when_made(place, format, &name, move |turn| lines.write(turn, format)))
}

/// What a file is made of.
struct Lines {
    company: CompanyId,
    store: Store,
    filter: UsageFilter,
    reader: Reader,
    title: String,
}

impl Lines {
    /// Writes them all, newest first. Dropped in between, it ends after the batch that it is at.
    async fn write(self, turn: Turn, kind: SheetKind) -> Result<Made, SheetError> {
        let mut sheet = Sheet::new(turn, kind, &self.title, &headers(&self.reader))?;
        // It was looked at before the answer began.
        let filter = self.filter.narrow(&self.reader.zone);
        let filter = filter.map_err(|_| SheetError::Io(std::io::ErrorKind::InvalidInput.into()))?;
        let mut part = Part::Newest;
        loop {
            let lines = usage_log::list(self.company, &self.store, filter, part, BATCH).await?;
            let Some(last) = lines.last() else { break };
            part = Part::OlderThan(Place { at_ms: last.at_ms, seq: last.seq });
            let reader = self.reader.clone();
            sheet = sheet.with(lines.into_iter().map(move |line| row(&line, &reader))).await?;
        }
        sheet.made().await
    }
}

fn headers(reader: &Reader) -> Vec<String> {
    let names = ["date", "account", "address", "activity", "remark"];
    names.map(|name| reader.text(&format!("usage-column-{name}")).unwrap_or_default()).into()
}

fn row(line: &Line, reader: &Reader) -> [Cell; 5] {
    let told = reader.tell(line);
    let at = Timestamp::from_millisecond(line.at_ms)
        .map(|at| at.to_zoned_datetime(reader.zone.clone()).datetime());
    [
        at.map_or(Cell::Empty, Cell::Moment),
        Cell::Text(reader.account(&told)),
        Cell::Text(told.address),
        Cell::Text(told.activity),
        Cell::Text(told.remark),
    ]
}

impl UsageFilter {
    /// What was asked for, for the line that tells of it.
    fn told(&self, format: SheetKind) -> Value {
        let mut told = Map::new();
        let texts = [
            ("action", &self.action),
            ("login", &self.login),
            ("address", &self.address),
            ("from_day", &self.from),
            ("until_day", &self.until),
        ];
        if let Some(category) = self.category {
            told.insert("category".to_owned(), category.name().into());
        }
        for (name, text) in texts {
            if let Some(text) = text.as_ref().filter(|text| !text.is_empty()) {
                told.insert(name.to_owned(), text.as_str().into());
            }
        }
        told.insert("format".to_owned(), json!(format!("{format:?}")));
        Value::Object(told)
    }
}
