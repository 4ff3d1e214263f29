//! The zstd stream of an epoch: both ends keep its window, each update is one flushed part.

use std::io;

use zstd::{
    stream::raw::{Decoder, Encoder, InBuffer, Operation as _, OutBuffer},
    zstd_safe::{CParameter, DParameter},
};

use crate::{
    DecodeError,
    limits::{LEVEL, WINDOW_LOG},
};

/// The sending end.
pub(crate) struct Compressor(Encoder<'static>);

impl Compressor {
    pub(crate) fn new() -> io::Result<Self> {
        let mut encoder = Encoder::new(LEVEL)?;
        encoder.set_parameter(CParameter::WindowLog(WINDOW_LOG))?;
        encoder.set_parameter(CParameter::ContentSizeFlag(false))?;
        Ok(Self(encoder))
    }

    /// Appends `body`, compressed and flushed, to `out`.
    pub(crate) fn add(&mut self, body: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        let mut chunk = vec![0; 32 * 1024];
        let mut input = InBuffer::around(body);
        while input.pos() < body.len() {
            let mut output = OutBuffer::around(chunk.as_mut_slice());
            self.0.run(&mut input, &mut output)?;
            out.extend_from_slice(output.as_slice());
        }
        loop {
            let mut output = OutBuffer::around(chunk.as_mut_slice());
            let left = self.0.flush(&mut output)?;
            out.extend_from_slice(output.as_slice());
            if left == 0 {
                return Ok(());
            }
        }
    }
}

/// The receiving end.
pub(crate) struct Decompressor(Decoder<'static>);

impl Decompressor {
    pub(crate) fn new() -> Result<Self, DecodeError> {
        let mut decoder = Decoder::new().map_err(|_| DecodeError::Compression)?;
        decoder.set_parameter(DParameter::WindowLogMax(WINDOW_LOG)).map_err(|_| DecodeError::Compression)?;
        Ok(Self(decoder))
    }

    /// Fills `body` from one flushed part. Errors: [`DecodeError::Compression`] where the part is damaged or does
    /// not hold exactly as many bytes.
    pub(crate) fn fill(&mut self, part: &[u8], body: &mut [u8]) -> Result<(), DecodeError> {
        let length = body.len();
        let mut input = InBuffer::around(part);
        let mut output = OutBuffer::around(body);
        loop {
            let before = (input.pos(), output.pos());
            self.0.run(&mut input, &mut output).map_err(|_| DecodeError::Compression)?;
            let stuck = before == (input.pos(), output.pos());
            if stuck || (input.pos() == part.len() && output.pos() == length) {
                break;
            }
        }
        if input.pos() < part.len() || output.pos() < length {
            return Err(DecodeError::Compression);
        }
        Ok(())
    }
}
