//! What every capture must do, and X11 on a real X server (Xvfb), with a real X client that draws.

use std::time::Duration;

use tiles::{Patch, Rect};

use super::{Capture, Changes, Lack, Way, WayNow, captures, xvfb::Xvfb};
use crate::{ScreenError, capture::Waker};

const SOON: Option<Duration> = Some(Duration::from_secs(5));

const WAYS: [Way; 2] = [Way::Fast, Way::Plain];

fn open(display: Option<&str>) -> Result<(Box<dyn Capture>, Waker), ScreenError> {
    super::open(display, "own-class")
}

/// Opened, and looked at once.
fn open_by(way: Way, xvfb: &Xvfb) -> Box<dyn Capture> {
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    assert_eq!(capture.set_way(way).unwrap(), WayNow { way, lack: None });
    capture.look().unwrap().unwrap();
    capture
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
    let mut quiet = 0;
    while quiet < 2 {
        let changes = capture.wait(Some(Duration::from_millis(100))).unwrap();
        capture.look().unwrap();
        let is_quiet = !changes.damaged || capture.take_damage().unwrap().is_empty();
        quiet = if is_quiet { quiet + 1 } else { 0 };
    }
}

/// The next damage.
fn damage_of(capture: &mut dyn Capture) -> Vec<Rect> {
    for _ in 0..100 {
        if capture.wait(SOON).unwrap().damaged {
            let damage = capture.take_damage().unwrap();
            if !damage.is_empty() {
                return damage;
            }
        }
    }
    panic!("the damage never came");
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
    for way in WAYS {
        let xvfb = Xvfb::start("800x600x24", &[]);
        let mut capture = open_by(way, &xvfb);
        assert_eq!(capture.size(), (800, 600));
        let painter = xvfb.painter();
        settle(&mut *capture);
        painter.fill(Rect::new(100, 50, 30, 20), 0x12_3456);
        let damage = damage_of(&mut *capture);
        assert!(damage.iter().any(|rect| rect.holds(&Rect::new(100, 50, 30, 20))), "{damage:?}");
        assert_eq!(colour_at(&mut *capture, 110, 60), 0x12_3456);
        assert!(capture.take_damage().unwrap().is_empty());
    }
}

/// S-04: the plain way compares, and tells what differs to the pixel.
#[test]
fn the_plain_way_finds_nothing_on_a_still_screen_and_a_caret_where_it_is() {
    let xvfb =
        Xvfb::start("800x600x24", &["-extension", "DAMAGE", "-extension", "MIT-SHM", "-extension", "XFIXES"]);
    let (mut capture, _waker) = open(Some(&xvfb.display)).unwrap();
    let lack = Some(Lack::Damage);
    assert_eq!(capture.set_way(Way::Fast).unwrap(), WayNow { way: Way::Plain, lack });
    assert_eq!(capture.set_way(Way::Plain).unwrap(), WayNow { way: Way::Plain, lack: None });
    capture.look().unwrap().unwrap();
    let painter = xvfb.painter();
    settle(&mut *capture);
    for _ in 0..3 {
        assert!(capture.take_damage().unwrap().is_empty());
    }
    painter.fill(Rect::new(400, 300, 2, 14), 0x00_00ff);
    assert_eq!(damage_of(&mut *capture), [Rect::new(400, 300, 2, 14)]);
    assert_eq!(colour_at(&mut *capture, 401, 305), 0x00_00ff);
    assert_eq!(capture.pointer_shape().unwrap().width, 0);
}

/// S-04: what was drawn and is gone again when the screen is read next was never seen; what was captured meanwhile is corrected.
#[test]
fn in_the_plain_way_nothing_stays_that_has_gone() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let mut capture = open_by(Way::Plain, &xvfb);
    let painter = xvfb.painter();
    settle(&mut *capture);
    let caret = Rect::new(20, 20, 2, 14);
    painter.fill(caret, 0xff_0000);
    assert_eq!(damage_of(&mut *capture), [caret]);
    painter.fill(caret, 0x00_ff00);
    // As it was when it was read, whatever it is now: the next reading finds the difference.
    assert_eq!(colour_at(&mut *capture, 20, 20), 0xff_0000);
    assert_eq!(damage_of(&mut *capture), [caret]);
    assert_eq!(colour_at(&mut *capture, 20, 20), 0x00_ff00);
}

#[test]
fn after_a_change_of_the_way_all_is_damaged_and_seen_the_same() {
    let xvfb = Xvfb::start("320x200x24", &[]);
    let mut capture = open_by(Way::Fast, &xvfb);
    let painter = xvfb.painter();
    painter.fill(Rect::new(100, 50, 30, 20), 0x12_3456);
    settle(&mut *capture);
    let whole = Rect::new(0, 0, 320, 200);
    for way in [Way::Plain, Way::Fast, Way::Plain, Way::Fast] {
        capture.set_way(way).unwrap();
        let damage = damage_of(&mut *capture);
        assert_eq!(damage.iter().fold(Rect::default(), |hull, rect| hull.hull(rect)), whole);
        assert_eq!(colour_at(&mut *capture, 110, 60), 0x12_3456);
        settle(&mut *capture);
    }
}

#[test]
fn a_capture_after_a_rest_is_as_right_as_one_before() {
    let xvfb = Xvfb::start("800x600x24", &[]);
    let mut capture = open_by(Way::Fast, &xvfb);
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
    capture.set_way(Way::Fast).unwrap();
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
    let lack = Some(Lack::SharedMemory);
    assert_eq!(capture.set_way(Way::Fast).unwrap(), WayNow { way: Way::Fast, lack });
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
fn a_screen_of_16000_pixels_is_captured_in_turns() {
    for way in WAYS {
        let xvfb = Xvfb::start("16000x1000x24", &[]);
        let mut capture = open_by(way, &xvfb);
        assert_eq!(capture.size(), (16_000, 1000));
        assert!(capture.capacity_px() < 16_000_000);
        let painter = xvfb.painter();
        painter.fill(Rect::new(15_990, 990, 10, 10), 0x00_ff00);
        damage_of(&mut *capture);
        let patches = seen(&mut *capture, &[Rect::new(15_995, 995, 5, 5)]);
        assert_eq!(patches.len(), 1);
    }
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
    for way in WAYS {
        let xvfb = Xvfb::start("1024x768x24", &[]);
        let mut capture = open_by(way, &xvfb);
        settle(&mut *capture);
        let painter = xvfb.painter();
        painter.resize(800, 600);
        // Before it is known: what is read of the larger screen is none of it, and no end of the share either.
        capture.take_damage().unwrap();
        wait_for(&mut *capture, |changes| changes.resized);
        let displays = capture.refresh().unwrap();
        assert_eq!(capture.size(), (800, 600));
        assert!(!displays.is_empty());
        painter.fill(Rect::new(700, 500, 30, 20), 0x12_3456);
        capture.look().unwrap().unwrap();
        damage_of(&mut *capture);
        assert_eq!(colour_at(&mut *capture, 710, 510), 0x12_3456);
    }
}
