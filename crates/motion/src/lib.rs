//! The motion layer's codec: pictures of one area go in, AV1 for a WebRTC track comes out.
//!
//! It knows neither screens nor networks: an [`Encoder`] of a fixed size takes pixels as they were captured
//! ([`Frame`]) and gives at once what a browser decodes ([`Coded`]), or nothing where the bit rate forbids it. Consoles
//! are browsers; the [`Decoder`] is for files that are made of recordings.
//!
//! The codec is libaom 3.11, built from its own source for real time alone (`libaom.cmake`).

mod codec;
mod colour;
mod content;
mod decoder;
mod encoder;
mod error;
mod planes;
#[cfg(test)]
mod tests;

pub use decoder::{Decoded, Decoder};
pub use encoder::{Coded, Encoder, Frame, Settings};
pub use error::MotionError;
pub use planes::Chroma;
