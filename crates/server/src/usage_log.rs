//! Lines of the usage log [G-3]: written with what they tell, in the same write, or not at all.
//!
//! Kinds are `category.action`; the category is the tab of the page: `access`, `departments`, `operators`,
//! `support-types`, `records`, `statistics`.

use crate::{client::Client, clock::now_ms, roles::Administrator, secrets::hex, state::AppState};
use serde_json::{Value, json};
use std::time::Duration;
use store::{StoreError, Write, companies, usage_log};

/// How often the heads are repeated in the application log.
const HEADS_EVERY: Duration = Duration::from_secs(60 * 60);

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

/// Repeats the head of every company's log in the application log, at the start and hourly, until the server
/// ends. Against a head that was kept there a cut tail or a log that was rewritten whole shows.
pub(crate) async fn repeat_heads(state: AppState) {
    let mut hours = tokio::time::interval(HEADS_EVERY);
    while state.shutdown.run_until_cancelled(hours.tick()).await.is_some() {
        if let Err(error) = log_heads(&state).await {
            tracing::error!(error = %error, "Heads of the usage logs could not be read");
        }
    }
}

async fn log_heads(state: &AppState) -> Result<(), StoreError> {
    for company in companies::list(&state.store).await? {
        let (seq, hash) = usage_log::head(company.id, &state.store).await?;
        tracing::info!(company = company.short_name, seq, head = hex(&hash), "Usage log head");
    }
    Ok(())
}
