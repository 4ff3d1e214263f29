//! How the screen is captured (S-04): the fastest way that the platform has, or the plain one that every display server can.

/// A way to capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// The display server says what changed, and writes pixels into memory that both see.
    #[default]
    Fast,
    /// Nothing but what every display server has: the screen is read again and again, and compared.
    Plain,
}

/// What the fast way lacks on this display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// It is not told what changed: the plain way is taken instead.
    Damage,
    /// No memory is shared: pixels are copied, the way is taken nevertheless.
    SharedMemory,
}

/// Which way is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WayNow {
    /// What runs.
    pub way: Way,
    /// Why it is not the fast one as it should be, where that was wanted.
    pub lack: Option<Lack>,
}
