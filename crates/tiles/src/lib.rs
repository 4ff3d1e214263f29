//! The exact layer's codec, both ends: a picture goes over as copies and lossless pixels, and whoever decodes holds
//! the same pixels as the sender, always.
//!
//! It knows neither screens nor networks nor time: captured parts ([`Patch`]) go into an [`Encoder`], packets come
//! out, and a [`Decoder`] makes the picture of them, natively or as WebAssembly in a page (see `wasm`). Layouts
//! stand in `update` and `body`, every bound in [`limits`].
//!
//! INVARIANT: after update n the encoder's model equals the decoder's picture, pixel by pixel, and no copy reads
//! pixels of an open area of motion.

mod areas;
mod body;
mod bytes;
mod change;
mod decoder;
mod encoder;
mod error;
mod kind;
pub mod limits;
mod paint;
mod patch;
mod picture;
mod pointer;
mod rect;
mod repaint;
mod scroll;
mod stream;
#[cfg(test)]
mod tests;
mod update;
#[cfg(all(target_arch = "wasm32", not(feature = "page-encoder")))]
mod wasm;
#[cfg(all(target_arch = "wasm32", feature = "page-encoder"))]
mod wasm_encoder;

pub use decoder::{Decoder, Progress, begun_size};
pub use encoder::{EncodeError, Encoded, Encoder, Finish};
pub use error::DecodeError;
pub use patch::Patch;
pub use picture::{Order, Picture};
pub use pointer::{compress_pointer, decompress_pointer};
pub use rect::Rect;
pub use update::PacketHeader;
