//! The program itself on displays of every kind: it works, or says plainly what the display lacks.

mod screen;

use std::time::Duration;

use screen::{Beside, Screen};

/// What the program does with a display that it cannot use.
fn check_refused(arguments: &[&str], says: &str) {
    let screen = Screen::start(arguments);
    let (code, said) = screen.beside().end(Duration::from_secs(20));
    assert_eq!(code, Some(3), "{arguments:?}: {said}");
    assert!(said.contains(says), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
}

/// A display on which its window comes, and goes when the system asks by this signal.
fn check_shown(arguments: &[&str], signal: &str) {
    let screen = Screen::start(arguments);
    let beside = screen.beside();
    screen.wait_for_window("Beside");
    beside.signal(signal);
    let (code, said) = beside.end(Duration::from_secs(5));
    assert_eq!(code, Some(0), "{arguments:?} {signal}: {said}");
}

/// From a console without X, over SSH, or with a `DISPLAY` that nobody serves.
#[test]
fn without_a_display_the_program_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    for display in [None, Some(":4999")] {
        let (code, said) = Beside::on_display(display, &home).end(Duration::from_secs(20));
        assert_eq!(code, Some(3), "{display:?}: {said}");
        assert!(said.contains("No X display can be opened."), "{display:?}: {said}");
        assert!(!said.contains("panicked"), "{display:?}: {said}");
    }
}

#[test]
fn a_display_of_256_colours_is_named() {
    check_refused(&["-screen", "0", "800x600x8"], "It needs 24-bit colour.");
}

#[test]
fn a_display_without_randr_is_named() {
    check_refused(&["-extension", "RANDR"], "RANDR");
}

/// the code page is there on displays whose screen cannot be shared; that is said when it is to be shared.
#[test]
fn other_colour_depths_show_the_window() {
    check_shown(&["-screen", "0", "1024x768x16"], "TERM");
    check_shown(&["-screen", "0", "1024x768x30"], "TERM");
}

#[test]
fn a_very_wide_screen_shows_the_window() {
    check_shown(&["-screen", "0", "16000x1200x24"], "TERM");
}

#[test]
fn without_shared_memory_the_window_is_shown() {
    check_shown(&["-extension", "MIT-SHM"], "TERM");
}

/// a logout, Ctrl+C and a closed terminal end the program in good order.
#[test]
fn signals_end_the_program_in_good_order() {
    for signal in ["TERM", "INT", "HUP"] {
        check_shown(&[], signal);
    }
}
