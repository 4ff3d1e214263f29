//! Whether a sign-in still holds: it is kept, it is not idle, and it is used from an address that its company
//! allows. Asked by every request, and again and again for what stays open.

use crate::{addresses::Allowed, client::Client, clock::now_ms, roles::SignedIn, state::AppState, usage_log};
use serde_json::json;
use std::{net::IpAddr, time::Duration};
use store::{
    Store, StoreError, Write, administrators, company_settings,
    company_settings::CompanySettings,
    operators,
    web_sessions::{self, Account, WebSession},
};
use tokio::sync::broadcast::{self, error::RecvError};

/// How often what stays open looks whether its sign-in holds, where nothing calls for it at once.
const LOOK: Duration = Duration::from_secs(10);
/// A request puts off the end by idleness, but writes it down at most this often.
const TOUCH_MS: i64 = 30_000;
/// Where the idle time is short, it is written down this many times within it.
const TOUCHES: i64 = 20;

/// A sign-in that holds.
#[derive(Clone, Debug)]
pub(crate) struct Admitted {
    /// The sign-in.
    pub(crate) kept: WebSession,
    /// 자동 로그아웃 시간(초).
    pub(crate) idle_s: u32,
    /// When it was looked at.
    now_ms: i64,
}

/// How a sign-in stands for somebody who comes from an address.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// It holds.
    Holds(Admitted),
    /// Its company allows nobody to come from there.
    NotFromThere(WebSession),
    /// It was ended, or nobody has been there for too long.
    Over,
}

/// So many calls may wait for somebody; who falls further behind looks in any case.
const WAITING_CALLS: usize = 64;

/// Calls those who keep something open to look whether the sign-in still holds: thousands may, and each looks into the database,
/// so that only those are called whom it may concern.
#[derive(Clone, Debug)]
pub(crate) struct Rechecks(broadcast::Sender<Option<Account>>);

/// The calls that may concern one account.
#[derive(Debug)]
pub(crate) struct Calls {
    receiver: broadcast::Receiver<Option<Account>>,
    account: Account,
}

impl Default for Rechecks {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING_CALLS))
    }
}

impl Rechecks {
    /// After anything that may have ended a sign-in of this account.
    pub(crate) fn call(&self, account: Account) {
        // Nobody having anything open is no error.
        drop(self.0.send(Some(account)));
    }

    /// After anything that may have ended anybody's.
    pub(crate) fn call_all(&self) {
        drop(self.0.send(None));
    }

    /// The calls from now on that may concern an account.
    pub(crate) fn listen(&self, account: Account) -> Calls {
        Calls { receiver: self.0.subscribe(), account }
    }
}

impl Calls {
    /// Waits for the next one.
    pub(crate) async fn next(&mut self) {
        loop {
            match self.receiver.recv().await {
                Ok(Some(other)) if other != self.account => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return,
                // The sender lives as long as the state.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

impl Admitted {
    /// How long until it ends by idleness, in seconds.
    pub(crate) fn idle_left_s(&self) -> i64 {
        (self.kept.last_seen_ms + idle_ms(self.idle_s) - self.now_ms).max(0) / 1000
    }

    /// Puts off the end by idleness, where that was not done a moment ago.
    pub(crate) async fn touch(&mut self, state: &AppState) -> Result<(), StoreError> {
        let often = TOUCH_MS.min(idle_ms(self.idle_s) / TOUCHES);
        if often <= self.now_ms - self.kept.last_seen_ms { self.stay(state).await } else { Ok(()) }
    }

    /// Puts off the end by idleness.
    pub(crate) async fn stay(&mut self, state: &AppState) -> Result<(), StoreError> {
        let write = state.store.write(self.kept.company).await?;
        web_sessions::touch(&write, &self.kept.token_hash, self.now_ms).await?;
        write.commit().await?;
        self.kept.last_seen_ms = self.now_ms;
        Ok(())
    }
}

/// The sign-in of a token's hash, where it holds for somebody who comes from `client`.
pub(crate) async fn admit(
    state: &AppState,
    token_hash: &str,
    client: &Client,
) -> Result<Option<Admitted>, StoreError> {
    match standing(&state.store, token_hash, client.address).await? {
        Standing::Holds(admitted) => Ok(Some(admitted)),
        Standing::NotFromThere(kept) => {
            note_refusal(state, &kept, client).await?;
            Ok(None)
        }
        Standing::Over => Ok(None),
    }
}

/// How the sign-in of a token's hash stands for somebody who comes from `address`.
pub(crate) async fn standing(
    store: &Store,
    token_hash: &str,
    address: IpAddr,
) -> Result<Standing, StoreError> {
    let Some(kept) = web_sessions::find(store, token_hash).await? else { return Ok(Standing::Over) };
    let settings = company_settings::find(kept.company, store).await?;
    let now_ms = now_ms();
    Ok(if idle_ms(settings.idle_s) <= now_ms - kept.last_seen_ms {
        Standing::Over
    } else if may_come_from(&settings, kept.account, address) {
        Standing::Holds(Admitted { kept, idle_s: settings.idle_s, now_ms })
    } else {
        Standing::NotFromThere(kept)
    })
}

/// Whether the company lets such an account come from there.
pub(crate) fn may_come_from(settings: &CompanySettings, account: Account, address: IpAddr) -> bool {
    let kept = match account {
        Account::Administrator(_) => &settings.administrator_addresses,
        Account::Operator(_) => &settings.operator_addresses,
    };
    Allowed::new(kept).allows(address)
}

/// Ends when the sign-in does. `is_busy`: what goes on under it and is no idleness.
pub(crate) async fn until_over(
    state: &AppState,
    session: &SignedIn,
    client: &Client,
    is_busy: impl Fn() -> bool,
) {
    let mut calls = state.rechecks.listen(session.admitted.kept.account);
    loop {
        tokio::select! {
            () = calls.next() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
        let looked = async {
            let Some(mut admitted) = admit(state, &session.token_hash, client).await? else {
                return Ok(false);
            };
            if is_busy() {
                admitted.touch(state).await?;
            }
            Ok::<_, StoreError>(true)
        };
        match looked.await {
            Ok(true) => {}
            Ok(false) => return,
            // The database is away for a moment; a sign-out is seen at the next look.
            Err(error) => tracing::warn!(error = %error, "Sign-in of an open connection not checked"),
        }
    }
}

/// 자동 로그아웃 시간 in milliseconds.
pub(crate) fn idle_ms(idle_s: u32) -> i64 {
    i64::from(idle_s) * 1000
}

/// A cookie that is used from elsewhere was perhaps stolen: it is logged, once a minute and network.
async fn note_refusal(state: &AppState, kept: &WebSession, client: &Client) -> Result<(), StoreError> {
    tracing::warn!(address = %client.address, "Sign-in used from an address that is not allowed");
    if state.address_refusals.count(client.address).is_err() {
        return Ok(());
    }
    let write = state.store.write(kept.company).await?;
    let (role, login) = match named(&write, kept.account).await {
        Ok(found) => found,
        // The account is gone: nobody's sign-in was used.
        Err(StoreError::Missing) => return Ok(()),
        Err(other) => return Err(other),
    };
    let actor = usage_log::Actor { role, login: &login, client };
    usage_log::note_of(&write, actor, "access.address-refused", json!({ "at": "session" })).await?;
    write.commit().await
}

async fn named(write: &Write, account: Account) -> Result<(&'static str, String), StoreError> {
    let company = write.company();
    Ok(match account {
        Account::Administrator(id) => {
            ("administrator", administrators::find(company, write, id).await?.administrator.login)
        }
        Account::Operator(id) => ("operator", operators::find(company, write, id).await?.login),
    })
}
