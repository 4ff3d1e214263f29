//! How a recording is kept [F-13]: pieces of a few seconds, each of which stands by itself, so that a crash loses no more than one.
//! A recording is its pieces one after the other.
//!
//! Integers are little-endian.
//! ```text
//! piece    "BSR1"
//!          no u32: from 1
//!          starts_ms u32, ends_ms u32: what it covers, since the recording began
//!          length u32: of all entries, bytes
//! entry    kind u8; at_ms u32: since the recording began, never before the entry before; length u32; data
//!          1 a packet of the channel "screen" as it came (`crates/tiles/src/update.rs`)
//!          2 the same, and with it begins a full state: an epoch, which needs nothing from before
//!          3 a picture of the video: flags u8 (1: it stands by itself), codec u8 (1 AV1, 2 VP8, 3 VP9, 4 H.264),
//!            RTP time u32, width u16, height u16, the encoded picture
//!          4 where the customer's pointer is: x i32, y i32; -1 and -1: beside what is shared
//!          5 the pointer's shape: a PointerShape of beside.v1
//!          6 sound: speaker u8 (1 operator, 2 customer), one packet of Opus of at most 7660 bytes
//!          7 nothing is to be seen from here until the next full state: no data
//!          others: of later versions, skipped
//! ```

#[cfg(test)]
mod tests;

/// Largest piece, bytes.
pub const PIECE_BYTES: usize = 8 << 20;
/// Most pieces of one recording: a day of them.
pub const PIECES: u32 = 50_000;
/// Longest recording.
pub const LONGEST_MS: u32 = 24 * 60 * 60 * 1000;
/// Longest packet of sound, bytes: 120 ms of Opus in frames of 20 ms. Source: RFC 6716, section 3.
pub const SOUND_BYTES: usize = 7_660;
/// Most entries of one piece.
pub const ENTRIES: usize = 65_536;

const MAGIC: &[u8; 4] = b"BSR1";
const HEADER_BYTES: usize = 20;

/// Why bytes are no piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    /// Of another kind or version.
    #[error("not a piece of a recording")]
    Magic,
    /// Cut, or longer than it says.
    #[error("length of a piece is wrong")]
    Length,
    /// Beyond what a piece may hold.
    #[error("piece is over its limits")]
    Limit,
    /// Time goes back, or an entry lies outside of its piece.
    #[error("times of a piece are wrong")]
    Time,
    /// Data that its kind cannot have.
    #[error("entry of a piece is wrong")]
    Entry,
}

/// What encoded a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// AV1.
    Av1,
    /// VP8.
    Vp8,
    /// VP9.
    Vp9,
    /// H.264.
    H264,
}

/// Who is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The operator.
    Operator,
    /// The customer.
    Customer,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// A packet of the exact layer.
    Screen {
        /// With it begins a full state.
        begins: bool,
        /// As it came.
        packet: &'a [u8],
    },
    /// A picture of the video.
    Video {
        /// It stands by itself.
        key: bool,
        /// What it is.
        codec: Codec,
        /// Its RTP time; the lowest bits name the area.
        rtp_time: u32,
        /// Pixels.
        width: u16,
        /// Pixels.
        height: u16,
        /// The encoded picture.
        data: &'a [u8],
    },
    /// Where the customer's pointer is.
    PointerAt {
        /// Pixels of the picture.
        x: i32,
        /// Pixels of the picture.
        y: i32,
    },
    /// The pointer's shape, a serialised `PointerShape`.
    PointerShape(&'a [u8]),
    /// One packet of Opus.
    Sound {
        /// Whose voice.
        speaker: Speaker,
        /// The packet.
        packet: &'a [u8],
    },
    /// Nothing is to be seen from here on.
    Blank,
}

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Since the recording began.
    pub at_ms: u32,
    /// What happened.
    pub content: Content<'a>,
}

/// A piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// From 1.
    pub no: u32,
    /// What it covers, since the recording began.
    pub starts_ms: u32,
    /// Up to here.
    pub ends_ms: u32,
    /// What happened, in order.
    pub entries: Vec<Entry<'a>>,
}

impl<'a> Piece<'a> {
    /// Reads one whole piece. Errors: all of [`RecordingError`].
    pub fn read(bytes: &'a [u8]) -> Result<Self, RecordingError> {
        if PIECE_BYTES < bytes.len() {
            return Err(RecordingError::Limit);
        }
        let rest = bytes.strip_prefix(MAGIC).ok_or(RecordingError::Magic)?;
        let mut reader = Reader(rest);
        let mut number = || reader.u32().ok_or(RecordingError::Length);
        let (no, starts_ms, ends_ms, length) = (number()?, number()?, number()?, number()?);
        if usize::try_from(length).ok() != Some(reader.0.len()) {
            return Err(RecordingError::Length);
        }
        if !(1..=PIECES).contains(&no) {
            return Err(RecordingError::Limit);
        }
        if ends_ms < starts_ms || LONGEST_MS < ends_ms {
            return Err(RecordingError::Time);
        }
        let mut piece = Self { no, starts_ms, ends_ms, entries: Vec::new() };
        piece.read_entries(reader)?;
        Ok(piece)
    }

    fn read_entries(&mut self, mut reader: Reader<'a>) -> Result<(), RecordingError> {
        let (mut count, mut before_ms) = (0, self.starts_ms);
        while !reader.0.is_empty() {
            let (kind, at_ms, data) = reader.entry().ok_or(RecordingError::Length)?;
            count += 1;
            if ENTRIES < count {
                return Err(RecordingError::Limit);
            }
            if at_ms < before_ms || self.ends_ms < at_ms {
                return Err(RecordingError::Time);
            }
            before_ms = at_ms;
            if let Some(content) = Content::read(kind, data)? {
                self.entries.push(Entry { at_ms, content });
            }
        }
        Ok(())
    }

    /// As bytes.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut entries = Vec::new();
        for Entry { at_ms, content } in &self.entries {
            let (kind, data) = content.write();
            entries.push(kind);
            entries.extend_from_slice(&at_ms.to_le_bytes());
            entries.extend_from_slice(&length(&data));
            entries.extend_from_slice(&data);
        }
        let numbers = [self.no, self.starts_ms, self.ends_ms].map(u32::to_le_bytes);
        [MAGIC.as_slice(), numbers.as_flattened(), &length(&entries), &entries].concat()
    }

    /// When the first full state of the piece begins.
    #[must_use]
    pub fn state_ms(&self) -> Option<u32> {
        self.first(|content| matches!(content, Content::Screen { begins: true, .. }))
    }

    /// When the first picture of the video comes that stands by itself.
    #[must_use]
    pub fn video_key_ms(&self) -> Option<u32> {
        self.first(|content| matches!(content, Content::Video { key: true, .. }))
    }

    fn first(&self, wanted: impl Fn(&Content<'_>) -> bool) -> Option<u32> {
        self.entries.iter().find(|entry| wanted(&entry.content)).map(|entry| entry.at_ms)
    }
}

/// The pieces of a recording that stand one after the other. What follows a piece that cannot be read is not looked at: a file
/// that was cut plays up to there.
pub fn pieces(file: &[u8]) -> impl Iterator<Item = Result<Piece<'_>, RecordingError>> {
    let mut rest = file;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = rest.get(16..HEADER_BYTES).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
        let length = length.and_then(|bytes| usize::try_from(u32::from_le_bytes(bytes)).ok());
        let end = length.and_then(|length| length.checked_add(HEADER_BYTES));
        let Some((piece, later)) = end.and_then(|end| rest.split_at_checked(end)) else {
            rest = &[];
            return Some(Err(RecordingError::Length));
        };
        let piece = Piece::read(piece);
        rest = if piece.is_ok() { later } else { &[] };
        Some(piece)
    })
}

impl<'a> Content<'a> {
    /// `None`: of a later version.
    fn read(kind: u8, data: &'a [u8]) -> Result<Option<Self>, RecordingError> {
        let mut reader = Reader(data);
        let content = match kind {
            1 | 2 => (!data.is_empty()).then_some(Self::Screen { begins: kind == 2, packet: data }),
            3 => reader.video(),
            4 => reader
                .u32()
                .zip(reader.u32())
                .filter(|_| reader.0.is_empty())
                .map(|(x, y)| Self::PointerAt { x: x.cast_signed(), y: y.cast_signed() }),
            5 => Some(Self::PointerShape(data)),
            6 => reader.sound(),
            7 => data.is_empty().then_some(Self::Blank),
            _ => return Ok(None),
        };
        content.map(Some).ok_or(RecordingError::Entry)
    }

    fn write(&self) -> (u8, Vec<u8>) {
        match *self {
            Self::Screen { begins, packet } => (if begins { 2 } else { 1 }, packet.to_vec()),
            Self::Video { key, codec, rtp_time, width, height, data } => {
                let mut out = vec![u8::from(key), codec.number()];
                out.extend_from_slice(&rtp_time.to_le_bytes());
                out.extend_from_slice(&width.to_le_bytes());
                out.extend_from_slice(&height.to_le_bytes());
                out.extend_from_slice(data);
                (3, out)
            }
            Self::PointerAt { x, y } => (4, [x.to_le_bytes(), y.to_le_bytes()].concat()),
            Self::PointerShape(shape) => (5, shape.to_vec()),
            Self::Sound { speaker, packet } => (6, [&[speaker.number()], packet].concat()),
            Self::Blank => (7, Vec::new()),
        }
    }
}

impl Codec {
    const ALL: [Self; 4] = [Self::Av1, Self::Vp8, Self::Vp9, Self::H264];

    fn number(self) -> u8 {
        match self {
            Self::Av1 => 1,
            Self::Vp8 => 2,
            Self::Vp9 => 3,
            Self::H264 => 4,
        }
    }
}

impl Speaker {
    fn number(self) -> u8 {
        match self {
            Self::Operator => 1,
            Self::Customer => 2,
        }
    }
}

/// What is left to be read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn entry(&mut self) -> Option<(u8, u32, &'a [u8])> {
        let (kind, at_ms, length) = (self.u8()?, self.u32()?, self.u32()?);
        let (data, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some((kind, at_ms, data))
    }

    fn video(&mut self) -> Option<Content<'a>> {
        let (flags, codec) = (self.u8()?, self.u8()?);
        let codec = Codec::ALL.into_iter().find(|each| each.number() == codec)?;
        let (rtp_time, width, height) = (self.u32()?, self.u16()?, self.u16()?);
        let (key, data) = (flags & 1 == 1, self.0);
        (!data.is_empty()).then_some(Content::Video { key, codec, rtp_time, width, height, data })
    }

    fn sound(&mut self) -> Option<Content<'a>> {
        let speaker = match self.u8()? {
            1 => Speaker::Operator,
            2 => Speaker::Customer,
            _ => return None,
        };
        let packet = self.0;
        (1..=SOUND_BYTES).contains(&packet.len()).then_some(Content::Sound { speaker, packet })
    }
}

/// No piece comes near the limit of its number.
fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}
