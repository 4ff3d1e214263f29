//! Asking a program of the system: fixed arguments, no shell, a time limit, and an answer of limited length.

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
pub(crate) use linux::{Answer, ToolError, ask};
