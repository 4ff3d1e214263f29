//! Bodies and handlers.

use super::{
    registry::OptionKey,
    rules::{Effective, load, of_department},
};
use crate::{
    body::{Json, Path},
    clock::now_ms,
    locks::{Locks, Whose},
    problem::{FieldProblem, Problem, code, field_code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{DepartmentId, OperatorId, administrators, departments, key_of, operators, option_values};
use utoipa::ToSchema;

/// One option and its value.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
struct OptionValue {
    key: String,
    value: bool,
}

/// A department's defaults.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct DepartmentOptions {
    options: Vec<OptionValue>,
}

/// One option of an operator.
#[derive(Debug, Serialize, ToSchema)]
struct OperatorOption {
    key: &'static str,
    /// The department's default.
    department: bool,
    /// The operator's own; null: none.
    #[schema(required)]
    own: Option<bool>,
    /// Which of the two counts.
    value: bool,
}

/// An operator's options.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OperatorOptions {
    options: Vec<OperatorOption>,
}

/// One own value; null: back to the department's.
#[derive(Debug, Deserialize, ToSchema)]
struct OwnOption {
    key: String,
    #[schema(required)]
    own: Option<bool>,
}

/// An operator's own values.
#[derive(Deserialize, ToSchema)]
pub(super) struct OwnOptions {
    options: Vec<OwnOption>,
    /// 관리자 Password [D-5].
    administrator_password: String,
}

/// A department's defaults [C-3].
#[utoipa::path(get, path = "/api/manage/departments/{id}/options", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = DepartmentOptions)))]
pub(super) async fn list_department_options(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<DepartmentId>,
) -> Result<Json<DepartmentOptions>, Problem> {
    departments::find(who.company, &state.store, id).await?;
    let values = option_values::of_department(who.company, &state.store, id).await?;
    Ok(Json(department_options(&values)))
}

/// Changes a department's defaults; keys that are left out stay as they are.
#[utoipa::path(put, path = "/api/manage/departments/{id}/options", params(("id" = uuid::Uuid, Path)),
    request_body = DepartmentOptions, responses((status = 200, body = DepartmentOptions)))]
pub(super) async fn update_department_options(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<DepartmentId>,
    Json(body): Json<DepartmentOptions>,
) -> Result<Json<DepartmentOptions>, Problem> {
    let wanted = parsed(body.options.iter().map(|option| (option.key.as_str(), option.value)))?;
    let write = state.store.write(who.company).await?;
    let department = departments::find(who.company, &write, id).await?;
    let before = option_values::of_department(who.company, &write, id).await?;
    let mut changes = Vec::new();
    for (key, value) in wanted {
        let from = of_department(&before, key);
        if from != value {
            changes.push(json!({ "key": key.name(), "from": from, "to": value }));
        }
        option_values::set_of_department(&write, id, key.name(), value).await?;
    }
    let detail = json!({ "name": department.name, "changes": Value::Array(changes) });
    note(&write, &who, "departments.options", detail).await?;
    let after = option_values::of_department(who.company, &write, id).await?;
    write.commit().await?;
    Ok(Json(department_options(&after)))
}

/// An operator's options [D-4].
#[utoipa::path(get, path = "/api/manage/operators/{id}/options", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = OperatorOptions)))]
pub(super) async fn list_operator_options(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
) -> Result<Json<OperatorOptions>, Problem> {
    Ok(Json(operator_options(load(who.company, &state.store, id).await?)))
}

/// Changes an operator's own values [D-4, D-5]; keys that are left out stay as they are.
#[utoipa::path(put, path = "/api/manage/operators/{id}/options", params(("id" = uuid::Uuid, Path)),
    request_body = OwnOptions, responses((status = 200, body = OperatorOptions)))]
pub(super) async fn update_operator_options(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
    Json(body): Json<OwnOptions>,
) -> Result<Json<OperatorOptions>, Problem> {
    let wanted = parsed(body.options.iter().map(|option| (option.key.as_str(), option.own)))?;
    // Another company's operator is missing before any password is looked at.
    operators::find(who.company, &state.store, id).await?;
    check_password(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    let operator = operators::find(who.company, &write, id).await?;
    let before = load(who.company, &write, id).await?;
    let mut changes = Vec::new();
    for (key, own) in wanted {
        let from = before.iter().find(|option| option.key == key).and_then(|option| option.own);
        if from != own {
            changes.push(json!({ "key": key.name(), "from": from, "to": own }));
        }
        option_values::set_of_operator(&write, id, key.name(), own).await?;
    }
    let detail = json!({ "login": operator.login, "changes": Value::Array(changes) });
    note(&write, &who, "operators.options", detail).await?;
    let after = load(who.company, &write, id).await?;
    write.commit().await?;
    Ok(Json(operator_options(after)))
}

/// 관리자 Password [D-5]. Guesses are counted and locked like those of sign-ins, so that a session that was stolen, or left
/// open, is no place to find it out.
async fn check_password(state: &AppState, who: &Administrator, given: &str) -> Result<(), Problem> {
    if given.is_empty() {
        return Err(Problem::of_field("administrator_password", field_code::REQUIRED));
    }
    state.sign_ins.count(who.client.address)?;
    let whose =
        Whose { role: "administrator", company: who.company.to_string(), login: key_of(&who.account.login) };
    // Whoever has the session is no stranger, and is held to what is guessed in it.
    let locks = Locks::new(&whose, who.client.address, Some(&who.session.token_hash));
    refuse_locked(locks.until_ms(state, now_ms()).await?)?;
    let kept = administrators::find(who.company, &state.store, who.id).await?.password_hash;
    let is_right = state.passwords.verify(Some(&kept), given).await?;
    // Guesses that were under way while others locked the account learn nothing either.
    refuse_locked(locks.until_ms(state, now_ms()).await?)?;
    if is_right {
        return Ok(locks.clear(state).await?);
    }
    let until_ms = locks.add(state, now_ms()).await?;
    let kind = if until_ms.is_some() { "access.password-locked" } else { "access.password-wrong" };
    let write = state.store.write(who.company).await?;
    note(&write, who, kind, json!({})).await?;
    write.commit().await?;
    refuse_locked(until_ms)?;
    Err(Problem::of_field("administrator_password", field_code::PASSWORD_WRONG))
}

fn refuse_locked(until_ms: Option<i64>) -> Result<(), Problem> {
    let Some(until_ms) = until_ms else { return Ok(()) };
    let retry_after_s = (until_ms - now_ms()).max(0) / 1000 + 1;
    Err(Problem::new(code::SIGN_IN_LOCKED).with("retry_after_s", retry_after_s))
}

/// Keys of the registry, each at most once.
fn parsed<'a, V>(given: impl Iterator<Item = (&'a str, V)>) -> Result<Vec<(OptionKey, V)>, Problem> {
    let mut wanted: Vec<(OptionKey, V)> = Vec::new();
    let mut errors = Vec::new();
    for (position, (name, value)) in given.enumerate() {
        let field = || format!("options.{position}.key");
        match OptionKey::parse(name) {
            None => errors.push(FieldProblem::new(field(), field_code::UNKNOWN)),
            Some(key) if wanted.iter().any(|(other, _)| *other == key) => {
                errors.push(FieldProblem::new(field(), field_code::TWICE));
            }
            Some(key) => wanted.push((key, value)),
        }
    }
    if errors.is_empty() { Ok(wanted) } else { Err(Problem::of_fields(errors)) }
}

fn department_options(values: &option_values::Values) -> DepartmentOptions {
    let option =
        |key: OptionKey| OptionValue { key: key.name().to_owned(), value: of_department(values, key) };
    DepartmentOptions { options: OptionKey::ALL.into_iter().map(option).collect() }
}

fn operator_options(options: [Effective; OptionKey::ALL.len()]) -> OperatorOptions {
    let body = |option: Effective| OperatorOption {
        key: option.key.name(),
        department: option.department,
        own: option.own,
        value: option.value(),
    };
    OperatorOptions { options: options.into_iter().map(body).collect() }
}
