//! Lines of the usage log [G-3]: written with what they tell, in the same write, or not at all.
//!
//! Kinds are `category.action`; the category is the tab of the page: `access`, `departments`, `operators`,
//! `support-types`, `records`, `statistics`. All of them stand in [`kinds`], and their texts in `usage_log.ftl`.

mod api;
mod browser;
mod export;
mod heads;
mod kinds;
mod texts;

#[cfg(test)]
mod tests;

pub(crate) use heads::{heads_in, verify};

use crate::{client::Client, clock::now_ms, roles::Administrator, sessions::KeyError, state::AppState};
use heads::Head;
use serde_json::{Value, json};
use std::time::Duration;
use store::{StoreError, Write, companies, usage_log};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The feature's routes.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(api::list_usage_log)).routes(routes!(export::export_usage_log))
}

/// How often the heads are signed and repeated in the application log.
const HEADS_EVERY: Duration = Duration::from_secs(60 * 60);

/// Why heads were not signed.
#[derive(Debug, thiserror::Error)]
enum HeadError {
    /// The server's keys.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

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
    append(write, actor, who.token(), kind, detail).await
}

/// Adds a line about what anybody did.
pub(crate) async fn note_of(
    write: &Write,
    actor: Actor<'_>,
    kind: &str,
    detail: Value,
) -> Result<(), StoreError> {
    append(write, actor, None, kind, detail).await
}

/// `token`: the name of the token by which somebody acted.
async fn append(
    write: &Write,
    actor: Actor<'_>,
    token: Option<&str>,
    kind: &str,
    detail: Value,
) -> Result<(), StoreError> {
    let mut body = json!({
        "role": actor.role,
        "login": actor.login,
        "address": actor.client.address.to_string(),
        "browser": actor.client.browser,
        "detail": detail,
    });
    if let (Some(token), Some(body)) = (token, body.as_object_mut()) {
        body.insert("token".to_owned(), token.into());
    }
    let line = usage_log::NewLine { kind, at_ms: now_ms(), body: &body.to_string() };
    usage_log::append(write, line).await
}

/// Signs the head of every company's log, at the start and hourly, until the server ends: it is kept beside the log and
/// repeated in the application log. Against a head that was kept there a cut tail or a log that was rewritten whole shows.
pub(crate) async fn repeat_heads(state: AppState) {
    let mut hours = tokio::time::interval(HEADS_EVERY);
    while state.shutdown.run_until_cancelled(hours.tick()).await.is_some() {
        if let Err(error) = repeat_once(&state).await {
            tracing::error!(error = %error, "Heads of the usage logs were not signed");
        }
    }
}

/// The signed head of each company.
async fn repeat_once(state: &AppState) -> Result<Vec<String>, HeadError> {
    let mut signed = Vec::new();
    for company in companies::list(&state.store).await? {
        let at_ms = now_ms();
        let key = state.sessions.usage_log_key(u64::try_from(at_ms).unwrap_or_default())?;
        let write = state.store.write(company.id).await?;
        let (seq, hash) = usage_log::head(company.id, &write).await?;
        let head = Head { company: company.id, seq, hash, at_ms }.sign(&key);
        usage_log::add_seal(&write, seq, &head).await?;
        write.commit().await?;
        tracing::info!(company = company.short_name, seq, head, "Usage log head");
        signed.push(head);
    }
    Ok(signed)
}
