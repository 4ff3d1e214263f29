//! Why a screen cannot be shared.

/// What the customer app shows, each case in words of its own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScreenError {
    /// No display server answers.
    #[error("no display: {reason}")]
    NoDisplay {
        /// What the display server or the connection to it said.
        reason: String,
    },
    /// Pixels of this form are not shared: 8-bit and 30-bit displays.
    #[error("a display of {depth} bits a pixel is not supported, 24 is")]
    Depth {
        /// Bits a pixel.
        depth: u8,
    },
    /// Larger than 16,384 pixels on a side or 64 Mpx.
    #[error("a screen of {width} x {height} pixels is too large")]
    Size {
        /// Pixels.
        width: u16,
        /// Pixels.
        height: u16,
    },
    /// This platform cannot share yet.
    #[error("this system's screen cannot be shared")]
    Unsupported,
    /// The display server went away, or refused.
    #[error("display server: {reason}")]
    Lost {
        /// What it said.
        reason: String,
    },
    /// No memory or thread for it.
    #[error("not enough resources: {reason}")]
    Resources {
        /// What the system said.
        reason: String,
    },
}
