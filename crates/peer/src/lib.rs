//! One WebRTC connection: a thin tokio shell over str0m's sans-IO core (design, libraries; ADR in docs/adr).
//!
//! It answers a console's offer, opens UDP sockets on the host's own addresses, carries the data channels, tells
//! how much the picture's channel has drained, sends AV1 pictures on one track, and carries a voice
//! each way on another, if it may. Not here: what the messages mean, who may do what, and
//! when a connection is allowed at all; the caller has settled that before it hands an offer over.

mod certificate;
mod channel;
mod description;
mod error;
mod messages;
mod outbox;
mod peer;
mod shell;
mod sockets;
#[cfg(test)]
mod tests;
mod video;
mod voice;

pub use certificate::Certificate;
pub use channel::Channel;
pub use error::PeerError;
pub use messages::{Command, Event, FailReason};
pub use outbox::SCREEN_UNSENT_BYTES;
pub use peer::{Answered, Offer, Peer};
