//! What the decoder shows, in numbers that are finer than its pixels.

use crate::{Decoded, Decoder};

impl Decoded {
    /// Red, green and blue at a place, by ITU-R BT.601 and limited range, in floating point.
    pub(super) fn rgb(&self, x: usize, y: usize) -> [f64; 3] {
        let colours = (self.width + self.shift as usize) >> self.shift;
        let at = (y >> self.shift) * colours + (x >> self.shift);
        let luma = (f64::from(self.planes[0][y * self.width + x]) - 16.0) * 255.0 / 219.0;
        let blueness = (f64::from(self.planes[1][at]) - 128.0) * 255.0 / 224.0;
        let redness = (f64::from(self.planes[2][at]) - 128.0) * 255.0 / 224.0;
        let red = luma + 1.402 * redness;
        let blue = luma + 1.772 * blueness;
        let green = (luma - 0.299 * red - 0.114 * blue) / 0.587;
        [red, green, blue].map(|level| level.clamp(0.0, 255.0))
    }
}

/// The picture of a unit of one.
pub(super) fn decoded(decoder: &mut Decoder, unit: &[u8]) -> Decoded {
    decoder.decode(unit).unwrap().expect("a picture for each unit")
}
