//! The clipboard of the customer's desktop (S-11): what is copied there, and what is put there.
//!
//! Every implementation keeps these promises:
//!
//! - nothing is read before [`Clipboard::watch`], and then only what is copied from that moment on;
//! - what its owner marks as a secret (`x-kde-passwordManagerHint`) is not read;
//! - no more is read than the limits that the caller names, whatever the owner claims;
//! - an owner that does not answer holds nothing up.

mod files;
#[cfg(target_os = "linux")]
mod x11;

use std::sync::Arc;
use std::time::Duration;

pub use files::{CopiedFile, CopiedFiles};

use crate::Unsupported;

/// A text, a picture, or files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// UTF-8.
    Text(String),
    /// PNG.
    Picture(Vec<u8>),
    /// Absolute paths.
    Files(Vec<String>),
}

/// What somebody copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// UTF-8, as its owner says.
    Text(Vec<u8>),
    /// PNG, as its owner says.
    Picture(Vec<u8>),
    /// A text over the limit; its size in bytes, 0: not known.
    LongText(u64),
    /// The same of a picture.
    LargePicture(u64),
    /// Files and folders that are there.
    Files(CopiedFiles),
}

/// What is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of a text.
    pub text_bytes: u64,
    /// Of a picture.
    pub picture_bytes: u64,
    /// Files copied together.
    pub files: usize,
}

/// A clipboard. One thread owns it and calls [`Self::next`] again and again: others paste by that what was put there.
pub trait Clipboard: Send {
    /// From now on what is copied is read, or not any more.
    fn watch(&mut self, on: bool);

    /// Puts something there, in the place of what is there.
    ///
    /// Errors: [`ClipboardError`].
    fn put(&mut self, content: Content) -> Result<(), ClipboardError>;

    /// Does what is to be done until something is copied, the [`Waker`] is used, or `wait` is over.
    ///
    /// Errors: [`ClipboardError::Lost`].
    fn next(&mut self, wait: Duration) -> Result<Option<Copied>, ClipboardError>;
}

/// Why a clipboard does nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClipboardError {
    /// The display is gone.
    #[error("connection to the display is lost")]
    Lost,
    /// Another program holds it, and does not let go.
    #[error("clipboard was not given")]
    Refused,
}

/// Ends the wait of [`Clipboard::next`], from any thread.
#[derive(Clone)]
pub struct Waker(Arc<dyn Fn() + Send + Sync>);

impl Waker {
    /// Ends it, or the next one.
    pub fn wake(&self) {
        (self.0)();
    }
}

/// The clipboard of this display (`None`: `DISPLAY`), and what wakes it.
///
/// Errors: [`Unsupported`].
#[cfg(target_os = "linux")]
pub fn open(display: Option<&str>, limits: Limits) -> Result<(Box<dyn Clipboard>, Waker), Unsupported> {
    let (clipboard, wake) = x11::X11Clipboard::open(display, limits)?;
    Ok((Box::new(clipboard), Waker(Arc::new(wake))))
}

/// The clipboard of this display.
///
/// Errors: [`Unsupported`]; no implementation for this platform is built in.
#[cfg(not(target_os = "linux"))]
pub fn open(_display: Option<&str>, _limits: Limits) -> Result<(Box<dyn Clipboard>, Waker), Unsupported> {
    Err(Unsupported { what: "clipboard-no-platform" })
}
