//! The table of operators [D-3].

#![allow(unused_qualifications, reason = "the contract's macro writes the query's type out in full")]

use super::api::{Operator, state_of};
use crate::{
    body::{Json, Query},
    fields::Fields,
    problem::Problem,
    roles::Administrator,
    state::AppState,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::operators::{self, Page, SearchBy, SortBy};
use utoipa::{IntoParams, ToSchema};

/// Rows of a page where none are asked for, and at most.
const PAGE_SIZE: u64 = 50;
const LARGEST_PAGE: u64 = 200;
/// Longest text that is looked for, in characters.
const SEARCH_CHARACTERS: usize = 100;

/// What to search in.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OperatorSearch {
    Login,
    Name,
}

/// What to sort by.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OperatorSort {
    Login,
    Name,
    Department,
    LastSignIn,
}

/// Which part of the table.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OperatorQuery {
    /// From 1.
    #[param(value_type = Option<i64>)]
    page: Option<u32>,
    /// 1–200, 50 where not given.
    #[param(value_type = Option<i64>)]
    page_size: Option<u32>,
    #[param(inline)]
    search_by: Option<OperatorSearch>,
    /// Any part of the ID or name, without case.
    search: Option<String>,
    #[param(inline)]
    sort: Option<OperatorSort>,
    /// From the end of the alphabet, or the newest.
    descending: Option<bool>,
}

/// One page of the table.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Operators {
    operators: Vec<Operator>,
    /// How many there are on all pages.
    #[schema(value_type = i64)]
    total: u64,
}

/// Lists operators [D-3].
#[utoipa::path(get, path = "/api/manage/operators", params(OperatorQuery),
    responses((status = 200, body = Operators)))]
pub(super) async fn list_operators(
    State(state): State<AppState>,
    who: Administrator,
    Query(query): Query<OperatorQuery>,
) -> Result<Json<Operators>, Problem> {
    let search = query.searched()?;
    let (found, total) = operators::list(who.company, &state.store, query.page(&search)).await?;
    let busy = state.sessions.operators_in_session(who.company);
    let operators = found
        .into_iter()
        .map(|operator| {
            let now = state_of(operator.id, &state.presence, &busy);
            Operator::new(operator, now)
        })
        .collect();
    Ok(Json(Operators { operators, total }))
}

impl OperatorQuery {
    /// What is looked for. Errors: longer than any ID or name, or what nobody can have written into one.
    fn searched(&self) -> Result<String, Problem> {
        let mut fields = Fields::default();
        let text = fields.line("search", self.search.as_deref().unwrap_or_default(), SEARCH_CHARACTERS);
        fields.finish()?;
        Ok(text)
    }

    fn page<'a>(&self, search: &'a str) -> Page<'a> {
        let limit = self.page_size.map_or(PAGE_SIZE, u64::from).clamp(1, LARGEST_PAGE);
        let offset = (u64::from(self.page.unwrap_or(1).max(1)) - 1) * limit;
        let text = Some(search).filter(|text| !text.is_empty());
        let search = text.map(|text| match self.search_by.unwrap_or(OperatorSearch::Login) {
            OperatorSearch::Login => SearchBy::Login(text),
            OperatorSearch::Name => SearchBy::Name(text),
        });
        let sort = match self.sort {
            None | Some(OperatorSort::Login) => SortBy::Login,
            Some(OperatorSort::Name) => SortBy::Name,
            Some(OperatorSort::Department) => SortBy::Department,
            Some(OperatorSort::LastSignIn) => SortBy::LastSignIn,
        };
        Page { offset, limit, search, sort, descending: self.descending.unwrap_or(false) }
    }
}
