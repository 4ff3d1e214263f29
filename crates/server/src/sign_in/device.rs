//! Browsers in which an account has signed in before: whoever guesses its password everywhere locks it for strangers, and
//! not for its owner.
//!
//! The cookie is a random number and a keyed hash over it and the account, so that nothing is kept of it. It opens nothing.

use crate::{
    locks::Whose,
    secrets::{digest, hex, new_token},
    state::AppState,
};
use subtle::ConstantTimeEq as _;

/// Between number and hash.
const DOT: char = '.';

/// A browser that is known.
#[derive(Debug)]
pub(super) struct Device(String);

impl Device {
    /// One that is known from now on.
    pub(super) fn new() -> Self {
        Self(new_token())
    }

    /// The device of a cookie that this server made for this account.
    pub(super) fn known(state: &AppState, whose: &Whose, cookie: &str) -> Option<Self> {
        let (number, hash) = cookie.split_once(DOT)?;
        let is_ours: bool = hash.as_bytes().ct_eq(hash_of(state, whose, number).as_bytes()).into();
        is_ours.then(|| Self(number.to_owned()))
    }

    /// What tells it from others.
    pub(super) fn number(&self) -> &str {
        &self.0
    }

    /// The cookie's value.
    pub(super) fn cookie(&self, state: &AppState, whose: &Whose) -> String {
        format!("{}{DOT}{}", self.0, hash_of(state, whose, &self.0))
    }
}

fn hash_of(state: &AppState, whose: &Whose, number: &str) -> String {
    let secret = hex(&state.sessions.secret("known-devices"));
    digest(&format!("beside/device/v1/{secret}"), &whose.key(number))
}
