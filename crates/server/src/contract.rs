//! What the contract says beside routes and bodies: who may ask, under which heading, and how a refusal looks.

use crate::{
    roles::{CONSOLE_COOKIE, MANAGE_COOKIE},
    router::operations_of,
    tokens,
};
use utoipa::openapi::{
    Components, ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder, SecurityRequirement,
    path::Operation,
    security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    tag::TagBuilder,
};

/// Names of the ways to say who asks.
const MANAGE: &str = "administrator";
const CONSOLE: &str = "operator";
const TOKEN: &str = "token";

/// Operations that strangers may ask for: what lets somebody in, and what a page shows before.
const OPEN: &[&str] = &[
    "get_site",
    "list_downloads",
    "sign_in_administrator",
    "sign_in_operator",
    "find_activation",
    "activate",
];

/// Completes the contract that the routes gave.
pub(crate) fn complete(contract: &mut OpenApi) {
    let mut tags: Vec<&str> = Vec::new();
    for (path, item) in &mut contract.paths.paths {
        let tag = tag_of(path);
        let is_console = path.starts_with("/api/console/");
        for operation in operations_of(item) {
            operation.tags = Some(vec![tag.to_owned()]);
            operation.security = Some(security(operation, is_console));
            if let Some(summary) = &mut operation.summary {
                *summary = without_ids(summary);
            }
            may_refuse(operation);
        }
    }
    for path in contract.paths.paths.keys() {
        let tag = tag_of(path);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    contract.tags = Some(tags.into_iter().map(|tag| TagBuilder::new().name(tag).build()).collect());
    let components = contract.components.get_or_insert_with(Components::new);
    let cookie = |name: &str, what: &str| {
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(name, what)))
    };
    let changing = "What changes something also names the header X-Beside-CSRF.";
    components.add_security_scheme(
        MANAGE,
        cookie(MANAGE_COOKIE, &format!("Set by sign_in_administrator. {changing}")),
    );
    components.add_security_scheme(
        CONSOLE,
        cookie(CONSOLE_COOKIE, &format!("Set by sign_in_operator. {changing}")),
    );
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("bsd_…")
        .description(Some(
            "An administrator's API token. Cookies do not count beside it, and no CSRF header is needed.",
        ))
        .build();
    components.add_security_scheme(TOKEN, SecurityScheme::Http(bearer));
}

/// Whether an operation answers strangers.
pub(crate) fn is_open(operation_id: &str) -> bool {
    OPEN.contains(&operation_id)
}

/// The heading: the first part of the path after the role's.
fn tag_of(path: &str) -> &str {
    let below = path.strip_prefix("/api/").unwrap_or(path);
    if below.starts_with("console/") {
        return "console";
    }
    let below = below.strip_prefix("manage/").unwrap_or(below);
    match below.split('/').next().unwrap_or_default() {
        "sign-in" | "sign-out" | "me" | "stay" | "activation" | "site" => "sign-in",
        tag => tag,
    }
}

/// Who may ask for an operation.
fn security(operation: &Operation, is_console: bool) -> Vec<SecurityRequirement> {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let nothing: [&str; 0] = [];
    if is_open(id) {
        return Vec::new();
    }
    if is_console {
        return vec![SecurityRequirement::new(CONSOLE, nothing)];
    }
    let signed_in = SecurityRequirement::new(MANAGE, nothing);
    match tokens::scopes_of(id) {
        Some(scopes) => {
            let names = scopes.iter().map(|scope| scope.name());
            vec![signed_in, SecurityRequirement::new(TOKEN, names)]
        }
        None => vec![signed_in],
    }
}

/// Every operation may answer with a problem.
fn may_refuse(operation: &mut Operation) {
    let body = ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name("Problem")))).build();
    let refusal = ResponseBuilder::new()
        .description("Refused: what went wrong, and nothing was changed")
        .content("application/problem+json", body)
        .build();
    operation.responses.responses.insert("default".to_owned(), refusal.into());
}

/// A summary without the ids of our requirements, which say nothing to those who read the contract.
fn without_ids(summary: &str) -> String {
    let mut text = String::new();
    let mut rest = summary;
    while let Some((before, after)) = rest.split_once(" [") {
        let Some((inside, behind)) = after.split_once(']') else { break };
        text.push_str(before);
        let is_id =
            inside.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-, ".contains(&b));
        if !is_id {
            text.push_str(&format!(" [{inside}]"));
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::{is_open, without_ids};
    use crate::{
        router::{self, operations_by_method},
        tokens::SCOPES,
    };

    /// Issue 4, contract.
    #[test]
    fn every_operation_says_who_may_ask_and_what_it_does() {
        let (_, contract) = router::api();
        let text: serde_json::Value = serde_json::to_value(&contract).unwrap();
        assert_eq!(text["openapi"], "3.1.0");
        for scheme in ["administrator", "operator", "token"] {
            assert!(text["components"]["securitySchemes"][scheme].is_object(), "{scheme}");
        }
        for (path, item) in &contract.paths.paths {
            for (method, operation) in operations_by_method(item) {
                let id = operation.operation_id.as_deref().unwrap();
                assert!(operation.tags.as_ref().is_some_and(|tags| tags.len() == 1), "{method} {path}");
                let summary = operation.summary.as_deref().unwrap_or_default();
                assert!(!summary.is_empty(), "{id} has no summary");
                let nobody = operation.security.as_ref().is_some_and(Vec::is_empty);
                assert_eq!(nobody, is_open(id), "{id}");
            }
        }
    }

    /// A name that is misspelt opens nothing, and nobody would notice.
    #[test]
    fn every_operation_with_a_scope_exists() {
        let (_, contract) = router::api();
        let ids: Vec<_> = contract
            .paths
            .paths
            .values()
            .flat_map(operations_by_method)
            .filter_map(|(_, operation)| operation.operation_id.clone())
            .collect();
        for (id, _) in SCOPES {
            assert!(ids.iter().any(|known| known == id), "{id}");
        }
    }

    #[test]
    fn ids_of_requirements_leave_the_summary() {
        assert_eq!(without_ids("Creates a department [C-1]."), "Creates a department.");
        assert_eq!(without_ids("Changes [D-4, D-5]; keys [as text] stay."), "Changes; keys [as text] stay.");
        assert_eq!(without_ids("Nothing [open"), "Nothing [open");
    }
}
