//! What stands at the beginning of a file and is known at the end of a recording alone: a first look at every piece.

use protocol::recording::{Codec, Content, Piece};

/// Largest picture that is encoded: that of AV1's levels 6.0 to 6.3 (AV1 specification, annex A.3).
const MAX_PIXELS: u32 = 35_651_584;

/// Of video that says nothing of its size.
const UNKNOWN: (u16, u16) = (1280, 720);

/// Why a recording becomes no film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFilm {
    /// Nothing was shown.
    #[error("nothing is to be seen in the recording")]
    Empty,
    /// The picture is larger than any player's.
    #[error("the picture is too large")]
    TooLarge,
    /// Video alone, of a kind that WebM does not take.
    #[error("the video is of a kind that WebM does not take")]
    Codec,
}

/// What becomes of a recording's pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// They are drawn and encoded.
    Composed,
    /// There is nothing but video, as from a customer's browser: it is kept as it came.
    AsIs(Codec),
}

/// How a file begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Pixels; every picture finds room in it.
    pub width: u16,
    /// Pixels.
    pub height: u16,
    /// The recording's.
    pub length_ms: u32,
    /// Whether there is anything to hear.
    pub sound: bool,
    /// Where pictures come from.
    pub source: Source,
}

/// What is known so far.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    screen: (u16, u16),
    video: (u16, u16),
    codec: Option<Codec>,
    codecs_differ: bool,
    sound: bool,
    length_ms: u32,
}

impl Outline {
    /// Looks at the next piece.
    pub fn add(&mut self, piece: &Piece<'_>) {
        self.length_ms = self.length_ms.max(piece.ends_ms);
        for entry in &piece.entries {
            match entry.content {
                Content::Screen { packet, .. } => {
                    let size = tiles::begun_size(packet).filter(|(width, height)| 0 < *width && 0 < *height);
                    self.screen = hull(self.screen, size.unwrap_or_default());
                }
                Content::Video { codec, width, height, key, data, .. } => {
                    self.codecs_differ |= self.codec.is_some_and(|before| before != codec);
                    self.codec = Some(codec);
                    let told = (0 < width && 0 < height).then_some((width, height));
                    let size = told.or_else(|| size_of(codec, data).filter(|_| key));
                    self.video = hull(self.video, size.unwrap_or_default());
                }
                Content::Sound { .. } => self.sound = true,
                _ => {}
            }
        }
    }

    /// After the last piece. Errors: [`NoFilm`].
    pub fn plan(&self) -> Result<Plan, NoFilm> {
        let (source, (width, height)) = match self.codec {
            _ if self.screen != (0, 0) => (Source::Composed, self.screen),
            None => return Err(NoFilm::Empty),
            Some(Codec::H264) => return Err(NoFilm::Codec),
            Some(_) if self.codecs_differ => return Err(NoFilm::Codec),
            // Where nobody could tell, decoders still can.
            Some(codec) if self.video == (0, 0) => (Source::AsIs(codec), UNKNOWN),
            Some(codec) => (Source::AsIs(codec), self.video),
        };
        // Players with half the colours want even sides.
        let (width, height) = (even(width), even(height));
        let pixels = u32::from(width) * u32::from(height);
        if pixels == 0 {
            return Err(NoFilm::Empty);
        }
        if MAX_PIXELS < pixels {
            return Err(NoFilm::TooLarge);
        }
        Ok(Plan { width, height, length_ms: self.length_ms, sound: self.sound, source })
    }
}

/// What a key picture says of its size (RFC 6386 §9.1; VP9 bitstream specification §6.2, of its usual profile).
fn size_of(codec: Codec, picture: &[u8]) -> Option<(u16, u16)> {
    match (codec, picture) {
        (Codec::Vp8, [_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1, ..]) => {
            // The two highest bits are a scale.
            Some((u16::from_le_bytes([*w0, w1 & 0x3f]), u16::from_le_bytes([*h0, h1 & 0x3f])))
        }
        (Codec::Vp9, [0x80..=0x8f, 0x49, 0x83, 0x42, a, b, c, d, e, ..]) => {
            let bits = u64::from_be_bytes([0, 0, 0, *a, *b, *c, *d, *e]) >> 4;
            let side = |shift: u32| u16::try_from((bits >> shift & 0xffff) + 1).ok();
            Some((side(16)?, side(0)?))
        }
        _ => None,
    }
}

fn hull(a: (u16, u16), b: (u16, u16)) -> (u16, u16) {
    (a.0.max(b.0), a.1.max(b.1))
}

fn even(side: u16) -> u16 {
    side.saturating_add(side & 1) & !1
}
