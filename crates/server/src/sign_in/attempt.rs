//! One attempt to sign in: the same steps, the same answer and the same time whatever was wrong.

use super::{
    device::Device,
    enter::{Entering, enter},
    error::SignInError,
};
use crate::{
    admission::may_come_from,
    client::Client,
    clock::now_ms,
    locks::{Locks, Whose},
    state::AppState,
    usage_log::{Actor, note_of},
};
use serde_json::json;
use store::{
    CompanyId, StoreError, administrators,
    companies::{self, Company},
    company_settings, key_of, operators,
    web_sessions::Account,
};

/// Longer IDs, names and passwords belong to nobody.
const LONGEST_INPUT: usize = 512;

/// Where somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Realm {
    /// `/manage`.
    Manage,
    /// `/console`.
    Console,
}

impl Realm {
    pub(super) const fn role(self) -> &'static str {
        match self {
            Self::Manage => "administrator",
            Self::Console => "operator",
        }
    }
}

/// What was typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attempt<'a> {
    pub(super) realm: Realm,
    pub(super) company: Option<&'a str>,
    pub(super) login: &'a str,
    pub(super) password: &'a str,
    /// Of the second step.
    pub(super) code: Option<&'a str>,
    /// S-01: the operator knows of a console that is open elsewhere, and wants it ended.
    pub(super) ends_other: bool,
    /// The browser's cookie of an earlier sign-in, if it has one.
    pub(super) device: Option<&'a str>,
    pub(super) client: &'a Client,
}

/// A sign-in that succeeded.
#[derive(Debug)]
pub(super) struct Success {
    pub(super) company: Company,
    pub(super) account: Account,
    /// For the cookie; kept by its hash alone.
    pub(super) token: String,
    /// For the cookie by which this browser is known again.
    pub(super) device: String,
    /// 자동 로그아웃 시간(초).
    pub(super) idle_s: u32,
}

/// An account that might be meant.
struct Candidate {
    account: Account,
    password_hash: String,
}

/// Signs somebody in, or not.
pub(super) async fn sign_in(state: &AppState, attempt: Attempt<'_>) -> Result<Success, SignInError> {
    state.sign_ins.count(attempt.client.address).map_err(SignInError::Throttled)?;
    let too_long = [attempt.company.unwrap_or_default(), attempt.login, attempt.password]
        .iter()
        .any(|text| LONGEST_INPUT < text.len());
    if too_long {
        return Err(SignInError::Failed);
    }
    let company = find_company(state, attempt.company).await?;
    let whose = Whose {
        role: attempt.realm.role(),
        company: match &company {
            Some(company) => company.id.to_string(),
            None => key_of(attempt.company.unwrap_or_default().trim()),
        },
        login: key_of(attempt.login.trim()),
    };
    let device = attempt.device.and_then(|kept| Device::known(state, &whose, kept));
    let locks = Locks::new(&whose, attempt.client.address, device.as_ref().map(Device::number));
    refuse(state, &locks).await?;
    let candidate = match &company {
        Some(company) => find_candidate(state, company.id, attempt).await?,
        None => None,
    };
    let kept = candidate.as_ref().map(|candidate| candidate.password_hash.as_str());
    let right = state.passwords.verify(kept, attempt.password).await?;
    // Guesses that were under way while others locked the account learn nothing either.
    refuse(state, &locks).await?;
    match (company, candidate) {
        (Some(company), Some(candidate)) if right => {
            let settings = company_settings::find(company.id, &state.store).await?;
            if !may_come_from(&settings, candidate.account, attempt.client.address) {
                note_later(state, company.id, "access.address-refused", attempt);
                return Err(SignInError::Address { address: attempt.client.address });
            }
            let entering = Entering {
                company: &company,
                settings: &settings,
                account: candidate.account,
                password_hash: &candidate.password_hash,
                whose: &whose,
                device: device.as_ref().map(Device::number),
                attempt,
            };
            let token = enter(state, entering).await?;
            locks.clear(state).await?;
            let device = device.unwrap_or_else(Device::new).cookie(state, &whose);
            Ok(Success { company, account: candidate.account, token, device, idle_s: settings.idle_s })
        }
        (company, _) => Err(fail(state, &locks, company.map(|company| company.id), attempt).await?),
    }
}

/// The company that was named, else the only one there is.
async fn find_company(state: &AppState, named: Option<&str>) -> Result<Option<Company>, StoreError> {
    match named.map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => companies::find_by_short_name(&state.store, name).await,
        None => companies::find_only(&state.store).await,
    }
}

async fn find_candidate(
    state: &AppState,
    company: CompanyId,
    attempt: Attempt<'_>,
) -> Result<Option<Candidate>, StoreError> {
    let login = attempt.login.trim();
    Ok(match attempt.realm {
        Realm::Manage => {
            administrators::find_by_login(company, &state.store, login).await?.map(|found| Candidate {
                account: Account::Administrator(found.administrator.id),
                password_hash: found.password_hash,
            })
        }
        Realm::Console => operators::find_by_login(company, &state.store, login).await?.map(|found| {
            Candidate { account: Account::Operator(found.operator.id), password_hash: found.password_hash }
        }),
    })
}

/// Errors: [`SignInError::Locked`], with the time that is left.
async fn refuse(state: &AppState, locks: &Locks) -> Result<(), SignInError> {
    let now_ms = now_ms();
    let until_ms = locks.until_ms(state, now_ms).await?;
    until_ms.map_or(Ok(()), |until_ms| Err(locked(until_ms, now_ms)))
}

fn locked(until_ms: i64, now_ms: i64) -> SignInError {
    SignInError::Locked { retry_after_s: (until_ms - now_ms).max(0) / 1000 + 1 }
}

/// Counts the failure. The line in the log is written after the answer, so that its time tells nobody whether
/// the company exists.
async fn fail(
    state: &AppState,
    locks: &Locks,
    company: Option<CompanyId>,
    attempt: Attempt<'_>,
) -> Result<SignInError, StoreError> {
    let now_ms = now_ms();
    let locked_until = locks.add(state, company, now_ms).await?;
    if let Some(company) = company {
        let kind = if locked_until.is_some() { "access.sign-in-locked" } else { "access.sign-in-failed" };
        note_later(state, company, kind, attempt);
    }
    Ok(locked_until.map_or(SignInError::Failed, |until_ms| locked(until_ms, now_ms)))
}

fn note_later(state: &AppState, company: CompanyId, kind: &'static str, attempt: Attempt<'_>) {
    let (role, login, client) =
        (attempt.realm.role(), attempt.login.trim().to_owned(), attempt.client.clone());
    let store = state.store.clone();
    state.tasks.spawn(async move {
        let noted = async {
            let write = store.write(company).await?;
            note_of(&write, Actor { role, login: &login, client: &client }, kind, json!({})).await?;
            write.commit().await
        };
        if let Err(error) = noted.await {
            tracing::error!(error = %error, "Failed sign-in could not be logged");
        }
    });
}
