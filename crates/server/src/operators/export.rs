//! Operators as a file, in the columns that the import reads [D-8]. Passwords are in no file.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::columns::Column;
use crate::{
    body::Query,
    language::Language,
    problem::{Problem, message},
    roles::Administrator,
    sheets::{self, Cell, FormatQuery, Sheet, SheetError, TicketQuery},
    state::AppState,
    usage_log::note,
};
use axum::{extract::State, response::Response};
use futures_util::{Stream, TryStreamExt as _, stream};
use serde_json::{Map, json};
use std::pin::pin;
use store::{
    CompanyId, Store, StoreError,
    operators::{self, Operator},
};

/// Operators read at once.
const BATCH: u64 = 1_000;

/// Every operator of a company by ID, some at a time.
pub(crate) fn batches(
    company: CompanyId,
    store: &Store,
) -> impl Stream<Item = Result<Vec<Operator>, StoreError>> {
    stream::try_unfold(String::new(), move |after| async move {
        let batch = operators::list_after(company, store, &after, BATCH).await?;
        let last = batch.last().map(|operator| operator.login.clone());
        Ok(last.map(|last| (batch, last)))
    })
}

/// Every operator as a file.
#[utoipa::path(get, path = "/api/manage/operators/export", params(FormatQuery, TicketQuery),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
pub(super) async fn export_operators(
    State(state): State<AppState>,
    who: Administrator,
    language: Language,
    Query(query): Query<FormatQuery>,
    Query(place): Query<TicketQuery>,
) -> Result<Response, Problem> {
    let turn = state.exports.take(who.company, place.ticket)?.turn().await.map_err(SheetError::from)?;
    let title = message(language, "sheet-operators", &Map::new());
    let headings: Vec<_> = Column::ALL.map(|column| column.heading(language)).into();
    let mut sheet = Sheet::new(turn, query.format, &title, &headings)?;
    let mut count = 0_usize;
    let mut batches = pin!(batches(who.company, &state.store));
    while let Some(batch) = batches.try_next().await? {
        count += batch.len();
        sheet = sheet.with(batch.into_iter().map(move |operator| row(&operator, language))).await?;
    }
    let write = state.store.write(who.company).await?;
    note(&write, &who, "operators.export", json!({ "count": count })).await?;
    write.commit().await?;
    Ok(sheets::finished(sheet, query.format, &title).await?)
}

fn row(operator: &Operator, language: Language) -> [Cell; Column::ALL.len()] {
    Column::ALL.map(|column| match column {
        Column::Login => Cell::Text(operator.login.clone()),
        Column::Name => Cell::Text(operator.name.clone()),
        Column::Password => Cell::Empty,
        Column::CompanyName => Cell::Text(operator.company_name.clone()),
        Column::Department => Cell::Text(operator.department_name.clone()),
        Column::Phone => Cell::Text(operator.phone.clone()),
        Column::Email => Cell::Text(operator.email.clone()),
        Column::Mobile => {
            let name = if operator.is_mobile { "sheet-on" } else { "sheet-off" };
            Cell::Text(message(language, name, &Map::new()))
        }
    })
}
