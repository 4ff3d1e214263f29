//! Bodies and handlers.

use super::rules;
use crate::{
    body::Json,
    clock::now_ms,
    fields::Fields,
    problem::{Problem, code},
    roles::Operator,
    state::AppState,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{
    Reads, StoreError, company_settings,
    favourites::{self, FavouriteKind as Kind},
};
use utoipa::ToSchema;

/// What operators open often on a customer's machine [F-10].
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Favourite {
    pub(super) name: String,
    #[schema(inline)]
    pub(super) kind: FavouriteKind,
    /// An address (http or https); a program's name or absolute path; a folder's absolute path, or one that begins with "~/".
    pub(super) target: String,
}

/// What a favourite opens.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum FavouriteKind {
    Url,
    Program,
    Folder,
}

/// Both lists of an operator.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Favourites {
    /// The operator's own, in their order.
    favourites: Vec<Favourite>,
    /// When the own list was changed; named again when it is saved.
    changed_at_ms: i64,
    /// 회사 즐겨찾기.
    company: Vec<Favourite>,
}

/// The operator's own list, whole.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct OwnFavourites {
    favourites: Vec<Favourite>,
    /// As it was read with the list that was changed.
    changed_at_ms: i64,
}

/// The operator's own favourites and the company's [F-10].
#[utoipa::path(get, path = "/api/console/favourites", responses((status = 200, body = Favourites)))]
pub(super) async fn list_favourites(
    State(state): State<AppState>,
    who: Operator,
) -> Result<Json<Favourites>, Problem> {
    Ok(Json(both(&who, &state.store).await?))
}

/// Keeps the operator's own favourites in the order given: at most 100. Refused where another window has changed them meanwhile.
#[utoipa::path(put, path = "/api/console/favourites", request_body = OwnFavourites,
    responses((status = 200, body = Favourites)))]
pub(super) async fn update_favourites(
    State(state): State<AppState>,
    who: Operator,
    Json(body): Json<OwnFavourites>,
) -> Result<Json<Favourites>, Problem> {
    let mut fields = Fields::default();
    let list = rules::checked(&mut fields, &body.favourites);
    fields.finish()?;
    let write = state.store.write(who.company).await?;
    let (_, changed_at_ms) = favourites::of_operator(who.company, &write, who.id).await?;
    if body.changed_at_ms != changed_at_ms {
        return Err(Problem::new(code::CHANGED_MEANWHILE));
    }
    favourites::replace(&write, who.id, &list, now_ms().max(changed_at_ms + 1)).await?;
    let kept = both(&who, &write).await?;
    write.commit().await?;
    Ok(Json(kept))
}

async fn both(who: &Operator, on: &impl Reads) -> Result<Favourites, StoreError> {
    let (own, changed_at_ms) = favourites::of_operator(who.company, on, who.id).await?;
    let company = company_settings::find(who.company, on).await?.favourites;
    let told = |list: Vec<favourites::Favourite>| list.into_iter().map(Favourite::from).collect();
    Ok(Favourites { favourites: told(own), changed_at_ms, company: told(company) })
}

impl From<favourites::Favourite> for Favourite {
    fn from(kept: favourites::Favourite) -> Self {
        let kind = match kept.kind {
            Kind::Url => FavouriteKind::Url,
            Kind::Program => FavouriteKind::Program,
            Kind::Folder => FavouriteKind::Folder,
        };
        Self { name: kept.name, kind, target: kept.target }
    }
}

impl From<FavouriteKind> for Kind {
    fn from(given: FavouriteKind) -> Self {
        match given {
            FavouriteKind::Url => Self::Url,
            FavouriteKind::Program => Self::Program,
            FavouriteKind::Folder => Self::Folder,
        }
    }
}
