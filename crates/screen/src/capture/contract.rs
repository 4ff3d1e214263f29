//! What every capture must do, and X11 on a real X server (Xvfb), with a real X client that draws.

use std::time::Duration;

use tiles::{Patch, Rect};

use super::{Capture, Changes, captures, xvfb::Xvfb};
use crate::{ScreenError, capture::Waker};

const SOON: Option<Duration> = Some(Duration::from_secs(5));

fn open(display: Option<&str>) -> Result<(Box<dyn Capture>, Waker), ScreenError> {
    super::open(display, "own-class")
}

/// What can be seen of these areas now.
fn seen<'a>(capture: &'a mut dyn Capture, areas: &[Rect]) -> Vec<Patch<'a>> {
    let mask = capture.look().unwrap().map(|look| look.mask);
    // Nothing has changed since the last look at the whole desktop.
    let mask = mask.unwrap_or_else(|| whole(capture));
    capture.capture(areas, &mask).unwrap().unwrap()
}

fn whole(capture: &dyn Capture) -> super::Mask {
    let (width, height) = capture.size();
    let bounds = Rect::new(0, 0, width, height);
    super::Mask::new(bounds, &[bounds], &[], &[])
}

/// Waits until `wanted` was seen.
fn wait_for(capture: &mut dyn Capture, wanted: impl Fn(&Changes) -> bool) {
    for _ in 0..100 {
        if wanted(&capture.wait(SOON).unwrap()) {
            return;
        }
    }
    panic!("the change never came");
}

/// Takes what is damaged until nothing is any more.
fn settle(capture: &mut dyn Capture) {
    while capture.wait(Some(Duration::from_millis(100))).unwrap().damaged {
        capture.take_damage().unwrap();
    }
}

/// The colour of one captured pixel, by a model that starts black.
fn colour_at(capture: &mut dyn Capture, x: u16, y: u16) -> u32 {
    let patches = seen(capture, &[Rect::new(x, y, 1, 1)]);
    let mut encoder = tiles::Encoder::new(1, 2000, 2000).unwrap();
    let finish = tiles::Finish { more_dirty: false, check_every_row: false, target_bytes: 256 * 1024 };
    encoder.encode(&patches, finish).unwrap();
    encoder.model().colour_at(usize::from(x), usize::from(y)).unwrap()
}

#[test]
fn drawing_is_damaged_once_and_captured() {
    let xvfb = Xvfb::start("800x600x24", &[]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    assert_eq!(capture.size(), (800, 600));
    settle(&mut *capture);
    let painter = xvfb.painter();
    painter.fill(Rect::new(100, 50, 30, 20), 0x12_3456);
    wait_for(&mut *capture, |changes| changes.damaged);
    let damage = capture.take_damage().unwrap();
    assert!(damage.iter().any(|rect| rect.holds(&Rect::new(100, 50, 30, 20))), "{damage:?}");
    assert_eq!(colour_at(&mut *capture, 110, 60), 0x12_3456);
    assert_eq!(capture.wait(Some(Duration::from_millis(50))).unwrap(), Changes::default());
    assert!(capture.take_damage().unwrap().is_empty());
}

#[test]
fn a_capture_after_a_rest_is_as_right_as_one_before() {
    let xvfb = Xvfb::start("800x600x24", &[]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    let painter = xvfb.painter();
    painter.fill(Rect::new(100, 50, 30, 20), 0x12_3456);
    settle(&mut *capture);
    let whole = [Rect::new(0, 0, 800, 600)];
    let before: Vec<u8> =
        seen(&mut *capture, &whole).iter().flat_map(Patch::rows).flatten().copied().collect();
    // Long enough that the memory of this capture is given back meanwhile.
    assert_eq!(capture.wait(Some(Duration::from_secs(3))).unwrap(), Changes::default());
    let after: Vec<u8> =
        seen(&mut *capture, &whole).iter().flat_map(Patch::rows).flatten().copied().collect();
    assert!(before == after, "the picture differs after a rest");
    assert_eq!(colour_at(&mut *capture, 110, 60), 0x12_3456);
}

#[test]
fn the_waker_ends_a_wait() {
    let xvfb = Xvfb::start("200x200x24", &[]);
    let (mut capture, waker) = open(Some(&xvfb.display)).unwrap();
    settle(&mut *capture);
    waker.wake();
    assert_eq!(capture.wait(None).unwrap(), Changes::default());
}

#[test]
fn every_reading_of_pixels_is_counted() {
    let xvfb = Xvfb::start("200x200x24", &[]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    let before = captures();
    seen(&mut *capture, &[Rect::new(0, 0, 10, 10)]);
    assert!(before < captures());
}

#[test]
fn pixels_come_without_shared_memory_too() {
    let xvfb = Xvfb::start("640x480x24", &["-extension", "MIT-SHM"]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    let painter = xvfb.painter();
    painter.fill(Rect::new(0, 0, 640, 480), 0xab_cdef);
    wait_for(&mut *capture, |changes| changes.damaged);
    assert_eq!(colour_at(&mut *capture, 639, 479), 0xab_cdef);
}

#[test]
fn an_8_bit_display_is_refused_clearly() {
    let xvfb = Xvfb::start("640x480x8", &[]);
    assert_eq!(open(Some(&xvfb.display)).err(), Some(ScreenError::Depth { depth: 8 }));
}

#[test]
fn a_30_bit_display_is_refused_clearly() {
    let xvfb = Xvfb::start("640x480x30", &[]);
    assert_eq!(open(Some(&xvfb.display)).err(), Some(ScreenError::Depth { depth: 30 }));
}

#[test]
fn no_display_is_told() {
    assert!(matches!(open(Some(":4999")).err(), Some(ScreenError::NoDisplay { .. })));
}

#[test]
fn a_display_without_damage_is_refused_clearly() {
    let xvfb = Xvfb::start("640x480x24", &["-extension", "DAMAGE"]);
    assert_eq!(open(Some(&xvfb.display)).err(), Some(ScreenError::Missing { name: "DAMAGE" }));
}

#[test]
fn a_screen_of_16000_pixels_is_captured_in_turns() {
    let xvfb = Xvfb::start("16000x1000x24", &[]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    assert_eq!(capture.size(), (16_000, 1000));
    assert!(capture.capacity_px() < 16_000_000);
    let painter = xvfb.painter();
    painter.fill(Rect::new(15_990, 990, 10, 10), 0x00_ff00);
    wait_for(&mut *capture, |changes| changes.damaged);
    let patches = seen(&mut *capture, &[Rect::new(15_995, 995, 5, 5)]);
    assert_eq!(patches.len(), 1);
}

#[test]
fn the_pointer_has_a_place_and_a_shape() {
    let xvfb = Xvfb::start("640x480x24", &[]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    settle(&mut *capture);
    xvfb.painter().move_pointer(123, 45);
    wait_for(&mut *capture, |changes| changes.pointer_moved);
    assert_eq!(capture.pointer_position().unwrap(), (123, 45));
    let shape = capture.pointer_shape().unwrap();
    let rgba = tiles::decompress_pointer(&shape.rgba_zstd, shape.width, shape.height);
    assert!(shape.width == 0 || rgba.is_ok());
}

#[test]
fn a_new_size_is_told() {
    let xvfb = Xvfb::start("1024x768x24", &[]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    settle(&mut *capture);
    xvfb.painter().resize(800, 600);
    wait_for(&mut *capture, |changes| changes.resized);
    let displays = capture.refresh().unwrap();
    assert_eq!(capture.size(), (800, 600));
    assert!(!displays.is_empty());
}
