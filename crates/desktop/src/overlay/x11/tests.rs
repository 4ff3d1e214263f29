//! Drawing on real X servers.

use std::process::Child;
use std::time::{Duration, Instant};

use protocol::drawing::{Look, Point, Rgb, Tool};
use protocol::input::{Button, InputEvent};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, EventMask, ImageFormat, StackMode, Window,
    WindowClass,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::input::{self, Applied, Options, Refusal};
use crate::overlay::{Overlay, PenMove, Polled, WindowId, open};
use crate::x_server::{serve, xvfb};

const PATIENCE: Duration = Duration::from_secs(20);
const RED: Look = line(Tool::Pen, [0xe0, 0x31, 0x31], 6);
const RED_PIXEL: u32 = 0x00e0_3131;
const BLUE: Look = line(Tool::Line, [0x19, 0x71, 0xc2], 6);
const BLUE_PIXEL: u32 = 0x0019_71c2;
const PAPER: u32 = 0x00ff_ffff;
/// X11's codes of events, for XTEST.
const KEY_PRESS: u8 = 2;
const KEY_RELEASE: u8 = 3;
const PRESS: u8 = 4;
const RELEASE: u8 = 5;
const MOTION: u8 = 6;

const fn line(tool: Tool, rgb: [u8; 3], width_px: u16) -> Look {
    Look::Line { tool, rgb: Rgb(rgb), width_px }
}

fn points(places: &[(i16, i16)]) -> Vec<Point> {
    places.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
}

/// An X server with a customer and another program's white window on it.
struct Desk {
    name: String,
    eye: RustConnection,
    root: Window,
    below: Window,
    server: Child,
}

impl Desk {
    fn new() -> Self {
        let (server, name) = serve(&mut xvfb("640x480x24"));
        let (eye, screen) = x11rb::connect(Some(&name)).expect("a display");
        let root = eye.setup().roots[screen].root;
        let mut desk = Self { name, eye, root, below: 0, server };
        desk.below = desk.window((0, 0), (640, 480));
        desk
    }

    fn overlay(&self) -> Box<dyn Overlay> {
        open(Some(&self.name)).expect("a display that can be drawn on")
    }

    /// A white window of another program, on top of what is there.
    fn window(&self, at: (i16, i16), size: (u16, u16)) -> Window {
        let window = self.eye.generate_id().unwrap();
        let events = EventMask::BUTTON_PRESS;
        let aux = CreateWindowAux::new().background_pixel(PAPER).event_mask(events).override_redirect(1);
        let class = WindowClass::INPUT_OUTPUT;
        self.eye.create_window(0, window, self.root, at.0, at.1, size.0, size.1, 0, class, 0, &aux).unwrap();
        self.eye.map_window(window).unwrap();
        self.eye.get_input_focus().unwrap().reply().unwrap();
        window
    }

    /// The colour of the screen at a place, as a capture of it sees it.
    fn pixel(&self, x: i16, y: i16) -> u32 {
        let image = self.eye.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, 1, 1, u32::MAX).unwrap();
        let data = image.reply().unwrap().data;
        u32::from_le_bytes([data[0], data[1], data[2], 0])
    }

    fn fake(&self, kind: u8, detail: u8, at: (i16, i16)) {
        self.eye.xtest_fake_input(kind, detail, 0, self.root, at.0, at.1, 0).unwrap();
        self.eye.get_input_focus().unwrap().reply().unwrap();
    }

    fn drag(&self, from: (i16, i16), to: (i16, i16)) {
        self.fake(MOTION, 0, from);
        self.fake(PRESS, 1, (0, 0));
        self.fake(MOTION, 0, to);
        self.fake(RELEASE, 1, (0, 0));
    }

    /// The windows that were pressed since this was asked last.
    fn pressed(&self) -> Vec<Window> {
        self.eye.get_input_focus().unwrap().reply().unwrap();
        let mut pressed = Vec::new();
        while let Some(event) = self.eye.poll_for_event().unwrap() {
            if let Event::ButtonPress(press) = event {
                pressed.push(press.event);
            }
        }
        pressed
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _gone_already = self.server.kill();
        let _status = self.server.wait();
    }
}

/// Polls until something of this kind is there; gives everything that was.
fn poll_until(overlay: &mut dyn Overlay, mut holds: impl FnMut(&Polled) -> bool) -> Polled {
    let (end, mut all) = (Instant::now() + PATIENCE, Polled::default());
    loop {
        let polled = overlay.poll(Instant::now()).unwrap();
        all.left |= polled.left;
        all.pen.extend(polled.pen);
        if holds(&all) {
            return all;
        }
        assert!(Instant::now() < end, "{all:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// F-11: what is drawn is on the screen, to the pixel, and nothing else changes; what goes uncovers what was there.
#[test]
fn what_is_drawn_is_on_the_screen_and_goes_again() {
    let desk = Desk::new();
    let mut overlay = desk.overlay();
    overlay.begin(1, &RED).unwrap();
    overlay.extend(1, &points(&[(100, 100)])).unwrap();
    overlay.extend(1, &points(&[(200, 100)])).unwrap();
    assert_eq!([97, 102].map(|y| desk.pixel(150, y)), [RED_PIXEL; 2]);
    assert_eq!([96, 103].map(|y| desk.pixel(150, y)), [PAPER; 2]);
    overlay.begin(2, &BLUE).unwrap();
    overlay.extend(2, &points(&[(150, 50), (150, 90)])).unwrap();
    overlay.extend(2, &points(&[(150, 150)])).unwrap();
    assert_eq!((desk.pixel(150, 100), desk.pixel(120, 100)), (BLUE_PIXEL, RED_PIXEL));
    overlay.remove(2).unwrap();
    assert_eq!((desk.pixel(150, 100), desk.pixel(150, 60)), (RED_PIXEL, PAPER));
    overlay.begin(3, &line(Tool::Highlighter, [0xf5, 0xc4, 0], 30)).unwrap();
    overlay.extend(3, &points(&[(100, 300), (200, 300)])).unwrap();
    let rows: Vec<u32> = (288..312).map(|y| desk.pixel(150, y)).collect();
    assert!(rows.contains(&PAPER) && rows.contains(&0x00f5_c400), "{rows:x?}");
    overlay.clear().unwrap();
    assert_eq!((desk.pixel(150, 100), desk.pixel(150, 300)), (PAPER, PAPER));
    overlay.extend(3, &points(&[(100, 100)])).unwrap();
    assert_eq!(desk.pixel(100, 100), PAPER);
    overlay.begin(4, &RED).unwrap();
    overlay.extend(4, &points(&[(100, 100), (200, 100)])).unwrap();
    drop(overlay);
    let end = Instant::now() + PATIENCE;
    while desk.pixel(150, 100) != PAPER {
        assert!(Instant::now() < end, "gone with its owner");
    }
}

/// F-11: a click on what is drawn is the program's below, the customer's and the operator's alike.
#[test]
fn what_is_drawn_takes_no_click() {
    let desk = Desk::new();
    let mut overlay = desk.overlay();
    overlay.begin(1, &RED).unwrap();
    overlay.extend(1, &points(&[(100, 100), (200, 100)])).unwrap();
    desk.fake(MOTION, 0, (150, 100));
    desk.fake(PRESS, 1, (0, 0));
    desk.fake(RELEASE, 1, (0, 0));
    assert_eq!(desk.pressed(), [desk.below]);
    let home = tempfile::tempdir().unwrap();
    let options = Options { display: Some(desk.name.clone()), runtime_dir: home.path().to_owned() };
    let mut input = input::open(&options).unwrap();
    input.set_own_windows(&[WindowId(1)]);
    let press = |pressed| InputEvent::Button { button: Button::Left, pressed, x: 150, y: 100 };
    for pressed in [true, false] {
        assert_eq!(input.apply(Instant::now(), &press(pressed)).unwrap(), Applied::Done);
    }
    assert_eq!(desk.pressed(), [desk.below]);
    // While the customer draws, the pen is theirs alone.
    overlay.set_drawn_on(true).unwrap();
    let refused = Applied::Refused(Refusal::OwnWindow);
    assert_eq!(input.apply(Instant::now(), &press(true)).unwrap(), refused);
}

/// F-12: the customer's pen draws wherever they press, but for the app's own windows; Esc ends it.
#[test]
fn the_customers_pen_is_told_and_leaves_the_own_windows_free() {
    let desk = Desk::new();
    let own = desk.window((400, 0), (200, 50));
    let mut overlay = desk.overlay();
    overlay.set_own_windows(&[WindowId(own.into())]).unwrap();
    overlay.set_drawn_on(true).unwrap();
    desk.drag((50, 60), (80, 90));
    let polled = poll_until(overlay.as_mut(), |all| all.pen.iter().any(|moved| moved.done));
    let drawn: Vec<Point> = polled.pen.iter().flat_map(|moved| moved.points.clone()).collect();
    assert_eq!(drawn, points(&[(50, 60), (80, 90)]));
    assert_eq!(desk.pressed(), [] as [Window; 0]);
    desk.drag((450, 20), (460, 25));
    assert_eq!(desk.pressed(), [own]);
    overlay.begin(1, &RED).unwrap();
    overlay.extend(1, &points(&[(300, 20), (630, 20)])).unwrap();
    assert_eq!([350, 450, 620].map(|x| desk.pixel(x, 20)), [RED_PIXEL, PAPER, RED_PIXEL]);
    // It moves, and what it covers with it.
    let moved = ConfigureWindowAux::new().x(200);
    desk.eye.configure_window(own, &moved).unwrap();
    poll_until(overlay.as_mut(), |_| [350, 450].map(|x| desk.pixel(x, 20)) == [PAPER, RED_PIXEL]);
    let keys = desk.eye.get_keyboard_mapping(8, 248).unwrap().reply().unwrap();
    let per_key = usize::from(keys.keysyms_per_keycode);
    let escape = keys.keysyms.chunks(per_key).position(|symbols| symbols.contains(&0xff1b)).unwrap();
    let escape = u8::try_from(escape + 8).unwrap();
    desk.fake(KEY_PRESS, escape, (0, 0));
    desk.fake(KEY_RELEASE, escape, (0, 0));
    assert_eq!(poll_until(overlay.as_mut(), |all| all.left).pen, [] as [PenMove; 0]);
    overlay.set_drawn_on(false).unwrap();
    desk.drag((50, 60), (80, 90));
    assert_eq!(desk.pressed(), [desk.below]);
}

/// F-11: it stays above windows that come later, or are raised.
#[test]
fn it_is_above_every_other_window() {
    let desk = Desk::new();
    let mut overlay = desk.overlay();
    overlay.begin(1, &RED).unwrap();
    overlay.extend(1, &points(&[(100, 100), (200, 100)])).unwrap();
    let menu = desk.window((90, 90), (150, 50));
    poll_until(overlay.as_mut(), |_| desk.pixel(150, 100) == RED_PIXEL);
    let raise = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
    desk.eye.configure_window(menu, &raise).unwrap();
    poll_until(overlay.as_mut(), |_| desk.pixel(150, 100) == RED_PIXEL);
    assert_eq!(desk.pixel(150, 120), PAPER);
}

/// F-11: the fading pointer is seen, and then it is not.
#[test]
fn the_pointer_fades() {
    let desk = Desk::new();
    let mut overlay = desk.overlay();
    overlay.point(Instant::now(), Point { x: 300, y: 200 }).unwrap();
    assert_eq!(desk.pixel(300, 200), RED_PIXEL);
    assert!(overlay.poll(Instant::now()).unwrap().wake_at.is_some());
    poll_until(overlay.as_mut(), |_| desk.pixel(300, 200) == PAPER);
    assert_eq!(overlay.poll(Instant::now()).unwrap().wake_at, None);
}

/// A display that lacks what is needed says so.
#[test]
fn a_display_without_shapes_cannot_be_drawn_on() {
    assert!(open(Some(":4711")).is_err_and(|lacks| lacks.what == "overlay-no-display"));
}
