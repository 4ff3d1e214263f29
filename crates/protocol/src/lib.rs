//! The messages between console, customer and server: generated types, the typed values that they are parsed
//! into, and every limit. Not here: sockets, clocks, randomness, and any decision about a session, which
//! belong to the programs and to the `session` crate.

mod decode;
mod ids;
mod permissions;
mod rights;

pub mod chat;
pub mod clipboard;
pub mod drawing;
pub mod files;
pub mod input;
pub mod limits;
pub mod part;
pub mod policy;
pub mod recording;
pub mod sdp;
pub mod slot;
pub mod text;
pub mod tools;
pub mod versions;
pub mod wire;

pub use decode::{DecodeError, decode};
pub use ids::{CompanyId, Fingerprint, IdentityHash, LengthError, Nonce, OperatorId, SessionId};
pub use permissions::Permissions;
pub use rights::{Right, UnknownRight};
