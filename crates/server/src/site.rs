//! What a page may know before anybody signs in.

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use crate::{
    body::{Json, Query},
    branding,
    problem::Problem,
    state::AppState,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{SessionId, companies};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get_site))
}

/// Which company's page it is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct SiteQuery {
    /// The short name in the page's address.
    company: Option<String>,
    /// The customer's session, once the code is typed: it leads to the company.
    session: Option<uuid::Uuid>,
}

/// What the sign-in page and the customer's page show.
#[derive(Debug, Serialize, ToSchema)]
struct Site {
    /// With several companies on the server, sign-in asks for one.
    company_needed: bool,
    /// The short name that signing in uses: from the address, or the server's only one.
    #[schema(required)]
    company: Option<String>,
    /// The name that customers see, where the company is known.
    #[schema(required)]
    service_name: Option<String>,
    /// What the company tells its customers; empty where it is not known.
    text: String,
    /// Where its logo is.
    #[schema(required)]
    logo: Option<String>,
    /// Of the server.
    version: &'static str,
}

/// What a page may know before anybody signs in.
///
/// A short name in an address is not confirmed: a wrong one looks like a right one, and sign-in fails alike.
#[utoipa::path(get, path = "/api/site", params(SiteQuery), responses((status = 200, body = Site)))]
async fn get_site(
    State(state): State<AppState>,
    Query(query): Query<SiteQuery>,
) -> Result<Json<Site>, Problem> {
    let only = companies::find_only(&state.store).await?;
    let named = query.company.filter(|name| !name.is_empty());
    let company_needed = only.is_none();
    let known = match (only, query.session.map(SessionId::from)) {
        (Some(only), _) => Some((only, None)),
        (None, Some(session)) => match state.sessions.company_of(session) {
            Some(company) => Some((companies::find(company, &state.store).await?, Some(session))),
            None => None,
        },
        (None, None) => None,
    };
    let site = match known {
        Some((known, session)) => {
            let (text, logo) = branding::of_page(&state, &known, session).await?;
            Site {
                company_needed,
                text,
                logo,
                company: named.or((!company_needed).then_some(known.short_name)),
                service_name: Some(known.service_name),
                version: env!("CARGO_PKG_VERSION"),
            }
        }
        None => Site {
            company_needed: true,
            company: named,
            service_name: None,
            text: String::new(),
            logo: None,
            version: env!("CARGO_PKG_VERSION"),
        },
    };
    Ok(Json(site))
}
