//! Operators from a file [D-8]: first a preview that lists every bad row, then the rows that were chosen, some at a time, so that
//! the page shows how far it is and can be stopped. What is brought in is checked like what is typed.

mod check;
mod file;
mod places;

#[cfg(test)]
mod tests;

use super::{
    api::{Counted, difference, refuse_over_licence},
    error::OperatorError,
};
use crate::{
    body::{File, Json},
    confirmation,
    problem::{FieldProblem, Problem, code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use check::{Known, Wanted};
use file::{FileError, Row};
use places::Places;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashSet;
use store::{
    DepartmentId, OperatorId, StoreError, Write, departments, operators,
    web_sessions::{self, Account},
};
use utoipa::ToSchema;

/// Rows that are brought in at once: each new password takes a tenth of a second to compute.
const ROWS_AT_ONCE: usize = 50;

/// A row of the file, as text.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
struct ImportRow {
    /// In the file, from 1.
    #[schema(value_type = i64)]
    line: usize,
    login: String,
    name: String,
    /// Empty for an operator that exists: the old one stays.
    password: String,
    company_name: String,
    /// The department's name.
    department: String,
    phone: String,
    email: String,
    /// 사용 or 사용안함, in either language; empty: as it is, else 사용안함.
    mobile: String,
    /// The operator as the preview found it; null: there was none. A row whose operator was changed since, or is another one of the
    /// same ID, is refused.
    #[serde(default)]
    #[schema(required)]
    found: Option<Found>,
}

/// An operator as a preview found it. One that was deleted and made again begins with the same revision, and is another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
struct Found {
    #[schema(value_type = uuid::Uuid)]
    id: OperatorId,
    revision: i64,
}

impl From<&operators::Operator> for Found {
    fn from(operator: &operators::Operator) -> Self {
        Self { id: operator.id, revision: operator.revision }
    }
}

/// What a row would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ImportAction {
    Create,
    Update,
    /// It says what is there already.
    Nothing,
}

/// A row and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
struct PreviewRow {
    #[serde(flatten)]
    row: ImportRow,
    #[schema(inline)]
    action: ImportAction,
    errors: Vec<FieldProblem>,
}

/// Every row of a file, checked.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportPreview {
    rows: Vec<PreviewRow>,
}

/// Rows to bring in.
#[derive(Deserialize, ToSchema)]
pub(super) struct ImportRows {
    /// At most 50 at once.
    rows: Vec<ImportRow>,
    /// 관리자 Password [D-5].
    administrator_password: String,
}

/// What was done.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Imported {
    created: i64,
    updated: i64,
}

/// Checks a file of operators, CSV or `.xlsx`, and changes nothing [D-8].
#[utoipa::path(post, path = "/api/manage/operators/import/preview",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ImportPreview)))]
pub(super) async fn preview_import(
    State(state): State<AppState>,
    who: Administrator,
    File(file): File,
) -> Result<Json<ImportPreview>, Problem> {
    let read = tokio::task::spawn_blocking(move || file::read(&file)).await;
    let rows = read.map_err(|_| Problem::new(code::IMPORT_UNREADABLE))??;
    let known = Known::load(who.company, &state.store).await?;
    let mut places = Places::load(who.company, &state.store).await?;
    let mut previewed = Vec::new();
    let mut earlier = HashSet::new();
    for mut row in rows.into_iter().map(ImportRow::from) {
        let before = known.find(who.company, &state.store, &row.login).await?;
        row.found = before.as_ref().map(Found::from);
        let mut checked = check::row(&row, before.as_ref(), &known, &mut earlier);
        places.take(&mut checked, before.as_ref());
        previewed.push(PreviewRow { row, action: checked.action, errors: checked.errors });
    }
    Ok(Json(ImportPreview { rows: previewed }))
}

/// Brings rows in, all of them or none [D-8].
#[utoipa::path(post, path = "/api/manage/operators/import", request_body = ImportRows,
    responses((status = 200, body = Imported)))]
pub(super) async fn import_operators(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<ImportRows>,
) -> Result<Json<Imported>, Problem> {
    if ROWS_AT_ONCE < body.rows.len() {
        return Err(Problem::new(code::TOO_LARGE));
    }
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let wanted = checked(&state, &who, &body.rows).await?;
    let mut hashes = Vec::new();
    for (_, _, row) in &wanted {
        hashes.push(match row.password.as_str() {
            "" => None,
            password => Some(state.passwords.hash(password).await?),
        });
    }
    let write = state.store.write(who.company).await?;
    let mut done = Imported::default();
    let mut changed = Vec::new();
    let mut refused = Vec::new();
    for ((position, found, row), hash) in wanted.iter().zip(&hashes) {
        let before = operators::find_by_login(who.company, &write, &row.login).await?;
        let before = before.map(|before| before.operator);
        let is_as_found = before.as_ref().map(Found::from) == *found;
        let brought = match (before, hash.as_deref()) {
            (Some(before), hash) if is_as_found => {
                done.updated += 1;
                changed.push((before.id, hash.is_some()));
                update(&write, &who, &before, row, hash).await
            }
            // A row without a password is good only where its operator exists.
            (None, Some(hash)) if is_as_found => {
                done.created += 1;
                create(&write, &who, row, hash).await
            }
            _ => Err(OperatorError::ChangedMeanwhile),
        };
        if let Err(error) = brought {
            let Some(fault) = fault_of(&error, *position) else { return Err(error.into()) };
            refused.push(fault);
        }
    }
    if !refused.is_empty() {
        return Err(Problem::of_fields(refused));
    }
    write.commit().await?;
    for (operator, has_password) in changed {
        if has_password {
            state.rechecks.call(Account::Operator(operator));
            state.sessions.end_all(who.company, operator).await;
        }
        state.presence.changed(who.company, operator);
    }
    Ok(Json(done))
}

/// What the good rows ask for, each with its position, and the operator that it was seen to change. Errors: every bad one.
async fn checked(
    state: &AppState,
    who: &Administrator,
    rows: &[ImportRow],
) -> Result<Vec<(usize, Option<Found>, Wanted)>, Problem> {
    let known = Known::load(who.company, &state.store).await?;
    let mut wanted = Vec::new();
    let mut errors = Vec::new();
    let mut earlier = HashSet::new();
    for (position, row) in rows.iter().enumerate() {
        let before = known.find(who.company, &state.store, &row.login).await?;
        if before.as_ref().map(Found::from) != row.found {
            // Empty cells are filled with what is there, and the administrator saw what was there.
            errors.extend(fault_of(&OperatorError::ChangedMeanwhile, position));
            continue;
        }
        let checked = check::row(row, before.as_ref(), &known, &mut earlier);
        errors.extend(checked.errors.into_iter().map(|error| error.within(&format!("rows.{position}"))));
        wanted.extend(checked.wanted.map(|wanted| (position, row.found, wanted)));
    }
    if errors.is_empty() { Ok(wanted) } else { Err(Problem::of_fields(errors)) }
}

/// What is wrong with the row at a position; `None`: the error is about no row.
fn fault_of(error: &OperatorError, position: usize) -> Option<FieldProblem> {
    Some(error.of_row()?.within(&format!("rows.{position}")))
}

/// The row's department, which may be gone since the row was looked at.
async fn department_of(write: &Write, row: &Wanted) -> Result<DepartmentId, OperatorError> {
    let department = row.form.department.ok_or(OperatorError::DepartmentUnknown)?;
    match departments::find(write.company(), write, department).await {
        Ok(_) => Ok(department),
        Err(StoreError::Missing) => Err(OperatorError::DepartmentUnknown),
        Err(other) => Err(other.into()),
    }
}

async fn create(write: &Write, who: &Administrator, row: &Wanted, hash: &str) -> Result<(), OperatorError> {
    refuse_over_licence(write, row.form.is_mobile, Counted::New).await?;
    let department = department_of(write, row).await?;
    operators::create(write, row.form.new_operator(&row.login, hash, department)).await?;
    let detail = json!({ "login": row.login, "name": row.form.name, "by": "import" });
    Ok(note(write, who, "operators.create", detail).await?)
}

async fn update(
    write: &Write,
    who: &Administrator,
    before: &operators::Operator,
    row: &Wanted,
    hash: Option<&str>,
) -> Result<(), OperatorError> {
    if row.form.is_mobile && !before.is_mobile {
        refuse_over_licence(write, true, Counted::Already).await?;
    }
    let department = department_of(write, row).await?;
    operators::update(write, before.id, row.form.change(department, hash)).await?;
    let after = operators::find(write.company(), write, before.id).await?;
    let mut detail = difference(before, &after);
    if hash.is_some() {
        web_sessions::delete_of(write, Account::Operator(before.id), None).await?;
        detail.insert("password".to_owned(), json!({ "from": "•", "to": "•" }));
    }
    detail.insert("login".to_owned(), json!(before.login));
    detail.insert("by".to_owned(), json!("import"));
    Ok(note(write, who, "operators.update", Value::Object(detail)).await?)
}

impl From<Row> for ImportRow {
    fn from(row: Row) -> Self {
        use super::columns::Column;
        let mut read = Self { line: row.line, ..Self::default() };
        for (column, value) in row.cells {
            let cell = match column {
                Column::Login => &mut read.login,
                Column::Name => &mut read.name,
                Column::Password => &mut read.password,
                Column::CompanyName => &mut read.company_name,
                Column::Department => &mut read.department,
                Column::Phone => &mut read.phone,
                Column::Email => &mut read.email,
                Column::Mobile => &mut read.mobile,
            };
            *cell = value;
        }
        read
    }
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Unreadable => Self::new(code::IMPORT_UNREADABLE),
            FileError::NoLogin => Self::new(code::IMPORT_NO_LOGIN),
            FileError::Empty => Self::new(code::IMPORT_EMPTY),
            FileError::TooLarge => Self::new(code::IMPORT_TOO_LARGE).with("rows", file::MOST_ROWS),
        }
    }
}
