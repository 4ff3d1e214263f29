//! The operator's hand on the customer's desktop: a thread of its own, so that a slow display never delays Stop.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use desktop::input::{Applied, Input, InputError, Options, Refusal, WindowId, open};
use protocol::input::InputEvent;

/// Orders that wait; more than a second of the fastest hand.
const ORDERS: usize = 1024;
/// How often the customer's own hand is looked for while the operator controls.
const LOOK: Duration = Duration::from_millis(50);
/// The session pauses the operator for 500 ms after each sign of the customer; repeated before that has passed.
const TELL_AGAIN: Duration = Duration::from_millis(400);
/// How long the keys may take to go up at the end.
const END_WAIT: Duration = Duration::from_millis(500);

enum Order {
    Apply(InputEvent),
    Release,
    Windows(Vec<u64>),
    Watch(bool),
}

/// What the hand tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Felt {
    /// The customer uses mouse or keyboard.
    CustomerActive,
    /// This desktop cannot be controlled; kebab-case.
    Unsupported(&'static str),
}

/// A hand; dropping it lets everything go.
pub(super) struct Hand {
    orders: SyncSender<Order>,
    thread: Option<JoinHandle<()>>,
}

impl Hand {
    /// Takes hold of the desktop. `tell` is called on the hand's thread.
    pub(super) fn start(windows: Vec<u64>, tell: impl Fn(Felt) + Send + 'static) -> Self {
        let (orders, received) = sync_channel(ORDERS);
        let spawned = std::thread::Builder::new().name("hand".to_owned()).spawn(move || {
            match open(&Options { display: None, runtime_dir: runtime_dir() }) {
                Ok(mut input) => {
                    input.set_own_windows(&to_ids(&windows));
                    if let Err(error) = obey(input.as_mut(), &received, &tell) {
                        tracing::warn!(%error, "Desktop takes no input any more");
                        tell(Felt::Unsupported("input-display-lost"));
                    }
                }
                Err(unsupported) => tell(Felt::Unsupported(unsupported.what)),
            }
        });
        Self { orders, thread: spawned.ok() }
    }

    pub(super) fn apply(&self, event: InputEvent) {
        self.order(Order::Apply(event));
    }

    /// Every key and button goes up.
    pub(super) fn release(&self) {
        self.order(Order::Release);
    }

    /// The program's own windows changed.
    pub(super) fn set_windows(&self, windows: Vec<u64>) {
        self.order(Order::Windows(windows));
    }

    /// Whether to look for the customer's own hand: only while the operator has control.
    pub(super) fn watch(&self, on: bool) {
        self.order(Order::Watch(on));
    }

    /// Lets everything go and waits until that is done, or `END_WAIT`.
    pub(super) async fn end(mut self) {
        let Some(thread) = self.thread.take() else { return };
        drop(self);
        let until = Instant::now() + END_WAIT;
        while !thread.is_finished() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn order(&self, order: Order) {
        if self.orders.try_send(order).is_err() {
            tracing::debug!("Input dropped: the desktop is behind");
        }
    }
}

fn obey(input: &mut dyn Input, orders: &Receiver<Order>, tell: &impl Fn(Felt)) -> Result<(), InputError> {
    let mut watch = false;
    let mut wake_at: Option<Instant> = None;
    let mut told_at: Option<Instant> = None;
    loop {
        let now = Instant::now();
        let wait = match (watch, wake_at) {
            (true, at) => Some(at.map_or(LOOK, |at| at.saturating_duration_since(now).min(LOOK))),
            (false, at) => at.map(|at| at.saturating_duration_since(now)),
        };
        match next(orders, wait) {
            Ok(Some(Order::Apply(event))) => refused(input.apply(Instant::now(), &event)?),
            Ok(Some(Order::Release)) => input.release_all()?,
            Ok(Some(Order::Windows(windows))) => input.set_own_windows(&to_ids(&windows)),
            Ok(Some(Order::Watch(on))) => watch = on,
            Ok(None) => {}
            Err(_) => return input.release_all(),
        }
        let now = Instant::now();
        let polled = input.poll(now)?;
        wake_at = polled.wake_at;
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

fn next(orders: &Receiver<Order>, wait: Option<Duration>) -> Result<Option<Order>, RecvTimeoutError> {
    match wait {
        None => orders.recv().map(Some).map_err(|_| RecvTimeoutError::Disconnected),
        Some(wait) => match orders.recv_timeout(wait) {
            Ok(order) => Ok(Some(order)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(error) => Err(error),
        },
    }
}

fn refused(applied: Applied) {
    if let Applied::Refused(reason) = applied
        && reason != Refusal::CustomerActive
    {
        tracing::info!(reason = reason.code(), "Input refused");
    }
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
