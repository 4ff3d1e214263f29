//! Lines of the usage log [G-3]: written with what they tell, in the same write, or not at all.
//!
//! Kinds are `category.action`; the category is the tab of the page: `access`, `departments`, `operators`,
//! `support-types`, `records`, `statistics`.

use crate::{client::Client, clock::now_ms, roles::Administrator};
use serde_json::{Value, json};
use store::{StoreError, Write, usage_log};

/// Who did something, and from where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Actor<'a> {
    /// "administrator" or "operator".
    pub(crate) role: &'static str,
    /// The account's ID, as typed where there is no such account.
    pub(crate) login: &'a str,
    /// From where.
    pub(crate) client: &'a Client,
}

/// Adds a line about what an administrator did. `detail`: what was changed from what to what.
pub(crate) async fn note(
    write: &Write,
    who: &Administrator,
    kind: &str,
    detail: Value,
) -> Result<(), StoreError> {
    let actor = Actor { role: "administrator", login: &who.account.login, client: &who.client };
    note_of(write, actor, kind, detail).await
}

/// Adds a line about what anybody did.
pub(crate) async fn note_of(
    write: &Write,
    actor: Actor<'_>,
    kind: &str,
    detail: Value,
) -> Result<(), StoreError> {
    let body = json!({
        "role": actor.role,
        "login": actor.login,
        "address": actor.client.address.to_string(),
        "browser": actor.client.browser,
        "detail": detail,
    });
    let line = usage_log::NewLine { kind, at_ms: now_ms(), body: &body.to_string() };
    usage_log::append(write, line).await
}
