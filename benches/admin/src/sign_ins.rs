//! Sign-ins put into the database: a thousand by password would be minutes of Argon2id, and more than an address may try.

use crate::{Place, generate::COMPANY};
use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{
    Store, administrators, companies,
    web_sessions::{self, Account, NewWebSession},
};

/// A signed-in browser's cookie.
pub(crate) struct SignIn {
    pub(crate) cookie: String,
}

/// Signs in so many administrators, beside the server that runs.
pub(crate) async fn keep(place: &Place, count: usize) -> Result<Vec<SignIn>> {
    let store = Store::open(&place.url()).await?;
    let company = companies::find_by_short_name(&store, COMPANY).await?.context("the company")?.id;
    let people = administrators::list(company, &store).await?;
    ensure!(count <= people.len(), "the company has {} administrators: generate it anew", people.len());
    let now_ms = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let write = store.write(company).await?;
    let mut made = Vec::new();
    for who in people.iter().take(count) {
        let token = format!("{:064x}", rand::random::<u128>());
        let new = NewWebSession {
            token_hash: &hash(&token),
            account: Account::Administrator(who.id),
            address: "127.0.0.1",
            browser: "bench",
            created_at_ms: now_ms,
        };
        web_sessions::create(&write, new).await?;
        made.push(SignIn { cookie: format!("__Host-beside-manage={token}") });
    }
    write.commit().await?;
    store.close().await?;
    Ok(made)
}

/// As the server keeps a token (`crates/server/src/secrets.rs`).
fn hash(token: &str) -> String {
    let digest =
        Sha256::new().chain_update("beside/token/v1").chain_update([0]).chain_update(token).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
