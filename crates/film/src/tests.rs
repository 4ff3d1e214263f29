//! A recording is made as an app makes it, and its film is read by a demuxer and decoders that are not the muxer's own.

use crate::{Film, NoFilm, Outline, Plan, Source};
use matroska_demuxer::{Frame, MatroskaFile, TrackType};
use prost::Message as _;
use protocol::recording::{Codec, Content, Entry, Piece, Speaker};
use std::io::Cursor;
use tiles::{Encoder, Finish, Patch, Rect};

const SIDE: (u16, u16) = (320, 200);
const FINISH: Finish = Finish { more_dirty: false, check_every_row: false, target_bytes: 1 << 20 };

/// Entries as a console keeps them, then cut into pieces of two seconds.
#[derive(Default)]
struct Recording(Vec<(u32, Owned)>);

enum Owned {
    Screen(bool, Vec<u8>),
    Video(Codec, bool, u32, Vec<u8>),
    Pointer(i32, i32),
    Shape(Vec<u8>),
    Sound(Speaker, Vec<u8>),
    Blank,
}

impl Owned {
    fn content(&self) -> Content<'_> {
        match self {
            Self::Screen(begins, packet) => Content::Screen { begins: *begins, packet },
            Self::Video(codec, key, rtp_time, data) => {
                Content::Video { key: *key, codec: *codec, rtp_time: *rtp_time, width: 64, height: 48, data }
            }
            Self::Pointer(x, y) => Content::PointerAt { x: *x, y: *y },
            Self::Shape(shape) => Content::PointerShape(shape),
            Self::Sound(speaker, packet) => Content::Sound { speaker: *speaker, packet },
            Self::Blank => Content::Blank,
        }
    }
}

impl Recording {
    fn at(&mut self, at_ms: u32, what: Owned) {
        self.0.push((at_ms, what));
    }

    /// A full state, or a change, that paints a rectangle.
    fn paint(&mut self, at_ms: u32, encoder: &mut Encoder, rect: Rect, rgb: [u8; 3], begins: bool) {
        let [red, green, blue] = rgb;
        self.show(at_ms, encoder, rect, &[blue, green, red, 0].repeat(rect.area()), begins);
    }

    fn show(&mut self, at_ms: u32, encoder: &mut Encoder, rect: Rect, pixels: &[u8], begins: bool) {
        let patch = Patch::new(rect, usize::from(rect.width) * 4, pixels).unwrap();
        let update = encoder.encode(&[patch], FINISH).unwrap().unwrap();
        for (index, packet) in update.packets.into_iter().enumerate() {
            self.at(at_ms, Owned::Screen(begins && index == 0, packet));
        }
    }

    fn pieces(&self, length_ms: u32) -> Vec<Vec<u8>> {
        let of = |no: u32| {
            let (starts_ms, ends_ms) = ((no - 1) * 2_000, (no * 2_000).min(length_ms));
            let inside = |at_ms: u32| starts_ms <= at_ms && (at_ms < ends_ms || ends_ms == length_ms);
            let entries = self.0.iter().filter(|(at_ms, _)| inside(*at_ms));
            let entries = entries.map(|(at_ms, owned)| Entry { at_ms: *at_ms, content: owned.content() });
            Piece { no, starts_ms, ends_ms, entries: entries.collect() }.write()
        };
        (1..=length_ms.div_ceil(2_000)).map(of).collect()
    }
}

fn plan(pieces: &[Vec<u8>]) -> Result<Plan, NoFilm> {
    let mut outline = Outline::default();
    pieces.iter().for_each(|piece| outline.add(&Piece::read(piece).unwrap()));
    outline.plan()
}

fn film(pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut film = Film::new(plan(pieces).unwrap()).unwrap();
    let mut clusters = Vec::new();
    for piece in pieces {
        clusters.extend(film.take(&Piece::read(piece).unwrap()).unwrap());
    }
    let (rest, head) = film.finish().unwrap();
    [head, clusters, rest].concat()
}

/// Every block of a track: when, whether it is a key picture, and its bytes.
fn blocks(file: &[u8], track: u64) -> Vec<(u64, bool, Vec<u8>)> {
    let mut opened = MatroskaFile::open(Cursor::new(file)).unwrap();
    let (mut frame, mut out) = (Frame::default(), Vec::new());
    while opened.next_frame(&mut frame).unwrap() {
        if frame.track == track {
            out.push((frame.timestamp, frame.is_keyframe.unwrap_or_default(), frame.data.clone()));
        }
    }
    out
}

fn red_green_blue(decoded: &motion::Decoded, x: usize, y: usize) -> [u8; 3] {
    let [blue, green, red, _] = decoded.row(y).nth(x).unwrap();
    [red, green, blue]
}

fn near(found: [u8; 3], wanted: [u8; 3]) -> bool {
    found.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 6)
}

/// F-13: only pictures that differ are encoded; each moment shows what was shown, pointer and all; players find every place by the
/// cues, which stand before the clusters.
#[test]
fn a_recording_becomes_a_film_that_others_play() {
    let mut recording = Recording::default();
    let mut encoder = Encoder::new(1, SIDE.0, SIDE.1).unwrap();
    let whole = Rect::new(0, 0, SIDE.0, SIDE.1);
    recording.paint(500, &mut encoder, whole, [200, 40, 40], true);
    recording.paint(3_000, &mut encoder, Rect::new(100, 100, 64, 64), [20, 180, 20], false);
    recording.at(4_000, Owned::Pointer(200, 50));
    let rgba = tiles::compress_pointer(&[[0, 0, 255, 255]; 16 * 16].concat()).unwrap();
    let shape =
        protocol::wire::PointerShape { width: 16, height: 16, hot_x: 8, hot_y: 8, rgba_zstd: rgba.into() };
    recording.at(4_500, Owned::Shape(shape.encode_to_vec()));
    // The same picture as a full state again: nothing differs.
    let mut again = Encoder::new(2, SIDE.0, SIDE.1).unwrap();
    let is_green = |x: u16, y: u16| (100..164).contains(&x) && (100..164).contains(&y);
    let pixels = (0..SIDE.1).flat_map(|y| (0..SIDE.0).map(move |x| (x, y)));
    let pixels: Vec<u8> =
        pixels.flat_map(|(x, y)| if is_green(x, y) { [20, 180, 20, 0] } else { [40, 40, 200, 0] }).collect();
    recording.show(10_000, &mut again, whole, &pixels, true);
    recording.paint(21_000, &mut again, whole, [40, 40, 200], false);
    recording.at(25_000, Owned::Blank);
    let pieces = recording.pieces(30_000);
    let file = film(&pieces);

    let opened = MatroskaFile::open(Cursor::new(&file)).unwrap();
    assert_eq!(opened.info().duration(), Some(30_000.0));
    let [track] = opened.tracks() else { panic!("one track") };
    assert_eq!((track.codec_id(), track.track_type()), ("V_AV1", TrackType::Video));
    let video = track.video().unwrap();
    assert_eq!((video.pixel_width().get(), video.pixel_height().get()), (320, 200));

    let pictures = blocks(&file, 1);
    let times: Vec<_> = pictures.iter().map(|(at_ms, key, _)| (*at_ms, *key)).collect();
    let last = [(21_000, true), (25_000, false), (30_000, false)];
    assert_eq!(times[..3], [(0, true), (500, false), (3_000, false)]);
    assert_eq!(times[times.len() - 3..], last, "{times:?}");
    assert_eq!(times.len(), 8, "{times:?}");

    let mut decoder = motion::Decoder::new().unwrap();
    let shown: Vec<_> =
        pictures.iter().map(|(_, _, bytes)| decoder.decode(bytes).unwrap().unwrap()).collect();
    let check = |index: usize, x: usize, y: usize, wanted: [u8; 3]| {
        let found = red_green_blue(&shown[index], x, y);
        assert!(near(found, wanted), "picture {index} at {x},{y}: {found:?}, not {wanted:?}");
    };
    check(0, 10, 10, [0, 0, 0]);
    check(1, 10, 10, [200, 40, 40]);
    check(1, 130, 130, [200, 40, 40]);
    check(2, 130, 130, [20, 180, 20]);
    check(4, 200, 50, [0, 0, 255]);
    check(4, 215, 65, [200, 40, 40]);
    check(5, 10, 10, [40, 40, 200]);
    check(7, 10, 10, [0, 0, 0]);

    // Whoever begins in the middle needs nothing from before.
    let mut opened = MatroskaFile::open(Cursor::new(&file)).unwrap();
    opened.seek(21_000).unwrap();
    let mut frame = Frame::default();
    assert!(opened.next_frame(&mut frame).unwrap());
    assert_eq!(frame.timestamp, 21_000);
    let shown = motion::Decoder::new().unwrap().decode(&frame.data).unwrap().unwrap();
    assert!(near(red_green_blue(&shown, 10, 10), [40, 40, 200]));
}

/// F-14: both voices are one track without gaps, each at its time.
#[test]
fn two_voices_become_one_track() {
    let mut recording = Recording::default();
    let mut encoder = Encoder::new(1, SIDE.0, SIDE.1).unwrap();
    recording.paint(0, &mut encoder, Rect::new(0, 0, SIDE.0, SIDE.1), [9, 9, 9], true);
    let mut packets = |speaker: Speaker, from_ms: u32, hertz: f32| {
        let mut voice = voice::Speaker::new().unwrap();
        let second: Vec<f32> = (0..voice::RATE)
            .map(|n| 0.4 * (std::f32::consts::TAU * hertz * n as f32 / voice::RATE as f32).sin())
            .collect();
        voice.take(&second, |time, packet| {
            // The way is uneven.
            let at_ms = from_ms + u32::try_from(time / 48).unwrap() / 60 * 60;
            recording.at(at_ms, Owned::Sound(speaker, packet.to_vec()));
        });
    };
    packets(Speaker::Operator, 1_000, 400.0);
    packets(Speaker::Customer, 1_500, 1_000.0);
    recording.at(3_000, Owned::Sound(Speaker::Customer, vec![0xff; 7]));
    recording.0.sort_by_key(|(at_ms, _)| *at_ms);
    let file = film(&recording.pieces(6_000));
    let sound = blocks(&file, 2);
    let times: Vec<u64> = sound.iter().map(|(at_ms, ..)| *at_ms).collect();
    assert_eq!(times, (0..300).map(|n| n * 20).collect::<Vec<_>>());
    let mut decoder =
        opusic_c::Decoder::new(opusic_c::Channels::Mono, opusic_c::SampleRate::Hz48000).unwrap();
    let mut heard = Vec::new();
    for (_, _, packet) in &sound {
        let mut samples = [0.0_f32; 960];
        assert_eq!(decoder.decode_float_to_slice(packet.as_slice(), &mut samples[..], false).unwrap(), 960);
        heard.extend(samples);
    }
    let power = |from_ms: usize, hertz: f32| {
        let part = &heard[from_ms * 48..(from_ms + 200) * 48];
        let (mut real, mut imaginary) = (0.0, 0.0);
        for (n, sample) in part.iter().enumerate() {
            let turn = std::f32::consts::TAU * hertz * n as f32 / 48_000.0;
            (real, imaginary) = (real + sample * turn.cos(), imaginary + sample * turn.sin());
        }
        real.hypot(imaginary) * 2.0 / part.len() as f32
    };
    for (from_ms, operator, customer) in [
        (600, false, false),
        (1_200, true, false),
        (1_700, true, true),
        (2_200, false, true),
        (4_000, false, false),
    ] {
        assert_eq!(0.2 < power(from_ms, 400.0), operator, "operator at {from_ms}");
        assert_eq!(0.2 < power(from_ms, 1_000.0), customer, "customer at {from_ms}");
    }
}

/// what went as video is in its area, and nowhere else; bytes that are no picture change nothing.
#[test]
fn video_is_drawn_in_its_area() {
    let mut recording = Recording::default();
    let mut encoder = Encoder::new(1, SIDE.0, SIDE.1).unwrap();
    let area = Rect::new(96, 64, 64, 48);
    recording.paint(0, &mut encoder, Rect::new(0, 0, SIDE.0, SIDE.1), [250, 250, 250], true);
    encoder.open_area(3, area).unwrap();
    recording.paint(1_000, &mut encoder, Rect::new(0, 0, 8, 8), [0, 0, 0], false);
    let mut video = motion::Encoder::for_file(64, 48).unwrap();
    let pixels = [30, 160, 60, 0].repeat(64 * 48);
    let frame = motion::Frame { bgrx: &pixels, stride_bytes: 256 };
    let unit = video.encode(&frame, std::time::Duration::ZERO, true).unwrap().unwrap().bytes;
    // As browsers give it, without its temporal delimiter.
    let unit = unit[2..].to_vec();
    recording.at(1_500, Owned::Video(Codec::Av1, true, 0x40, unit.clone()));
    recording.at(2_000, Owned::Video(Codec::Av1, true, 0x53, unit));
    recording.at(2_500, Owned::Video(Codec::Av1, false, 0x63, vec![7; 90]));
    let file = film(&recording.pieces(4_000));
    let mut decoder = motion::Decoder::new().unwrap();
    let shown: Vec<_> = blocks(&file, 1)
        .into_iter()
        .map(|(at_ms, _, bytes)| (at_ms, decoder.decode(&bytes).unwrap().unwrap()))
        .collect();
    let times: Vec<_> = shown.iter().map(|(at_ms, _)| *at_ms).collect();
    assert_eq!(times, [0, 1_000, 2_000, 4_000]);
    assert!(near(red_green_blue(&shown[2].1, 100, 70), [60, 160, 30]));
    assert!(near(red_green_blue(&shown[2].1, 90, 70), [250, 250, 250]));
}

/// Pictures of other sizes lie in the middle of the largest one.
#[test]
fn every_size_finds_room() {
    let mut recording = Recording::default();
    let mut large = Encoder::new(1, 320, 200).unwrap();
    recording.paint(0, &mut large, Rect::new(0, 0, 320, 200), [250, 250, 250], true);
    let mut small = Encoder::new(2, 101, 99).unwrap();
    recording.paint(2_500, &mut small, Rect::new(0, 0, 101, 99), [200, 40, 40], true);
    let pieces = recording.pieces(4_000);
    assert_eq!(plan(&pieces).map(|plan| (plan.width, plan.height)), Ok((320, 200)));
    let mut decoder = motion::Decoder::new().unwrap();
    let shown: Vec<_> = blocks(&film(&pieces), 1)
        .into_iter()
        .map(|(_, _, bytes)| decoder.decode(&bytes).unwrap().unwrap())
        .collect();
    let last = shown.last().unwrap();
    assert!(near(red_green_blue(last, 160, 100), [200, 40, 40]));
    assert!(near(red_green_blue(last, 20, 100), [0, 0, 0]));
}

/// A customer in a browser: there is nothing but video, and it is not encoded again.
#[test]
fn video_alone_is_kept_as_it_came() {
    let mut recording = Recording::default();
    recording.at(100, Owned::Video(Codec::Vp8, false, 0, vec![1; 20]));
    recording.at(200, Owned::Video(Codec::Vp8, true, 3_000, vec![2; 30]));
    recording.at(200, Owned::Video(Codec::Vp8, false, 6_000, vec![3; 40]));
    let pieces = recording.pieces(2_000);
    assert_eq!(plan(&pieces).map(|plan| plan.source), Ok(Source::AsIs(Codec::Vp8)));
    let file = film(&pieces);
    let opened = MatroskaFile::open(Cursor::new(&file)).unwrap();
    assert_eq!(opened.tracks()[0].codec_id(), "V_VP8");
    assert_eq!(blocks(&file, 1), [(200, true, vec![2; 30]), (201, false, vec![3; 40])]);
    let size = |codec, data: &[u8]| {
        let content = Content::Video { key: true, codec, rtp_time: 0, width: 0, height: 0, data };
        let entries = vec![Entry { at_ms: 1, content }];
        let piece = Piece { no: 1, starts_ms: 0, ends_ms: 9, entries }.write();
        plan(&[piece]).map(|plan| (plan.width, plan.height))
    };
    assert_eq!(size(Codec::Vp8, &[0x10, 0, 0, 0x9d, 1, 0x2a, 0x80, 0x02, 0x68, 0x01, 9]), Ok((640, 360)));
    assert_eq!(size(Codec::Vp9, &[0x82, 0x49, 0x83, 0x42, 0x20, 0x27, 0xf0, 0x16, 0x70, 9]), Ok((640, 360)));
    assert_eq!(size(Codec::Av1, &[1]), Ok((1280, 720)));
    recording.at(300, Owned::Video(Codec::Av1, true, 9_000, vec![2; 30]));
    assert_eq!(plan(&recording.pieces(2_000)), Err(NoFilm::Codec));
    assert_eq!(plan(&Recording::default().pieces(2_000)), Err(NoFilm::Empty));
}
