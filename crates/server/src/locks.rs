//! Wrong passwords lock an account for a while: per account and network, and per account over all of them; accounts
//! that do not exist as those that do.

use crate::{secrets::digest, state::AppState, throttle::network_of};
use std::net::IpAddr;
use store::{
    CompanyId, Reads, StoreError, company_settings,
    company_settings::CompanySettings,
    sign_in_failures::{self, LockRule},
};

/// Over all networks an account takes so many times the failures before it is locked, and for so many times as long.
/// Those who guess from everywhere are slowed down; who has merely mistyped never notices.
const EVERYWHERE: i64 = 10;

/// Wrong codes of the second step in a row that lock it.
const CODE_FAILURES: i64 = 5;
/// For how long: six digits are guessed in a year or two by that, by somebody who has the password.
const CODE_LOCK_MS: i64 = 15 * 60 * 1000;

/// Whose password it is; also of accounts that there are not.
#[derive(Clone, Debug)]
pub(crate) struct Whose {
    /// "administrator" or "operator".
    pub(crate) role: &'static str,
    /// The company's id, or what was typed for it.
    pub(crate) company: String,
    /// The account's ID, as it is compared.
    pub(crate) login: String,
}

/// The locks that one attempt meets.
#[derive(Debug)]
pub(crate) struct Locks {
    here: String,
    wide: String,
}

impl Whose {
    /// A text that is this account's alone, for `purpose`.
    pub(crate) fn key(&self, purpose: &str) -> String {
        [self.role, &self.company, &self.login, purpose].join("\n")
    }
}

impl Locks {
    /// `device`: what tells a browser from all others in which this account has signed in before. It is not held to what
    /// strangers guess elsewhere, who would keep the account's owner out by that, but to its own failures.
    pub(crate) fn new(whose: &Whose, address: IpAddr, device: Option<&str>) -> Self {
        let key = |place: &str| digest("beside/sign-in/v1", &whose.key(place));
        let wide = match device {
            Some(number) => key(&format!("device {number}")),
            None => key("everywhere"),
        };
        Self { here: key(&network_of(address).to_string()), wide }
    }

    /// Until when no password is looked at, if it is so.
    pub(crate) async fn until_ms(&self, state: &AppState, now_ms: i64) -> Result<Option<i64>, StoreError> {
        let here = sign_in_failures::locked_until(&state.store, &self.here, now_ms).await?;
        let wide = sign_in_failures::locked_until(&state.store, &self.wide, now_ms).await?;
        Ok(here.max(wide))
    }

    /// Counts a failure by the company's rule; a company that there is not has the rule of one that has set nothing.
    /// `Some`: it was the one too many.
    pub(crate) async fn add(
        &self,
        state: &AppState,
        company: Option<CompanyId>,
        now_ms: i64,
    ) -> Result<Option<i64>, StoreError> {
        let settings = match company {
            Some(company) => company_settings::find(company, &state.store).await?,
            None => CompanySettings::default(),
        };
        let rule = LockRule {
            allowed: i64::from(settings.sign_in_failures),
            lock_ms: i64::from(settings.sign_in_lock_s) * 1000,
        };
        let slow = LockRule { allowed: EVERYWHERE * rule.allowed, lock_ms: EVERYWHERE * rule.lock_ms };
        let here = sign_in_failures::add(&state.store, &self.here, rule, now_ms).await?;
        let wide = sign_in_failures::add(&state.store, &self.wide, slow, now_ms).await?;
        Ok(here.max(wide))
    }

    /// The password was right.
    pub(crate) async fn clear(&self, state: &AppState) -> Result<(), StoreError> {
        sign_in_failures::clear(&state.store, &self.here).await?;
        sign_in_failures::clear(&state.store, &self.wide).await
    }
}

/// The lock over codes of the second step. It is the account's over all networks, since whoever guesses has the password.
#[derive(Debug)]
pub(crate) struct CodeLock(String);

impl CodeLock {
    /// `device`: as in [`Locks::new`].
    pub(crate) fn new(whose: &Whose, device: Option<&str>) -> Self {
        let place = format!("code {}", device.unwrap_or("everywhere"));
        Self(digest("beside/sign-in/v1", &whose.key(&place)))
    }

    /// Until when no code is looked at, if it is so.
    pub(crate) async fn until_ms(&self, on: &impl Reads, now_ms: i64) -> Result<Option<i64>, StoreError> {
        sign_in_failures::locked_until(on, &self.0, now_ms).await
    }

    /// Counts a wrong code. `Some`: it was the one too many.
    pub(crate) async fn add(&self, state: &AppState, now_ms: i64) -> Result<Option<i64>, StoreError> {
        let rule = LockRule { allowed: CODE_FAILURES, lock_ms: CODE_LOCK_MS };
        sign_in_failures::add(&state.store, &self.0, rule, now_ms).await
    }

    /// A code was right.
    pub(crate) async fn clear(&self, state: &AppState) -> Result<(), StoreError> {
        sign_in_failures::clear(&state.store, &self.0).await
    }
}
