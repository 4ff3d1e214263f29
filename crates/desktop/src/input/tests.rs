use std::time::{Duration, Instant};

use super::activity::{Activity, Part, QUIET};
use super::escapes::Escapes;
use super::keys;
use super::wheel::Wheel;

#[test]
fn every_name_of_a_key_stands_once_and_fits_a_keycode() {
    for (code, expected) in
        [("KeyA", 30), ("Lang1", 122), ("Lang2", 123), ("IntlYen", 124), ("NumpadEnter", 96)]
    {
        assert_eq!(keys::evdev(code), Some(expected), "{code}");
    }
    assert_eq!(keys::evdev("Fn"), None);
    assert_eq!(keys::evdev(""), None);
}

#[test]
fn a_notch_is_made_of_its_parts() {
    let mut wheel = Wheel::default();
    assert_eq!(wheel.turn(0, 119), (0, 0));
    assert_eq!(wheel.turn(0, 1), (0, 1));
    assert_eq!(wheel.turn(-250, 0), (-2, 0));
    assert_eq!(wheel.turn(-110, 0), (-1, 0));
    assert_eq!(wheel.turn(i32::MAX, i32::MIN), (i32::MAX / 120, i32::MIN / 120));
}

#[test]
fn turning_back_starts_a_new_notch() {
    let mut wheel = Wheel::default();
    assert_eq!(wheel.turn(0, 100), (0, 0));
    assert_eq!(wheel.turn(0, -120), (0, -1));
}

#[test]
fn the_customer_is_active_until_half_a_second_after_the_last_sign() {
    let start = Instant::now();
    let mut activity = Activity::default();
    assert_eq!(activity.until(start), None);
    activity.moved(start);
    assert_eq!(activity.until(start), Some(start + QUIET));
    assert_eq!(activity.until(start + QUIET), None);
}

#[test]
fn a_held_key_keeps_the_customer_active_but_not_for_ever() {
    let start = Instant::now();
    let mut activity = Activity::default();
    activity.pressed(start, Part::Key(50));
    assert!(activity.until(start + Duration::from_secs(5)).is_some());
    assert!(activity.until(start + Duration::from_secs(10)).is_none());
    activity.released(start + Duration::from_secs(11), Part::Key(50));
    assert_eq!(
        activity.until(start + Duration::from_secs(11)),
        Some(start + Duration::from_secs(11) + QUIET)
    );
}

#[test]
fn escapes_are_three_within_a_second_by_the_displays_clock() {
    let check = |times: &[u32], expected: bool| {
        let mut escapes = Escapes::default();
        times.iter().for_each(|at| escapes.pressed(*at));
        assert_eq!(escapes.take(), expected, "{times:?}");
        assert!(!escapes.take(), "told once");
    };
    check(&[0, 500, 1_000], true);
    check(&[0, 500, 1_001], false);
    check(&[0, 900, 1_100, 1_800], true);
    check(&[u32::MAX - 200, u32::MAX, 300], true);
    let mut escapes = Escapes::default();
    escapes.pressed(0);
    escapes.pressed(1);
    escapes.interrupted();
    escapes.pressed(2);
    assert!(!escapes.take(), "another key between");
}
