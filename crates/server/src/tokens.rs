//! Personal API tokens: what a request may do that names one instead of a cookie.
//!
//! [`SCOPES`] is the only place that opens a route to tokens: what does not stand there refuses them, whatever else changes. No
//! account, password, token, allowed address, setting or licence stands there, and none may: those need a signed-in
//! administrator and 관리자 Password.

use crate::{
    admission::may_come_from,
    client::Client,
    clock::now_ms,
    problem::{Problem, code},
    roles::{Administrator, By},
    router,
    secrets::{new_token, token_hash},
    state::AppState,
};
use axum::extract::{FromRequestParts as _, MatchedPath};
use http::{HeaderMap, Method, header, request::Parts};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::LazyLock};
use store::{StoreError, administrators, api_tokens, company_settings, web_sessions::Account};
use utoipa::{ToSchema, openapi::OpenApi};

/// What every token begins with, so that one that leaked is found by those who look for such things.
const PREFIX: &str = "bsd_";
/// A request is written down at most this often.
const TOUCH_MS: i64 = 60_000;

macro_rules! scopes {
    ($($(#[$doc:meta])* $scope:ident = $name:literal;)+) => {
        /// What a token may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        pub(crate) enum Scope {
            $($(#[$doc])* #[serde(rename = $name)] $scope,)+
        }

        impl Scope {
            /// All of them, in the order of the page.
            pub(crate) const ALL: &[Self] = &[$(Self::$scope),+];

            /// As it is kept and sent.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$scope => $name),+ }
            }
        }
    };
}

scopes! {
    /// Support records: find, read, take away.
    RecordsRead = "records:read";
    /// Statistics: read, take away.
    StatisticsRead = "statistics:read";
    /// Departments: read.
    DepartmentsRead = "departments:read";
    /// Departments: create, rename, delete.
    DepartmentsWrite = "departments:write";
    /// Support types: read.
    SupportTypesRead = "support-types:read";
    /// Support types: create, rename, order, delete.
    SupportTypesWrite = "support-types:write";
    /// Options of departments and operators: read.
    OptionsRead = "options:read";
    /// Options of departments and operators: change.
    OptionsWrite = "options:write";
    /// Operators: find and read.
    OperatorsRead = "operators:read";
    /// The usage log: read, take away.
    UsageLogRead = "usage-log:read";
}

/// The operations that a token may ask for, and the scopes that it needs, all of them.
pub(crate) const SCOPES: &[(&str, &[Scope])] = &[
    ("list_records", &[Scope::RecordsRead]),
    ("find_record", &[Scope::RecordsRead]),
    ("find_record_capture", &[Scope::RecordsRead]),
    ("list_record_recordings", &[Scope::RecordsRead]),
    ("find_record_recording", &[Scope::RecordsRead]),
    ("find_record_recording_piece", &[Scope::RecordsRead]),
    ("export_record_recording", &[Scope::RecordsRead]),
    ("export_record_recording_film", &[Scope::RecordsRead]),
    ("export_record", &[Scope::RecordsRead]),
    ("find_record_neighbours", &[Scope::RecordsRead]),
    ("find_expired_records", &[Scope::RecordsRead]),
    ("export_records", &[Scope::RecordsRead]),
    ("find_statistics_move", &[Scope::StatisticsRead]),
    ("show_statistics", &[Scope::StatisticsRead]),
    ("export_statistics", &[Scope::StatisticsRead]),
    ("list_departments", &[Scope::DepartmentsRead]),
    ("create_department", &[Scope::DepartmentsWrite]),
    ("rename_department", &[Scope::DepartmentsWrite]),
    ("delete_department", &[Scope::DepartmentsWrite]),
    ("list_support_types", &[Scope::SupportTypesRead]),
    ("create_support_type", &[Scope::SupportTypesWrite]),
    ("rename_support_type", &[Scope::SupportTypesWrite]),
    ("reorder_support_types", &[Scope::SupportTypesWrite]),
    ("delete_support_type", &[Scope::SupportTypesWrite]),
    ("list_department_options", &[Scope::OptionsRead]),
    ("update_department_options", &[Scope::OptionsWrite]),
    ("list_operator_options", &[Scope::OptionsRead]),
    ("update_operator_options", &[Scope::OptionsWrite]),
    // It names every operator.
    ("export_options", &[Scope::OptionsRead, Scope::OperatorsRead]),
    ("list_operators", &[Scope::OperatorsRead]),
    ("find_operator", &[Scope::OperatorsRead]),
    ("export_operators", &[Scope::OperatorsRead]),
    ("list_usage_log", &[Scope::UsageLogRead]),
    ("export_usage_log", &[Scope::UsageLogRead]),
];

/// The scopes that an operation needs; `None`: it takes no token.
pub(crate) fn scopes_of(operation_id: &str) -> Option<&'static [Scope]> {
    SCOPES.iter().find(|(id, _)| *id == operation_id).map(|(_, scopes)| *scopes)
}

/// A new token's secret.
pub(crate) fn new_secret() -> String {
    format!("{PREFIX}{}", new_token())
}

/// The token that a request names; where it names one, cookies do not count.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The administrator whose token a request names. `secret`: as [`bearer`] gave it.
///
/// Errors: the token does not work, or not for this.
pub(crate) async fn administrator(
    parts: &mut Parts,
    state: &AppState,
    secret: &str,
) -> Result<Administrator, Problem> {
    let Ok(client) = Client::from_request_parts(parts, state).await;
    state.token_requests.count(client.address)?;
    let token = api_tokens::find_by_hash(&state.store, &token_hash(secret)).await?;
    let token = token.ok_or(Problem::new(code::TOKEN_UNKNOWN))?;
    let now_ms = now_ms();
    if token.revoked_at_ms.is_some() {
        return Err(Problem::new(code::TOKEN_REVOKED));
    }
    if token.expires_at_ms <= now_ms {
        return Err(Problem::new(code::TOKEN_EXPIRED));
    }
    let account = match administrators::find(token.company, &state.store, token.administrator).await {
        Ok(found) => found.administrator,
        Err(StoreError::Missing) => return Err(Problem::new(code::TOKEN_UNKNOWN)),
        Err(other) => return Err(other.into()),
    };
    let settings = company_settings::find(token.company, &state.store).await?;
    if !may_come_from(&settings, Account::Administrator(token.administrator), client.address) {
        return Err(Problem::new(code::ADDRESS_NOT_ALLOWED).with("address", client.address.to_string()));
    }
    let needed = needed(parts).ok_or(Problem::new(code::TOKEN_NOT_TAKEN))?;
    let missing = needed.iter().find(|needed| !token.scopes.iter().any(|scope| scope == needed.name()));
    if let Some(missing) = missing {
        return Err(Problem::new(code::TOKEN_SCOPE).with("scope", missing.name()));
    }
    let address = client.address.to_string();
    let is_fresh = token.last_used_at_ms.is_some_and(|at_ms| now_ms - at_ms < TOUCH_MS);
    if !is_fresh || token.last_used_address.as_deref() != Some(&address) {
        let write = state.store.write(token.company).await?;
        api_tokens::touch(&write, token.id, now_ms, &address).await?;
        write.commit().await?;
    }
    let (company, id) = (token.company, token.administrator);
    Ok(Administrator { company, id, account, client, by: By::Token(token.name) })
}

/// The scopes that the matched route needs.
fn needed(parts: &Parts) -> Option<&'static [Scope]> {
    static ROUTES: LazyLock<HashMap<(Method, String), &'static [Scope]>> =
        LazyLock::new(|| routes(&router::api().1));
    let path = parts.extensions.get::<MatchedPath>()?.as_str().to_owned();
    ROUTES.get(&(parts.method.clone(), path)).copied()
}

/// [`SCOPES`] by route.
fn routes(contract: &OpenApi) -> HashMap<(Method, String), &'static [Scope]> {
    let mut routes = HashMap::new();
    for (path, item) in &contract.paths.paths {
        for (method, operation) in router::operations_by_method(item) {
            let scopes = operation.operation_id.as_deref().and_then(scopes_of);
            if let Some(scopes) = scopes {
                routes.insert((method, path.clone()), scopes);
            }
        }
    }
    routes
}
