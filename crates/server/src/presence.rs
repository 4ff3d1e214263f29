//! Which operators have a console open at this moment, and how many [D-3].

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::OperatorId;

/// Open consoles by operator. The console's WebSocket holds a [`Present`] for as long as it lives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence(Arc<Mutex<HashMap<OperatorId, usize>>>);

/// One open console; dropping it closes it.
#[derive(Debug)]
pub(crate) struct Present {
    presence: Presence,
    operator: OperatorId,
}

impl Presence {
    /// A console of this operator has opened.
    pub(crate) fn enter(&self, operator: OperatorId) -> Present {
        *self.consoles().entry(operator).or_default() += 1;
        Present { presence: self.clone(), operator }
    }

    /// Whether any console of this operator is open.
    pub(crate) fn is_present(&self, operator: OperatorId) -> bool {
        self.consoles().contains_key(&operator)
    }

    fn consoles(&self) -> std::sync::MutexGuard<'_, HashMap<OperatorId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let mut consoles = self.presence.consoles();
        if let Some(count) = consoles.get_mut(&self.operator) {
            *count -= 1;
            if *count == 0 {
                consoles.remove(&self.operator);
            }
        }
    }
}
