//! The codec as a pair: what the sender believes is what the receiver has, whatever happens between.

mod anything;
mod canvas;
mod hostile;

use canvas::Canvas;

use crate::{
    DecodeError, Decoder, Encoder, Finish, Order, Patch, Picture, Progress, Rect, compress_pointer,
    decompress_pointer,
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

/// The console's tests hold this value too (picture-view.test.ts).
#[test]
fn the_checksum_of_a_known_picture_never_changes() {
    for order in [Order::Bgrx, Order::Rgba] {
        let mut picture = Picture::new(4, 2, order).unwrap();
        picture.fill(&Rect::new(0, 0, 4, 2), 0xff_0000);
        assert_eq!(picture.checksum().to_le_bytes(), [162, 230, 212, 43, 58, 192, 186, 96]);
    }
}
