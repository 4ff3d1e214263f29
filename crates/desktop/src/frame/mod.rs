//! The frame around what is shared on the customer's screen (F-01), and a rectangle that the customer draws with the mouse.
//!
//! It lies outside of what it frames where there is room, lets every click through, and bears the program's class: whoever
//! captures the screen leaves it out.

mod sides;
#[cfg(target_os = "linux")]
mod x11;

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver, Sender};

/// A rectangle of the screen, pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// The frame; it goes when this is dropped.
#[derive(Debug)]
pub struct Frame(Sender<Option<Area>>);

impl Frame {
    /// A frame around nothing yet, drawn by a thread of its own: a slow display keeps nobody waiting.
    pub fn start() -> Self {
        let (sender, areas) = mpsc::channel();
        let started = std::thread::Builder::new().name("frame".to_owned()).spawn(move || draw(&areas));
        if let Err(error) = started {
            tracing::warn!(%error, "Nothing frames what is shared");
        }
        Self(sender)
    }

    /// Frames this, or nothing.
    pub fn show(&self, area: Option<Area>) {
        if self.0.send(area).is_err() {
            tracing::debug!("Nothing frames what is shared");
        }
    }
}

#[cfg(target_os = "linux")]
fn draw(areas: &Receiver<Option<Area>>) {
    if let Err(error) = x11::draw(areas) {
        tracing::warn!(%error, "Nothing frames what is shared");
    }
}

#[cfg(not(target_os = "linux"))]
fn draw(_areas: &Receiver<Option<Area>>) {}

/// Has the customer draw a rectangle: by dragging, or by the arrow keys (with Shift for its size) and Enter. `None`: another
/// button or Esc, `over` was set, or there is no display to draw on. Blocks until then.
///
/// Whoever calls keeps the operator's hands off meanwhile.
#[cfg(target_os = "linux")]
pub fn pick(over: &AtomicBool) -> Option<Area> {
    x11::pick(over).unwrap_or_else(|error| {
        tracing::warn!(%error, "No rectangle can be drawn");
        None
    })
}

/// Nobody can draw one here yet.
#[cfg(not(target_os = "linux"))]
pub fn pick(_over: &AtomicBool) -> Option<Area> {
    None
}
