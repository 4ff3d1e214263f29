//! The customer's disk, in a thread of its own: a slow disk delays neither the picture nor Stop.

mod desk;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use desktop::files::{Disk, FileError};
use session::customer::{AskNo, FilesNews, FilesOrder};

use self::desk::Desk;

/// Orders that wait. The session lets no more be given than there are chunks on the way of all transfers.
const ORDERS: usize = 2_048;
/// How long what is being written may take to be given up at the end.
const END_WAIT: Duration = Duration::from_millis(1_500);

/// What is not to be done any more, however long it has waited.
#[derive(Debug, Default)]
struct Halt {
    ended: AtomicBool,
    /// Changes up to this one.
    called_off: AtomicU64,
}

impl Halt {
    fn call_off(&self, ask: AskNo) {
        self.called_off.fetch_max(ask.0, Ordering::Relaxed);
    }

    fn stops(&self, ask: AskNo) -> bool {
        self.ended.load(Ordering::Relaxed) || ask.0 <= self.called_off.load(Ordering::Relaxed)
    }
}

/// Who does what the session orders; dropping it leaves nothing half-written.
pub(super) struct Clerk {
    orders: Option<SyncSender<FilesOrder>>,
    halt: Arc<Halt>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    /// Begins. `tell` is called on the thread, and may keep it waiting.
    pub(super) fn start(tell: impl Fn(FilesNews) + Send + 'static) -> Self {
        Self::start_with(desktop::files::open, tell)
    }

    fn start_with(
        open: impl FnOnce() -> Result<Box<dyn Disk>, FileError> + Send + 'static,
        tell: impl Fn(FilesNews) + Send + 'static,
    ) -> Self {
        let (orders, received) = sync_channel(ORDERS);
        let halt = Arc::<Halt>::default();
        let told = Arc::clone(&halt);
        let spawned = std::thread::Builder::new().name("files".to_owned()).spawn(move || {
            let mut desk = Desk::new(open(), Arc::clone(&told));
            while let Ok(order) = received.recv() {
                if told.ended.load(Ordering::Relaxed) {
                    return;
                }
                if let Some(news) = desk.obey(order) {
                    tell(news);
                }
            }
        });
        Self { orders: Some(orders), halt, thread: spawned.ok() }
    }

    pub(super) fn order(&self, order: FilesOrder) {
        let Some(orders) = &self.orders else { return };
        if let FilesOrder::CallOff(ask) = order {
            return self.halt.call_off(ask);
        }
        match orders.try_send(order) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => tracing::warn!("Order about a file dropped: the disk is behind"),
            Err(TrySendError::Disconnected(_)) => tracing::debug!("Nobody obeys orders about files"),
        }
    }

    /// Gives up what is on its way and waits until that is done, or `END_WAIT`.
    pub(super) async fn end(mut self) {
        let Some(thread) = self.thread.take() else { return };
        drop(self);
        let until = Instant::now() + END_WAIT;
        while !thread.is_finished() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.halt.ended.store(true, Ordering::Relaxed);
        self.orders = None;
    }
}
