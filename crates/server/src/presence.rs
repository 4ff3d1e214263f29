//! Which operators have a console open at this moment, and who wants to know when that, or their sessions, change [D-3].

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{CompanyId, OperatorId};
use tokio::sync::broadcast;

/// So many changes may wait for a reader; one that falls further behind reads everything anew.
const WAITING_CHANGES: usize = 256;

/// Something about this operator changed: a console, a session, the account.
pub(crate) type Change = (CompanyId, OperatorId);

/// Open consoles by operator, each by the hash of its sign-in. The console's WebSocket holds a [`Present`] for as long as it lives.
#[derive(Clone, Debug)]
pub(crate) struct Presence {
    consoles: Arc<Mutex<HashMap<OperatorId, Vec<String>>>>,
    changes: broadcast::Sender<Change>,
}

/// One open console; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Present {
    presence: Presence,
    company: CompanyId,
    operator: OperatorId,
    sign_in: String,
}

impl Default for Presence {
    fn default() -> Self {
        Self { consoles: Arc::default(), changes: broadcast::Sender::new(WAITING_CHANGES) }
    }
}

impl Presence {
    /// A console of this operator has opened.
    pub(crate) fn enter(&self, company: CompanyId, operator: OperatorId, sign_in: &str) -> Present {
        self.consoles().entry(operator).or_default().push(sign_in.to_owned());
        self.changed(company, operator);
        Present { presence: self.clone(), company, operator, sign_in: sign_in.to_owned() }
    }

    /// Under which sign-ins consoles of this operator are open [S-01].
    pub(crate) fn sign_ins(&self, operator: OperatorId) -> Vec<String> {
        self.consoles().get(&operator).cloned().unwrap_or_default()
    }

    /// Everybody who has a console open, of whichever company.
    pub(crate) fn operators(&self) -> Vec<OperatorId> {
        self.consoles().keys().copied().collect()
    }

    /// Whether any console of this operator is open.
    pub(crate) fn is_present(&self, operator: OperatorId) -> bool {
        self.consoles().contains_key(&operator)
    }

    /// Tells everybody who watches that something about this operator changed.
    pub(crate) fn changed(&self, company: CompanyId, operator: OperatorId) {
        // Nobody watching is no error.
        drop(self.changes.send((company, operator)));
    }

    /// What changes from now on.
    pub(crate) fn watch(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    fn consoles(&self) -> MutexGuard<'_, HashMap<OperatorId, Vec<String>>> {
        self.consoles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        {
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
        self.presence.changed(self.company, self.operator);
    }
}
