//! The codec as a pair: what the sender believes is what the receiver has, whatever happens between.

use proptest::prelude::*;

use crate::{
    DecodeError, Decoder, Encoder, Finish, Order, PacketHeader, Patch, Picture, Progress, Rect, change,
    compress_pointer, decompress_pointer, limits,
};

/// A screen that tests draw on, as a platform would capture it: with rubbish in the fourth byte.
struct Screen {
    width: usize,
    height: usize,
    bytes: Vec<u8>,
}

impl Screen {
    fn new(width: u16, height: u16) -> Self {
        let (width, height) = (usize::from(width), usize::from(height));
        Self { width, height, bytes: vec![0xa5; width * height * 4] }
    }

    fn set(&mut self, x: usize, y: usize, colour: u32) {
        let start = (y * self.width + x) * 4;
        self.bytes[start..start + 4].copy_from_slice(&(colour | 0xee00_0000).to_le_bytes());
    }

    fn colour(&self, x: usize, y: usize) -> u32 {
        let start = (y * self.width + x) * 4;
        let bytes: [u8; 4] = self.bytes[start..start + 4].try_into().unwrap();
        u32::from_le_bytes(bytes) & 0xff_ffff
    }

    fn fill(&mut self, rect: &Rect, colour: impl Fn(usize, usize) -> u32) {
        for y in rect.top()..rect.bottom().min(self.height) {
            for x in rect.left()..rect.right().min(self.width) {
                self.set(x, y, colour(x, y));
            }
        }
    }

    /// Moves the content of `rect` up, and writes new lines below, as a terminal does.
    fn scroll_up(&mut self, rect: &Rect, rows: usize, seed: u32) {
        for y in rect.top()..rect.bottom() {
            for x in rect.left()..rect.right() {
                let from = y + rows;
                let colour = if from < rect.bottom() { self.colour(x, from) } else { text(x, y, seed) };
                self.set(x, y, colour);
            }
        }
    }

    fn patch(&self, rect: Rect) -> Patch<'_> {
        let start = (rect.top() * self.width + rect.left()) * 4;
        Patch::new(rect, self.width * 4, &self.bytes[start..]).unwrap()
    }

    fn whole(&self) -> Rect {
        Rect::from_edges(0, 0, self.width, self.height)
    }
}

/// Pixels that look like text: mostly one colour, no two rows alike.
fn text(x: usize, y: usize, seed: u32) -> u32 {
    let mix = (u32::try_from(x * 7919 + y * 104_729).unwrap() ^ seed).wrapping_mul(0x9e37_79b9) >> 24;
    if mix < 60 { mix * 0x01_0101 } else { 0xff_ffff }
}

const END: Finish = Finish { more_dirty: false, check_every_row: false, target_bytes: 256 * 1024 };
const CHECKED: Finish = Finish { more_dirty: false, check_every_row: true, target_bytes: 256 * 1024 };

/// Sends the whole screen, and checks that the receiver then has it.
fn send(encoder: &mut Encoder, decoder: &mut Decoder, screen: &Screen, finish: Finish) -> Option<Progress> {
    let bounds = screen.whole();
    send_to(encoder, decoder, screen, finish, &mut Canvas::new(bounds.width, bounds.height))
}

/// The same, upon a canvas.
fn send_to(
    encoder: &mut Encoder,
    decoder: &mut Decoder,
    screen: &Screen,
    finish: Finish,
    canvas: &mut Canvas,
) -> Option<Progress> {
    let mut dirty = vec![screen.whole()];
    let mut last = None;
    while !dirty.is_empty() {
        let patches: Vec<_> = dirty.iter().map(|rect| screen.patch(*rect)).collect();
        let Some(encoded) = encoder.encode(&patches, finish).unwrap() else { break };
        for packet in &encoded.packets {
            last = decoder.receive(packet).unwrap().or(last);
            canvas.show(decoder);
        }
        same(encoder.model(), decoder.picture().unwrap());
        dirty = encoded.rest;
    }
    last
}

fn same(model: &Picture, picture: &Picture) {
    for y in 0..model.height() {
        for x in 0..model.width() {
            assert_eq!(model.colour_at(x, y), picture.colour_at(x, y), "pixel {x}, {y}");
        }
    }
}

fn shows(picture: &Picture, screen: &Screen) {
    for y in 0..screen.height {
        for x in 0..screen.width {
            assert_eq!(picture.colour_at(x, y), Some(screen.colour(x, y)), "pixel {x}, {y}");
        }
    }
}

#[test]
fn a_first_picture_arrives_exactly() {
    let mut screen = Screen::new(300, 200);
    let whole = screen.whole();
    screen.fill(&whole, |x, y| text(x, y, 1));
    let (mut encoder, mut decoder) = (Encoder::new(1, 300, 200).unwrap(), Decoder::new(Order::Rgba));
    let progress = send(&mut encoder, &mut decoder, &screen, END).unwrap();
    shows(decoder.picture().unwrap(), &screen);
    assert_eq!(progress, Progress { epoch: 1, update: 0, exact: true, mismatch: false });
}

#[test]
fn an_unchanged_screen_sends_nothing() {
    let screen = Screen::new(100, 100);
    let (mut encoder, mut decoder) = (Encoder::new(1, 100, 100).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, END);
    assert!(encoder.encode(&[screen.patch(screen.whole())], END).unwrap().is_none());
}

#[test]
fn scrolling_is_sent_as_a_copy() {
    let mut screen = Screen::new(640, 480);
    let window = Rect::new(37, 21, 500, 400);
    screen.fill(&window, |x, y| text(x, y, 5));
    let (mut encoder, mut decoder) = (Encoder::new(1, 640, 480).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, END);
    screen.scroll_up(&window, 16, 77);
    let encoded = encoder.encode(&[screen.patch(screen.whole())], END).unwrap().unwrap();
    let bytes: usize = encoded.packets.iter().map(Vec::len).sum();
    // 16 rows of 500 pixels are new; the whole window would be 25 times as much.
    assert!(bytes < 8_000, "{bytes} bytes for 16 new rows");
    for packet in &encoded.packets {
        decoder.receive(packet).unwrap();
    }
    shows(decoder.picture().unwrap(), &screen);
}

#[test]
fn a_changed_pixel_costs_one_small_packet() {
    let mut screen = Screen::new(640, 480);
    let (mut encoder, mut decoder) = (Encoder::new(1, 640, 480).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, CHECKED);
    screen.set(333, 222, 0x12_3456);
    let encoded = encoder.encode(&[screen.patch(screen.whole())], END).unwrap().unwrap();
    let [packet] = encoded.packets.as_slice() else { panic!("one packet") };
    assert!(packet.len() < 80, "{} bytes", packet.len());
    let progress = decoder.receive(packet).unwrap().unwrap();
    assert!(progress.exact);
    assert_eq!(decoder.changed(), [Rect::new(333, 222, 1, 1)]);
}

#[test]
fn a_large_change_comes_in_updates_of_bounded_size() {
    let mut screen = Screen::new(1920, 1080);
    let whole = screen.whole();
    screen.fill(&whole, |x, y| u32::try_from(x * 31 + y * 17).unwrap().wrapping_mul(0x9e37_79b9) >> 8);
    let (mut encoder, mut decoder) = (Encoder::new(1, 1920, 1080).unwrap(), Decoder::new(Order::Rgba));
    let first = encoder.encode(&[screen.patch(whole)], END).unwrap().unwrap();
    assert!(!first.rest.is_empty());
    for packet in &first.packets {
        let progress = decoder.receive(packet).unwrap();
        assert!(progress.is_none_or(|progress| !progress.exact), "not yet the newest picture");
    }
    let progress = send(&mut encoder, &mut decoder, &screen, END).unwrap();
    shows(decoder.picture().unwrap(), &screen);
    assert!(!progress.exact, "a large change is compared by the next full checksum");
    let progress = send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap();
    assert!(progress.exact);
}

#[test]
fn a_repeated_packet_may_come_late_twice_or_first() {
    let mut screen = Screen::new(64, 64);
    let (mut encoder, mut decoder) = (Encoder::new(4, 64, 64).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, END);
    let mut packets = Vec::new();
    for step in 0..3 {
        screen.set(step, step, 0xff_0000);
        packets
            .push(encoder.encode(&[screen.patch(screen.whole())], END).unwrap().unwrap().packets.remove(0));
    }
    assert_eq!(decoder.receive(&packets[1]), Ok(None));
    assert_eq!(decoder.receive(&packets[1]), Ok(None));
    assert_eq!(decoder.receive(&packets[0]).unwrap().unwrap().update, 2);
    assert_eq!(decoder.receive(&packets[0]), Ok(None));
    assert_eq!(decoder.receive(&packets[2]).unwrap().unwrap().update, 3);
    shows(decoder.picture().unwrap(), &screen);
}

#[test]
fn a_difference_is_seen_by_the_checksum_and_healed_by_a_new_epoch() {
    let mut screen = Screen::new(200, 100);
    let (mut encoder, mut other) = (Encoder::new(1, 200, 100).unwrap(), Encoder::new(1, 200, 100).unwrap());
    let mut decoder = Decoder::new(Order::Rgba);
    screen.set(5, 5, 0x00_ff00);
    send(&mut encoder, &mut decoder, &screen, END);
    // Another sender's checksum of the same update: the pixel differs.
    screen.set(5, 5, 0x00_ff01);
    other.encode(&[screen.patch(screen.whole())], END).unwrap();
    let strange = other.encode(&[], CHECKED).unwrap().unwrap();
    let progress = decoder.receive(&strange.packets[0]).unwrap().unwrap();
    assert!(progress.mismatch && !progress.exact);
    let mut encoder = Encoder::new(2, 200, 100).unwrap();
    let progress = send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap();
    assert!(progress.exact && !progress.mismatch);
}

#[test]
fn after_damage_nothing_is_drawn_until_the_next_epoch() {
    let screen = Screen::new(64, 64);
    let (mut encoder, mut decoder) = (Encoder::new(1, 64, 64).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, END);
    let mut bad = encoder.encode(&[], CHECKED).unwrap().unwrap().packets.remove(0);
    bad.push(9);
    assert_eq!(decoder.receive(&bad), Err(DecodeError::Length));
    let good = encoder.encode(&[], CHECKED).unwrap().unwrap().packets.remove(0);
    assert_eq!(decoder.receive(&good), Ok(None));
    let mut encoder = Encoder::new(2, 64, 64).unwrap();
    assert!(send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap().exact);
}

#[test]
fn impossible_sizes_are_refused() {
    for (width, height) in [(0, 10), (10, 0), (16_385, 10), (16_384, 16_384)] {
        assert!(Encoder::new(1, width, height).is_err(), "{width} x {height}");
    }
    assert!(Encoder::new(1, 16_384, 16).is_ok());
}

#[test]
fn a_pointer_shape_survives_and_a_wrong_size_does_not() {
    let rgba: Vec<u8> = (0..24 * 24 * 4).map(|value| u8::try_from(value % 251).unwrap()).collect();
    let packed = compress_pointer(&rgba).unwrap();
    assert_eq!(decompress_pointer(&packed, 24, 24), Ok(rgba));
    assert_eq!(decompress_pointer(&packed, 24, 23), Err(DecodeError::Compression));
    assert_eq!(decompress_pointer(&packed, 97, 1), Err(DecodeError::Limit));
}

/// Layout of version 1: these bytes never change.
#[test]
fn golden_bytes_of_version_1_still_decode() {
    let mut golden = vec![
        1, 0, // version, reserved
        7, 0, 0, 0, // epoch
        0, 0, 0, 0, // update
        0, 0, 1, 0, // index, count
        4, 0, 2, 0, // width, height
        1, // settled
        64, 0, 0, 0, // body_bytes
    ];
    let body = [
        vec![0, 0, 0, 0, 0, 4, 0, 2, 0, 0x30, 0x20, 0x10], // fill all with 0x102030
        vec![2, 0, 0, 0, 0, 1, 0, 1, 0, 0xff, 0x00, 0x01], // raw: pixel 0, 0 is 0x0100ff
        vec![1, 2, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0],       // copy it to 2, 1
        vec![3, 2, 0, 0, 0, 2, 0, 1, 0, 2, 1, 0, 0, 2, 0, 0, 2, 0, 0, 0, 0, 1], // palette: 0x000001, 0x000002
        vec![4, 9, 3, 0, 1, 0, 1, 0, 1, 0],                // area 9 begins at 3, 1
        vec![4, 8, 0, 0, 1, 0, 1, 0, 1, 0],                // area 8 begins at 0, 1
        vec![5, 8],                                        // and ends
    ]
    .concat();
    golden[19] = u8::try_from(body.len()).unwrap();
    golden.extend(zstd::bulk::compress(&body, 1).unwrap());
    let mut decoder = Decoder::new(Order::Bgrx);
    let progress = decoder.receive(&golden).unwrap().unwrap();
    assert_eq!(progress, Progress { epoch: 7, update: 0, exact: false, mismatch: false });
    assert_eq!(decoder.areas(), [(9, Rect::new(3, 1, 1, 1))]);
    let picture = decoder.picture().unwrap();
    let rows: Vec<_> =
        (0..2).map(|y| (0..4).map(|x| picture.colour_at(x, y).unwrap()).collect::<Vec<_>>()).collect();
    assert_eq!(rows[0], [0x01_00ff, 0x10_2030, 0x00_0001, 0x00_0002]);
    assert_eq!(rows[1], [0, 0x10_2030, 0x01_00ff, 0]);
}

/// An update of a picture of 64 × 64 pixels with this body, as a hostile sender makes it.
fn hostile(epoch: u8, flags: &[u8], body: &[u8]) -> Vec<u8> {
    let mut packet = vec![1, 0, epoch, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0];
    packet.extend(flags);
    packet.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    packet.extend(zstd::bulk::compress(body, 1).unwrap());
    packet
}

#[test]
fn areas_that_open_and_close_are_paid_for_like_other_pixels() {
    let once: &[u8] = &[4, 1, 0, 0, 0, 0, 64, 0, 64, 0, 5, 1];
    let mut decoder = Decoder::new(Order::Rgba);
    assert!(decoder.receive(&hostile(1, &[0], &once.repeat(4))).is_ok());
    assert_eq!(decoder.receive(&hostile(2, &[0], &once.repeat(5))), Err(DecodeError::Limit));
}

#[test]
fn what_a_packet_costs_is_told() {
    const WHOLE: u64 = 64 * 64;
    const SMALL: u64 = limits::PACKET_WORK_PX + limits::OPERATION_WORK_PX as u64;
    let fill: &[u8] = &[0, 0, 0, 0, 0, 64, 0, 32, 0, 1, 2, 3];
    let small = SMALL + fill.len() as u64;
    let mut decoder = Decoder::new(Order::Rgba);
    decoder.receive(&hostile(1, &[0], fill)).unwrap();
    assert_eq!(decoder.work_px(), small + 2 * WHOLE, "a new picture, half of it filled and drawn");
    assert!(decoder.begun());
    decoder.receive(&hostile(1, &[0], fill)).unwrap();
    assert_eq!(decoder.work_px(), limits::PACKET_WORK_PX, "known already");
    assert!(!decoder.begun());
    decoder.receive(&hostile(2, &[6, 0, 0, 0, 0, 0, 0, 0, 0], fill)).unwrap();
    assert_eq!(decoder.work_px(), small + 3 * WHOLE, "and compared from the first row to the last");
    let refused = [fill, &[99]].concat();
    decoder.receive(&hostile(3, &[0], &refused)).unwrap_err();
    assert_eq!(decoder.work_px(), small + 1 + WHOLE + WHOLE / 2, "what was done before the refusal");
}

#[test]
fn a_packet_does_not_draw_what_waited_for_it_without_end() {
    // Fills all of 4096 × 4096 pixels four times, for a few dozen bytes.
    let fills = [0, 0, 0, 0, 0, 0, 16, 0, 16, 1, 2, 3].repeat(4);
    let update = |number: u8| {
        let mut packet = hostile(1, &[0], &fills);
        packet[6] = number;
        packet.splice(14..18, [0, 16, 0, 16]);
        packet
    };
    let (mut first, mut second) = (update(0), update(0));
    first.truncate(30);
    second.drain(14..30);
    (first[12], second[10], second[12]) = (2, 1, 2);
    let mut decoder = Decoder::new(Order::Rgba);
    assert_eq!(decoder.receive(&first), Ok(None));
    for number in 1..=20 {
        assert_eq!(decoder.receive(&update(number)), Ok(None));
    }
    assert_eq!(decoder.receive(&second), Err(DecodeError::Limit));
    let one_update = 4 << 24;
    let most = limits::MAX_CALL_WORK_PX + one_update + limits::PACKET_WORK_PX * 2;
    assert!(decoder.work_px() <= most, "{} px", decoder.work_px());
}

#[test]
fn only_what_may_be_repeated_waits() {
    let long = [1; limits::MAX_REPEAT_BYTES];
    let mut packet = hostile(1, &[0], &[0, 0, 0, 0, 0, 64, 0, 32, 0, 1, 2, 3]);
    let mut decoder = Decoder::new(Order::Rgba);
    decoder.receive(&packet).unwrap();
    packet[6] = 2;
    packet.extend(long);
    assert_eq!(decoder.receive(&packet), Err(DecodeError::Order));
}

#[test]
fn a_picture_that_cannot_be_made_leaves_none() {
    let mut decoder = Decoder::new(Order::Rgba);
    decoder.receive(&hostile(1, &[0], &[0, 0, 0, 0, 0, 64, 0, 32, 0, 1, 2, 3])).unwrap();
    let mut huge = hostile(2, &[0], &[]);
    huge.splice(14..18, [0, 64, 0, 64]);
    assert_eq!(decoder.receive(&huge), Err(DecodeError::Limit));
    assert!(decoder.picture().is_none(), "the old one went before the new one was made");
}

#[test]
fn a_copy_out_of_an_open_area_is_refused() {
    let mut screen = Screen::new(256, 256);
    let whole = screen.whole();
    screen.fill(&whole, |x, y| text(x, y, 3));
    let (mut encoder, mut decoder) = (Encoder::new(1, 256, 256).unwrap(), Decoder::new(Order::Rgba));
    send(&mut encoder, &mut decoder, &screen, END);
    encoder.open_area(3, Rect::new(50, 50, 100, 100)).unwrap();
    screen.scroll_up(&whole, 20, 9);
    let progress = send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap();
    assert!(!progress.exact && !progress.mismatch);
    assert_eq!(decoder.areas(), [(3, Rect::new(50, 50, 100, 100))]);
    assert!(encoder.open_area(4, Rect::new(60, 60, 5, 5)).is_err());
    encoder.close_area(3).unwrap();
    assert!(send(&mut encoder, &mut decoder, &screen, CHECKED).unwrap().exact);
    shows(decoder.picture().unwrap(), &screen);
}

/// The console's tests hold this value too (picture-view.test.ts).
#[test]
fn the_checksum_of_a_known_picture_never_changes() {
    for order in [Order::Bgrx, Order::Rgba] {
        let mut picture = Picture::new(4, 2, order).unwrap();
        picture.fill(&Rect::new(0, 0, 4, 2), 0xff_0000);
        assert_eq!(picture.checksum().to_le_bytes(), [162, 230, 212, 43, 58, 192, 186, 96]);
    }
}

/// What a console shows: the picture where it must be drawn anew, and video upon open areas.
struct Canvas {
    width: usize,
    pixels: Vec<u32>,
}

/// The colour of the tests' video, which no exact pixel has.
const VIDEO: u32 = 0x0100_0000;

impl Canvas {
    /// With something on it that was there before the picture.
    fn new(width: u16, height: u16) -> Self {
        Self { width: width.into(), pixels: vec![0x77_7777; usize::from(width) * usize::from(height)] }
    }

    fn fill(&mut self, rect: &Rect, colour: impl Fn(usize, usize) -> u32) {
        for y in rect.top()..rect.bottom() {
            for x in rect.left()..rect.right() {
                self.pixels[y * self.width + x] = colour(x, y);
            }
        }
    }

    /// After a packet: exact pixels, then, where an area is open, a picture of its video.
    fn show(&mut self, decoder: &Decoder) {
        let Some(picture) = decoder.picture() else { return };
        for rect in decoder.changed() {
            assert!(decoder.areas().iter().all(|(_, area)| !area.meets(rect)), "drawn in an open area");
            self.fill(rect, |x, y| picture.colour_at(x, y).unwrap());
        }
        for (_, area) in decoder.areas() {
            self.fill(area, |_, _| VIDEO);
        }
    }

    /// Outside of open areas, the canvas is the screen.
    fn shows(&self, screen: &Screen, open: &[(u8, Rect)]) {
        for y in 0..screen.height {
            for x in 0..screen.width {
                let pixel = Rect::from_edges(x, y, x + 1, y + 1);
                let video = open.iter().any(|(_, area)| area.holds(&pixel));
                let wanted = if video { VIDEO } else { screen.colour(x, y) };
                assert_eq!(self.pixels[y * self.width + x], wanted, "pixel {x}, {y}");
            }
        }
    }
}

#[test]
fn an_area_that_opens_or_closes_is_not_drawn_until_exact_pixels_come() {
    let opens: &[u8] = &[4, 1, 8, 0, 8, 0, 16, 0, 16, 0];
    let mut decoder = Decoder::new(Order::Rgba);
    let update = |number: u8, flags: u8, body: &[u8]| {
        let mut packet = hostile(1, &[flags], body);
        packet[6] = number;
        packet
    };
    decoder.receive(&update(0, 1, &[0, 0, 0, 0, 0, 64, 0, 64, 0, 9, 9, 9])).unwrap();
    decoder.receive(&update(1, 1, opens)).unwrap();
    assert_eq!(decoder.changed(), []);
    decoder.receive(&update(2, 0, &[0, 0, 0, 0, 0, 64, 0, 12, 0, 1, 1, 1])).unwrap();
    let around = [Rect::new(0, 0, 64, 8), Rect::new(0, 8, 8, 4), Rect::new(24, 8, 40, 4)];
    assert_eq!(decoder.changed(), around);
    decoder.receive(&update(3, 0, &[5, 1])).unwrap();
    assert_eq!(decoder.changed(), []);
    // Far apart, many, one of them where the area was: one rectangle around all would draw black over the video.
    let dot = |at: u8| [0, at, 0, at, 0, 1, 0, 1, 0, 7, 7, 7];
    let dots: Vec<u8> = (32..64).chain([10]).flat_map(dot).collect();
    decoder.receive(&update(4, 0, &dots)).unwrap();
    let area = Rect::new(8, 8, 16, 16);
    let drawn: Vec<_> = decoder.changed().iter().filter(|rect| rect.meets(&area)).collect();
    assert_eq!(drawn, [&Rect::new(10, 10, 1, 1)]);
    decoder.receive(&update(5, 1, &dot(0))).unwrap();
    assert_eq!(decoder.changed(), [Rect::new(0, 0, 1, 1), area], "what is black now is black on the screen");
}

#[derive(Debug, Clone)]
enum Step {
    Fill(Rect, u32),
    Text(Rect, u32),
    Scroll(Rect, usize, u32),
    Open(u8, Rect),
    Close(u8),
}

/// Whatever comes, what was drawn lies inside of the picture.
fn take_anything(decoder: &mut Decoder, packet: &[u8]) {
    if decoder.receive(packet).is_ok_and(|progress| progress.is_some()) {
        let bounds = decoder.picture().unwrap().bounds();
        assert!(decoder.changed().iter().all(|rect| bounds.holds(rect)));
    }
}

const WIDTH: u16 = 200;
const HEIGHT: u16 = 180;

fn any_rect() -> impl Strategy<Value = Rect> {
    (0..WIDTH - 1, 0..HEIGHT - 1).prop_flat_map(|(x, y)| {
        (1..=WIDTH - x, 1..=HEIGHT - y).prop_map(move |(width, height)| Rect::new(x, y, width, height))
    })
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // Black is what nobody has sent yet: the case in which a canvas keeps what it showed before.
        (any_rect(), prop_oneof![Just(0), any::<u32>()])
            .prop_map(|(rect, colour)| Step::Fill(rect, colour & 0xff_ffff)),
        (any_rect(), any::<u32>()).prop_map(|(rect, seed)| Step::Text(rect, seed)),
        (any_rect(), 1..40_usize, any::<u32>()).prop_map(|(rect, rows, seed)| Step::Scroll(rect, rows, seed)),
        (0..3_u8, any_rect()).prop_map(|(id, rect)| Step::Open(id, rect)),
        (0..3_u8).prop_map(Step::Close),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The invariant of the whole codec.
    #[test]
    fn the_senders_model_is_the_receivers_picture(steps in prop::collection::vec(any_step(), 1..14)) {
        let mut screen = Screen::new(WIDTH, HEIGHT);
        let (mut encoder, mut decoder) = (Encoder::new(9, WIDTH, HEIGHT).unwrap(), Decoder::new(Order::Rgba));
        let mut canvas = Canvas::new(WIDTH, HEIGHT);
        let mut open: Vec<u8> = Vec::new();
        for step in steps {
            match step {
                Step::Fill(rect, colour) => screen.fill(&rect, |_, _| colour),
                Step::Text(rect, seed) => screen.fill(&rect, |x, y| text(x, y, seed)),
                Step::Scroll(rect, rows, seed) => screen.scroll_up(&rect, rows, seed),
                Step::Open(id, rect) => if encoder.open_area(id, rect).is_ok() { open.push(id); },
                Step::Close(id) => if encoder.close_area(id).is_ok() { open.retain(|other| *other != id); },
            }
            send_to(&mut encoder, &mut decoder, &screen, CHECKED, &mut canvas);
            canvas.shows(&screen, decoder.areas());
        }
        for id in open {
            encoder.close_area(id).unwrap();
        }
        let progress = send_to(&mut encoder, &mut decoder, &screen, CHECKED, &mut canvas).unwrap();
        prop_assert!(progress.exact);
        canvas.shows(&screen, &[]);
        shows(decoder.picture().unwrap(), &screen);
    }

    #[test]
    fn changed_rectangles_hold_every_difference_and_do_not_meet(
        rects in prop::collection::vec(any_rect(), 0..6), left in 0..100_u16, top in 0..100_u16,
    ) {
        let mut screen = Screen::new(WIDTH, HEIGHT);
        let whole = screen.whole();
        screen.fill(&whole, |_, _| 0);
        let model = Picture::new(WIDTH, HEIGHT, Order::Bgrx).unwrap();
        for rect in &rects {
            screen.fill(rect, |x, y| text(x, y, 5));
        }
        let area = Rect::from_edges(usize::from(left), usize::from(top), 200, 180);
        let found = change::changed_rects(&model, &screen.patch(area));
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                let pixel = Rect::from_edges(x, y, x + 1, y + 1);
                let count = found.iter().filter(|rect| rect.holds(&pixel)).count();
                prop_assert!(count <= 1, "rectangles meet at {x}, {y}");
                prop_assert!(screen.colour(x, y) == 0 || count == 1, "difference at {x}, {y} was missed");
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 1..8)) {
        let mut decoder = Decoder::new(Order::Rgba);
        for packet in packets {
            take_anything(&mut decoder, &packet);
        }
    }

    /// A valid stream with some bytes changed: errors, or a picture, but neither panic nor endless work.
    #[test]
    fn mutated_streams_never_panic(
        seed in any::<u32>(),
        mutations in prop::collection::vec((0..4_usize, any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut screen = Screen::new(WIDTH, HEIGHT);
        let (mut encoder, mut packets) = (Encoder::new(1, WIDTH, HEIGHT).unwrap(), Vec::new());
        for step in 0..4_u32 {
            let rect = Rect::new(10, 10, 150, 120);
            screen.fill(&rect, |x, y| text(x, y, seed ^ step));
            if step == 2 {
                encoder.open_area(1, Rect::new(0, 0, 9, 9)).unwrap();
            }
            packets.extend(encoder.encode(&[screen.patch(screen.whole())], CHECKED).unwrap().unwrap().packets);
        }
        for (packet, place, value) in mutations {
            if let Some(packet) = packets.get_mut(packet) {
                let place = place.index(packet.len());
                packet[place] = value;
            }
        }
        let mut decoder = Decoder::new(Order::Rgba);
        for packet in &packets {
            prop_assert!(packet.len() <= limits::MAX_PACKET_BYTES);
            take_anything(&mut decoder, packet);
        }
    }

    /// Bodies that pass zstd, to reach the operations behind it.
    #[test]
    fn random_operations_never_panic(
        kinds in prop::collection::vec((0..7_u8, prop::collection::vec(0..40_u8, 0..40)), 0..12),
    ) {
        let body: Vec<u8> = kinds
            .into_iter()
            .flat_map(|(kind, mut fields)| { fields.insert(0, kind); fields })
            .collect();
        let mut packet = vec![1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 64, 0, 0];
        packet.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
        packet.extend(zstd::bulk::compress(&body, 1).unwrap());
        prop_assert!(PacketHeader::read(&packet).is_ok());
        take_anything(&mut Decoder::new(Order::Rgba), &packet);
    }
}
