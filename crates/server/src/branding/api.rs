//! Bodies and handlers.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::image;
use crate::{
    body::{File, Json, Query},
    clock::now_ms,
    fields::Fields,
    problem::{Problem, code},
    roles::Administrator,
    secrets::hex,
    state::AppState,
    usage_log::note,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    CompanyId, SessionId,
    brandings::{self, Logo},
    companies,
};
use utoipa::{IntoParams, ToSchema};

/// Longest text, in characters.
const TEXT_CHARACTERS: usize = 500;

/// What customers see beside the service's name.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Branding {
    /// Lines under the page's heading; empty: none.
    text: String,
    has_logo: bool,
    /// Which logo it is; another with each, empty without one.
    logo_version: String,
    /// The server has one company, so that its first page is this company's.
    is_shown: bool,
    /// The logo's address changes with it.
    changed_at_ms: i64,
}

/// A new text.
#[derive(Deserialize, ToSchema)]
#[schema(as = ChangedBranding)]
pub(super) struct ChangedBranding {
    text: String,
    /// The text as it was read; where it is another by now, nothing is changed.
    read: String,
}

/// Text and logo of the customer's page.
#[utoipa::path(get, path = "/api/manage/branding", responses((status = 200, body = Branding)))]
pub(super) async fn get_branding(
    State(state): State<AppState>,
    who: Administrator,
) -> Result<Json<Branding>, Problem> {
    let found = brandings::find(who.company, &state.store).await?;
    Ok(Json(Branding::of(&state, found).await?))
}

/// Changes the text of the customer's page.
#[utoipa::path(put, path = "/api/manage/branding", request_body = ChangedBranding,
    responses((status = 200, body = Branding)))]
pub(super) async fn update_branding(
    State(state): State<AppState>,
    who: Administrator,
    Json(body): Json<ChangedBranding>,
) -> Result<Json<Branding>, Problem> {
    let mut fields = Fields::default();
    let text = fields.lines("text", body.text.trim(), TEXT_CHARACTERS);
    fields.finish()?;
    let write = state.store.write(who.company).await?;
    let mut branding = brandings::find(who.company, &write).await?;
    if branding.text != body.read {
        return Err(Problem::new(code::CHANGED_MEANWHILE));
    }
    let detail = json!({ "customer_text": { "from": branding.text, "to": text } });
    branding.text = text;
    branding.changed_at_ms = now_ms();
    brandings::replace(&write, &branding).await?;
    note(&write, &who, "access.branding", detail).await?;
    write.commit().await?;
    Ok(Json(Branding::of(&state, branding).await?))
}

/// Which logo a change is over.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadLogo {
    /// The `logo_version` as it was read; where it is another by now, nothing is changed.
    read: String,
}

/// The logo, also where the customer's first page does not show it.
#[utoipa::path(get, path = "/api/manage/branding/logo",
    responses((status = 200, body = Vec<u8>, content_type = "image/*")))]
pub(super) async fn get_logo(State(state): State<AppState>, who: Administrator) -> Result<Response, Problem> {
    picture_of(&state, who.company, "private, no-store").await
}

/// Sets the logo of the customer's page: PNG, JPEG or WebP, at most 256 KiB.
#[utoipa::path(put, path = "/api/manage/branding/logo", params(ReadLogo),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Branding)))]
pub(super) async fn set_logo(
    State(state): State<AppState>,
    who: Administrator,
    Query(over): Query<ReadLogo>,
    File(file): File,
) -> Result<Json<Branding>, Problem> {
    let kind = image::kind_of(&file).ok_or(Problem::new(code::LOGO_UNREADABLE))?;
    let logo = Logo { kind: kind.to_owned(), bytes: file.to_vec() };
    let detail = json!({ "logo": { "to": kind, "size_bytes": file.len() } });
    change_logo(&state, &who, &over, Some(logo), detail).await
}

/// Takes the logo away.
#[utoipa::path(delete, path = "/api/manage/branding/logo", params(ReadLogo), responses((status = 200, body = Branding)))]
pub(super) async fn delete_logo(
    State(state): State<AppState>,
    who: Administrator,
    Query(over): Query<ReadLogo>,
) -> Result<Json<Branding>, Problem> {
    change_logo(&state, &who, &over, None, json!({ "logo": { "to": null } })).await
}

async fn change_logo(
    state: &AppState,
    who: &Administrator,
    over: &ReadLogo,
    logo: Option<Logo>,
    detail: serde_json::Value,
) -> Result<Json<Branding>, Problem> {
    let write = state.store.write(who.company).await?;
    let mut branding = brandings::find(who.company, &write).await?;
    if version_of(branding.logo.as_ref()) != over.read {
        return Err(Problem::new(code::CHANGED_MEANWHILE));
    }
    branding.logo = logo;
    branding.changed_at_ms = now_ms();
    brandings::replace(&write, &branding).await?;
    note(&write, who, "access.branding", detail).await?;
    write.commit().await?;
    Ok(Json(Branding::of(state, branding).await?))
}

/// Its first 8 bytes of SHA-256 tell one logo from another.
fn version_of(logo: Option<&Logo>) -> String {
    let digest = logo.map(|logo| Sha256::digest(&logo.bytes));
    digest.map_or_else(String::new, |digest| hex(digest.first_chunk::<8>().map_or(&[][..], |first| first)))
}

/// Whose logo.
#[derive(Debug, Deserialize)]
pub(super) struct LogoQuery {
    /// A live session; without it the server's only company is meant.
    session: Option<SessionId>,
}

/// The logo of the server's only company, or of the one whose code the customer has typed.
pub(super) async fn logo(
    State(state): State<AppState>,
    Query(query): Query<LogoQuery>,
) -> Result<Response, Problem> {
    let company = match query.session {
        Some(session) => state.sessions.company_of(session),
        None => companies::find_only(&state.store).await?.map(|only| only.id),
    };
    // Its address changes with it.
    picture_of(&state, company.ok_or(Problem::new(code::NOT_FOUND))?, "public, max-age=86400").await
}

async fn picture_of(state: &AppState, company: CompanyId, cached: &'static str) -> Result<Response, Problem> {
    let found = brandings::find(company, &state.store).await?;
    let logo = found.logo.ok_or(Problem::new(code::NOT_FOUND))?;
    let headers = [(header::CONTENT_TYPE, logo.kind), (header::CACHE_CONTROL, cached.to_owned())];
    Ok((StatusCode::OK, headers, logo.bytes).into_response())
}

impl Branding {
    async fn of(state: &AppState, kept: brandings::Branding) -> Result<Self, Problem> {
        let is_shown = companies::find_only(&state.store).await?.is_some();
        Ok(Self {
            text: kept.text,
            has_logo: kept.logo.is_some(),
            logo_version: version_of(kept.logo.as_ref()),
            is_shown,
            changed_at_ms: kept.changed_at_ms,
        })
    }
}
