//! The real windows on real X servers, with an operator's hand and a customer's.

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

use clap::Parser as _;
use desktop::input::{Applied, Input, Options, Refusal, WindowId};
use protocol::input::{Button, InputEvent, KeyCode};
use protocol::{Permissions, Right};
use session::customer::{
    Asking, ChosenPart, ConsentPress, ControlView, CopyView, Host, Part, PartView, PrinterView, View,
    VoiceView,
};
use slint::winit_030::winit::platform::x11::EventLoopBuilderExtX11 as _;
use tempfile::TempDir;
use tokio::sync::mpsc;

use super::{Presser, open};
use crate::arguments::Arguments;
use crate::running::{Show, VoiceLevels};
use crate::trust::Server;
use crate::xvfb::Xvfb;

const PATIENCE: Duration = Duration::from_secs(20);
/// Tells the process that is to show windows which, and where it writes what was pressed.
const VIEW: &str = "BESIDE_TEST_VIEW";
const PRESSED: &str = "BESIDE_TEST_PRESSED";
const EVERYTHING: Permissions = Permissions::ALL;
const SCREEN: (usize, usize) = (1024, 768);
/// Smaller than any control.
const STEP_PX: usize = 16;

/// A display with the program's windows on it.
struct Desk {
    home: TempDir,
    programs: Vec<Child>,
    screen: Xvfb,
}

impl Desk {
    /// Shows what this test, run again by itself, shows there.
    fn showing(test: &str, view: &str) -> Self {
        Self::showing_on(SCREEN, test, view)
    }

    fn showing_on(screen: (usize, usize), test: &str, view: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut desk = Self { home, programs: Vec::new(), screen: Xvfb::start(screen.0, screen.1) };
        let ready = desk.home.path().join("openbox-ready");
        let mut openbox = desk.command("openbox");
        desk.programs.push(
            openbox.arg("--startup").arg(format!("touch {}", ready.display())).spawn().expect("openbox"),
        );
        desk.wait_for("a window manager", || ready.exists());
        let mut windows = desk.command(std::env::current_exe().unwrap().to_str().unwrap());
        windows.args([test, "--exact"]).env(VIEW, view).env(PRESSED, desk.home.path().join("pressed"));
        desk.programs.push(windows.spawn().unwrap());
        desk.wait_for("the windows", || desk.pressed().contains("Windows(["));
        desk
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("DISPLAY", &self.screen.display)
            .env("HOME", self.home.path())
            .env_remove("WAYLAND_DISPLAY");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn xdotool(&self, arguments: &str) {
        assert!(self.command("xdotool").args(arguments.split(' ')).status().unwrap().success());
    }

    /// Where the windows of this title are, a line each for `WINDOW=`, `X=`, `Y=` and more.
    fn geometry(&self, title: &str) -> String {
        let mut look = self.command("xdotool");
        look.args(["search", "--onlyvisible", "--name", title, "getwindowgeometry", "--shell"]);
        String::from_utf8(look.stdout(Stdio::piped()).output().unwrap().stdout).unwrap()
    }

    /// What the session would have been told.
    fn pressed(&self) -> String {
        fs::read_to_string(self.home.path().join("pressed")).unwrap_or_default()
    }

    fn wait_for(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < end, "no {what}; pressed: {}", self.pressed());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Until the window of this title is where the window manager puts it: it comes at the edge first.
    fn wait_for_rest(&self, title: &str) {
        let mut before = String::new();
        self.wait_for("window at rest", || {
            std::thread::sleep(Duration::from_millis(200));
            let now = self.geometry(title);
            let rests = !now.is_empty() && now == before;
            before = now;
            rests
        });
    }

    /// The operator clicks everywhere and types; gives the places that were out of reach. Nobody has told the desktop
    /// which windows are the program's own.
    fn operator_clicks_everywhere(&self) -> Vec<(i32, i32)> {
        let options =
            Options { display: Some(self.screen.display.clone()), runtime_dir: self.home.path().join("run") };
        let mut input = desktop::input::open(&options).unwrap();
        input.set_own_windows(&[WindowId(1)]);
        let refused = Applied::Refused(Refusal::OwnWindow);
        let mut out_of_reach = Vec::new();
        for y in (0..SCREEN.1).step_by(STEP_PX) {
            for x in (0..SCREEN.0).step_by(STEP_PX) {
                let at = (i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
                let press = |pressed| InputEvent::Button { button: Button::Left, pressed, x: at.0, y: at.1 };
                if input.apply(Instant::now(), &press(true)).unwrap() == refused {
                    out_of_reach.push(at);
                } else {
                    input.apply(Instant::now(), &press(false)).unwrap();
                }
            }
        }
        // The keyboard is where the pointer left it: with the program's window, which took it when it came.
        for key in ["Tab", "Space", "Enter", "Escape"] {
            type_into(input.as_mut(), key);
        }
        out_of_reach
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        for child in self.programs.iter_mut().rev() {
            let _gone_already = child.kill();
            let _status = child.wait();
        }
    }
}

fn type_into(input: &mut dyn Input, key: &str) {
    let code = KeyCode::new(key).unwrap();
    input.apply(Instant::now(), &InputEvent::Key { code: code.clone(), pressed: true }).unwrap();
    input.apply(Instant::now(), &InputEvent::Key { code, pressed: false }).unwrap();
}

/// Where this process is the one that shows windows, it does so until it is killed.
fn show_windows_if_asked() {
    let (Ok(view), Ok(pressed)) = (std::env::var(VIEW), std::env::var(PRESSED)) else { return };
    let mut builder = slint::winit_030::winit::event_loop::EventLoop::with_user_event();
    builder.with_any_thread(true);
    slint::BackendSelector::new()
        .backend_name("winit".to_owned())
        .renderer_name("software".to_owned())
        .with_winit_event_loop_builder(builder)
        .select()
        .unwrap();
    let (sender, mut presses) = mpsc::channel(64);
    let arguments = Arguments::parse_from(["beside", "--language", "en"]);
    let screen: Rc<_> = open(&arguments, &Server::Unknown, Presser(sender)).unwrap();
    let host = Host { company: "Company".to_owned(), service: "Help".to_owned(), reversed: false };
    screen.show(Show::View(match view.as_str() {
        "question" => View::Question {
            host,
            operator: Some("Lee".to_owned()),
            offered: EVERYTHING,
            recording_required: false,
            press: ConsentPress::Agree,
        },
        "connect" => View::Question {
            host,
            operator: None,
            offered: EVERYTHING,
            recording_required: false,
            press: ConsentPress::Connect,
        },
        _ => View::Sharing {
            second: None,
            second_asking: None,
            host,
            operator: Some("Lee".to_owned()),
            permissions: EVERYTHING,
            could: EVERYTHING,
            given: EVERYTHING,
            control: ControlView::On,
            recording: true,
            copy: CopyView::Offered,
            paused: false,
            asking: (view == "asking").then_some(Asking { no: 1, right: Right::Open }),
            signalling: true,
            reboot: Default::default(),
            part: Box::new(PartView {
                chosen: Some(ChosenPart { part: Part::Desktop, name: String::new() }),
                ..PartView::default()
            }),
            voice: (view == "talking").then(VoiceView::default),
            operator_screen: None,
            printer: PrinterView::On,
        },
    }));
    if view == "talking" {
        screen.show(Show::VoiceLevels(VoiceLevels { said: 70, heard: 35 }));
    }
    std::thread::spawn(move || {
        let mut file = fs::File::create(pressed).unwrap();
        while let Some(press) = presses.blocking_recv() {
            writeln!(file, "{press:?}").unwrap();
        }
    });
    slint::run_event_loop_until_quit().unwrap();
    std::process::exit(0);
}

/// S-02: an operator who controls already (from another session of this desktop, or before the window is registered)
/// cannot agree in the customer's name. The customer can.
#[test]
fn only_the_customer_reaches_agree() {
    check_question("only_the_customer_reaches_agree", "question");
}

/// The same where the press is called Connect.
#[test]
fn only_the_customer_reaches_connect() {
    check_question("only_the_customer_reaches_connect", "connect");
}

fn check_question(test: &str, view: &str) {
    show_windows_if_asked();
    let desk = Desk::showing(&format!("windows::tests::{test}"), view);
    desk.wait_for_rest("Help");
    let out_of_reach = desk.operator_clicks_everywhere();
    assert!(500 < out_of_reach.len(), "the whole window: {}", out_of_reach.len());
    std::thread::sleep(Duration::from_millis(300));
    let pressed = desk.pressed();
    assert!(
        !pressed.contains("Agree") && !pressed.contains("Decline") && !pressed.contains("Control"),
        "{pressed}"
    );
    // On the title bar, and then from one control to the next: Agree is among them.
    let (x, y) = out_of_reach.first().unwrap();
    desk.xdotool(&format!("mousemove {} {y} click 1", x + 200));
    desk.wait_for("Agree", || {
        desk.xdotool("key --delay 100 Tab space");
        desk.pressed().contains("Agree")
    });
}

/// the whole sheet is on a screen of 800x600, with every right in it: its last row is the two buttons, and the keyboard
/// reaches the list as well as them.
#[test]
fn the_sheet_fits_a_small_screen() {
    show_windows_if_asked();
    let desk = Desk::showing_on((800, 600), "windows::tests::the_sheet_fits_a_small_screen", "question");
    let numbers = |name: &str| {
        let geometry = desk.geometry("Help");
        let line = geometry
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('=')?.parse::<usize>().ok());
        line.unwrap_or_default()
    };
    desk.wait_for("a sheet that fits", || numbers("HEIGHT") != 0 && numbers("Y") + numbers("HEIGHT") <= 600);
    assert!(400 < numbers("HEIGHT"), "{}", desk.geometry("Help"));
    // Above the padding, the line for About and what is around the card: Agree, right of the middle.
    let (x, y) = (numbers("X") + 320, numbers("Y") + numbers("HEIGHT") - 82);
    desk.wait_for("Agree", || {
        desk.xdotool(&format!("mousemove {x} {y} click 1"));
        desk.pressed().contains("Agree { control: true, record: true }")
    });
}

/// the operator can neither stop nor move nor use the bar; the customer can.
#[test]
fn only_the_customer_reaches_stop() {
    show_windows_if_asked();
    let desk = Desk::showing("windows::tests::only_the_customer_reaches_stop", "sharing");
    // 880 pixels wide, in the middle of the upper edge.
    desk.wait_for("the bar at its place", || desk.geometry("Beside").contains("X=72\nY=0\n"));
    let out_of_reach = desk.operator_clicks_everywhere();
    assert!(100 < out_of_reach.len(), "the whole bar: {}", out_of_reach.len());
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(desk.pressed().lines().count(), 1, "{}", desk.pressed());
    for x in (72..952).rev().step_by(16).take_while(|_| !desk.pressed().contains("Stop")) {
        desk.xdotool(&format!("mousemove {x} 28 click 1"));
        std::thread::sleep(Duration::from_millis(50));
    }
    desk.wait_for("Stop", || desk.pressed().contains("Stop"));
}

/// the whole bar is on a screen of 800x600, and Stop in it.
#[test]
fn stop_is_on_a_small_screen() {
    show_windows_if_asked();
    let desk = Desk::showing_on((800, 600), "windows::tests::stop_is_on_a_small_screen", "sharing");
    desk.wait_for("a bar as wide as the screen", || {
        let place = desk.geometry("Beside");
        place.contains("X=0\nY=0\n") && place.contains("WIDTH=800\n")
    });
    for x in (0..800).rev().step_by(16).take_while(|_| !desk.pressed().contains("Stop")) {
        desk.xdotool(&format!("mousemove {x} 28 click 1"));
        std::thread::sleep(Duration::from_millis(50));
    }
    desk.wait_for("Stop", || desk.pressed().contains("Stop"));
}

/// an operator who controls can allow themself nothing, and nothing takes the customer's keyboard; the customer's own
/// press answers.
#[test]
fn only_the_customer_answers_what_is_asked_for() {
    show_windows_if_asked();
    let desk = Desk::showing("windows::tests::only_the_customer_answers_what_is_asked_for", "asking");
    desk.wait_for("the bar at its place", || desk.geometry("Beside").contains("HEIGHT=200\n"));
    // It can be answered by now.
    std::thread::sleep(Duration::from_secs(1));
    desk.operator_clicks_everywhere();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(desk.pressed().lines().count(), 1, "{}", desk.pressed());
    // Return alone is for the window that the customer works in.
    desk.xdotool("key --delay 100 Return Return");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(desk.pressed().lines().count(), 1, "{}", desk.pressed());
    for x in (72..952).rev().step_by(16).take_while(|_| !desk.pressed().contains("AnswerRight")) {
        desk.xdotool(&format!("mousemove {x} 174 click 1"));
        std::thread::sleep(Duration::from_millis(50));
    }
    desk.wait_for("Allow", || desk.pressed().contains("AnswerRight { no: 1, allowed: true }"));
}

/// F-14: an operator who controls neither opens the customer's microphone nor keeps them from closing it; the customer does both.
#[test]
fn only_the_customer_mutes_and_ends_the_voice() {
    show_windows_if_asked();
    let desk = Desk::showing("windows::tests::only_the_customer_mutes_and_ends_the_voice", "talking");
    desk.wait_for("the bar at its place", || desk.geometry("Beside").contains("HEIGHT=144\n"));
    desk.operator_clicks_everywhere();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(desk.pressed().lines().count(), 1, "{}", desk.pressed());
    // A busy machine may still lay the bar out: a person who missed a button presses again.
    let press_along = |places: &mut dyn Iterator<Item = usize>, wanted: &str| {
        let mut places = places.collect::<Vec<_>>().into_iter().cycle();
        desk.wait_for(wanted, || {
            let x = places.next().unwrap_or_default();
            desk.xdotool(&format!("mousemove {x} 120 click 1"));
            std::thread::sleep(Duration::from_millis(50));
            desk.pressed().contains(wanted)
        });
    };
    press_along(&mut (72..952).rev().step_by(16), "Mute { on: true }");
    press_along(&mut (72..952).step_by(16), "EndVoice");
}
