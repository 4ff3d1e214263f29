//! Which searches were noted: a search stands in the usage log once, and not again for each of its pages [G-3].

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The same search after so long is another one.
const SAME_MS: i64 = 10 * 60 * 1_000;
/// Sign-ins that are remembered; beyond them a search may be noted twice.
const SIGN_INS: usize = 10_000;

/// The last search of each sign-in.
#[derive(Debug, Default)]
pub(crate) struct Searches(Mutex<HashMap<String, (String, i64)>>);

impl Searches {
    /// Whether this sign-in's search is another one than its last.
    pub(super) fn is_new(&self, sign_in: &str, filters: &str, now_ms: i64) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |(before, at_ms): &(String, i64)| before == filters && now_ms - at_ms < SAME_MS;
        if last.get(sign_in).is_some_and(is_same) {
            return false;
        }
        if SIGN_INS <= last.len() {
            last.clear();
        }
        last.insert(sign_in.to_owned(), (filters.to_owned(), now_ms));
        true
    }
}
