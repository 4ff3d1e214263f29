//! Ends a wait from another thread.

use std::{os::fd::OwnedFd, sync::Arc};

use rustix::event::{EventfdFlags, eventfd};
use tracing::trace;

use crate::ScreenError;

/// Rings the thread that waits for the display server. An eventfd: rings add up to one.
#[derive(Debug, Clone)]
pub(crate) struct Waker(Arc<OwnedFd>);

impl Waker {
    pub(super) fn new() -> Result<Self, ScreenError> {
        eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC)
            .map(|fd| Self(Arc::new(fd)))
            .map_err(|error| ScreenError::Resources { reason: error.to_string() })
    }

    pub(crate) fn wake(&self) {
        if let Err(error) = rustix::io::write(&*self.0, &1_u64.to_ne_bytes()) {
            // A full counter rings already.
            trace!(%error, "Waker was not rung");
        }
    }

    pub(super) fn fd(&self) -> &OwnedFd {
        &self.0
    }

    pub(super) fn silence(&self) {
        let mut count = [0; 8];
        if let Err(error) = rustix::io::read(&*self.0, &mut count) {
            // Would block: it had not rung.
            trace!(%error, "Waker was silent");
        }
    }
}
