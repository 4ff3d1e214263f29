//! What the customer app does to the customer's desktop, and what it sees there: input, drawing, files, the system, processes, services,
//! opening pages and programs, the clipboard, restarting, microphone and speaker, printing.
//!
//! Each seam is a folder with a trait that speaks our language, an `open()` that picks the platform (or
//! plain functions where there is nothing to keep open), and a module per
//! platform. This crate decides nothing: who may do what is settled before a call comes here.

pub mod clipboard;
pub mod display;
pub mod files;
pub mod frame;
pub mod input;
pub mod launch;
pub mod overlay;
pub mod printing;
pub mod processes;
pub mod restart;
pub mod services;
pub mod system;
mod text;
mod tool;
mod unsupported;
pub mod voice;
#[cfg(test)]
mod x_server;

pub use unsupported::Unsupported;
