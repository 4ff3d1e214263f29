//! Bodies and handlers.

use super::error::DepartmentError;
use crate::{
    body::{Json, Path},
    clock::now_ms,
    fields::NameBody,
    options,
    problem::Problem,
    roles::Administrator,
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::Serialize;
use serde_json::json;
use store::{DepartmentId, departments};
use utoipa::ToSchema;

/// A department.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Department {
    #[schema(value_type = uuid::Uuid)]
    id: DepartmentId,
    name: String,
    operator_count: i64,
}

/// Every department of the company, by name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Departments {
    departments: Vec<Department>,
}

/// Lists the departments.
#[utoipa::path(get, path = "/api/manage/departments", responses((status = 200, body = Departments)))]
pub(super) async fn list_departments(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<Departments>, Problem> {
    let all = departments::list(who.company, &state.store).await?;
    Ok(Json(Departments { departments: all.into_iter().map(Department::from).collect() }))
}

/// Creates a department [C-1].
#[utoipa::path(post, path = "/api/manage/departments", request_body = NameBody,
    responses((status = 201, body = Department)))]
pub(super) async fn create_department(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<NameBody>,
) -> Result<(StatusCode, Json<Department>), Problem> {
    let name = body.checked()?;
    let write = state.store.write(who.company).await?;
    let id = departments::create(&write, &name, &options::at_start(), now_ms())
        .await
        .map_err(DepartmentError::from)?;
    note(&write, &who, "departments.create", json!({ "name": name })).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(Department { id, name, operator_count: 0 })))
}

/// Renames a department [C-2].
#[utoipa::path(patch, path = "/api/manage/departments/{id}", params(("id" = uuid::Uuid, Path)),
    request_body = NameBody, responses((status = 200, body = Department)))]
pub(super) async fn rename_department(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<DepartmentId>,
    Json(body): Json<NameBody>,
) -> Result<Json<Department>, Problem> {
    let name = body.checked()?;
    let write = state.store.write(who.company).await?;
    let before = departments::find(who.company, &write, id).await?;
    departments::rename(&write, id, &name).await.map_err(DepartmentError::from)?;
    note(&write, &who, "departments.rename", json!({ "name": { "from": before.name, "to": name } })).await?;
    write.commit().await?;
    Ok(Json(Department { id, name, operator_count: before.operator_count }))
}

/// Deletes a department [C-4]: not the last, and none that has operators.
#[utoipa::path(delete, path = "/api/manage/departments/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn delete_department(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<DepartmentId>,
) -> Result<StatusCode, Problem> {
    let write = state.store.write(who.company).await?;
    let department = departments::find(who.company, &write, id).await?;
    if 0 < department.operator_count {
        return Err(DepartmentError::NotEmpty { operators: department.operator_count }.into());
    }
    if departments::count(who.company, &write).await? <= 1 {
        return Err(DepartmentError::Last.into());
    }
    departments::delete(&write, id).await?;
    note(&write, &who, "departments.delete", json!({ "name": department.name })).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<departments::Department> for Department {
    fn from(department: departments::Department) -> Self {
        Self { id: department.id, name: department.name, operator_count: department.operator_count }
    }
}
