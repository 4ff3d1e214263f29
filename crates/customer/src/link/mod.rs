//! The way to the server: its address, TLS, what it says of itself, and the WebSocket.

mod answer;
mod discovery;
mod error;
mod http;
mod origin;
mod socket;
#[cfg(test)]
pub(crate) mod tests;
mod tls;

pub(crate) use answer::Answered;
pub(crate) use discovery::{Found, discover, parse_hash};
pub(crate) use error::LinkError;
pub(crate) use http::send_json;
pub(crate) use origin::Origin;
pub(crate) use socket::{Link, Signal, connect};
pub(crate) use tls::Authority;
