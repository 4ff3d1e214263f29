//! Whether the customer's display can show windows at all, asked before a toolkit that would break on it.

#[cfg(target_os = "linux")]
mod x11;

use crate::input::Unsupported;

/// Whether windows can be shown. A display that does not answer counts as one that can: the toolkit has words for that.
///
/// Errors: [`Unsupported`] `display-no-randr`.
#[cfg(target_os = "linux")]
pub fn takes_windows() -> Result<(), Unsupported> {
    x11::takes_windows()
}

/// Whether windows can be shown: always.
///
/// Errors: none.
#[cfg(not(target_os = "linux"))]
pub fn takes_windows() -> Result<(), Unsupported> {
    Ok(())
}
