//! The encoder as the rest of the app sees it.

use std::time::Duration;

use crate::MotionError;
use crate::codec::{Codec, Purpose};
use crate::content::Content;
use crate::planes::{Chroma, Planes};

/// Pixels of the largest picture: that of AV1's levels 6.0 to 6.3 (AV1 specification, annex A.3).
const MAX_PIXELS: u32 = 35_651_584;

/// Longest that rate control believes a picture to have lasted. After a rest it would otherwise spend the bits of all
/// that time on the next few pictures, which would then be late.
const LONGEST_STEP_MS: u32 = 100;

/// Shortest step between two pictures: libaom wants its times to grow.
const SHORTEST_STEP_MS: u32 = 1;

/// Rate control is told of a link that nothing fills: the quality is set.
const FILE_BITS_PER_S: u32 = 50_000_000;

/// What an encoder is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Pixels from left to right, at least 1. Every picture has this size.
    pub width: u16,
    /// Pixels from top to bottom, at least 1.
    pub height: u16,
    /// How finely colours are kept.
    pub chroma: Chroma,
    /// Bits a second that the pictures take in the long run.
    pub bits_per_s: u32,
}

/// A picture as it was captured.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Rows from top to bottom; each pixel is blue, green, red and a byte that nobody reads.
    pub bgrx: &'a [u8],
    /// Bytes from the start of a row to the start of the next, at least four times the width.
    pub stride_bytes: usize,
}

/// A picture for the track.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// One temporal unit: OBUs with their sizes, a temporal delimiter first (AV1 specification §5.2, §7.5).
    pub bytes: Vec<u8>,
    /// Whether it can be decoded without any picture before it.
    pub key: bool,
}

/// Makes an AV1 track of pictures of one size.
pub struct Encoder {
    settings: Settings,
    planes: Planes,
    codec: Codec,
    /// When the last picture was captured, by the caller's clock.
    last_at: Option<Duration>,
    /// The same on rate control's clock.
    paced_ms: u32,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Encoder").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Encoder {
    /// An encoder whose first picture will be a key picture.
    ///
    /// Errors: [`MotionError::Size`], [`MotionError::Codec`].
    pub fn new(settings: Settings) -> Result<Self, MotionError> {
        Self::with(settings, Purpose::Track)
    }

    /// An encoder for a file: pictures of one quality, in which small text is sharp, take the bits that they need, and none is
    /// left out.
    ///
    /// Errors: [`MotionError::Size`], [`MotionError::Codec`].
    pub fn for_file(width: u16, height: u16) -> Result<Self, MotionError> {
        let bits_per_s = FILE_BITS_PER_S;
        Self::with(Settings { width, height, chroma: Chroma::Half, bits_per_s }, Purpose::File)
    }

    fn with(settings: Settings, purpose: Purpose) -> Result<Self, MotionError> {
        let Settings { width, height, chroma, .. } = settings;
        let pixels = u32::from(width) * u32::from(height);
        if pixels == 0 || pixels > MAX_PIXELS {
            return Err(MotionError::Size { width, height });
        }
        let planes = Planes::new(width.into(), height.into(), chroma);
        let codec = Codec::new(settings, purpose)?;
        Ok(Self { settings, planes, codec, last_at: None, paced_ms: 0 })
    }

    /// The size, the colours and the bit rate it works with now.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Encodes a picture; what comes out is that picture, nothing is held back.
    ///
    /// `at`: when it was captured, by any clock that runs forward. `key`: whether it must be decodable by itself.
    /// `None`: the pictures before took more than their bits, so this one is left out; the next one repairs it.
    /// Errors: [`MotionError::Stride`], [`MotionError::Pixels`], [`MotionError::Codec`].
    pub fn encode(
        &mut self,
        frame: &Frame<'_>,
        at: Duration,
        key: bool,
    ) -> Result<Option<Coded>, MotionError> {
        self.check(frame)?;
        self.planes.fill(frame.bgrx, frame.stride_bytes);
        if key || self.last_at.is_none() {
            self.codec.set_content(Content::of(frame, self.settings.width.into()))?;
        }
        let at_ms = self.paced_ms(at);
        self.codec.encode(&self.planes, at_ms, key)
    }

    /// From the next picture on, pictures take this many bits a second in the long run.
    ///
    /// Errors: [`MotionError::Codec`].
    pub fn set_bits_per_s(&mut self, bits_per_s: u32) -> Result<(), MotionError> {
        self.settings.bits_per_s = bits_per_s;
        self.codec.set_bits_per_s(bits_per_s)
    }

    /// `at` on rate control's clock, which is 0 at the first picture, grows with each and knows no rests.
    fn paced_ms(&mut self, at: Duration) -> u32 {
        if let Some(last_at) = self.last_at {
            // What a step loses to whole milliseconds stays for the next one.
            let gone_ms = at.as_millis().saturating_sub(last_at.as_millis());
            let step_ms = u32::try_from(gone_ms).unwrap_or(u32::MAX);
            let step_ms = step_ms.clamp(SHORTEST_STEP_MS, LONGEST_STEP_MS);
            self.paced_ms = self.paced_ms.saturating_add(step_ms);
        }
        self.last_at = Some(at);
        self.paced_ms
    }

    fn check(&self, frame: &Frame<'_>) -> Result<(), MotionError> {
        let row_bytes = usize::from(self.settings.width) * 4;
        if frame.stride_bytes < row_bytes {
            return Err(MotionError::Stride { needed_bytes: row_bytes, given_bytes: frame.stride_bytes });
        }
        let gaps = usize::from(self.settings.height).saturating_sub(1);
        let needed_bytes = frame.stride_bytes.saturating_mul(gaps).saturating_add(row_bytes);
        if frame.bgrx.len() < needed_bytes {
            return Err(MotionError::Pixels { needed_bytes, given_bytes: frame.bgrx.len() });
        }
        Ok(())
    }
}
