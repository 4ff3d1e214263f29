//! What counts as moving, as plain values.

use std::time::{Duration, Instant};

use tiles::Rect;

use super::activity::{Activity, Threshold};

const VIDEO: Threshold = Threshold { changes_per_s: 6.0, bytes_per_s: 500_000.0 };
const MOVING: Rect = Rect::new(330, 250, 640, 360);

/// A screen that the console knows.
fn shown() -> Activity {
    let mut activity = Activity::new(1920, 1080);
    activity.forget(&Rect::new(0, 0, 1920, 1080));
    activity.note(Instant::now(), &Rect::new(0, 0, 1920, 1080), 200_000);
    activity
}

/// A screen on which `rect` changes so many times, 30 a second, for `bytes` each.
fn played(rect: Rect, bytes: usize, pictures: usize) -> (Activity, Instant) {
    let mut activity = shown();
    let mut now = Instant::now();
    for _ in 0..pictures {
        now += Duration::from_millis(33);
        activity.note(now, &rect, bytes);
    }
    (activity, now)
}

#[test]
fn a_film_moves_within_its_edges() {
    let (activity, now) = played(MOVING, 400_000, 30);
    assert_eq!(activity.liveliest(now, &VIDEO), Some(MOVING));
}

#[test]
fn what_compresses_or_has_just_begun_does_not_move() {
    let (scrolled, now) = played(MOVING, 3_000, 90);
    assert_eq!(scrolled.liveliest(now, &VIDEO), None, "text that scrolls");
    let (opened, now) = played(MOVING, 400_000, 3);
    assert_eq!(opened.liveliest(now, &VIDEO), None, "a picture that opens");
}

#[test]
fn a_film_that_stops_is_forgotten() {
    let (mut activity, now) = played(MOVING, 400_000, 30);
    assert_eq!(activity.liveliest(now + Duration::from_secs(3), &VIDEO), None);
    activity.forget(&MOVING);
    assert_eq!(activity.liveliest(now, &VIDEO), None);
}

#[test]
fn what_is_only_sent_anew_does_not_move() {
    let (mut activity, mut now) = played(MOVING, 400_000, 30);
    let around = Rect::new(0, 0, 1920, 1080);
    activity.forget(&around);
    for band in 0..27 {
        now += Duration::from_millis(10);
        activity.note(now, &Rect::new(0, band * 40, 1920, 40), 60_000);
    }
    assert_eq!(activity.liveliest(now, &VIDEO), None);
}

#[test]
fn a_window_that_is_painted_in_parts_does_not_move_with_its_film() {
    let mut activity = shown();
    let mut now = Instant::now();
    for band in 0..27 {
        now += Duration::from_millis(10);
        activity.note(now, &Rect::new(0, band * 40, 1920, 40), 30_000);
    }
    for _ in 0..12 {
        now += Duration::from_millis(33);
        activity.note(now, &MOVING, 400_000);
    }
    let area = activity.liveliest(now, &VIDEO).unwrap();
    let cells = Rect::from_edges(320, 192, 1024, 640);
    assert!(area.holds(&MOVING) && cells.holds(&area), "{area:?}");
}

#[test]
fn a_page_that_comes_line_by_line_does_not_move_with_its_film() {
    let mut activity = shown();
    let mut now = Instant::now();
    let cells = Rect::from_edges(320, 192, 1024, 640);
    let mut seen = false;
    for line in 0..270 {
        now += Duration::from_millis(2);
        activity.note(now, &Rect::new(8, line * 4, 1784, 4), 8_000);
        if line % 16 == 0 {
            activity.note(now, &MOVING, 400_000);
        }
        let Some(area) = activity.liveliest(now, &VIDEO) else { continue };
        assert!(cells.holds(&area), "{area:?}");
        seen = true;
    }
    assert!(seen);
}

#[test]
fn two_films_side_by_side_are_one_area_and_two_far_apart_are_not() {
    let (mut near, mut far) = (shown(), shown());
    let (left, beside) = (Rect::new(0, 0, 256, 256), Rect::new(320, 0, 256, 256));
    let corner = Rect::new(1600, 800, 256, 256);
    let mut now = Instant::now();
    for _ in 0..30 {
        now += Duration::from_millis(33);
        near.note(now, &left, 100_000);
        near.note(now, &beside, 100_000);
        far.note(now, &left, 100_000);
        far.note(now, &corner, 90_000);
    }
    assert_eq!(near.liveliest(now, &VIDEO), Some(left.hull(&beside)));
    assert_eq!(far.liveliest(now, &VIDEO), Some(left));
}
