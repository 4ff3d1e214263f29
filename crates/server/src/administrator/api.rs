//! Bodies and handlers.

use super::error::ActivationError;
use crate::{
    body::{Json, Path},
    client::Client,
    clock::now_ms,
    fields::Fields,
    problem::Problem,
    secrets::token_hash,
    state::AppState,
    usage_log::{Actor, note_of},
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    StoreError, activations,
    administrators::{self, NewAdministrator},
    companies,
};
use utoipa::ToSchema;

/// Whose administrator the link makes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Activation {
    company_name: String,
    short_name: String,
}

/// The new administrator.
#[derive(Deserialize, ToSchema)]
pub(super) struct Activate {
    #[schema(min_length = 4, max_length = 12, pattern = "^[A-Za-z0-9_-]+$")]
    login: String,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    #[schema(min_length = 1, max_length = 254)]
    email: String,
    #[schema(min_length = 8, max_length = 128)]
    password: String,
    password_confirm: String,
}

/// Whose administrator an activation link makes.
#[utoipa::path(get, path = "/api/manage/activation/{token}", params(("token" = String, Path)),
    responses((status = 200, body = Activation)))]
pub(super) async fn find_activation(
    State(state): State<AppState>,
    client: Client,
    Path(token): Path<String>,
) -> Result<Json<Activation>, Problem> {
    state.activations.count(client.address)?;
    let company = activations::find(&state.store, &token_hash(&token), now_ms()).await?;
    let company = companies::find(company.ok_or(ActivationError::Unknown)?, &state.store).await?;
    Ok(Json(Activation { company_name: company.name, short_name: company.short_name }))
}

/// Makes the administrator, and uses the link up.
#[utoipa::path(post, path = "/api/manage/activation/{token}", params(("token" = String, Path)),
    request_body = Activate, responses((status = 204)))]
pub(super) async fn activate(
    State(state): State<AppState>,
    client: Client,
    Path(token): Path<String>,
    Json(body): Json<Activate>,
) -> Result<StatusCode, Problem> {
    state.activations.count(client.address)?;
    let token_hash = token_hash(&token);
    let company = activations::find(&state.store, &token_hash, now_ms()).await?;
    let company = company.ok_or(ActivationError::Unknown)?;
    let mut fields = Fields::default();
    let login = fields.login("login", &body.login);
    let name = fields.name("name", &body.name);
    let email = fields.required_email("email", &body.email);
    fields.new_password(&body.password, &body.password_confirm);
    fields.finish()?;
    let password_hash = state.passwords.hash(&body.password).await?;
    let write = state.store.write(company).await?;
    activations::use_up(&write, &token_hash, now_ms()).await.map_err(|error| match error {
        StoreError::Missing => ActivationError::Unknown,
        other => other.into(),
    })?;
    let new = NewAdministrator {
        login: &login,
        name: &name,
        email: &email,
        password_hash: &password_hash,
        created_at_ms: now_ms(),
    };
    administrators::create(&write, new).await.map_err(|error| match error {
        StoreError::Taken => ActivationError::LoginTaken,
        other => other.into(),
    })?;
    let actor = Actor { role: "administrator", login: &login, client: &client };
    note_of(&write, actor, "access.activate", json!({ "name": name })).await?;
    write.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
