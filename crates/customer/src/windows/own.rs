//! The program's own windows, told to the session so that no input of the operator's reaches them.
//!
//! Each bears the program's class from its creation on, which the desktop knows too; the numbers are a second lock.

use std::time::Duration;

use slint::winit_030::WinitWindowAccessor;
use slint::winit_030::winit::raw_window_handle::{HasWindowHandle, RawWindowHandle};
use slint::{ComponentHandle, Timer};

use super::Presser;
use super::generated::{BarWindow, MainWindow};
use crate::running::Press;

/// The window system needs a moment until a new window has its place and its number.
const SETTLE: Duration = Duration::from_millis(50);

/// All of them.
#[derive(Clone)]
pub(super) struct OwnWindows {
    front: slint::Weak<MainWindow>,
    bar: slint::Weak<BarWindow>,
    press: Presser,
}

impl OwnWindows {
    pub(super) fn new(front: &MainWindow, bar: &BarWindow, press: Presser) -> Self {
        Self { front: front.as_weak(), bar: bar.as_weak(), press }
    }

    /// Tells the windows that are there once `wanted` finds the one that matters, then does `done`. Gives up when
    /// `wanted` says that the window is not to be shown any more.
    pub(super) fn register(self, wanted: impl Fn() -> Wanted + 'static, done: impl FnOnce() + 'static) {
        match wanted() {
            Wanted::Gone => {}
            Wanted::Comes => Timer::single_shot(SETTLE, move || self.register(wanted, done)),
            Wanted::There => {
                let front = self.front.upgrade().and_then(|window| number(window.window()));
                let bar = self.bar.upgrade().and_then(|window| number(window.window()));
                self.press.send(Press::Windows(front.into_iter().chain(bar).collect()));
                done();
            }
        }
    }
}

/// A window that must be registered before something may happen.
pub(super) enum Wanted {
    /// It is not shown any more.
    Gone,
    /// It has no number yet.
    Comes,
    /// It has one.
    There,
}

impl Wanted {
    /// How it stands with this window.
    pub(super) fn of(window: &slint::Window, shown: bool) -> Self {
        match (shown, number(window)) {
            (false, _) => Self::Gone,
            (true, None) => Self::Comes,
            (true, Some(_)) => Self::There,
        }
    }
}

/// The window's number in the window system.
fn number(window: &slint::Window) -> Option<u64> {
    window.with_winit_window(|winit| match winit.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => Some(handle.window),
        RawWindowHandle::Xcb(handle) => Some(handle.window.get().into()),
        _ => None,
    })?
}
