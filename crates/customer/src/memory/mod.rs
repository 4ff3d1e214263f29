//! The allocator's settings: what the program no longer needs goes back to the system.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc;

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) use glibc::keep_little;

/// This platform's allocator gives memory back by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn keep_little() {}
