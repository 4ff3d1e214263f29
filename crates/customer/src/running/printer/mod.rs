//! The remote printer (S-12), on a thread of its own: a printer on this machine's loopback that its printing system is told of,
//! and documents that wait for the console. A slow disk or a large picture of a page delays neither the session nor Stop.

mod intake;
mod spool;
mod stand;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use desktop::printing::{self, KEEP_EVERY, PrintError, PrintSystem, Queue};
use session::customer::{DocumentNo, PrinterInput, PrinterOrder};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

pub(super) use self::spool::Spool;
use self::stand::Stand;
use super::thread_end;

/// Orders that wait: the session gives one at each change, and one for each document.
const ORDERS: usize = 1_024;
/// News that wait for the session.
const NEWS: usize = 1_024;

enum Order {
    Printer(PrinterOrder),
    End,
}

/// What happened on the thread itself.
enum Done {
    Offered(u64, Result<(), PrintError>),
    Kept(u64, Result<(), PrintError>),
    Withdrawn,
}

type System = Box<dyn PrintSystem>;

/// The printer; dropping it takes it away.
pub(super) struct RemotePrinter {
    orders: mpsc::Sender<Order>,
    thread: Option<JoinHandle<()>>,
}

impl RemotePrinter {
    /// Begins; `info` is what people read as the printer's name. `tell` is called on the thread, and may keep it waiting.
    pub(super) fn start(
        info: String,
        spool: Arc<Spool>,
        tell: impl Fn(PrinterInput) + Send + 'static,
    ) -> Self {
        Self::start_with(None, info, spool, tell)
    }

    /// `socket`: of a printing system that is not the machine's own.
    fn start_with(
        socket: Option<PathBuf>,
        info: String,
        spool: Arc<Spool>,
        tell: impl Fn(PrinterInput) + Send + 'static,
    ) -> Self {
        let (orders, received) = mpsc::channel(ORDERS);
        let (news, mut told) = mpsc::channel(NEWS);
        let spawned = std::thread::Builder::new().name("printer".to_owned()).spawn(move || {
            let teller = std::thread::Builder::new().name("printer-news".to_owned()).spawn(move || {
                while let Some(input) = told.blocking_recv() {
                    tell(input);
                }
            });
            if let Err(error) = teller {
                return tracing::warn!(%error, "Printer not begun");
            }
            match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(Running::new(socket, info, spool, news).run(received)),
                Err(error) => tracing::warn!(%error, "Printer not begun"),
            }
        });
        Self { orders, thread: spawned.ok() }
    }

    pub(super) fn order(&self, order: PrinterOrder) {
        if self.orders.try_send(Order::Printer(order)).is_err() {
            tracing::warn!("Order about the printer not taken");
        }
    }

    /// Takes it away and waits until that is done, or [`thread_end::END_WAIT`].
    pub(super) async fn end(mut self) {
        let Some(thread) = self.thread.take() else { return };
        drop(self);
        thread_end::ended(thread).await;
    }
}

impl Drop for RemotePrinter {
    fn drop(&mut self) {
        if self.orders.try_send(Order::End).is_err() {
            tracing::debug!("Printer is gone already");
        }
    }
}

/// A printer that the system is told of.
struct Offer {
    run: u64,
    stand: Stand,
    queue: Queue,
    /// Asks the system, now and then.
    asking: Option<AbortHandle>,
}

struct Running {
    socket: Option<PathBuf>,
    info: String,
    spool: Arc<Spool>,
    news: mpsc::Sender<PrinterInput>,
    offer: Option<Offer>,
    has_room: bool,
    tasks: JoinSet<Done>,
}

impl Running {
    fn new(
        socket: Option<PathBuf>,
        info: String,
        spool: Arc<Spool>,
        news: mpsc::Sender<PrinterInput>,
    ) -> Self {
        Self { socket, info, spool, news, offer: None, has_room: true, tasks: JoinSet::new() }
    }

    async fn run(mut self, mut orders: mpsc::Receiver<Order>) {
        loop {
            let order = tokio::select! {
                biased;
                order = orders.recv() => order.unwrap_or(Order::End),
                Some(done) = self.tasks.join_next() => {
                    done.into_iter().for_each(|done| self.done(done));
                    continue;
                }
            };
            match order {
                Order::Printer(PrinterOrder::Offer(run)) => self.offer(run).await,
                Order::Printer(PrinterOrder::Withdraw) => self.withdraw(),
                Order::Printer(PrinterOrder::Forget(document)) => self.forget(document),
                Order::Printer(PrinterOrder::Room(has_room)) => {
                    self.has_room = has_room;
                    self.offer.iter().for_each(|offer| offer.stand.set_room(has_room));
                }
                Order::End => break,
            }
        }
        self.withdraw();
        while self.tasks.join_next().await.is_some() {}
    }

    async fn offer(&mut self, run: u64) {
        self.withdraw();
        let name = format!("Beside_{:08x}", rand::random::<u32>());
        let stand = match Stand::open(&name, &self.info, Arc::clone(&self.spool), self.news.clone()).await {
            Ok(stand) => stand,
            Err(error) => {
                tracing::warn!(%error, "Printer has no port");
                return self.tell(PrinterInput::Unavailable(run, "printer-failed"));
            }
        };
        stand.set_room(self.has_room);
        let info = self.info.chars().take(120).collect();
        let queue = Queue { name, info, uri: stand.uri().to_owned() };
        let asked = queue.clone();
        let offered = self.ask(move |mut system| system.offer(&asked));
        let asking = self.tasks.spawn(async move { Done::Offered(run, offered.await) });
        self.offer = Some(Offer { run, stand, queue, asking: Some(asking) });
    }

    fn done(&mut self, done: Done) {
        let (run, result, is_first) = match done {
            Done::Offered(run, result) => (run, result, true),
            Done::Kept(run, result) => (run, result, false),
            Done::Withdrawn => return,
        };
        let Some(queue) =
            self.offer.as_ref().filter(|offer| offer.run == run).map(|offer| offer.queue.clone())
        else {
            return;
        };
        if let Err(error) = result {
            tracing::warn!(%error, "Printing system does not have the printer");
            return self.tell(PrinterInput::Unavailable(run, error.code()));
        }
        let name = queue.name.clone();
        let kept = self.ask(move |mut system| system.keep(&queue));
        let keep = async move {
            tokio::time::sleep(KEEP_EVERY).await;
            Done::Kept(run, kept.await)
        };
        let asking = self.tasks.spawn(keep);
        self.offer.iter_mut().for_each(|offer| offer.asking = Some(asking.clone()));
        if is_first {
            tracing::info!(printer = name, "Printer offered");
            self.tell(PrinterInput::Offered(run, name));
        }
    }

    /// The port is closed at once; the system is told.
    fn withdraw(&mut self) {
        let Some(Offer { stand, queue, asking, .. }) = self.offer.take() else { return };
        drop(stand);
        asking.iter().for_each(AbortHandle::abort);
        let withdrawn = self.ask(move |mut system| system.withdraw(&queue));
        self.tasks.spawn(async move {
            match withdrawn.await {
                Ok(is_gone) => tracing::info!(at_once = is_gone, "Printer withdrawn"),
                Err(error) => tracing::info!(%error, "Printer left to the printing system to take away"),
            }
            Done::Withdrawn
        });
    }

    fn forget(&mut self, document: DocumentNo) {
        self.spool.forget(document);
        self.offer.iter().for_each(|offer| offer.stand.cancel(document));
    }

    /// Asks the printing system, which may take seconds, beside everything else.
    fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(System) -> Result<T, PrintError> + Send + 'static,
    ) -> impl Future<Output = Result<T, PrintError>> + Send + 'static {
        let socket = self.socket.clone();
        async move {
            let asked = move || printing::open(socket.as_deref()).and_then(ask);
            let failed = |error: tokio::task::JoinError| PrintError::Failed { what: error.to_string() };
            tokio::task::spawn_blocking(asked).await.map_err(failed)?
        }
    }

    fn tell(&self, input: PrinterInput) {
        tell(&self.news, input);
    }
}

/// The session takes news as fast as it does anything; what it does not take is of a session that ends.
fn tell(news: &mpsc::Sender<PrinterInput>, input: PrinterInput) {
    if news.try_send(input).is_err() {
        tracing::debug!("Nobody hears of the printer any more");
    }
}
