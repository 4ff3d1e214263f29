//! The customer's disk, in a thread of its own: a slow disk delays neither the picture nor Stop.

mod desk;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SendError, Sender, channel};
use std::thread::JoinHandle;

use desktop::files::{Disk, FileError};
use session::customer::{AskNo, FilesNews, FilesOrder};

use self::desk::Desk;
use super::printer::Spool;
use super::thread_end;

/// Orders that wait. The session lets no more be given than there are chunks on the way of all transfers.
const ORDERS: usize = 2_048;

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
    orders: Option<Sender<FilesOrder>>,
    waiting: Arc<AtomicUsize>,
    halt: Arc<Halt>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    /// Begins. `tell` is called on the thread, and may keep it waiting.
    pub(super) fn start(spool: Arc<Spool>, tell: impl Fn(FilesNews) + Send + 'static) -> Self {
        Self::start_with(desktop::files::open, spool, tell)
    }

    fn start_with(
        open: impl FnOnce() -> Result<Box<dyn Disk>, FileError> + Send + 'static,
        spool: Arc<Spool>,
        tell: impl Fn(FilesNews) + Send + 'static,
    ) -> Self {
        let (orders, received) = channel();
        let waiting = Arc::<AtomicUsize>::default();
        let left = Arc::clone(&waiting);
        let halt = Arc::<Halt>::default();
        let told = Arc::clone(&halt);
        let spawned = std::thread::Builder::new().name("files".to_owned()).spawn(move || {
            desktop::files::give_way();
            let mut desk = Desk::new(open(), spool, Arc::clone(&told));
            while let Ok(order) = received.recv() {
                left.fetch_sub(1, Ordering::Relaxed);
                if told.ended.load(Ordering::Relaxed) {
                    return;
                }
                if let Some(news) = desk.obey(order) {
                    tell(news);
                }
            }
        });
        Self { orders: Some(orders), waiting, halt, thread: spawned.ok() }
    }

    /// Takes an order; or what is to be told instead, since the disk is behind or gone. A file is always given up when it is
    /// ordered: there are no more of those than files.
    pub(super) fn order(&self, order: FilesOrder) -> Option<FilesNews> {
        if let FilesOrder::CallOff(ask) = order {
            self.halt.call_off(ask);
            return None;
        }
        let is_discard = matches!(order, FilesOrder::Discard(_));
        if is_discard || self.waiting.load(Ordering::Relaxed) < ORDERS {
            return self.put(order);
        }
        tracing::warn!("Order about a file refused: the disk is behind");
        let news = refused(&order, "files-too-fast");
        if let Some(FilesNews::Failed(transfer, _)) = news {
            self.put(FilesOrder::Discard(transfer));
        }
        news
    }

    fn put(&self, order: FilesOrder) -> Option<FilesNews> {
        let orders = self.orders.as_ref()?;
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let Err(SendError(order)) = orders.send(order) else { return None };
        tracing::debug!("Nobody obeys orders about files");
        refused(&order, "files-failed")
    }

    /// Gives up what is on its way and waits until that is done, or [`thread_end::END_WAIT`].
    pub(super) async fn end(mut self) {
        let Some(thread) = self.thread.take() else { return };
        drop(self);
        thread_end::ended(thread).await;
    }
}

/// The answer to an order that is not carried out.
fn refused(order: &FilesOrder, why: &'static str) -> Option<FilesNews> {
    match order {
        FilesOrder::List(ask, _) => Some(FilesNews::Listed(*ask, Err(why))),
        FilesOrder::MakeFolder { ask, .. } | FilesOrder::Rename { ask, .. } | FilesOrder::Delete(ask, _) => {
            Some(FilesNews::Changed(*ask, Err(why)))
        }
        FilesOrder::Create { transfer, .. }
        | FilesOrder::Open { transfer, .. }
        | FilesOrder::OpenPrinted { transfer, .. }
        | FilesOrder::Write(transfer, _)
        | FilesOrder::Finish(transfer, _)
        | FilesOrder::Read(transfer, _)
        | FilesOrder::ReadEnd(transfer) => Some(FilesNews::Failed(*transfer, why)),
        FilesOrder::Discard(_) | FilesOrder::CallOff(_) => None,
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.halt.ended.store(true, Ordering::Relaxed);
        self.orders = None;
    }
}
