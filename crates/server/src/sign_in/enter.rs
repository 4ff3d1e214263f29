//! After the right password: the second step, the place of an operator who is signed in elsewhere, and the sign-in itself. All
//! of it in one write: a code is used up by the sign-in that it lets in, and by nothing else.

use super::{attempt::Attempt, error::SignInError};
use crate::{
    admission::idle_ms,
    clock::now_ms,
    locks::{CodeLock, Whose},
    options::{self, OptionKey},
    second_step::{self, Verdict},
    secrets::{new_token, token_hash},
    state::AppState,
    usage_log::{Actor, note_of},
};
use serde_json::{Value, json};
use store::{
    OperatorId, StoreError, Write, administrators,
    companies::Company,
    company_settings::CompanySettings,
    operators,
    web_sessions::{self, Account, NewWebSession},
};

/// Somebody whose password was right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entering<'a> {
    pub(super) company: &'a Company,
    pub(super) settings: &'a CompanySettings,
    pub(super) account: Account,
    /// Of the password that was right.
    pub(super) password_hash: &'a str,
    pub(super) whose: &'a Whose,
    /// The number of a browser that is known.
    pub(super) device: Option<&'a str>,
    pub(super) attempt: Attempt<'a>,
}

/// Keeps the sign-in and gives the cookie's token.
pub(super) async fn enter(state: &AppState, who: Entering<'_>) -> Result<String, SignInError> {
    let lock = CodeLock::new(who.whose, who.device);
    let write = state.store.write(who.company.id).await?;
    // A new password, saved while this one waited to be checked, has ended the sign-ins of the old one.
    if kept_hash(&write, who).await?.as_deref() != Some(who.password_hash) {
        return Err(SignInError::Failed);
    }
    if who.attempt.code.is_some() {
        refuse_locked(lock.until_ms(&write, now_ms()).await?)?;
    }
    let verdict = second_step::check(state, &write, who.account, who.attempt.code).await?;
    let by = match verdict {
        Verdict::NotOn => "password",
        Verdict::Right { by_recovery: false } => "code",
        Verdict::Right { by_recovery: true } => "recovery",
        Verdict::Missing => return Err(SignInError::CodeNeeded),
        Verdict::Wrong => {
            drop(write);
            return Err(wrong_code(state, &lock, who).await?);
        }
    };
    let mut detail = json!({});
    if verdict != Verdict::NotOn {
        insert(&mut detail, "by", by.into());
    }
    if let Account::Operator(id) = who.account
        && let Some(address) = make_room(state, &write, id, who).await?
    {
        insert(&mut detail, "ended", address.into());
    }
    let token = keep(&write, who, detail).await?;
    write.commit().await?;
    state.rechecks.call(who.account);
    lock.clear(state).await?;
    Ok(token)
}

/// The hash as it is kept now; `None`: the account is gone.
async fn kept_hash(write: &Write, who: Entering<'_>) -> Result<Option<String>, StoreError> {
    let (company, login) = (who.company.id, who.attempt.login.trim());
    Ok(match who.account {
        Account::Administrator(_) => {
            administrators::find_by_login(company, write, login).await?.map(|found| found.password_hash)
        }
        Account::Operator(_) => {
            operators::find_by_login(company, write, login).await?.map(|found| found.password_hash)
        }
    })
}

async fn keep(write: &Write, who: Entering<'_>, detail: Value) -> Result<String, StoreError> {
    let token = new_token();
    let now_ms = now_ms();
    let client = who.attempt.client;
    let address = client.address.to_string();
    web_sessions::delete_idle(write, now_ms - idle_ms(who.settings.idle_s)).await?;
    let new = NewWebSession {
        token_hash: &token_hash(&token),
        account: who.account,
        address: &address,
        browser: &client.browser,
        created_at_ms: now_ms,
    };
    web_sessions::create(write, new).await?;
    match who.account {
        Account::Administrator(id) => administrators::set_signed_in(write, id, now_ms).await?,
        Account::Operator(id) => operators::set_signed_in(write, id, now_ms, &address).await?,
    }
    let actor = Actor { role: who.attempt.realm.role(), login: who.attempt.login.trim(), client };
    note_of(write, actor, "access.sign-in", detail).await?;
    Ok(token)
}

/// An operator is signed in once [S-01]. One who has a console open elsewhere is asked about that, or refused; a sign-in
/// without an open console is over. Gives the address of a console that is ended.
async fn make_room(
    state: &AppState,
    write: &Write,
    operator: OperatorId,
    who: Entering<'_>,
) -> Result<Option<String>, SignInError> {
    let company = who.company.id;
    let open = state.presence.sign_ins(operator);
    let kept = web_sessions::list(company, write, who.account, 0).await?;
    let elsewhere = kept.into_iter().find(|session| open.contains(&session.token_hash));
    if let Some(there) = &elsewhere {
        let may_end = options::holds(company, write, operator, OptionKey::ForcedLogin).await?;
        if !may_end || !who.attempt.ends_other {
            let (address, since_ms) = (there.address.clone(), there.created_at_ms);
            return Err(SignInError::Elsewhere { may_end, address, since_ms });
        }
    }
    web_sessions::delete_of(write, who.account, None).await?;
    Ok(elsewhere.map(|there| there.address))
}

async fn wrong_code(state: &AppState, lock: &CodeLock, who: Entering<'_>) -> Result<SignInError, StoreError> {
    let until_ms = lock.add(state, now_ms()).await?;
    let kind = if until_ms.is_some() { "access.code-locked" } else { "access.code-wrong" };
    let write = state.store.write(who.company.id).await?;
    let login = who.attempt.login.trim();
    let actor = Actor { role: who.attempt.realm.role(), login, client: who.attempt.client };
    note_of(&write, actor, kind, json!({})).await?;
    write.commit().await?;
    Ok(refuse_locked(until_ms).err().unwrap_or(SignInError::CodeWrong))
}

fn refuse_locked(until_ms: Option<i64>) -> Result<(), SignInError> {
    let left = |until_ms: i64| (until_ms - now_ms()).max(0) / 1000 + 1;
    until_ms.map_or(Ok(()), |until_ms| Err(SignInError::Locked { retry_after_s: left(until_ms) }))
}

fn insert(detail: &mut Value, name: &str, value: Value) {
    if let Some(detail) = detail.as_object_mut() {
        detail.insert(name.to_owned(), value);
    }
}
