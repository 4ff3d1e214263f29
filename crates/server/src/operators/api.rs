//! One operator: bodies and handlers.

use super::error::OperatorError;
use crate::{
    body::{Json, Path},
    clock::now_ms,
    fields::Fields,
    presence::Presence,
    problem::{FieldProblem, Problem, field_code},
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    DepartmentId, OperatorId, StoreError, operators,
    operators::{self as kept, NewOperator},
    sessions,
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
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
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
    phone: String,
    email: String,
    company_name: String,
}

/// A new operator [D-1].
#[derive(Deserialize, ToSchema)]
#[schema(as = NewOperator)]
pub(super) struct NewOperatorBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    #[schema(min_length = 4, max_length = 12, pattern = "^[A-Za-z0-9_-]+$")]
    login: String,
    #[schema(min_length = 8, max_length = 128)]
    password: String,
    password_confirm: String,
    #[schema(min_length = 1, max_length = 60)]
    company_name: String,
    #[schema(value_type = uuid::Uuid)]
    department_id: String,
    #[schema(max_length = 30)]
    phone: String,
    #[schema(max_length = 254)]
    email: String,
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
    let name = fields.name("name", &body.name);
    let login = fields.login("login", &body.login);
    fields.new_password(&body.password, &body.password_confirm);
    let company_name = fields.name("company_name", &body.company_name);
    let department = department_field(&mut fields, &body.department_id);
    let phone = fields.phone("phone", &body.phone);
    let email = fields.email("email", &body.email);
    fields.finish()?;
    let department = department.ok_or(OperatorError::DepartmentUnknown)?;
    let password_hash = state.passwords.hash(&body.password).await?;
    let write = state.store.write(who.company).await?;
    let new = NewOperator {
        login: &login,
        name: &name,
        password_hash: &password_hash,
        department,
        company_name: &company_name,
        phone: &phone,
        email: &email,
        created_at_ms: now_ms(),
    };
    let id = operators::create(&write, new).await.map_err(|error| match error {
        StoreError::Taken => OperatorError::LoginTaken,
        StoreError::Missing => OperatorError::DepartmentUnknown,
        other => other.into(),
    })?;
    let created = operators::find(who.company, &write, id).await?;
    let detail = json!({ "login": login, "name": name, "department": created.department_name });
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
    let busy = sessions::operators_in_session(who.company, &state.store).await?;
    Ok(Json(Operator::new(found, state_of(id, &state.presence, &busy))))
}

fn department_field(fields: &mut Fields, given: &str) -> Option<DepartmentId> {
    let parsed = given.parse().ok();
    if parsed.is_none() {
        let code = if given.trim().is_empty() { field_code::REQUIRED } else { field_code::UNKNOWN };
        fields.refuse(FieldProblem::new("department_id", code));
    }
    parsed
}

/// 상태 [D-3]: in a session before online before offline.
pub(super) fn state_of(id: OperatorId, presence: &Presence, busy: &[OperatorId]) -> OperatorState {
    if busy.contains(&id) {
        OperatorState::InSession
    } else if presence.is_present(id) {
        OperatorState::Online
    } else {
        OperatorState::Offline
    }
}

impl Operator {
    pub(super) fn new(operator: kept::Operator, state: OperatorState) -> Self {
        Self {
            id: operator.id,
            login: operator.login,
            name: operator.name,
            department: DepartmentRef { id: operator.department, name: operator.department_name },
            state,
            last_sign_in_ms: operator.last_sign_in_ms,
            phone: operator.phone,
            email: operator.email,
            company_name: operator.company_name,
        }
    }
}
