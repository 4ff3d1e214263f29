//! What the customer app does to the customer's desktop: input now; clipboard, printing and the like later.
//!
//! Each seam is a folder with a trait that speaks our language, `open()` that picks the platform, and one module
//! per platform. This crate decides nothing: who may do what is settled before a call comes here.
