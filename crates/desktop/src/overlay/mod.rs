//! What is drawn over the customer's real screen (F-11, F-12).
//!
//! Every implementation keeps these promises:
//!
//! - what stands drawn is part of the screen, above all other windows but the app's own, which it leaves free;
//! - it takes no click, key or wheel; only while the customer draws themselves the pointer is the pen's, and the operator's
//!   input is kept away from it as from the app's own windows;
//! - everything is gone when the value is dropped, and when the program crashes.
//!
//! No screen is asked to blend: a pixel is drawn or it is not, which looks the same with a compositor and without one. A
//! highlighter is hatched, so that what lies below can be read, and the fading pointer grows thin instead of pale.

#[cfg(target_os = "linux")]
mod fading;
#[cfg(target_os = "linux")]
mod figure;
#[cfg(target_os = "linux")]
mod runs;
#[cfg(target_os = "linux")]
mod words;
#[cfg(target_os = "linux")]
mod x11;

use std::time::Instant;

use protocol::drawing::{Look, Point};

pub use crate::input::WindowId;
pub use crate::unsupported::Unsupported;

/// Drawing on one desktop. Not for sharing: its owner calls it from one thread. Errors: [`OverlayError`] when the desktop is
/// gone; the value is of no use then.
pub trait Overlay: Send {
    /// A new shape, on top of the others. It is seen once it has points.
    fn begin(&mut self, shape: u64, look: &Look) -> Result<(), OverlayError>;

    /// More points of a shape, in pixels of the desktop; one that is not there is left alone. They are on the screen when this
    /// returns.
    fn extend(&mut self, shape: u64, points: &[Point]) -> Result<(), OverlayError>;

    /// A shape goes, and what it covered of others is seen again.
    fn remove(&mut self, shape: u64) -> Result<(), OverlayError>;

    /// All shapes and the fading pointer go.
    fn clear(&mut self) -> Result<(), OverlayError>;

    /// The fading pointer is here now. `now` never runs backwards.
    fn point(&mut self, now: Instant, at: Point) -> Result<(), OverlayError>;

    /// Whether the customer's pointer draws.
    fn set_drawn_on(&mut self, on: bool) -> Result<(), OverlayError>;

    /// The app's own windows, which stay free.
    fn set_own_windows(&mut self, windows: &[WindowId]) -> Result<(), OverlayError>;

    /// Follows the desktop and lets the pointer fade. To be called at [`Polled::wake_at`] at the latest.
    fn poll(&mut self, now: Instant) -> Result<Polled, OverlayError>;
}

/// What [`Overlay::poll`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// What the customer's pen did, in order.
    pub pen: Vec<PenMove>,
    /// The customer pressed Esc while they drew.
    pub left: bool,
    /// When to call again; `None`: nothing is shown.
    pub wake_at: Option<Instant>,
}

/// The customer's pen went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PenMove {
    /// Where, in pixels of the desktop.
    pub points: Vec<Point>,
    /// It was lifted.
    pub done: bool,
}

/// The desktop cannot be drawn on any more.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// The connection to the display is gone, or it refused a request.
    #[error("display cannot be drawn on any more")]
    Display(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Opens the desktop to be drawn on; nothing is seen of it yet. `display`: on X11 its name; `None` takes `DISPLAY`.
///
/// Errors: [`Unsupported`] names what is missing.
#[cfg(target_os = "linux")]
pub fn open(display: Option<&str>) -> Result<Box<dyn Overlay>, Unsupported> {
    Ok(Box::new(x11::X11Overlay::open(display)?))
}

/// Opens the desktop to be drawn on.
///
/// Errors: [`Unsupported`]; no implementation for this platform is built in.
#[cfg(not(target_os = "linux"))]
pub fn open(_display: Option<&str>) -> Result<Box<dyn Overlay>, Unsupported> {
    Err(Unsupported { what: "overlay-no-platform" })
}
