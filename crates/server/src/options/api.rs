//! Bodies and handlers.

use super::{
    registry::{Effect, OptionKey, OptionTable},
    rules::{OperatorValues, at_start, load, of_department},
};
use crate::{
    body::{Json, Path},
    confirmation,
    problem::{FieldProblem, Problem, field_code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{
    DepartmentId, OperatorId, StoreError, Write, departments, operators,
    option_values::{self, Values},
};
use utoipa::ToSchema;

/// Where an option stands, and on which others it depends.
#[derive(Debug, Serialize, ToSchema)]
struct OptionRule {
    key: &'static str,
    #[schema(inline)]
    table: OptionTable,
    /// Without any of these it has no effect; empty: it stands alone.
    needs: Vec<&'static str>,
    /// While this one is on, it has no effect.
    #[schema(required)]
    beaten_by: Option<&'static str>,
    /// While this one is on, it is part of it.
    #[schema(required)]
    included_in: Option<&'static str>,
    /// Only for operators with mobile support.
    mobile: bool,
    /// Something follows it in this release; else it is kept for the one that does.
    in_effect: bool,
}

/// One option and its default in a department.
#[derive(Debug, Serialize, ToSchema)]
struct DepartmentOption {
    #[serde(flatten)]
    rule: OptionRule,
    value: bool,
}

/// A department's defaults, in the order of the tables.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DepartmentOptions {
    options: Vec<DepartmentOption>,
}

/// One option and its new value.
#[derive(Debug, Deserialize, ToSchema)]
struct OptionValue {
    key: String,
    value: bool,
}

/// New defaults; keys that are left out stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct OptionValues {
    options: Vec<OptionValue>,
}

/// One option of an operator.
#[derive(Debug, Serialize, ToSchema)]
struct OperatorOption {
    #[serde(flatten)]
    rule: OptionRule,
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
pub(crate) struct OwnOption {
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
    request_body = OptionValues, responses((status = 200, body = DepartmentOptions)))]
pub(super) async fn update_department_options(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<DepartmentId>,
    Json(body): Json<OptionValues>,
) -> Result<Json<DepartmentOptions>, Problem> {
    let wanted = parsed(body.options.iter().map(|option| (option.key.as_str(), option.value)))?;
    let write = state.store.write(who.company).await?;
    let department = departments::find(who.company, &write, id).await?;
    let before = option_values::of_department(who.company, &write, id).await?;
    let mut changes = Vec::new();
    // Once it keeps one, what it does not keep is off.
    let mut kept = if before.is_empty() { at_start() } else { Values::new() };
    for (key, value) in wanted {
        let from = of_department(&before, key);
        if from != value {
            changes.push(json!({ "key": key.name(), "from": from, "to": value }));
        }
        kept.insert(key.name().to_owned(), value);
    }
    for (key, value) in &kept {
        option_values::set_of_department(&write, id, key, *value).await?;
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
    Ok(Json(operator_options(&load(who.company, &state.store, id).await?)))
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
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    let operator = operators::find(who.company, &write, id).await?;
    let changes = set_own(&write, id, wanted).await?;
    // Whoever has the operator's page open is told at the save.
    operators::set_changed(&write, id).await?;
    let detail = json!({ "login": operator.login, "changes": changes });
    note(&write, &who, "operators.options", detail).await?;
    let after = load(who.company, &write, id).await?;
    write.commit().await?;
    Ok(Json(operator_options(&after)))
}

/// Sets own values, within a change of the operator. Gives what changed, for the usage log. Errors: unknown or doubled keys, at
/// their fields.
pub(crate) async fn change_own(
    write: &Write,
    id: OperatorId,
    options: &[OwnOption],
) -> Result<Value, Problem> {
    let wanted = parsed(options.iter().map(|option| (option.key.as_str(), option.own)))?;
    Ok(set_own(write, id, wanted).await?)
}

async fn set_own(
    write: &Write,
    id: OperatorId,
    wanted: Vec<(OptionKey, Option<bool>)>,
) -> Result<Value, StoreError> {
    let before = load(write.company(), write, id).await?;
    let mut changes = Vec::new();
    for (key, own) in wanted {
        let from = before.options.iter().find(|option| option.key == key).and_then(|option| option.own);
        if from != own {
            changes.push(json!({ "key": key.name(), "from": from, "to": own }));
            option_values::set_of_operator(write, id, key.name(), own).await?;
        }
    }
    Ok(Value::Array(changes))
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

fn department_options(values: &Values) -> DepartmentOptions {
    let option = |key| DepartmentOption { rule: OptionRule::of(key), value: of_department(values, key) };
    DepartmentOptions { options: OptionKey::ALL.into_iter().map(option).collect() }
}

fn operator_options(values: &OperatorValues) -> OperatorOptions {
    let options = values.options.iter().map(|option| OperatorOption {
        rule: OptionRule::of(option.key),
        department: option.department,
        own: option.own,
        value: option.value(),
    });
    OperatorOptions { options: options.collect() }
}

impl OptionRule {
    fn of(key: OptionKey) -> Self {
        Self {
            key: key.name(),
            table: key.table(),
            needs: key.needs().iter().map(|base| base.name()).collect(),
            beaten_by: key.is_beaten_by_view_only().then_some(OptionKey::ViewOnly.name()),
            included_in: key.included_in().map(OptionKey::name),
            mobile: key.is_mobile(),
            in_effect: key.effect() != Effect::Later,
        }
    }
}
