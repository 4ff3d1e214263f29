//! Text and logo of the customer's page [O-4], changed while the server runs. Where a server has one company, everybody who opens
//! its first page sees them; where it has several, nobody is told of any before a code leads to it,
//! and from then on the customer of that session is.

mod api;
mod image;

use crate::{problem::Problem, router::Plain, state::AppState};
use axum::{extract::DefaultBodyLimit, routing::get};
use store::{SessionId, brandings, companies::Company};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    let logo = OpenApiRouter::new()
        .routes(routes!(api::get_logo, api::set_logo, api::delete_logo))
        .layer(DefaultBodyLimit::max(image::MOST_BYTES));
    OpenApiRouter::new().routes(routes!(api::get_branding, api::update_branding)).merge(logo)
}

/// What is no part of the contract.
pub(crate) fn files() -> [Plain; 1] {
    [("/logo", get(api::logo))]
}

/// The text of a company's page, and where its logo is, if it has one. `session`: by which the page knows the company.
pub(crate) async fn of_page(
    state: &AppState,
    company: &Company,
    session: Option<SessionId>,
) -> Result<(String, Option<String>), Problem> {
    let found = brandings::find(company.id, &state.store).await?;
    let of_session = session.map_or_else(String::new, |id| format!("&session={id}"));
    let logo = found.logo.is_some().then(|| format!("/logo?v={}{of_session}", found.changed_at_ms));
    Ok((found.text, logo))
}

#[cfg(test)]
mod tests;
