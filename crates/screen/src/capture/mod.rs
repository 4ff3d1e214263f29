//! The seam to the platform's screen: one trait, one module a platform, chosen here and nowhere else.

#[cfg(test)]
#[cfg(target_os = "linux")]
mod contract;
mod mask;
mod way;
#[cfg(target_os = "linux")]
mod x11;
#[cfg(test)]
#[cfg(target_os = "linux")]
pub(crate) mod xvfb;

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use tiles::{Patch, Rect};

use crate::{OpenWindow, Part, ScreenError, Shown};

pub(crate) use mask::Mask;
pub use way::{Lack, Way, WayNow};
#[cfg(target_os = "linux")]
pub(crate) use x11::Waker;

static CAPTURES: AtomicU64 = AtomicU64::new(0);

/// How often this process has read pixels of a screen so far. 0 before consent, by a test.
pub fn captures() -> u64 {
    CAPTURES.load(Ordering::SeqCst)
}

/// Counts one reading of pixels. Every implementation calls it before it reads.
pub(crate) fn count_capture() {
    CAPTURES.fetch_add(1, Ordering::SeqCst);
}

/// One screen of the shared picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Display {
    /// Stable while the screen is there.
    pub id: u32,
    /// "HDMI-1".
    pub name: String,
    /// Left edge in the shared picture, pixels.
    pub x: i32,
    /// Top edge, pixels.
    pub y: i32,
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Whether the desktop calls it the main one.
    pub primary: bool,
}

/// The pointer's picture, ready for the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointerShape {
    /// At most 96; 0 is the plain arrow.
    pub width: u16,
    /// At most 96.
    pub height: u16,
    /// The pixel that points, from the left.
    pub hot_x: u16,
    /// The pixel that points, from the top.
    pub hot_y: u16,
    /// Red, green, blue, straight alpha; compressed by `tiles::compress_pointer`.
    pub rgba_zstd: Vec<u8>,
}

/// What happened on the screen since the last look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// There may be damage to take.
    pub(crate) damaged: bool,
    /// Size or arrangement of screens changed.
    pub(crate) resized: bool,
    /// The pointer's shape changed.
    pub(crate) pointer_shape: bool,
    /// The pointer moved.
    pub(crate) pointer_moved: bool,
}

/// What may be seen of the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// By which pixels are cut.
    pub(crate) mask: Mask,
    /// What is told of it.
    pub(crate) shown: Shown,
}

/// A screen that can be captured. The contract is in `contract.rs`, run against every implementation:
/// - what is drawn is damaged, and once damage is taken only later drawing damages again;
/// - a capture holds at least what was drawn before the damage was taken, and what is drawn later than it holds is damage again;
/// - both ways are exact and see the same; after a change of the way all is damaged;
/// - nothing is seen before the first `look`, and later nothing but what the mask of a `look` lets through;
/// - `wait` returns at once where something happened since its last return, and when the waker rings.
pub(crate) trait Capture: Send {
    /// Width and height of the picture, pixels, as last seen by `refresh`.
    fn size(&self) -> (u16, u16);

    /// Looks anew at the size and the screens. Errors: too large, lost.
    fn refresh(&mut self) -> Result<Vec<Display>, ScreenError>;

    /// Takes this way from now on, as far as the display can; tells which it is.
    fn set_way(&mut self, way: Way) -> Result<WayNow, ScreenError>;

    /// Sleeps until something happens, the waker rings, or `timeout` passes.
    fn wait(&mut self, timeout: Option<Duration>) -> Result<Changes, ScreenError>;

    /// What was drawn on since the last call; rectangles inside the picture.
    fn take_damage(&mut self) -> Result<Vec<Rect>, ScreenError>;

    /// Of this part alone something may be seen from now on.
    fn set_part(&mut self, part: Part);

    /// What may be seen; `None`: as at the last look.
    fn look(&mut self) -> Result<Option<Look>, ScreenError>;

    /// Holds all windows where they are until the next capture has read its pixels, or until it is said that they may go.
    fn hold(&mut self, still: bool) -> Result<(), ScreenError>;

    /// Reads the pixels of `areas`, which lie inside the picture and have at most `capacity_px` pixels together, and paints
    /// over what `mask`, that of the last look, does not let through. `None`: windows that matter to it have moved meanwhile,
    /// and nothing is known of what was read.
    fn capture(&mut self, areas: &[Rect], mask: &Mask) -> Result<Option<Vec<Patch<'_>>>, ScreenError>;

    /// How many pixels one capture may hold.
    fn capacity_px(&self) -> usize;

    /// The pointer's shape now.
    fn pointer_shape(&mut self) -> Result<PointerShape, ScreenError>;

    /// The pointer's place now.
    fn pointer_position(&mut self) -> Result<(i32, i32), ScreenError>;
}

/// The windows that can be shared on `display` or the environment's, the uppermost first, without the program's own. Reads
/// no pixel.
///
/// Errors: [`ScreenError::NoDisplay`], [`ScreenError::Lost`].
#[cfg(target_os = "linux")]
pub fn windows(display: Option<&str>, own_class: &str) -> Result<Vec<OpenWindow>, ScreenError> {
    x11::windows(display, own_class)
}

/// Its screens. Errors: as of [`windows`].
#[cfg(target_os = "linux")]
pub fn displays(display: Option<&str>) -> Result<Vec<Display>, ScreenError> {
    x11::displays(display)
}

/// This platform has no capture yet.
#[cfg(not(target_os = "linux"))]
pub fn windows(_display: Option<&str>, _own_class: &str) -> Result<Vec<OpenWindow>, ScreenError> {
    Err(ScreenError::Unsupported)
}

/// This platform has no capture yet.
#[cfg(not(target_os = "linux"))]
pub fn displays(_display: Option<&str>) -> Result<Vec<Display>, ScreenError> {
    Err(ScreenError::Unsupported)
}

/// Opens the display, without reading a pixel of it, for the plain way; windows of `own_class` are the program's own.
#[cfg(target_os = "linux")]
pub(crate) fn open(display: Option<&str>, own_class: &str) -> Result<(Box<dyn Capture>, Waker), ScreenError> {
    let (capture, waker) = x11::X11::open(display, own_class)?;
    Ok((Box::new(capture), waker))
}

/// A waker for nobody: this platform has no capture yet.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub(crate) struct Waker;

#[cfg(not(target_os = "linux"))]
impl Waker {
    pub(crate) fn wake(&self) {}
}

/// This platform has no capture yet.
#[cfg(not(target_os = "linux"))]
pub(crate) fn open(
    _display: Option<&str>,
    _own_class: &str,
) -> Result<(Box<dyn Capture>, Waker), ScreenError> {
    Err(ScreenError::Unsupported)
}
