//! On real X servers: Xvfb, openbox, and the programs that people type into.

mod crash;
mod desk;
mod input_method;
mod programs;
mod pure;

use std::time::Instant;

use protocol::input::{Button, Combination, InputEvent};

use self::desk::Desk;
use crate::input::contract::{self, Stage as _, button, key};
use crate::input::{Applied, Options, Refusal, open};

/// F-05
#[test]
fn the_pointer_stays_on_the_screen() {
    contract::the_pointer_stays_on_the_screen(&Desk::new());
}

/// F-05
#[test]
fn buttons_and_wheel_arrive() {
    let both = |number: u32| [format!("press {number}"), format!("release {number}")];
    let expected: Vec<String> = [1, 2, 3, 8, 9, 4, 5, 7, 6, 6].into_iter().flat_map(both).collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    contract::buttons_and_wheel_arrive(&Desk::new(), &expected);
}

/// F-05
#[test]
fn nothing_stays_down() {
    contract::nothing_stays_down(&Desk::new());
}

/// F-05
#[test]
fn combinations_leave_nothing_down() {
    contract::combinations_leave_nothing_down(&Desk::new());
}

/// F-05
#[test]
fn the_customer_goes_first() {
    contract::the_customer_goes_first(&Desk::new());
}

/// S-02
#[test]
fn own_windows_are_out_of_reach() {
    contract::own_windows_are_out_of_reach(&Desk::new());
}

/// S-02
#[test]
fn windows_of_the_own_class_are_out_of_reach() {
    contract::windows_of_the_own_class_are_out_of_reach(&Desk::new());
}

/// S-02: under a window manager, with its frame.
#[test]
fn framed_windows_of_the_own_class_are_out_of_reach() {
    let desk = Desk::with_openbox();
    contract::windows_of_the_own_class_are_out_of_reach(&desk);
    let mut input = desk.open();
    let (window, at) = desk.marked_window();
    let (now, title_bar) = (Instant::now(), (at.0, desk.top_of(window) - 8));
    for (place, expected) in [(title_bar, Applied::Refused(Refusal::OwnWindow)), ((2, 2), Applied::Done)] {
        let event = button(Button::Left, true, place);
        assert_eq!(input.apply(now, &event).expect("display"), expected, "{place:?}");
        input.release_all().expect("display");
    }
}

///
#[test]
fn only_the_customers_escapes_count() {
    contract::only_the_customers_escapes_count(&Desk::new());
}

/// a keyboard that is none of XTEST's (that of a display inside of another) counts as the customer's.
#[test]
fn escapes_of_a_keyboard_count() {
    let outer = Desk::new();
    let inner = outer.inner();
    let mut input = inner.open();
    let now = Instant::now();
    for _ in 0..3 {
        input.apply(now, &key("Escape", true)).expect("display");
        input.apply(now, &key("Escape", false)).expect("display");
    }
    assert!(!input.poll(now).expect("display").escaped, "the operator's");
    outer.xdotool(&["key", "--delay", "20", "Escape", "Escape", "Escape"]);
    let mut escaped = false;
    outer.wait_for("the customer's three presses", || {
        escaped |= input.poll(Instant::now()).expect("display").escaped;
        escaped
    });
}

/// S-02
#[test]
fn unknown_own_windows_stop_everything() {
    contract::unknown_own_windows_stop_everything(&Desk::new());
}

/// S-02
#[test]
fn a_held_key_does_not_repeat_into_an_own_window() {
    contract::a_held_key_does_not_repeat_into_an_own_window(&Desk::new());
}

/// S-02
#[test]
fn a_question_stops_everything() {
    contract::a_question_stops_everything(&Desk::new());
}

/// S-02: the frame that a window manager draws belongs to the window, its close button above all.
#[test]
fn the_frame_of_an_own_window_is_out_of_reach() {
    let desk = Desk::with_openbox();
    let mut input = desk.open();
    let (window, at) = desk.window();
    let title_bar = (at.0, desk.top_of(window) - 8);
    let now = Instant::now();
    input.set_own_windows(&[window]);
    for (place, expected) in [
        (at, Applied::Refused(Refusal::OwnWindow)),
        (title_bar, Applied::Refused(Refusal::OwnWindow)),
        ((2, 2), Applied::Done),
    ] {
        assert_eq!(
            input.apply(now, &button(Button::Left, true, place)).expect("display"),
            expected,
            "{place:?}"
        );
        input.release_all().expect("display");
    }
}

/// F-05: an injection of another program is the customer's, key by key, even between ours.
#[test]
fn injections_of_others_are_the_customers() {
    let desk = Desk::new();
    let mut input = desk.open();
    let now = Instant::now();
    assert_eq!(input.apply(now, &key("KeyA", true)).expect("display"), Applied::Done);
    desk.xdotool(&["key", "a"]);
    assert!(input.poll(now).expect("display").customer_active);
}

/// F-05: a held key repeats in the customer's own server; the repeats are still ours.
#[test]
fn a_repeating_key_is_not_the_customer() {
    let desk = Desk::new();
    let mut input = desk.open();
    desk.window();
    let start = Instant::now();
    input.apply(start, &key("KeyA", true)).expect("display");
    std::thread::sleep(std::time::Duration::from_millis(900));
    assert!(!input.poll(start).expect("display").customer_active);
    assert!(2 < desk.reached(4).iter().filter(|line| *line == "key 38").count(), "the server repeats");
}

/// what is wrong with the desktop has a name.
#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime_dir = folder.path().to_owned();
    let refused = |display: &str| {
        let options = Options { display: Some(display.to_owned()), runtime_dir: runtime_dir.clone() };
        open(&options).err().map(|unsupported| unsupported.what)
    };
    assert_eq!(refused(":4095"), Some("input-no-display"));
    let desk = Desk::without_extension("XTEST");
    assert_eq!(refused(&desk.name), Some("input-no-xtest"));
}

/// F-05: text waits for its modifiers to be lifted, and they come back.
#[test]
fn held_modifiers_are_lifted_around_text() {
    let desk = Desk::new();
    let mut input = desk.open();
    desk.window();
    desk::play(&mut *input, &key("ControlLeft", true));
    desk::play(&mut *input, &InputEvent::Text("가".to_owned()));
    let reached = desk.reached(5);
    let [down, up, character, character_up, down_again] = reached.as_slice() else { panic!("{reached:?}") };
    assert_eq!([down.as_str(), up, down_again], ["key 37", "key-up 37", "key 37"]);
    assert_eq!(character.replace("key ", "key-up "), *character_up);
    assert_eq!(desk.held(), 1);
}

/// F-05: more text than there are keycodes is typed in the time that a character must stay, and nothing overtakes it.
#[test]
fn long_text_waits_for_free_keycodes() {
    let desk = Desk::new();
    let mut input = desk.open();
    desk.window();
    let start = Instant::now();
    let text: String = ('가'..).take(60).collect();
    assert_eq!(input.apply(start, &InputEvent::Text(text)).expect("display"), Applied::Queued);
    assert_eq!(input.apply(start, &key("Enter", true)).expect("display"), Applied::Queued);
    assert_eq!(input.apply(start, &key("Enter", false)).expect("display"), Applied::Queued);
    let mut now = start;
    while let Some(wake_at) = input.poll(now).expect("display").wake_at {
        assert!(now < wake_at);
        now = wake_at;
    }
    assert!((super::pool::KEEP..2 * super::pool::KEEP).contains(&(now - start)), "{:?}", now - start);
    let reached = desk.reached(122);
    assert_eq!(reached.len(), 122);
    assert_eq!(reached[120..], ["key 36", "key-up 36"]);
}

/// each layout leaves enough spare keycodes for the design's pool.
#[test]
fn there_are_enough_spare_keycodes() {
    let desk = Desk::with_openbox();
    for layout in ["us", "kr", "us,kr", "fr,ru,de"] {
        desk.set_layout(layout);
        let display = super::Display::open(&desk.options()).expect("display");
        let keymap = super::Keymap::read(&display).expect("a table");
        let spare = super::keymap::spare_keys(&display, &keymap).expect("display");
        assert!(32 <= spare.len(), "{layout}: {}", spare.len());
    }
}

/// the customer switches the layout while the operator types; what was lent before counts no more.
#[test]
fn another_layout_in_the_middle_does_no_harm() {
    let desk = Desk::new();
    desk.set_layout("kr");
    let korean = desk.key_table();
    desk.set_layout("us");
    let mut input = desk.open();
    desk.window();
    desk::play(&mut *input, &InputEvent::Text("가나다".to_owned()));
    let first = desk.reached(6);
    desk.set_layout("kr");
    assert_eq!(desk.key_table(), korean, "the new layout is as it should be");
    desk::play(&mut *input, &InputEvent::Text("가나다".to_owned()));
    let display = super::Display::open(&desk.options()).expect("display");
    let keymap = super::Keymap::read(&display).expect("a table");
    let second = desk.reached(6);
    assert_eq!(second.len(), first.len());
    for (line, expected) in second.iter().step_by(2).zip("가나다".chars()) {
        let keycode = line.trim_start_matches("key ").parse().expect("a keycode");
        assert_eq!(keymap.row(keycode).first(), Some(&super::spares::keysym(expected)));
    }
    drop(input);
    assert_eq!(desk.key_table(), korean);
}

/// 한/영 reaches a customer whose keyboard has no such key.
#[test]
fn a_missing_language_key_is_played_by_a_spare_one() {
    let desk = Desk::new();
    desk.output("xmodmap", &["-e", "keycode 130 = NoSymbol"]);
    let mut input = desk.open();
    desk.window();
    desk::play(&mut *input, &key("Lang1", true));
    desk::play(&mut *input, &key("Lang1", false));
    desk::play(&mut *input, &InputEvent::SpecialKeys(Combination::Hangul));
    let display = super::Display::open(&desk.options()).expect("display");
    let keymap = super::Keymap::read(&display).expect("a table");
    let keycode = keymap.find(0xff31).expect("a key for 한/영");
    let tap = [format!("key {keycode}"), format!("key-up {keycode}")];
    assert_eq!(desk.reached(4), [tap.clone(), tap].concat());
}
