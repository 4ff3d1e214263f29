//! The customer's own ibus-hangul in Hangul mode: text arrives as given, physical keys are composed by it.

use std::path::Path;
use std::process::Stdio;

use super::desk::Desk;
use super::programs::{MIXED, tap, tap_with, type_paced};
use crate::input::Input;
use crate::input::contract::Stage as _;

/// ibus-hangul does not start without a store for its settings; this one forgets them.
const MEMORY: &str = "/usr/libexec/ibus-memconf";

/// A desktop with a message bus and ibus on it.
fn desk_with_ibus() -> Desk {
    let desk = Desk::new();
    let bus = desk.home.path().join("bus");
    let address = format!("unix:path={}", bus.display());
    desk.spawn(
        &mut desk.command("dbus-daemon", &["--session", "--nofork", "--nopidfile", "--address", &address]),
    );
    desk.wait_for("message bus", || bus.exists());
    let mut daemon = surrounded(&desk, "ibus-daemon", &["--xim", "--panel", "disable", "--config", MEMORY]);
    desk.spawn(&mut daemon);
    // Programs look for an input method's server once, when they start.
    desk.wait_for("ibus for X11 programs", || desk.has_owner("@server=ibus"));
    desk.wait_for("ibus", || {
        surrounded(&desk, "ibus", &["address"]).status().is_ok_and(|status| status.success())
    });
    desk
}

/// A command that finds the bus and uses ibus in every toolkit.
fn surrounded(desk: &Desk, program: &str, arguments: &[&str]) -> std::process::Command {
    let mut command = desk.command(program, arguments);
    let address = format!("unix:path={}", desk.home.path().join("bus").display());
    command
        .env("DBUS_SESSION_BUS_ADDRESS", address)
        .env("GTK_IM_MODULE", "ibus")
        .env("QT_IM_MODULE", "ibus")
        .env("XMODIFIERS", "@im=ibus")
        .env("GSETTINGS_BACKEND", "memory");
    command
}

/// Makes hangul the engine of all programs; ibus answers only once a program with an input context has the focus.
fn choose_hangul(desk: &Desk) -> bool {
    let chosen = surrounded(desk, "timeout", &["3", "ibus", "engine", "hangul"]).status().expect("ibus");
    let engine =
        surrounded(desk, "timeout", &["3", "ibus", "engine"]).stdout(Stdio::piped()).output().expect("ibus");
    chosen.success() && engine.stdout == b"hangul\n"
}

fn check(
    program: &str,
    title: &str,
    arguments: impl FnOnce(&Path) -> Vec<String>,
    finish: impl FnOnce(&mut dyn Input),
) {
    let desk = desk_with_ibus();
    let file = desk.home.path().join("written.txt");
    if !title.is_empty() {
        std::fs::write(&file, "").expect("a file");
    }
    let arguments = arguments(&file);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    desk.spawn(&mut surrounded(&desk, program, &arguments));
    desk.focus_program(title);
    let mut input = desk.open();
    let input = &mut *input;
    // 한/영 puts ibus into Hangul mode; that it composes r k to 가 shows that it is.
    desk.wait_for("the input method", || choose_hangul(&desk));
    tap(input, "Lang1");
    tap(input, "KeyR");
    tap(input, "KeyK");
    type_paced(input, MIXED);
    finish(input);
    assert_eq!(desk.wait_for_file(&file).trim_end_matches('\n'), format!("가{MIXED}"));
}

///
#[test]
fn hangul_mode_leaves_text_alone_in_xterm() {
    check(
        "xterm",
        "",
        |file| ["-u8", "-e", "sh", "-c", &format!("cat > {}", file.display())].map(str::to_owned).to_vec(),
        |input| {
            tap(input, "Enter");
            tap_with(input, "ControlLeft", "KeyD");
        },
    );
}

///
#[test]
fn hangul_mode_leaves_text_alone_in_a_gtk_program() {
    check(
        "sh",
        "",
        |file| vec!["-c".to_owned(), format!("exec zenity --entry > {}", file.display())],
        |input| tap(input, "Enter"),
    );
}

///
#[test]
fn hangul_mode_leaves_text_alone_in_a_qt_program() {
    check(
        "featherpad",
        "written.txt",
        |file| vec!["--standalone".to_owned(), file.display().to_string()],
        |input| tap_with(input, "ControlLeft", "KeyS"),
    );
}
