//! The container. Clusters leave as they are whole; the head, which knows where they lie, comes last and stands first in the file, so
//! that players find every place at once without anything being written twice.
//!
//! Source: RFC 9559 (Matroska), the WebM container guidelines, RFC 7845 §5.1 (OpusHead), AV1 in Matroska 1.0 (`av1C`).
//! Ours, since what writes WebM in Rust either is C++ that seeks in its output (webm) or writes a tree of tags in order
//! (webm-iterable, mkv-element): the output here is sealed pieces, and the cues come first.

use crate::{
    ebml::{element, float, id_bytes, length, master, number, text},
    outline::{Plan, Source},
};
use protocol::recording::Codec;

/// Largest cluster, bytes, give or take one picture.
const CLUSTER_BYTES: usize = 1 << 20;
/// Longest cluster; blocks count within it in 16 bits.
const CLUSTER_MS: u32 = 5_000;
/// Samples that a decoder of Opus gives before sound: what libopus looks ahead at 48 kHz.
const PRE_SKIP: u16 = 312;
const NANOSECOND: u64 = 1_000_000_000;
/// An OBU of type 2 with its size, which is 0 (AV1 specification §5.6).
const TEMPORAL_DELIMITER: [u8; 2] = [0x12, 0];

const VIDEO: u8 = 1;
const AUDIO: u8 = 2;

/// One picture or one packet of sound.
pub(crate) struct Block {
    pub(crate) at_ms: u32,
    pub(crate) track: Track,
    pub(crate) data: Vec<u8>,
}

/// Of which track.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Track {
    /// A picture; `key`: it needs none before it.
    Video {
        key: bool,
    },
    Audio,
}

/// Writes one file.
pub(crate) struct Muxer {
    plan: Plan,
    cluster: Vec<u8>,
    cluster_ms: u32,
    /// Bytes of the clusters before this one.
    before: u64,
    /// When a key picture begins a cluster, and how many bytes of clusters lie before it.
    cues: Vec<(u32, u64)>,
    /// The video's sequence header, as `av1C` wants it.
    sequence: Vec<u8>,
}

impl Muxer {
    pub(crate) fn new(plan: Plan) -> Self {
        let (cluster, cues, sequence) = (Vec::new(), Vec::new(), Vec::new());
        Self { plan, cluster, cluster_ms: 0, before: 0, cues, sequence }
    }

    /// Takes the next block; gives the cluster that is whole with it.
    pub(crate) fn take(&mut self, block: &Block) -> Option<Vec<u8>> {
        let key = block.track == Track::Video { key: true };
        let late = CLUSTER_MS <= block.at_ms.saturating_sub(self.cluster_ms);
        let begins = self.cluster.is_empty() || key || late || CLUSTER_BYTES <= self.cluster.len();
        let done = if begins { self.begin(block.at_ms, key) } else { None };
        if key && self.sequence.is_empty() && self.codec() == "V_AV1" {
            self.sequence = sequence_header(&block.data).unwrap_or_default().to_vec();
        }
        // Never more than a cluster is long.
        let relative = u16::try_from(block.at_ms.saturating_sub(self.cluster_ms)).unwrap_or_default();
        let (track, flags) = match block.track {
            Track::Video { key } => (VIDEO, if key { 0x80 } else { 0 }),
            Track::Audio => (AUDIO, 0x80),
        };
        let [high, low] = relative.to_be_bytes();
        let head = [0x80 | track, high, low, flags];
        // Blocks of AV1 have no temporal delimiter (AV1 in Matroska 1.0, "Block Data").
        let is_av1 = block.track != Track::Audio && self.codec() == "V_AV1";
        let data = block.data.strip_prefix(&TEMPORAL_DELIMITER).filter(|_| is_av1).unwrap_or(&block.data);
        self.cluster.extend_from_slice(&id_bytes(0xa3));
        self.cluster.extend_from_slice(&length((head.len() + data.len()) as u64));
        self.cluster.extend_from_slice(&head);
        self.cluster.extend_from_slice(data);
        done
    }

    /// The last cluster, and the head of the file.
    pub(crate) fn finish(mut self) -> (Option<Vec<u8>>, Vec<u8>) {
        let last = self.begin(0, false);
        let info = master(
            0x1549_a966,
            &[
                number(0x2a_d7b1, 1_000_000),
                float(0x4489, self.plan.length_ms.into()),
                text(0x4d80, "beside"),
                text(0x5741, "beside"),
            ],
        );
        let tracks = self.tracks();
        // Every cue has one length, so the places are known once it is known how many there are.
        let fixed = info.len() + tracks.len();
        let cues_bytes = self.cues(0).len();
        let cues = self.cues((fixed + cues_bytes) as u64);
        let body = (fixed + cues_bytes) as u64 + self.before;
        let head = [header(), id_bytes(0x1853_8067), length(body).to_vec(), info, tracks, cues].concat();
        (last, head)
    }

    fn begin(&mut self, at_ms: u32, key: bool) -> Option<Vec<u8>> {
        let blocks = std::mem::take(&mut self.cluster);
        let done = (!blocks.is_empty()).then(|| {
            let time = number(0xe7, self.cluster_ms.into());
            element(0x1f43_b675, &[time, blocks].concat())
        });
        self.before += done.as_ref().map_or(0, |done| done.len() as u64);
        self.cluster_ms = at_ms;
        if key {
            self.cues.push((at_ms, self.before));
        }
        done
    }

    /// `first`: where the first cluster lies in the segment.
    fn cues(&self, first: u64) -> Vec<u8> {
        let cue = |(at_ms, before): &(u32, u64)| {
            let place = master(0xb7, &[number(0xf7, VIDEO.into()), number(0xf1, first + before)]);
            master(0xbb, &[number(0xb3, (*at_ms).into()), place])
        };
        master(0x1c53_bb6b, &self.cues.iter().map(cue).collect::<Vec<_>>())
    }

    fn tracks(&self) -> Vec<u8> {
        let audio = self.plan.sound.then(audio).into_iter();
        master(0x1654_ae6b, &[self.video()].into_iter().chain(audio).collect::<Vec<_>>())
    }

    fn codec(&self) -> &'static str {
        match self.plan.source {
            Source::Composed | Source::AsIs(Codec::Av1) => "V_AV1",
            Source::AsIs(Codec::Vp8) => "V_VP8",
            Source::AsIs(_) => "V_VP9",
        }
    }

    fn video(&self) -> Vec<u8> {
        let Plan { width, height, source, .. } = self.plan;
        let codec = self.codec();
        let mut picture = vec![number(0xb0, width.into()), number(0xba, height.into())];
        if source == Source::Composed {
            // What crates/motion writes: BT.601, limited range, sRGB, BT.709.
            let values = [(0x55b1, 6), (0x55b9, 1), (0x55ba, 13), (0x55bb, 1)];
            picture.push(master(0x55b0, &values.map(|(id, value)| number(id, value))));
        }
        let mut parts = vec![
            number(0xd7, VIDEO.into()),
            number(0x73c5, VIDEO.into()),
            number(0x83, 1),
            number(0x9c, 0),
            text(0x86, codec),
        ];
        if codec == "V_AV1"
            && let Some(configuration) = av1_configuration(&self.sequence)
        {
            parts.push(element(0x63a2, &configuration));
        }
        parts.push(master(0xe0, &picture));
        master(0xae, &parts)
    }
}

fn header() -> Vec<u8> {
    let parts = [
        number(0x4286, 1),
        number(0x42f7, 1),
        number(0x42f2, 4),
        number(0x42f3, 8),
        text(0x4282, "webm"),
        number(0x4287, 4),
        number(0x4285, 2),
    ];
    master(0x1a45_dfa3, &parts)
}

fn audio() -> Vec<u8> {
    let [low, high] = PRE_SKIP.to_le_bytes();
    let mut opus = b"OpusHead".to_vec();
    // Version, channels, pre-skip, rate of the source (u32), gain (u16), mapping.
    opus.extend_from_slice(&[1, 1, low, high, 0x80, 0xbb, 0, 0, 0, 0, 0]);
    let delay = u64::from(PRE_SKIP) * NANOSECOND / u64::from(voice::RATE);
    let parts = [
        number(0xd7, AUDIO.into()),
        number(0x73c5, AUDIO.into()),
        number(0x83, 2),
        number(0x9c, 0),
        text(0x86, "A_OPUS"),
        element(0x63a2, &opus),
        number(0x56aa, delay),
        // Decoders want 80 ms before a place they seek to (RFC 7845 §4.6).
        number(0x56bb, 80_000_000),
        master(0xe1, &[float(0xb5, voice::RATE.into()), number(0x9f, 1)]),
    ];
    master(0xae, &parts)
}

/// The sequence header of a key picture: the first OBU of type 1, whole (AV1 specification §5.3).
fn sequence_header(unit: &[u8]) -> Option<&[u8]> {
    let mut rest = unit;
    while let Some(first) = rest.first() {
        let extended = usize::from(first >> 2 & 1);
        // Only what has its size can be told from what follows.
        let sized = first >> 1 & 1 == 1;
        let (size, bytes) = leb128(rest.get(1 + extended..)?).filter(|_| sized)?;
        let (obu, later) = rest.split_at_checked(1 + extended + bytes + size)?;
        if first >> 3 & 15 == 1 {
            return Some(obu);
        }
        rest = later;
    }
    None
}

fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}

/// `av1C`: what a player wants to know before the first picture. Profile and level stand in the sequence header's first bits
/// (AV1 specification §5.5.1); ours has no operating parameters and is of 8 bits, 4:2:0.
fn av1_configuration(sequence: &[u8]) -> Option<Vec<u8>> {
    let (_, size_bytes) = leb128(sequence.get(1..)?)?;
    let bits = sequence.get(1 + size_bytes..)?;
    let first = *bits.first()?;
    let (profile, still_and_reduced) = (first >> 5, first >> 3 & 3);
    // seq_profile (3), still_picture, reduced_still_picture_header, timing_info_present_flag,
    // initial_display_delay_present_flag, operating_points_cnt_minus_1 (5), operating_point_idc (12), seq_level_idx (5).
    let plain = still_and_reduced == 0 && first >> 2 & 1 == 0;
    let last = *bits.get(3).filter(|_| plain)?;
    // Levels above 7 say their tier with one bit more.
    let (level, tier) = (last >> 3, last >> 2 & u8::from(7 < last >> 3));
    let subsampled = 0b0000_1100;
    let head = [0x81, profile << 5 | level, tier << 7 | subsampled, 0];
    Some([head.as_slice(), sequence].concat())
}
