//! What every implementation of [`Input`] keeps, checked on the real thing.

use std::time::{Duration, Instant};

use protocol::input::{Button, Combination, InputEvent, KeyCode};

use super::{Applied, Input, QUIET, Refusal, WindowId};

/// A desktop on which an implementation is tried.
pub(super) trait Stage {
    /// Opens the input under test; it knows no own windows yet.
    fn open_unaware(&self) -> Box<dyn Input>;
    /// A window of the app's own that is nowhere to be seen.
    fn hidden_window(&self) -> WindowId;
    /// Opens the input under test with an own window out of the way.
    fn open(&self) -> Box<dyn Input> {
        let mut input = self.open_unaware();
        input.set_own_windows(&[self.hidden_window()]);
        input
    }
    /// Its size in pixels.
    fn size(&self) -> (i32, i32);
    /// Where the pointer is.
    fn pointer(&self) -> (i32, i32);
    /// How many keys and buttons are down.
    fn held(&self) -> usize;
    /// Opens a window in the middle that takes the keyboard; gives its id and a place inside.
    fn window(&self) -> (WindowId, (i32, i32));
    /// The same of a window that bears the app's class, and that nobody registers.
    fn marked_window(&self) -> (WindowId, (i32, i32));
    /// What reached that window since the last call: `press 1`, `release 1`, `key 38`, `key-up 38`. Waits until there are
    /// so many.
    fn reached(&self, lines: usize) -> Vec<String>;
    /// The customer moves the pointer a little.
    fn customer_moves(&self);
    /// The customer taps keys (X11 names), one after the other.
    fn customer_types(&self, keys: &[&str]);
    /// The customer clicks at a place.
    fn customer_clicks(&self, at: (i32, i32));
}

/// A press or release of a key.
pub(super) fn key(code: &str, pressed: bool) -> InputEvent {
    InputEvent::Key { code: KeyCode::new(code).expect("a key code"), pressed }
}

/// A press or release of a button.
pub(super) fn button(button: Button, pressed: bool, at: (i32, i32)) -> InputEvent {
    InputEvent::Button { button, pressed, x: at.0, y: at.1 }
}

fn turned(x: i32, y: i32, at: (i32, i32)) -> InputEvent {
    InputEvent::Wheel { x, y, at_x: at.0, at_y: at.1 }
}

/// Waits for what injection brings about: it is served after the call returned.
fn comes_true(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(5);
    while !holds() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn apply(input: &mut dyn Input, now: Instant, event: &InputEvent, expected: Applied) {
    assert_eq!(input.apply(now, event).expect("a living display"), expected, "{event:?}");
}

/// The pointer goes where it is told and never off the screen.
pub(super) fn the_pointer_stays_on_the_screen(stage: &impl Stage) {
    let mut input = stage.open();
    let (width, height) = stage.size();
    let now = Instant::now();
    for (at, expected) in
        [((30, 40), (30, 40)), ((-5, height + 9), (0, height - 1)), ((65_000, 7), (width - 1, 7))]
    {
        apply(&mut *input, now, &InputEvent::Move { x: at.0, y: at.1 }, Applied::Done);
        comes_true("the pointer is there", || stage.pointer() == expected);
    }
}

/// All five buttons and the wheel both ways, with the rest of a notch kept.
pub(super) fn buttons_and_wheel_arrive(stage: &impl Stage, expected: &[&str]) {
    let mut input = stage.open();
    let (_, at) = stage.window();
    let now = Instant::now();
    for name in [Button::Left, Button::Middle, Button::Right, Button::Back, Button::Forward] {
        apply(&mut *input, now, &button(name, true, at), Applied::Done);
        apply(&mut *input, now, &button(name, false, at), Applied::Done);
    }
    for (x, y) in [(0, 120), (0, -60), (0, -60), (30, 0), (90, 0), (-240, 0)] {
        apply(&mut *input, now, &turned(x, y, at), Applied::Done);
    }
    assert_eq!(stage.reached(expected.len()), expected);
}

/// Nothing stays down: at the end of the session, on request, and when the customer acts.
pub(super) fn nothing_stays_down(stage: &impl Stage) {
    let (_, at) = stage.window();
    let press = |input: &mut dyn Input, now| {
        for code in ["ControlLeft", "ShiftLeft", "AltLeft", "KeyA"] {
            apply(input, now, &key(code, true), Applied::Done);
        }
        apply(input, now, &button(Button::Left, true, at), Applied::Done);
        comes_true("all are down", || stage.held() == 5);
    };
    let now = Instant::now();
    let mut input = stage.open();
    press(&mut *input, now);
    input.release_all().expect("a living display");
    comes_true("after release_all", || stage.held() == 0);
    press(&mut *input, now);
    apply(&mut *input, now, &InputEvent::ReleaseAll, Applied::Done);
    comes_true("after ReleaseAll", || stage.held() == 0);
    press(&mut *input, now);
    input.set_question_open(true).expect("a living display");
    comes_true("when a question opens", || stage.held() == 0);
    input.set_question_open(false).expect("a living display");
    press(&mut *input, now);
    stage.customer_moves();
    input.poll(now).expect("a living display");
    comes_true("when the customer acts", || stage.held() == 0);
    let later = now + 2 * QUIET;
    press(&mut *input, later);
    drop(input);
    comes_true("after the end", || stage.held() == 0);
}

/// Combinations are pressed and released as a whole, whatever else is held.
pub(super) fn combinations_leave_nothing_down(stage: &impl Stage) {
    let mut input = stage.open();
    let now = Instant::now();
    for combination in [
        Combination::CtrlAltDel,
        Combination::Super,
        Combination::AltTab,
        Combination::AltF4,
        Combination::Hangul,
        Combination::Hanja,
        Combination::PrintScreen,
        Combination::CtrlEsc,
    ] {
        apply(&mut *input, now, &InputEvent::SpecialKeys(combination), Applied::Done);
        comes_true("{combination:?}", || stage.held() == 0);
    }
    apply(&mut *input, now, &key("ShiftLeft", true), Applied::Done);
    apply(&mut *input, now, &InputEvent::SpecialKeys(Combination::CtrlEsc), Applied::Done);
    comes_true("Shift is put back", || stage.held() == 1);
}

/// The customer's own input wins for 500 ms; our own does not count as theirs, however much of it there is.
pub(super) fn the_customer_goes_first(stage: &impl Stage) {
    let mut input = stage.open();
    let start = Instant::now();
    for x in 0..200 {
        apply(&mut *input, start, &InputEvent::Move { x, y: 5 }, Applied::Done);
        apply(&mut *input, start, &key("KeyA", x % 2 == 0), Applied::Done);
    }
    assert!(!input.poll(start).expect("a living display").customer_active, "our own input");
    stage.customer_moves();
    let polled = input.poll(start).expect("a living display");
    assert!(polled.customer_active);
    assert_eq!(polled.wake_at, Some(start + QUIET));
    let refused = Applied::Refused(Refusal::CustomerActive);
    apply(&mut *input, start + QUIET - Duration::from_millis(1), &InputEvent::Move { x: 1, y: 1 }, refused);
    apply(&mut *input, start + QUIET - Duration::from_millis(1), &key("KeyB", true), refused);
    apply(&mut *input, start + QUIET, &InputEvent::Move { x: 1, y: 1 }, Applied::Done);
    assert!(!input.poll(start + QUIET).expect("a living display").customer_active);
}

/// The app's own windows get no button, wheel, key or character from the operator, but do from the customer.
pub(super) fn own_windows_are_out_of_reach(stage: &impl Stage) {
    let mut input = stage.open();
    let (window, at) = stage.window();
    let mut now = Instant::now();
    let events = [
        button(Button::Left, true, at),
        turned(0, 120, at),
        key("Enter", true),
        InputEvent::Text("예".to_owned()),
        InputEvent::SpecialKeys(Combination::AltF4),
    ];
    input.set_own_windows(&[window]);
    for event in &events {
        apply(&mut *input, now, event, Applied::Refused(Refusal::OwnWindow));
    }
    // The release of the refused press must not arrive either.
    apply(&mut *input, now, &button(Button::Left, false, at), Applied::Done);
    apply(&mut *input, now, &key("Enter", false), Applied::Done);
    assert_eq!(stage.reached(0), [""; 0]);
    stage.customer_clicks(at);
    assert_eq!(stage.reached(2), ["press 1", "release 1"]);
    input.set_own_windows(&[stage.hidden_window()]);
    now += 2 * QUIET;
    input.poll(now).expect("a living display");
    now += QUIET;
    for event in &events[..3] {
        apply(&mut *input, now, event, Applied::Done);
    }
    input.release_all().expect("a living display");
    assert_eq!(stage.reached(6), ["press 1", "press 4", "release 4", "key 36", "release 1", "key-up 36"]);
}

/// A window of the app's class is out of reach though nobody has registered it: it may have been there for no longer
/// than this, or belong to another process.
pub(super) fn windows_of_the_own_class_are_out_of_reach(stage: &impl Stage) {
    let mut input = stage.open();
    let (_, at) = stage.marked_window();
    let now = Instant::now();
    for event in [
        button(Button::Left, true, at),
        turned(0, 120, at),
        key("Enter", true),
        InputEvent::Text("예".to_owned()),
        InputEvent::SpecialKeys(Combination::AltF4),
    ] {
        apply(&mut *input, now, &event, Applied::Refused(Refusal::OwnWindow));
    }
    assert_eq!(stage.reached(0), [""; 0]);
    stage.customer_clicks(at);
    assert_eq!(stage.reached(2), ["press 1", "release 1"]);
}

/// The operator's Esc is no wish of the customer's, however often; the customer's is, three times within a second.
pub(super) fn only_the_customers_escapes_count(stage: &impl Stage) {
    let mut input = stage.open();
    stage.window();
    let now = Instant::now();
    for _ in 0..6 {
        apply(&mut *input, now, &key("Escape", true), Applied::Done);
        apply(&mut *input, now, &key("Escape", false), Applied::Done);
    }
    stage.reached(12);
    assert!(!input.poll(now).expect("a living display").escaped, "the operator's");
    stage.customer_types(&["Escape", "Escape"]);
    assert!(!input.poll(now).expect("a living display").escaped, "twice");
    stage.customer_types(&["a", "Escape", "Escape", "Escape"]);
    assert!(input.poll(now).expect("a living display").escaped, "three times");
    assert!(!input.poll(now).expect("a living display").escaped, "told once");
}

/// As long as the app's own windows are not known, nothing is injected: nobody can tell what it would reach.
pub(super) fn unknown_own_windows_stop_everything(stage: &impl Stage) {
    let mut input = stage.open_unaware();
    let (_, at) = stage.window();
    let now = Instant::now();
    let before = stage.pointer();
    for event in [
        InputEvent::Move { x: at.0, y: at.1 },
        button(Button::Left, true, at),
        turned(0, 120, at),
        key("Enter", true),
        InputEvent::Text("yes".to_owned()),
        InputEvent::SpecialKeys(Combination::CtrlEsc),
    ] {
        apply(&mut *input, now, &event, Applied::Refused(Refusal::OwnWindow));
    }
    assert_eq!(stage.pointer(), before);
    assert_eq!(stage.reached(0), [""; 0]);
    input.set_own_windows(&[stage.hidden_window()]);
    apply(&mut *input, now, &InputEvent::Move { x: 5, y: 6 }, Applied::Done);
}

/// A key that was held when the focus came to an own window goes up instead of repeating there.
pub(super) fn a_held_key_does_not_repeat_into_an_own_window(stage: &impl Stage) {
    let mut input = stage.open();
    stage.window();
    let now = Instant::now();
    apply(&mut *input, now, &key("Enter", true), Applied::Done);
    comes_true("Enter is down", || stage.held() == 1);
    input.poll(now).expect("a living display");
    assert_eq!(stage.held(), 1, "another program's window");
    let (own, _) = stage.window();
    input.set_own_windows(&[own]);
    input.poll(now).expect("a living display");
    comes_true("Enter is up", || stage.held() == 0);
}

/// While a question is open, nothing at all is injected; not even the pointer moves.
pub(super) fn a_question_stops_everything(stage: &impl Stage) {
    let mut input = stage.open();
    let (_, at) = stage.window();
    let now = Instant::now();
    apply(&mut *input, now, &InputEvent::Move { x: 3, y: 4 }, Applied::Done);
    input.set_question_open(true).expect("a living display");
    assert_eq!(stage.pointer(), (3, 4));
    let refused = Applied::Refused(Refusal::QuestionOpen);
    for event in [
        InputEvent::Move { x: at.0, y: at.1 },
        button(Button::Left, true, at),
        turned(0, 120, at),
        key("Enter", true),
        InputEvent::Text("yes".to_owned()),
        InputEvent::SpecialKeys(Combination::CtrlEsc),
    ] {
        apply(&mut *input, now, &event, refused);
    }
    assert_eq!(stage.pointer(), (3, 4));
    assert_eq!(stage.reached(0), [""; 0]);
    input.set_question_open(false).expect("a living display");
    apply(&mut *input, now, &InputEvent::Move { x: 5, y: 6 }, Applied::Done);
    comes_true("the pointer moves again", || stage.pointer() == (5, 6));
}
