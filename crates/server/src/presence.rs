//! Which operators have a console open at this moment, and how many [D-3].

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::OperatorId;

/// Open consoles by operator, each by the hash of its sign-in. The console's WebSocket holds a [`Present`] for as long as it lives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence(Arc<Mutex<HashMap<OperatorId, Vec<String>>>>);

/// One open console; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Present {
    presence: Presence,
    operator: OperatorId,
    sign_in: String,
}

impl Presence {
    /// A console of this operator has opened.
    pub(crate) fn enter(&self, operator: OperatorId, sign_in: &str) -> Present {
        self.consoles().entry(operator).or_default().push(sign_in.to_owned());
        Present { presence: self.clone(), operator, sign_in: sign_in.to_owned() }
    }

    /// Under which sign-ins consoles of this operator are open [S-01].
    pub(crate) fn sign_ins(&self, operator: OperatorId) -> Vec<String> {
        self.consoles().get(&operator).cloned().unwrap_or_default()
    }

    /// Whether any console of this operator is open.
    pub(crate) fn is_present(&self, operator: OperatorId) -> bool {
        self.consoles().contains_key(&operator)
    }

    fn consoles(&self) -> std::sync::MutexGuard<'_, HashMap<OperatorId, Vec<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut consoles = self.presence.consoles();
        if let Some(open) = consoles.get_mut(&self.operator) {
            if let Some(own) = open.iter().position(|sign_in| *sign_in == self.sign_in) {
                open.swap_remove(own);
            }
            if open.is_empty() {
                consoles.remove(&self.operator);
            }
        }
    }
}
