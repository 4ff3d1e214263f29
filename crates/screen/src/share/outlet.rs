//! Where what is made once for several viewers goes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;

use super::ShareEvent;

/// Those who look at one stream; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Outlet(Arc<Mutex<Vec<mpsc::Sender<ShareEvent>>>>);

impl Outlet {
    /// From here on it goes to these.
    pub(super) fn set(&self, viewers: Vec<mpsc::Sender<ShareEvent>>) {
        *self.lock() = viewers;
    }

    /// Tells each of them. `false`: nobody takes it any more.
    pub(super) fn send(&self, event: &ShareEvent) -> bool {
        let viewers = self.lock().clone();
        let mut taken = false;
        for viewer in viewers {
            // Whoever has gone needs to know no more.
            taken |= viewer.blocking_send(event.clone()).is_ok();
        }
        taken
    }

    fn lock(&self) -> MutexGuard<'_, Vec<mpsc::Sender<ShareEvent>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
