//! 관리자 Password [D-5, G-4]: what a stolen session must not do by itself asks for the password once more.

use crate::{
    clock::now_ms,
    locks::{Locks, Whose},
    problem::{Problem, code, field_code},
    roles::{Administrator, By, Person},
    state::AppState,
    usage_log::note_by,
};
use serde_json::json;
use store::{StoreError, administrators, key_of, operators, web_sessions::Account};

/// 관리자 Password [D-5].
pub(crate) async fn check(state: &AppState, who: &Administrator, given: &str) -> Result<(), Problem> {
    // A token was made with the password, and reaches nothing that its scopes do not name.
    let By::SignIn(_) = &who.by else { return Ok(()) };
    check_own(state, &who.person()?, "administrator_password", given).await
}

/// The password of whoever asks, told at `field`. Guesses are counted and locked like those of sign-ins, so that a session
/// that was stolen, or left open, is no place to find it out.
pub(crate) async fn check_own(
    state: &AppState,
    who: &Person<'_>,
    field: &'static str,
    given: &str,
) -> Result<(), Problem> {
    if given.is_empty() {
        return Err(Problem::of_field(field, field_code::REQUIRED));
    }
    state.sign_ins.count(who.client.address)?;
    let whose = Whose { role: who.role, company: who.company.to_string(), login: key_of(who.login) };
    // Whoever has the session is no stranger, and is held to what is guessed in it.
    let locks = Locks::new(&whose, who.client.address, Some(&who.session.token_hash));
    refuse_locked(locks.until_ms(state, now_ms()).await?)?;
    let kept = match who.account {
        Account::Administrator(id) => {
            administrators::find(who.company, &state.store, id).await?.password_hash
        }
        Account::Operator(_) => {
            let found = operators::find_by_login(who.company, &state.store, who.login).await?;
            found.ok_or(StoreError::Missing)?.password_hash
        }
    };
    let is_right = state.passwords.verify(Some(&kept), given).await?;
    // Guesses that were under way while others locked the account learn nothing either.
    refuse_locked(locks.until_ms(state, now_ms()).await?)?;
    if is_right {
        return Ok(locks.clear(state).await?);
    }
    let until_ms = locks.add(state, Some(who.company), now_ms()).await?;
    let kind = if until_ms.is_some() { "access.password-locked" } else { "access.password-wrong" };
    let write = state.store.write(who.company).await?;
    note_by(&write, who, kind, json!({})).await?;
    write.commit().await?;
    refuse_locked(until_ms)?;
    Err(Problem::of_field(field, field_code::PASSWORD_WRONG))
}

fn refuse_locked(until_ms: Option<i64>) -> Result<(), Problem> {
    let Some(until_ms) = until_ms else { return Ok(()) };
    let retry_after_s = (until_ms - now_ms()).max(0) / 1000 + 1;
    Err(Problem::new(code::SIGN_IN_LOCKED).with("retry_after_s", retry_after_s))
}
