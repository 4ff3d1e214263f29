//! One operator: bodies and handlers.

use super::{
    error::OperatorError,
    form::{Form, OperatorForm},
};
use crate::{
    body::{Json, Path},
    clock::now_ms,
    confirmation,
    fields::Fields,
    options::{self, OwnOption},
    presence::Presence,
    problem::Problem,
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use store::{
    DepartmentId, OperatorId, StoreError, Write, licences,
    operators::{self, Change, NewOperator},
    web_sessions::{self, Account},
};
use utoipa::ToSchema;

/// A department as others refer to it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DepartmentRef {
    #[schema(value_type = uuid::Uuid)]
    id: DepartmentId,
    name: String,
}

/// 상태 [D-3].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OperatorState)]
pub(super) enum OperatorState {
    /// 오프라인: no console is open.
    Offline,
    /// 온라인: a console is open.
    Online,
    /// 상담중: a customer is there.
    InSession,
}

/// An operator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Operator {
    #[schema(value_type = uuid::Uuid)]
    id: OperatorId,
    login: String,
    name: String,
    department: DepartmentRef,
    #[schema(inline)]
    state: OperatorState,
    #[schema(required)]
    last_sign_in_ms: Option<i64>,
    /// 접속IP(공인): the address that the server saw at the last sign-in.
    #[schema(required)]
    last_address: Option<String>,
    /// 접속IP(사설): the address on the operator's own network, as the browser told it; empty: it keeps it to itself.
    #[schema(required)]
    last_local_address: Option<String>,
    phone: String,
    email: String,
    company_name: String,
    /// 모바일 / 비디오 원격지원 사용.
    is_mobile: bool,
    /// Of what was read; a change names it.
    revision: i64,
}

/// A new operator [D-1].
#[derive(Deserialize, ToSchema)]
#[schema(as = NewOperator)]
pub(super) struct NewOperatorBody {
    #[schema(min_length = 4, max_length = 12, pattern = "^[A-Za-z0-9_-]+$")]
    login: String,
    #[schema(min_length = 8, max_length = 128)]
    password: String,
    password_confirm: String,
    #[serde(flatten)]
    form: OperatorForm,
}

/// A changed operator [D-4].
#[derive(Deserialize, ToSchema)]
#[schema(as = ChangedOperator)]
pub(super) struct ChangedOperatorBody {
    /// Empty: the old one stays.
    password: String,
    password_confirm: String,
    #[serde(flatten)]
    form: OperatorForm,
    /// Own values; keys that are left out stay as they are.
    options: Vec<OwnOption>,
    /// Of the operator as it was read.
    revision: i64,
    /// 관리자 Password [D-5].
    administrator_password: String,
}

/// What a deletion asks for.
#[derive(Deserialize, ToSchema)]
pub(super) struct DeleteOperator {
    /// 관리자 Password [D-5].
    administrator_password: String,
}

/// Creates an operator [D-1].
#[utoipa::path(post, path = "/api/manage/operators", request_body = NewOperatorBody,
    responses((status = 201, body = Operator)))]
pub(super) async fn create_operator(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<NewOperatorBody>,
) -> Result<(StatusCode, Json<Operator>), Problem> {
    let mut fields = Fields::default();
    let login = fields.login("login", &body.login);
    fields.new_password(&body.password, &body.password_confirm);
    let form = body.form.checked(&mut fields);
    fields.finish()?;
    let department = form.department.ok_or(OperatorError::DepartmentUnknown)?;
    let password_hash = state.passwords.hash(&body.password).await?;
    let write = state.store.write(who.company).await?;
    refuse_over_licence(&write, form.is_mobile, Counted::New).await?;
    let id = operators::create(&write, form.new_operator(&login, &password_hash, department)).await;
    let id = id.map_err(OperatorError::of_create)?;
    let created = operators::find(who.company, &write, id).await?;
    let detail = json!({ "login": login, "name": form.name, "department": created.department_name });
    note(&write, &who, "operators.create", detail).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(Operator::new(created, OperatorState::Offline))))
}

/// One operator [D-4].
#[utoipa::path(get, path = "/api/manage/operators/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Operator)))]
pub(super) async fn find_operator(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
) -> Result<Json<Operator>, Problem> {
    let found = operators::find(who.company, &state.store, id).await?;
    Ok(Json(state_now(&state, &who, found)))
}

/// Changes an operator and its own options [D-4, D-5].
#[utoipa::path(put, path = "/api/manage/operators/{id}", params(("id" = uuid::Uuid, Path)),
    request_body = ChangedOperatorBody, responses((status = 200, body = Operator)))]
pub(super) async fn update_operator(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
    Json(body): Json<ChangedOperatorBody>,
) -> Result<Json<Operator>, Problem> {
    // Another company's operator is missing before anything is looked at.
    operators::find(who.company, &state.store, id).await?;
    let mut fields = Fields::default();
    let has_password = !body.password.is_empty() || !body.password_confirm.is_empty();
    if has_password {
        fields.new_password(&body.password, &body.password_confirm);
    }
    let form = body.form.checked(&mut fields);
    fields.finish()?;
    let department = form.department.ok_or(OperatorError::DepartmentUnknown)?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let password_hash = if has_password { Some(state.passwords.hash(&body.password).await?) } else { None };
    let write = state.store.write(who.company).await?;
    let before = operators::find(who.company, &write, id).await?;
    if before.revision != body.revision {
        return Err(OperatorError::ChangedMeanwhile.into());
    }
    if form.is_mobile && !before.is_mobile {
        refuse_over_licence(&write, true, Counted::Already).await?;
    }
    operators::update(&write, id, form.change(department, password_hash.as_deref()))
        .await
        .map_err(OperatorError::of_create)?;
    let option_changes = options::change_own(&write, id, &body.options).await?;
    let after = operators::find(who.company, &write, id).await?;
    let mut detail = difference(&before, &after);
    if has_password {
        // Whoever was signed in with the old one is not any more.
        web_sessions::delete_of(&write, Account::Operator(id), None).await?;
        detail.insert("password".to_owned(), json!({ "from": "•", "to": "•" }));
    }
    detail.insert("login".to_owned(), json!(after.login));
    detail.insert("changes".to_owned(), option_changes);
    note(&write, &who, "operators.update", Value::Object(detail)).await?;
    write.commit().await?;
    if has_password {
        state.rechecks.call(Account::Operator(id));
        state.sessions.end_all(who.company, id).await;
    }
    state.presence.changed(who.company, id);
    Ok(Json(state_now(&state, &who, after)))
}

/// Deletes an operator; records, statistics and log lines keep the ID [D-5, D-6].
#[utoipa::path(post, path = "/api/manage/operators/{id}/delete", params(("id" = uuid::Uuid, Path)),
    request_body = DeleteOperator, responses((status = 204)))]
pub(super) async fn delete_operator(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
    Json(body): Json<DeleteOperator>,
) -> Result<StatusCode, Problem> {
    operators::find(who.company, &state.store, id).await?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    let operator = operators::find(who.company, &write, id).await?;
    operators::delete(&write, id).await?;
    let detail = json!({ "login": operator.login, "name": operator.name });
    note(&write, &who, "operators.delete", detail).await?;
    write.commit().await?;
    state.rechecks.call(Account::Operator(id));
    state.sessions.end_all(who.company, id).await;
    state.presence.changed(who.company, id);
    Ok(StatusCode::NO_CONTENT)
}

/// Signs an operator out everywhere, at once; a live session ends cleanly [D-7].
#[utoipa::path(post, path = "/api/manage/operators/{id}/sign-out", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn end_sign_ins_of_operator(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<OperatorId>,
) -> Result<StatusCode, Problem> {
    let write = state.store.write(who.company).await?;
    let operator = operators::find(who.company, &write, id).await?;
    let ended = web_sessions::delete_of(&write, Account::Operator(id), None).await?;
    note(&write, &who, "operators.sign-out", json!({ "login": operator.login, "sign_ins": ended })).await?;
    write.commit().await?;
    state.rechecks.call(Account::Operator(id));
    state.sessions.end_all(who.company, id).await;
    state.presence.changed(who.company, id);
    Ok(StatusCode::NO_CONTENT)
}

/// Whether an operator is counted already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    New,
    Already,
}

/// D-2: at the limit nothing is created. Within the write, so that two who create at once are counted one after the other.
pub(super) async fn refuse_over_licence(
    write: &Write,
    is_mobile: bool,
    counted: Counted,
) -> Result<(), OperatorError> {
    let licence = licences::find(write.company(), write).await?;
    let used = licences::in_use(write.company(), write).await?;
    if counted == Counted::New && licence.operators <= used.pc + used.pc_and_mobile {
        return Err(OperatorError::LicenceFull { operators: licence.operators });
    }
    if is_mobile && licence.mobile_operators <= used.pc_and_mobile {
        return Err(OperatorError::LicenceMobileFull { operators: licence.mobile_operators });
    }
    Ok(())
}

/// What differs, from what to what.
pub(super) fn difference(before: &operators::Operator, after: &operators::Operator) -> Map<String, Value> {
    let pairs = [
        ("name", json!(before.name), json!(after.name)),
        ("department", json!(before.department_name), json!(after.department_name)),
        ("company_name", json!(before.company_name), json!(after.company_name)),
        ("phone", json!(before.phone), json!(after.phone)),
        ("email", json!(before.email), json!(after.email)),
        ("is_mobile", json!(before.is_mobile), json!(after.is_mobile)),
    ];
    let changed = pairs.into_iter().filter(|(_, from, to)| from != to);
    changed.map(|(field, from, to)| (field.to_owned(), json!({ "from": from, "to": to }))).collect()
}

/// 상태 [D-3]: in a session before online before offline.
pub(super) fn state_of(id: OperatorId, presence: &Presence, busy: &HashSet<OperatorId>) -> OperatorState {
    if busy.contains(&id) {
        OperatorState::InSession
    } else if presence.is_present(id) {
        OperatorState::Online
    } else {
        OperatorState::Offline
    }
}

fn state_now(state: &AppState, who: &Administrator, operator: operators::Operator) -> Operator {
    let busy = state.sessions.operators_in_session(who.company);
    let now = state_of(operator.id, &state.presence, &busy);
    Operator::new(operator, now)
}

impl Operator {
    pub(super) fn new(operator: operators::Operator, state: OperatorState) -> Self {
        Self {
            id: operator.id,
            login: operator.login,
            name: operator.name,
            department: DepartmentRef { id: operator.department, name: operator.department_name },
            state,
            last_sign_in_ms: operator.last_sign_in_ms,
            last_address: operator.last_address,
            last_local_address: operator.last_local_address,
            phone: operator.phone,
            email: operator.email,
            company_name: operator.company_name,
            is_mobile: operator.is_mobile,
            revision: operator.revision,
        }
    }
}

impl Form {
    /// The new account of this form.
    pub(super) fn new_operator<'a>(
        &'a self,
        login: &'a str,
        password_hash: &'a str,
        department: DepartmentId,
    ) -> NewOperator<'a> {
        NewOperator {
            login,
            name: &self.name,
            password_hash,
            department,
            company_name: &self.company_name,
            phone: &self.phone,
            email: &self.email,
            is_mobile: self.is_mobile,
            created_at_ms: now_ms(),
        }
    }

    /// The change to this form.
    pub(super) fn change<'a>(
        &'a self,
        department: DepartmentId,
        password_hash: Option<&'a str>,
    ) -> Change<'a> {
        Change {
            name: &self.name,
            password_hash,
            department,
            company_name: &self.company_name,
            phone: &self.phone,
            email: &self.email,
            is_mobile: self.is_mobile,
        }
    }
}

impl OperatorError {
    fn of_create(error: StoreError) -> Self {
        match error {
            StoreError::Taken => Self::LoginTaken,
            StoreError::Missing => Self::DepartmentUnknown,
            other => other.into(),
        }
    }
}
