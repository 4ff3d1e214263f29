//! A session as pure state machines: messages, a person's decisions and the time go in, messages and actions come
//! out. Not here: sockets, clocks, randomness, windows, capture and input devices, which belong to the shells that
//! drive the machines.
//!
//! - [`customer::Customer`]: the customer app's side. It alone decides what an operator may do (Y-1).
//! - [`hosting::Hosting`]: the server's side of one session, from the code to the end.

mod time;

pub mod customer;
pub mod hosting;

#[cfg(test)]
mod pair;

pub use time::Timestamp;
