//! The decoder: what an app sent as video becomes pixels again, for a file that is made of a recording.

use crate::{MotionError, codec::Reader};

/// Row after row without gaps.
pub(crate) type Plane = Vec<u8>;

/// Reads an AV1 track.
pub struct Decoder(Reader);

impl std::fmt::Debug for Decoder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Decoder")
    }
}

/// A picture of a track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// The binary logarithm of how many pixels share a colour, in each direction.
    pub(crate) shift: u32,
    pub(crate) planes: [Plane; 3],
    /// Colour primaries, transfer, matrix and range of the sequence header.
    pub(crate) colour: [u32; 4],
}

impl Decoder {
    /// A decoder that waits for a key picture.
    ///
    /// Errors: [`MotionError::Codec`].
    pub fn new() -> Result<Self, MotionError> {
        Ok(Self(Reader::new()?))
    }

    /// Decodes one temporal unit. `None`: it shows no picture.
    ///
    /// Errors: [`MotionError::Codec`]: it is none, or pictures before it are missing. The next key picture may be read again.
    pub fn decode(&mut self, unit: &[u8]) -> Result<Option<Decoded>, MotionError> {
        self.0.decode(unit)
    }
}

impl Decoded {
    /// Pixels from left to right.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Pixels from top to bottom.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Row `y` as pixels of blue, green, red and 0; nothing below the picture. BT.601 in limited range, as our encoder writes.
    pub fn row(&self, y: usize) -> impl Iterator<Item = [u8; 4]> + '_ {
        let colours = (self.width + self.shift as usize) >> self.shift;
        let [luma, blueness, redness] = &self.planes;
        let line = luma.get(y * self.width..(y + 1) * self.width).unwrap_or_default();
        let start = (y >> self.shift) * colours;
        let of =
            move |plane: &'_ [u8], x: usize| plane.get(start + (x >> self.shift)).copied().unwrap_or(128);
        line.iter().enumerate().map(move |(x, luma)| pixel(*luma, of(blueness, x), of(redness, x)))
    }
}

/// The standard's coefficients times 256. Source: ITU-R BT.601-7 §2.5.
fn pixel(luma: u8, blueness: u8, redness: u8) -> [u8; 4] {
    let light = 298 * (i32::from(luma) - 16) + 128;
    let (blueness, redness) = (i32::from(blueness) - 128, i32::from(redness) - 128);
    let level = |sum: i32| u8::try_from((sum >> 8).clamp(0, 255)).unwrap_or_default();
    [
        level(light + 516 * blueness),
        level(light - 100 * blueness - 208 * redness),
        level(light + 409 * redness),
        0,
    ]
}
