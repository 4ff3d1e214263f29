//! What the customer app does to the customer's desktop: input now; clipboard, printing and the like later.
//!
//! Each seam is a folder with a trait that speaks our language, an `open()` that picks the platform, and a module per
//! platform. This crate decides nothing: who may do what is settled before a call comes here.

pub mod display;
pub mod input;
