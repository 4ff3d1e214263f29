//! The operator's hand on the customer's desktop: a thread of its own, so that a slow display never delays Stop.

mod orders;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use desktop::input::{Applied, Input, InputError, Options, Reach, Refusal, Unsupported, WindowId, open};
use protocol::input::InputEvent;

use super::thread_end;
use orders::{Next, Orders};

/// How often the customer's own hand is looked for while the operator controls.
const LOOK: Duration = Duration::from_millis(50);
/// And while nobody does: what the display tells must not pile up.
const LOOK_IDLE: Duration = Duration::from_secs(1);
/// The session pauses the operator for 500 ms after each sign of the customer; repeated before that has passed.
const TELL_AGAIN: Duration = Duration::from_millis(400);

/// What the hand tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Felt {
    /// The customer uses mouse or keyboard.
    CustomerActive,
    /// The customer pressed Esc three times within a second while the operator had control.
    Escaped,
    /// This desktop can be controlled.
    Ready,
    /// This desktop cannot be controlled; kebab-case.
    Unsupported(&'static str),
    /// An input of the operator's reached nothing, and why; kebab-case.
    Refused(&'static str),
}

/// A hand; dropping it lets everything go.
pub(super) struct Hand {
    orders: Arc<Orders>,
    thread: Option<JoinHandle<()>>,
}

impl Hand {
    /// Takes hold of the desktop. `tell` is called on the hand's thread.
    pub(super) fn start(windows: Vec<u64>, tell: impl Fn(Felt) + Send + 'static) -> Self {
        let options = Options { display: None, runtime_dir: runtime_dir() };
        Self::start_with(windows, move || open(&options), tell)
    }

    fn start_with(
        windows: Vec<u64>,
        open: impl FnOnce() -> Result<Box<dyn Input>, Unsupported> + Send + 'static,
        tell: impl Fn(Felt) + Send + 'static,
    ) -> Self {
        let orders = Arc::new(Orders::default());
        let received = Arc::clone(&orders);
        let spawned = std::thread::Builder::new().name("hand".to_owned()).spawn(move || match open() {
            Ok(mut input) => {
                input.set_own_windows(&to_ids(&windows));
                tell(Felt::Ready);
                if let Err(error) = obey(input.as_mut(), &received, &tell) {
                    tracing::warn!(%error, "Desktop takes no input any more");
                    tell(Felt::Unsupported("input-display-lost"));
                }
            }
            Err(unsupported) => tell(Felt::Unsupported(unsupported.what)),
        });
        Self { orders, thread: spawned.ok() }
    }

    pub(super) fn apply(&self, event: InputEvent) {
        self.orders.apply(event);
    }

    /// Every key and button goes up, and what waits is never done.
    pub(super) fn release(&self) {
        self.orders.release();
    }

    /// The program's own windows changed.
    pub(super) fn set_windows(&self, windows: Vec<u64>) {
        self.orders.set_windows(windows);
    }

    /// What is shared: nothing is done beyond it.
    pub(super) fn set_reach(&self, reach: Reach) {
        self.orders.set_reach(reach);
    }

    /// Whether a question to the customer is open: nothing is done while one is. To be told before it is shown.
    pub(super) fn set_question(&self, open: bool) {
        self.orders.set_question(open);
    }

    /// Whether to look for the customer's own hand: only while the operator has control. Without, what waits is
    /// never done.
    pub(super) fn watch(&self, on: bool) {
        self.orders.watch(on);
    }

    /// Lets everything go and waits until that is done, or [`thread_end::END_WAIT`].
    pub(super) async fn end(mut self) {
        let Some(thread) = self.thread.take() else { return };
        drop(self);
        thread_end::ended(thread).await;
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.orders.end();
    }
}

fn obey(input: &mut dyn Input, orders: &Orders, tell: &impl Fn(Felt)) -> Result<(), InputError> {
    let mut watch = false;
    let mut wake_at: Option<Instant> = None;
    let mut told_at: Option<Instant> = None;
    loop {
        let look = if watch { LOOK } else { LOOK_IDLE };
        let now = Instant::now();
        let wait = wake_at.map_or(look, |at| at.saturating_duration_since(now).min(look));
        match orders.next(wait) {
            Some(Next::End) => return input.release_all(),
            Some(Next::Release) => input.release_all()?,
            Some(Next::Question(open)) => input.set_question_open(open)?,
            Some(Next::Windows(windows)) => input.set_own_windows(&to_ids(&windows)),
            Some(Next::Reach(reach)) => input.set_reach(reach),
            Some(Next::Watch(on)) => watch = on,
            Some(Next::Apply(event)) => {
                let applied = input.apply(Instant::now(), &event)?;
                if !means_nothing_alone(&event) {
                    refused(applied, tell);
                }
            }
            None => {}
        }
        let now = Instant::now();
        let polled = input.poll(now)?;
        wake_at = polled.wake_at;
        polled.refused.into_iter().for_each(|reason| refused(Applied::Refused(reason), tell));
        if polled.escaped && watch {
            tell(Felt::Escaped);
        }
        if polled.customer_active && told_at.is_none_or(|at| at + TELL_AGAIN <= now) {
            told_at = Some(now);
            tracing::debug!("Customer goes first");
            tell(Felt::CustomerActive);
        }
        if !polled.customer_active {
            told_at = None;
        }
    }
}

fn refused(applied: Applied, tell: &impl Fn(Felt)) {
    if let Applied::Refused(reason) = applied
        && reason != Refusal::CustomerActive
    {
        tracing::info!(reason = reason.code(), "Input refused");
        tell(Felt::Refused(reason.code()));
    }
}

/// A console's own shortcut begins with keys that come here before it is one: nobody is told that they reached nothing. The key
/// after them tells.
fn means_nothing_alone(event: &InputEvent) -> bool {
    let InputEvent::Key { code, .. } = event else { return false };
    ["Alt", "Control", "Shift"].iter().any(|name| code.as_str().starts_with(name))
}

fn to_ids(windows: &[u64]) -> Vec<WindowId> {
    windows.iter().copied().map(WindowId).collect()
}

/// Where the desktop's note of what must be put back lies: a folder of the user's own that ends with the login.
fn runtime_dir() -> PathBuf {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_dir())
        .or_else(crate::trust::settings_folder)
        .unwrap_or_else(std::env::temp_dir)
}
