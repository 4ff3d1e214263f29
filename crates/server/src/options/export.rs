//! Options as a file: what each department starts with, and what each operator has of its own.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::{
    registry::OptionKey,
    rules::{self, Effective},
};
use crate::{
    body::Query,
    language::Language,
    operators::batches,
    problem::{Problem, message},
    roles::Administrator,
    sheets::{self, Cell, FormatQuery, Sheet, SheetError, TicketQuery},
    state::AppState,
    usage_log::note,
};
use axum::{extract::State, response::Response};
use futures_util::TryStreamExt as _;
use serde_json::{Map, json};
use std::{collections::HashMap, pin::pin, sync::Arc};
use store::{
    departments,
    operators::Operator,
    option_values::{self, Values},
};

/// In front of the options.
const HEADS: [&str; 3] = ["sheet-operator-department", "sheet-operator-login", "sheet-operator-name"];

/// Every option of every department and operator as a file: a department's row has no ID.
#[utoipa::path(get, path = "/api/manage/options/export", params(FormatQuery, TicketQuery),
    responses((status = 200, description = "The file", content_type = "application/octet-stream")))]
pub(super) async fn export_options(
    State(state): State<AppState>,
    who: Administrator,
    language: Language,
    Query(query): Query<FormatQuery>,
    Query(place): Query<TicketQuery>,
) -> Result<Response, Problem> {
    let turn = state.exports.take(who.company, place.ticket)?.turn().await.map_err(SheetError::from)?;
    let words = Arc::new(Words::of(language));
    let title = text(language, "manage-options");
    let options = OptionKey::ALL.map(|key| format!("manage-option-{}", key.name().replace('_', "-")));
    let heads: Vec<String> =
        HEADS.into_iter().chain(options.iter().map(String::as_str)).map(|id| text(language, id)).collect();
    let mut sheet = Sheet::new(turn, query.format, &title, &heads)?;
    let mut defaults = HashMap::new();
    for department in departments::list(who.company, &state.store).await? {
        let values = option_values::of_department(who.company, &state.store, department.id).await?;
        let starts = OptionKey::ALL.map(|key| words.own(rules::of_department(&values, key)));
        sheet.add(&row([&department.name, "", ""], starts))?;
        defaults.insert(department.id, values);
    }
    let defaults = Arc::new(defaults);
    let mut count = 0_usize;
    let mut batches = pin!(batches(who.company, &state.store));
    while let Some(batch) = batches.try_next().await? {
        count += batch.len();
        let ids: Vec<_> = batch.iter().map(|operator| operator.id).collect();
        let own = option_values::of_operators(who.company, &state.store, &ids).await?;
        let (words, defaults) = (Arc::clone(&words), Arc::clone(&defaults));
        let rows = batch.into_iter().map(
            move |Operator { id, department, department_name, login, name, .. }| {
                let nothing = Values::new();
                let of_department = defaults.get(&department).unwrap_or(&nothing);
                let options = rules::effective(of_department, own.get(&id).unwrap_or(&nothing));
                row([&department_name, &login, &name], options.map(|option| words.of_operator(option)))
            },
        );
        sheet = sheet.with(rows).await?;
    }
    let write = state.store.write(who.company).await?;
    note(&write, &who, "operators.export-options", json!({ "count": count })).await?;
    write.commit().await?;
    Ok(sheets::finished(sheet, query.format, &title).await?)
}

fn row(heads: [&str; HEADS.len()], options: [Cell; OptionKey::ALL.len()]) -> Vec<Cell> {
    let head = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    heads.map(head).into_iter().chain(options).collect()
}

/// The words of cells: of a value's own, and of one that is the department's; off and on.
struct Words {
    own: [String; 2],
    inherited: [String; 2],
}

impl Words {
    fn of(language: Language) -> Self {
        let own = ["sheet-off", "sheet-on"].map(|id| text(language, id));
        let inherited = own.clone().map(|value| {
            let values = [("value".to_owned(), json!(value))].into_iter().collect();
            message(language, "manage-option-default", &values)
        });
        Self { own, inherited }
    }

    fn own(&self, value: bool) -> Cell {
        let [off, on] = &self.own;
        Cell::Text(if value { on } else { off }.clone())
    }

    fn of_operator(&self, option: Effective) -> Cell {
        let [off, on] = &self.inherited;
        match option.own {
            Some(value) => self.own(value),
            None => Cell::Text(if option.department { on } else { off }.clone()),
        }
    }
}

fn text(language: Language, id: &str) -> String {
    message(language, id, &Map::new())
}
