//! Which pictures get through, and what counts as AV1.

use std::time::Duration;

use super::gate::{Gate, Queued};
use super::obus;

#[test]
fn after_a_full_queue_only_a_key_picture_gets_through_and_it_is_asked_for_once() {
    let empty = Queued::default();
    let late = Queued { bytes: 5_000, age: Duration::from_millis(401) };
    let some = Queued { bytes: 5_000, age: Duration::from_millis(100) };
    let mut gate = Gate::default();
    assert!(gate.admit(false, &some));
    assert!(!gate.admit(true, &late), "a key picture has no room either");
    assert!(!gate.drained(&some));
    assert!(!gate.admit(true, &some), "nothing passes before the queue is empty");
    assert!(gate.drained(&empty));
    assert!(!gate.drained(&empty), "asked for once");
    assert!(!gate.admit(false, &empty));
    assert!(gate.admit(true, &empty));
    assert!(gate.admit(false, &some));
    let much = Queued { bytes: 3_000_000, age: Duration::ZERO };
    assert!(!gate.admit(false, &much));
}

#[test]
fn only_whole_units_that_say_their_size_are_av1() {
    // A temporal delimiter, then a unit of three bytes with an extension.
    let unit = [0x12, 0x00, 0x36, 0x28, 0x03, 1, 2, 3];
    assert!(obus::well_formed(&unit));
    for length in [0, 1, 3, 4, 5, 6, 7] {
        assert!(!obus::well_formed(unit.get(..length).unwrap()), "{length} bytes");
    }
    let long: Vec<u8> = [0x32, 0xc8, 0x01].into_iter().chain([7; 200]).collect();
    assert!(obus::well_formed(&long));
    assert!(!obus::well_formed(&[0x30, 1, 2, 3]), "without a size");
    assert!(!obus::well_formed(&[0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]));
}
