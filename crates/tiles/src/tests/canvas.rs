//! What is drawn where video has its place.

use super::{Screen, hostile::hostile};
use crate::{Decoder, Order, Rect};

/// What a console shows: the picture where it must be drawn anew, and video upon open areas.
pub(super) struct Canvas {
    width: usize,
    pixels: Vec<u32>,
}

/// The colour of the tests' video, which no exact pixel has.
pub(super) const VIDEO: u32 = 0x0100_0000;

impl Canvas {
    /// With something on it that was there before the picture.
    pub(super) fn new(width: u16, height: u16) -> Self {
        Self { width: width.into(), pixels: vec![0x77_7777; usize::from(width) * usize::from(height)] }
    }

    pub(super) fn fill(&mut self, rect: &Rect, colour: impl Fn(usize, usize) -> u32) {
        for y in rect.top()..rect.bottom() {
            for x in rect.left()..rect.right() {
                self.pixels[y * self.width + x] = colour(x, y);
            }
        }
    }

    /// After a packet: exact pixels, then, where an area is open, a picture of its video.
    pub(super) fn show(&mut self, decoder: &Decoder) {
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
    pub(super) fn shows(&self, screen: &Screen, open: &[(u8, Rect)]) {
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
