//! Bodies and handlers.

use crate::{
    body::{Json, Path},
    clock::now_ms,
    fields::NameBody,
    problem::{Problem, code, field_code},
    roles::{Administrator, Operator},
    state::AppState,
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{CompanyId, StoreError, SupportTypeId, support_types};
use utoipa::ToSchema;

/// A support type.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SupportType {
    #[schema(value_type = uuid::Uuid)]
    id: SupportTypeId,
    name: String,
    /// From 1, in the order of the list.
    position: i64,
}

/// The support types that can be chosen, in order.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SupportTypes {
    support_types: Vec<SupportType>,
}

/// Lists the support types.
#[utoipa::path(get, path = "/api/manage/support-types", responses((status = 200, body = SupportTypes)))]
pub(super) async fn list_support_types(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<SupportTypes>, Problem> {
    list(&state, who.company).await
}

/// Lists the support types for the form of a record.
#[utoipa::path(get, path = "/api/console/support-types", responses((status = 200, body = SupportTypes)))]
pub(super) async fn list_support_types_to_choose(
    State(state): State<AppState>,
    who: Operator,
) -> Result<Json<SupportTypes>, Problem> {
    list(&state, who.company).await
}

/// Creates a support type at the end of the list [E-1].
#[utoipa::path(post, path = "/api/manage/support-types", request_body = NameBody,
    responses((status = 201, body = SupportType)))]
pub(super) async fn create_support_type(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<NameBody>,
) -> Result<(StatusCode, Json<SupportType>), Problem> {
    let name = body.checked()?;
    let write = state.store.write(who.company).await?;
    let id = support_types::create(&write, &name, now_ms()).await.map_err(refused)?;
    let created = support_types::find(who.company, &write, id).await?;
    note(&write, &who, "support-types.create", json!({ "name": name })).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(created.into())))
}

/// Renames a support type [E-1].
#[utoipa::path(patch, path = "/api/manage/support-types/{id}", params(("id" = uuid::Uuid, Path)),
    request_body = NameBody, responses((status = 200, body = SupportType)))]
pub(super) async fn rename_support_type(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SupportTypeId>,
    Json(body): Json<NameBody>,
) -> Result<Json<SupportType>, Problem> {
    let name = body.checked()?;
    let write = state.store.write(who.company).await?;
    let before = support_types::find(who.company, &write, id).await?;
    support_types::rename(&write, id, &name).await.map_err(refused)?;
    note(&write, &who, "support-types.rename", json!({ "name": { "from": before.name, "to": name } }))
        .await?;
    write.commit().await?;
    Ok(Json(SupportType { id, name, position: before.position }))
}

/// An order of all support types.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SupportTypeOrder {
    /// Each that can be chosen, once.
    #[schema(value_type = Vec<uuid::Uuid>)]
    ids: Vec<SupportTypeId>,
}

/// Puts the support types into an order [E-2].
#[utoipa::path(put, path = "/api/manage/support-types/order", request_body = SupportTypeOrder,
    responses((status = 200, body = SupportTypes)))]
pub(super) async fn reorder_support_types(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<SupportTypeOrder>,
) -> Result<Json<SupportTypes>, Problem> {
    let write = state.store.write(who.company).await?;
    let names = async |write: &_| -> Result<Vec<String>, StoreError> {
        Ok(support_types::list(who.company, write).await?.into_iter().map(|each| each.name).collect())
    };
    let before = names(&write).await?;
    support_types::reorder(&write, &body.ids).await.map_err(|error| match error {
        StoreError::Missing => Problem::new(code::CHANGED_MEANWHILE),
        other => other.into(),
    })?;
    let after = names(&write).await?;
    note(&write, &who, "support-types.reorder", json!({ "order": { "from": before, "to": after } })).await?;
    write.commit().await?;
    list(&state, who.company).await
}

/// Deletes a support type; one that records use is retired, not lost [E-3].
#[utoipa::path(delete, path = "/api/manage/support-types/{id}", params(("id" = uuid::Uuid, Path)),
    responses((status = 204)))]
pub(super) async fn delete_support_type(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<SupportTypeId>,
) -> Result<StatusCode, Problem> {
    let write = state.store.write(who.company).await?;
    let before = support_types::find(who.company, &write, id).await?;
    let kind = match support_types::delete(&write, id, now_ms()).await? {
        support_types::Deleted::Removed => "support-types.delete",
        support_types::Deleted::Retired => "support-types.retire",
    };
    note(&write, &who, kind, json!({ "name": before.name })).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list(state: &AppState, company: CompanyId) -> Result<Json<SupportTypes>, Problem> {
    let all = support_types::list(company, &state.store).await?;
    Ok(Json(SupportTypes { support_types: all.into_iter().map(SupportType::from).collect() }))
}

fn refused(error: StoreError) -> Problem {
    match error {
        StoreError::Taken => Problem::of_field("name", field_code::TAKEN),
        other => other.into(),
    }
}

impl From<support_types::SupportType> for SupportType {
    fn from(kind: support_types::SupportType) -> Self {
        Self { id: kind.id, name: kind.name, position: kind.position }
    }
}
