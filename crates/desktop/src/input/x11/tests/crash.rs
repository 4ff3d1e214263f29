//! The app is killed in the middle: what it left on the desktop is put right when it starts again.

use std::process::{Command, Stdio};
use std::time::Duration;

use protocol::input::{Button, InputEvent};
use x11rb::connection::Connection as _;

use super::desk::{Desk, hidden_window, play};
use crate::input::contract::{Stage as _, button, key};
use crate::input::{Options, open};

/// Tells the process that is to be killed which display it shall upset.
const DISPLAY: &str = "BESIDE_TEST_CRASH_DISPLAY";
const FOLDER: &str = "BESIDE_TEST_CRASH_FOLDER";
const THIS_TEST: &str = "input::x11::tests::crash::a_killed_app_leaves_nothing_behind_after_the_next_start";

///
#[test]
fn a_killed_app_leaves_nothing_behind_after_the_next_start() {
    if let (Ok(display), Ok(folder)) = (std::env::var(DISPLAY), std::env::var(FOLDER)) {
        upset(display, &folder);
    }
    let desk = Desk::new();
    let before = desk.key_table();
    let options = desk.options();
    let mut doomed = Command::new(std::env::current_exe().expect("this program"))
        .args([THIS_TEST, "--exact"])
        .env(DISPLAY, &desk.name)
        .env(FOLDER, &options.runtime_dir)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program again");
    desk.wait_for("a held key and button", || desk.held() == 3);
    assert_ne!(desk.key_table(), before);
    // A second app on the same desktop leaves the first one's keycodes alone while that one lives.
    drop(desk.open());
    assert_ne!(desk.key_table(), before);
    doomed.kill().expect("a living process");
    doomed.wait().expect("its end");
    assert_eq!(desk.held(), 3, "nobody has put it right yet");
    let input = desk.open();
    assert_eq!(desk.held(), 0);
    assert_eq!(desk.key_table(), before);
    drop(input);
    assert_eq!(std::fs::read_dir(&options.runtime_dir).expect("the folder").count(), 0, "no note remains");
}

/// What the process does that is to be killed.
fn upset(display: String, folder: &str) -> ! {
    let (eye, screen) = x11rb::connect(Some(&display)).expect("a display");
    let own = hidden_window(&eye, eye.setup().roots[screen].root);
    let mut input = open(&Options { display: Some(display), runtime_dir: folder.into() }).expect("input");
    input.set_own_windows(&[own]);
    for event in [
        InputEvent::Text("가나다 abc ß".to_owned()),
        key("ControlLeft", true),
        key("ShiftRight", true),
        button(Button::Left, true, (5, 5)),
    ] {
        play(&mut *input, &event);
    }
    loop {
        std::thread::sleep(Duration::from_secs(1));
    }
}
