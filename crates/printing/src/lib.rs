//! A printer that needs no driver (IPP Everywhere, PWG 5100.14), as plain values and state machines (S-12): messages of the
//! Internet Printing Protocol, what the printer answers to them, and documents that become PDF as they come, in bounded memory.
//! Not here: sockets, files, clocks, and whose printer it is.

mod document;
mod ipp;
mod printer;

pub use document::{DocumentError, Finished, Format, PageRange, ToPdf};
pub use ipp::{Attribute, Decoded, Group, GroupTag, HEAD_BYTES, IppError, Message, Value, Word, status};
pub use printer::{About, Answer, Clock, Intake, JobNo, News, Printer, Taken};
