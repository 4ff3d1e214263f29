//! Windows that come and go.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use slint::{ComponentHandle, Timer};

/// A window that goes is emptied first, and screen readers are told of that before it is gone.
const EMPTIED: Duration = Duration::from_millis(60);

/// Whether a window is to be seen.
#[derive(Clone, Default)]
pub(super) struct Visible(Rc<Cell<bool>>);

impl Visible {
    /// Shows or hides `window`, which the caller has filled or emptied.
    pub(super) fn set<W: ComponentHandle + 'static>(&self, window: &W, visible: bool) {
        let before = self.0.replace(visible);
        if visible {
            report(window.show());
        } else if before {
            let (wanted, weak) = (Rc::clone(&self.0), window.as_weak());
            Timer::single_shot(EMPTIED, move || {
                if let Some(window) = weak.upgrade().filter(|_| !wanted.get()) {
                    report(window.hide());
                }
            });
        }
    }

    pub(super) fn get(&self) -> bool {
        self.0.get()
    }
}

fn report(done: Result<(), slint::PlatformError>) {
    if let Err(error) = done {
        tracing::error!(%error, "Window cannot be shown or hidden");
    }
}
