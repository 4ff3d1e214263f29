//! Bodies and handlers.

use super::error::ApiTokenError;
use crate::{
    body::{Json, Path},
    clock::now_ms,
    confirmation,
    fields::Fields,
    problem::{FieldProblem, Problem, field_code},
    roles::Administrator,
    secrets::token_hash,
    state::AppState,
    tokens::{self, Scope},
    usage_log::note,
};
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    ApiTokenId,
    api_tokens::{self as kept, NewApiToken},
};
use utoipa::ToSchema;

/// Tokens of an administrator that work, at most.
const TOKENS: u64 = 20;
/// How long a token works, in days.
const DAYS: std::ops::RangeInclusive<i64> = 1..=365;
/// Where no time is given.
const DEFAULT_DAYS: i64 = 90;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A token, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApiToken {
    #[schema(value_type = uuid::Uuid)]
    id: ApiTokenId,
    name: String,
    scopes: Vec<String>,
    created_at_ms: i64,
    expires_at_ms: i64,
    /// When it was taken back.
    #[schema(required)]
    revoked_at_ms: Option<i64>,
    /// Its last request, to the minute.
    #[schema(required)]
    last_used_at_ms: Option<i64>,
    /// Where that came from.
    #[schema(required)]
    last_used_address: Option<String>,
}

/// The administrator's own tokens, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApiTokens {
    tokens: Vec<ApiToken>,
    /// Every scope there is.
    scopes: Vec<&'static str>,
}

/// A new token.
#[derive(Deserialize, ToSchema)]
#[schema(as = NewApiToken)]
pub(super) struct NewApiTokenBody {
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// At least one of those that the list of tokens names.
    #[schema(min_items = 1)]
    scopes: Vec<String>,
    /// How long it works; 90 days where not given.
    #[schema(minimum = 1, maximum = 365)]
    days: Option<i64>,
    /// 관리자 Password.
    administrator_password: String,
}

/// A token that was just made.
#[derive(Serialize, ToSchema)]
pub(super) struct CreatedApiToken {
    token: ApiToken,
    /// For `Authorization: Bearer …`. It is shown here once and kept nowhere.
    secret: String,
}

/// What taking a token back needs.
#[derive(Deserialize, ToSchema)]
pub(super) struct RevokeApiToken {
    /// 관리자 Password.
    administrator_password: String,
}

/// Lists the administrator's own tokens.
#[utoipa::path(get, path = "/api/manage/api-tokens", responses((status = 200, body = ApiTokens)))]
pub(super) async fn list_api_tokens(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<ApiTokens>, Problem> {
    let tokens = kept::list(who.company, &state.store, who.id).await?;
    let scopes = Scope::ALL.iter().map(|scope| scope.name()).collect();
    Ok(Json(ApiTokens { tokens: tokens.into_iter().map(ApiToken::from).collect(), scopes }))
}

/// Makes a token.
#[utoipa::path(post, path = "/api/manage/api-tokens", request_body = NewApiTokenBody,
    responses((status = 201, body = CreatedApiToken)))]
pub(super) async fn create_api_token(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<NewApiTokenBody>,
) -> Result<(StatusCode, Json<CreatedApiToken>), Problem> {
    let mut fields = Fields::default();
    let name = fields.name("name", &body.name);
    let scopes = scopes(&mut fields, &body.scopes);
    let days = body.days.unwrap_or(DEFAULT_DAYS);
    if !DAYS.contains(&days) {
        let range = FieldProblem::new("days", field_code::RANGE);
        fields.refuse(range.with("min", *DAYS.start()).with("max", *DAYS.end()));
    }
    fields.finish()?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let secret = tokens::new_secret();
    let now_ms = now_ms();
    let write = state.store.write(who.company).await?;
    if TOKENS <= kept::count_working(who.company, &write, who.id, now_ms).await? {
        return Err(ApiTokenError::Full { max: TOKENS }.into());
    }
    let new = NewApiToken {
        administrator: who.id,
        name: &name,
        token_hash: &token_hash(&secret),
        scopes: &scopes,
        created_at_ms: now_ms,
        expires_at_ms: now_ms + days * DAY_MS,
    };
    let id = kept::create(&write, new).await?;
    let token = kept::find(who.company, &write, who.id, id).await?;
    let detail = json!({ "name": name, "scopes": scopes, "days": days });
    note(&write, &who, "access.token-create", detail).await?;
    write.commit().await?;
    Ok((StatusCode::CREATED, Json(CreatedApiToken { token: token.into(), secret })))
}

/// Takes a token back.
#[utoipa::path(post, path = "/api/manage/api-tokens/{id}/revoke", params(("id" = uuid::Uuid, Path)),
    request_body = RevokeApiToken, responses((status = 204)))]
pub(super) async fn revoke_api_token(
    State(state): State<AppState>,
    who: Administrator,
    Path(id): Path<ApiTokenId>,
    Json(body): Json<RevokeApiToken>,
) -> Result<StatusCode, Problem> {
    kept::find(who.company, &state.store, who.id, id).await?;
    confirmation::check(&state, &who, &body.administrator_password).await?;
    let write = state.store.write(who.company).await?;
    let token = kept::find(who.company, &write, who.id, id).await?;
    if token.revoked_at_ms.is_none() {
        kept::revoke(&write, id, now_ms()).await?;
        note(&write, &who, "access.token-revoke", json!({ "name": token.name })).await?;
        write.commit().await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Each scope once, in the order of [`Scope::ALL`].
fn scopes(fields: &mut Fields, given: &[String]) -> Vec<&'static str> {
    if given.is_empty() {
        fields.refuse(FieldProblem::new("scopes", field_code::REQUIRED));
    }
    for name in given {
        if !Scope::ALL.iter().any(|scope| scope.name() == name) {
            fields.refuse(FieldProblem::new("scopes", field_code::UNKNOWN));
            break;
        }
    }
    Scope::ALL.iter().map(|scope| scope.name()).filter(|name| given.iter().any(|one| one == name)).collect()
}

impl From<kept::ApiToken> for ApiToken {
    fn from(token: kept::ApiToken) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scopes: token.scopes,
            created_at_ms: token.created_at_ms,
            expires_at_ms: token.expires_at_ms,
            revoked_at_ms: token.revoked_at_ms,
            last_used_at_ms: token.last_used_at_ms,
            last_used_address: token.last_used_address,
        }
    }
}
