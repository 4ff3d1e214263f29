//! What is drawn over the customer's screen (F-11, F-12), on a thread of its own: a slow display delays neither Stop nor control.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Instant;

use desktop::overlay::{Overlay, OverlayError, PenMove, Unsupported, WindowId, open};
use session::customer::{DrawingOrder, ShapeNo};

/// Orders that wait for the display.
const ORDERS: usize = 1_024;

/// What the drawing tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A whole shape is on the screen.
    Painted(ShapeNo),
    /// The customer's pen went on.
    Pen(PenMove),
    /// The customer pressed Esc.
    Left,
    /// The screen cannot be drawn on; kebab-case.
    Lacks(&'static str),
}

enum Order {
    Draw(DrawingOrder),
    Windows(Vec<u64>),
}

/// Drawing on the customer's desktop. Whatever is drawn is gone when this is dropped.
pub(super) struct Easel {
    orders: SyncSender<Order>,
}

impl Easel {
    /// `windows`: the program's own. `tell` is called on the drawing's thread.
    pub(super) fn start(windows: Vec<u64>, tell: impl Fn(Seen) + Send + 'static) -> Self {
        let (orders, received) = sync_channel(ORDERS);
        let work = move || match open(None) {
            Ok(mut overlay) => {
                if let Err(error) = obey(overlay.as_mut(), &windows, &received, &tell) {
                    tracing::warn!(%error, "Screen cannot be drawn on any more");
                    tell(Seen::Lacks("overlay-display-lost"));
                }
            }
            Err(Unsupported { what }) => tell(Seen::Lacks(what)),
        };
        if let Err(error) = std::thread::Builder::new().name("drawing".to_owned()).spawn(work) {
            tracing::error!(%error, "Nothing draws");
        }
        Self { orders }
    }

    /// False: the display does not keep up, or is gone, and this is of no use any more.
    pub(super) fn order(&self, order: DrawingOrder) -> bool {
        self.orders.try_send(Order::Draw(order)).is_ok()
    }

    /// The program's own windows changed.
    pub(super) fn set_windows(&self, windows: Vec<u64>) {
        if self.orders.try_send(Order::Windows(windows)).is_err() {
            tracing::debug!("Drawing is not told of new windows");
        }
    }
}

fn obey(
    overlay: &mut dyn Overlay,
    windows: &[u64],
    orders: &Receiver<Order>,
    tell: &impl Fn(Seen),
) -> Result<(), OverlayError> {
    overlay.set_own_windows(&to_ids(windows))?;
    let mut wake_at: Option<Instant> = None;
    loop {
        let next = match wake_at {
            Some(at) => orders.recv_timeout(at.saturating_duration_since(Instant::now())),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(Order::Draw(order)) => draw(overlay, order, tell)?,
            Ok(Order::Windows(windows)) => overlay.set_own_windows(&to_ids(&windows))?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        let polled = overlay.poll(Instant::now())?;
        wake_at = polled.wake_at;
        polled.pen.into_iter().for_each(|moved| tell(Seen::Pen(moved)));
        if polled.left {
            tell(Seen::Left);
        }
    }
}

fn draw(overlay: &mut dyn Overlay, order: DrawingOrder, tell: &impl Fn(Seen)) -> Result<(), OverlayError> {
    match order {
        DrawingOrder::Draw { shape, look, points, done } => {
            if let Some(look) = look {
                overlay.begin(shape.0, &look)?;
            }
            if !points.is_empty() {
                overlay.extend(shape.0, &points)?;
            }
            if done {
                tell(Seen::Painted(shape));
            }
            Ok(())
        }
        DrawingOrder::Remove(shape) => overlay.remove(shape.0),
        DrawingOrder::Clear => overlay.clear(),
        DrawingOrder::Pointer(at) => overlay.point(Instant::now(), at),
        DrawingOrder::CustomerDraws(on) => overlay.set_drawn_on(on),
    }
}

fn to_ids(windows: &[u64]) -> Vec<WindowId> {
    windows.iter().copied().map(WindowId).collect()
}
