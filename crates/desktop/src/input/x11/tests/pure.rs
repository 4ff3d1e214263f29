use std::time::{Duration, Instant};

use crate::input::x11::display::without_screen;
use crate::input::x11::journal::parse;
use crate::input::x11::pool::{KEEP, Place, Pool, SETTLE};

#[test]
fn the_least_recently_used_keycode_is_taken() {
    let start = Instant::now();
    let after = |ms| start + SETTLE + Duration::from_millis(ms);
    let mut pool = Pool::new([10, 11]);
    assert_eq!(pool.find(start, 1), Place::Free(10));
    assert_eq!(pool.assign(start, 10, 1), after(0));
    assert_eq!(pool.find(start, 1), Place::NotBefore(after(0)));
    assert_eq!(pool.find(after(0), 1), Place::Mapped(10));
    assert_eq!(pool.find(after(1), 2), Place::Free(11));
    pool.assign(start, 11, 2);
    pool.touch(after(2), 10);
    assert_eq!(pool.find(after(3), 3), Place::NotBefore(after(0) + KEEP));
    assert_eq!(pool.find(after(0) + KEEP, 3), Place::Free(11));
}

#[test]
fn a_keycode_with_a_new_meaning_is_given_up() {
    let now = Instant::now();
    let mut pool = Pool::new([10, 11]);
    pool.assign(now, 10, 1);
    pool.remove(10);
    assert_eq!(pool.find(now, 1), Place::Free(11));
    pool.remove(11);
    assert_eq!(pool.find(now, 1), Place::NotBefore(now + KEEP));
}

#[test]
fn the_screen_is_no_part_of_the_display() {
    for (name, expected) in [(":5", ":5"), (":5.0", ":5"), ("a.b:5", "a.b:5"), ("a.b:5.1", "a.b:5"), ("", "")]
    {
        assert_eq!(without_screen(name), expected);
    }
}

#[test]
fn a_note_of_another_display_or_cut_short_is_no_danger() {
    let whole = "beside-input 1\ndisplay :5\nkey 93 0 0\nkey 97 5\n";
    assert_eq!(parse(whole, ":5"), Some(vec![(93, vec![0, 0]), (97, vec![5])]));
    assert_eq!(parse(whole, ":6"), None);
    assert_eq!(parse("beside-input 1\ndisplay :5\nkey 93 0 0\nke", ":5"), Some(vec![(93, vec![0, 0])]));
    assert_eq!(parse("beside-input 1\ndisplay :5\nkey 999 0\nkey x\nkey 9 -1\n", ":5"), Some(vec![]));
    assert_eq!(parse("", ":5"), None);
}
