//! The motion layer's codec: pictures of one area go in, AV1 for a WebRTC track comes out.
//!
//! It knows neither screens nor networks: an [`Encoder`] of a fixed size takes pixels as they were captured
//! ([`Frame`]) and gives at once what a browser decodes ([`Coded`]), or nothing where the bit rate forbids it. There
//! is no decoder of ours: the console is a browser.
//!
//! The codec is libaom 3.11, built from its own source for real time alone (`libaom.cmake`).

mod codec;
mod colour;
mod content;
mod encoder;
mod error;
mod planes;
#[cfg(test)]
mod tests;

pub use encoder::{Coded, Encoder, Frame, Settings};
pub use error::MotionError;
pub use planes::Chroma;
