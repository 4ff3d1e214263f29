//! The customer controls the operator's computer [F-15]: a session of its own beside the one in which it was wished, between the app on
//! the operator's computer and a page in the customer's browser. It lives in memory alone and ends with the other one, in whose record
//! its beginning and end stand: it is no support, and nothing counts it (`docs/adr/0016-operators-screen-by-a-reversed-session.md`).
//!
//! The page comes by a ticket and has no account: its socket reaches this one session, and no route of the server.

mod api;
mod desk;
mod host;
mod lines;
mod viewer_socket;

pub(super) use api::{__path_end_reversed, __path_reverse_session, end_reversed, reverse_session};
pub(super) use desk::Reversals;
pub(super) use host::{Begun, Wished, begin};
pub(super) use lines::{reversed_line, untold_end};
pub(super) use viewer_socket::open;
