//! Mixed Korean and English at 12 keys a second into programs as people have them, read back from what they wrote.

use std::path::Path;
use std::time::{Duration, Instant};

use protocol::input::InputEvent;

use super::desk::{Desk, play};
use crate::input::Input;
use crate::input::contract::{Stage as _, key};

/// Words with every kind of character: syllables that share none, letters of both cases, signs that Shift or AltGr make on some
/// layouts, jamo, and a face outside the basic plane.
pub(super) const MIXED: &str = "안녕 Hello, 서버Q7 <a@b.kr> 값 50% ㅋㅎ ÄŒß — 😀끝";

/// One event every 83 ms: the spec's 12 keys a second.
const PACE: Duration = Duration::from_millis(1000 / 12);

/// Each character as the console sends it: committed text, a syllable or letter at a time.
pub(super) fn type_paced(input: &mut dyn Input, text: &str) {
    let start = Instant::now();
    for (index, character) in (0..).zip(text.chars()) {
        std::thread::sleep((start + PACE * index).saturating_duration_since(Instant::now()));
        play(input, &InputEvent::Text(character.to_string()));
    }
}

pub(super) fn tap(input: &mut dyn Input, code: &str) {
    play(input, &key(code, true));
    play(input, &key(code, false));
}

pub(super) fn tap_with(input: &mut dyn Input, modifier: &str, code: &str) {
    play(input, &key(modifier, true));
    tap(input, code);
    play(input, &key(modifier, false));
}

// Each starts a program that writes to the file, and gives what its title holds when it can be typed into.

fn in_xterm(desk: &Desk, file: &Path) -> &'static str {
    desk.run("xterm", &["-u8", "-e", "sh", "-c", &format!("cat > {}", file.display())]);
    desk.wait_for("xterm's program", || file.exists());
    ""
}

fn in_gtk(desk: &Desk, file: &Path) -> &'static str {
    let script = format!("exec zenity --entry > {}", file.display());
    desk.run("sh", &["-c", &script]);
    ""
}

fn in_qt(desk: &Desk, file: &Path) -> &'static str {
    std::fs::write(file, "").expect("a file");
    desk.run("featherpad", &["--standalone", &file.display().to_string()]);
    "written.txt"
}

fn check(
    layout: &str,
    start: impl FnOnce(&Desk, &Path) -> &'static str,
    finish: impl FnOnce(&mut dyn Input),
) {
    let desk = Desk::new();
    desk.set_layout(layout);
    let before = desk.key_table();
    let file = desk.home.path().join("written.txt");
    desk.focus_program(start(&desk, &file));
    let mut input = desk.open();
    type_paced(&mut *input, MIXED);
    finish(&mut *input);
    assert_eq!(desk.wait_for_file(&file).trim_end_matches('\n'), MIXED);
    drop(input);
    assert_eq!(desk.key_table(), before, "the table is as it was");
}

fn end_of_file(input: &mut dyn Input) {
    tap(input, "Enter");
    tap_with(input, "ControlLeft", "KeyD");
}

fn enter(input: &mut dyn Input) {
    tap(input, "Enter");
}

fn save(input: &mut dyn Input) {
    tap_with(input, "ControlLeft", "KeyS");
}

///
#[test]
fn xterm_gets_what_was_typed_on_a_us_layout() {
    check("us", in_xterm, end_of_file);
}

///
#[test]
fn xterm_gets_what_was_typed_on_a_korean_layout() {
    check("kr", in_xterm, end_of_file);
}

///
#[test]
fn a_gtk_program_gets_what_was_typed_on_a_us_layout() {
    check("us", in_gtk, enter);
}

///
#[test]
fn a_gtk_program_gets_what_was_typed_on_a_korean_layout() {
    check("kr", in_gtk, enter);
}

///
#[test]
fn a_qt_program_gets_what_was_typed_on_a_us_layout() {
    check("us", in_qt, save);
}

///
#[test]
fn a_qt_program_gets_what_was_typed_on_a_korean_layout() {
    check("kr", in_qt, save);
}

/// neither the customer's Caps Lock nor the operator's held Shift changes a letter, and both stay as they were.
#[test]
fn caps_lock_and_shift_change_no_text() {
    let desk = Desk::new();
    let file = desk.home.path().join("written.txt");
    desk.focus_program(in_gtk(&desk, &file));
    desk.xdotool(&["key", "Caps_Lock"]);
    let mut input = desk.open();
    play(&mut *input, &InputEvent::Text("aB é 값".to_owned()));
    play(&mut *input, &key("ShiftLeft", true));
    play(&mut *input, &InputEvent::Text("cD ü".to_owned()));
    tap(&mut *input, "KeyE");
    play(&mut *input, &key("ShiftLeft", false));
    tap(&mut *input, "KeyE");
    tap(&mut *input, "Enter");
    assert_eq!(desk.wait_for_file(&file).trim_end(), "aB é 값cD üeE");
}
