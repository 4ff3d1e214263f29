//! A restart of the machine, between the session and the system (F-03).

use session::customer::{Input, Returning};

use super::Visit;
use super::incoming::Happening;
use crate::running::returning;

impl Visit<'_> {
    pub(super) fn keep_return(&mut self, returning: &Returning) {
        let origin = self.plan.destination.origins.first();
        let kept = match origin {
            Some(origin) => returning::keep(returning, &origin.to_string(), self.plan.language),
            None => Err("reboot-not-prepared"),
        };
        self.returns = kept.is_ok();
        self.handle(Input::ReturnKept(kept));
    }

    pub(super) fn forget_return(&mut self) {
        self.returns = false;
        returning::forget();
    }

    /// On a thread of its own: the system may ask the customer for a password, and wait for it.
    pub(super) fn restart(&mut self) {
        let sender = self.sender.clone();
        let begun = std::thread::Builder::new().name("restart".to_owned()).spawn(move || {
            if let Err(error) = desktop::restart::open().restart() {
                tracing::warn!(%error, "Machine is not restarted");
                if sender.blocking_send(Happening::NoRestart(error.code())).is_err() {
                    tracing::trace!("Nobody waits for the restart any more");
                }
            }
        });
        if let Err(error) = begun {
            tracing::warn!(%error, "Machine is not restarted");
            self.handle(Input::RebootFailed("reboot-failed"));
        }
    }
}
