//! A desktop of its own for each test: an X server, a window that records, and a customer with xdotool.

use std::cell::RefCell;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use protocol::input::InputEvent;
use tempfile::TempDir;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, InputFocus, MapState, PropMode, Window,
    WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::input::contract::Stage;
use crate::input::{Applied, Input, OWN_CLASS, Options, WindowId, open};
use crate::x_server;

const WIDTH: u16 = 1280;
const HEIGHT: u16 = 800;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// An X server with its programs; all end with it.
pub(super) struct Desk {
    pub(super) name: String,
    pub(super) home: TempDir,
    eye: RustConnection,
    root: Window,
    programs: RefCell<Vec<Child>>,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::start(&[])
    }

    pub(super) fn without_extension(name: &str) -> Self {
        Self::start(&["-extension", name])
    }

    pub(super) fn with_openbox() -> Self {
        let desk = Self::new();
        let ready = desk.home.path().join("openbox-ready");
        desk.run("openbox", &["--startup", &format!("touch {}", ready.display())]);
        desk.wait_for("a window manager", || ready.exists());
        desk
    }

    fn start(arguments: &[&str]) -> Self {
        let screen = format!("{WIDTH}x{HEIGHT}x24");
        Self::serve(x_server::xvfb(&screen).args(arguments))
    }

    /// A desktop in a window of this one; its keyboard is that window's.
    pub(super) fn inner(&self) -> Self {
        let desk = Self::serve(self.command("Xephyr", &["-screen", "640x480", "-ac"]).stdin(Stdio::null()));
        self.focus_program("Xephyr");
        desk
    }

    fn serve(server: &mut Command) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let (server, name) = x_server::serve(server);
        let (eye, screen) = x11rb::connect(Some(&name)).expect("a display");
        let root = eye.setup().roots[screen].root;
        Self { name, home, eye, root, programs: RefCell::new(vec![server]) }
    }

    /// A command with this desktop's surroundings.
    pub(super) fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env("DISPLAY", &self.name)
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path().join("config"))
            .env("LANG", "C.UTF-8")
            .env("LC_ALL", "C.UTF-8")
            .env("QT_QPA_PLATFORM", "xcb")
            .env("NO_AT_BRIDGE", "1")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Starts a program that ends with the desktop.
    pub(super) fn run(&self, program: &str, arguments: &[&str]) {
        self.spawn(&mut self.command(program, arguments));
    }

    /// Starts a command that ends with the desktop.
    pub(super) fn spawn(&self, command: &mut Command) {
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        self.programs.borrow_mut().push(child);
    }

    /// Runs a program to its end and gives its output.
    pub(super) fn output(&self, program: &str, arguments: &[&str]) -> String {
        let output = self.command(program, arguments).stdout(Stdio::piped()).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(output.status.success(), "{program} {arguments:?}: {}", output.status);
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    pub(super) fn xdotool(&self, arguments: &[&str]) {
        self.output("xdotool", arguments);
    }

    pub(super) fn set_layout(&self, layout: &str) {
        self.output("setxkbmap", &["-layout", layout]);
    }

    /// The whole key table as the server holds it.
    pub(super) fn key_table(&self) -> String {
        self.output("xkbcomp", &["-w0", &self.name, "-"])
    }

    pub(super) fn options(&self) -> Options {
        Options { display: Some(self.name.clone()), runtime_dir: self.home.path().join("beside") }
    }

    pub(super) fn wait_for(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < end, "no {what} after {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until a file holds more than white space and gives it.
    pub(super) fn wait_for_file(&self, path: &Path) -> String {
        let mut text = String::new();
        self.wait_for(&path.display().to_string(), || {
            text = std::fs::read_to_string(path).unwrap_or_default();
            !text.trim().is_empty()
        });
        text
    }

    /// Waits for a program's window with this in its title (an editor's names the file once that is loaded) and gives
    /// it the keyboard.
    pub(super) fn focus_program(&self, title: &str) {
        let mut found = None;
        self.wait_for("window of a program", || {
            let tree = self.eye.query_tree(self.root).expect("display").reply().expect("a tree");
            found = tree
                .children
                .into_iter()
                .rev()
                .find(|window| self.is_program(*window) && self.title(*window).contains(title));
            found.is_some()
        });
        let window = found.expect("a window");
        self.eye.set_input_focus(InputFocus::POINTER_ROOT, window, x11rb::CURRENT_TIME).expect("display");
        self.sync();
    }

    fn title(&self, window: Window) -> String {
        let name =
            self.eye.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 1024).expect("display");
        name.reply().map(|name| String::from_utf8_lossy(&name.value).into_owned()).unwrap_or_default()
    }

    fn is_program(&self, window: Window) -> bool {
        let attributes = self.eye.get_window_attributes(window).expect("display").reply();
        let geometry = self.eye.get_geometry(window).expect("display").reply();
        let (Ok(attributes), Ok(geometry)) = (attributes, geometry) else { return false };
        attributes.map_state == MapState::VIEWABLE && !attributes.override_redirect && 100 < geometry.width
    }

    /// The number of keys and buttons that are down in the server.
    fn down(&self) -> usize {
        let keys = self.eye.query_keymap().expect("display").reply().expect("keys").keys;
        let pointer = self.eye.query_pointer(self.root).expect("display").reply().expect("a pointer");
        let buttons = u16::from(pointer.mask) >> 8 & 0b1_1111;
        keys.iter().map(|byte| byte.count_ones() as usize).sum::<usize>() + buttons.count_ones() as usize
    }

    /// The window's upper edge on the screen.
    pub(super) fn top_of(&self, window: WindowId) -> i32 {
        let window = Window::try_from(window.0).expect("an id");
        let at = self.eye.translate_coordinates(window, self.root, 0, 0).expect("display");
        at.reply().expect("a place").dst_y.into()
    }

    /// Whether a program owns the selection of this name.
    pub(super) fn has_owner(&self, selection: &str) -> bool {
        let atom =
            self.eye.intern_atom(false, selection.as_bytes()).expect("display").reply().expect("atom").atom;
        let owner = self.eye.get_selection_owner(atom).expect("display").reply().expect("an answer");
        owner.owner != x11rb::NONE
    }

    /// A window in the middle that takes the keyboard and bears this class from before it is shown.
    fn window_of(&self, class: &str) -> (WindowId, (i32, i32)) {
        let window = self.eye.generate_id().expect("an id");
        let mask = EventMask::BUTTON_PRESS
            | EventMask::BUTTON_RELEASE
            | EventMask::KEY_PRESS
            | EventMask::KEY_RELEASE
            | EventMask::FOCUS_CHANGE
            | EventMask::EXPOSURE;
        let aux = CreateWindowAux::new().event_mask(mask).background_pixel(0xff_ffff);
        let create = self.eye.create_window(
            0,
            window,
            self.root,
            200,
            200,
            400,
            300,
            0,
            WindowClass::INPUT_OUTPUT,
            0,
            &aux,
        );
        create.expect("display").check().expect("a window");
        let class = format!("\0{class}\0");
        self.eye
            .change_property8(
                PropMode::REPLACE,
                window,
                AtomEnum::WM_CLASS,
                AtomEnum::STRING,
                class.as_bytes(),
            )
            .expect("display");
        self.eye.map_window(window).expect("display");
        self.eye.flush().expect("display");
        while !matches!(self.eye.wait_for_event().expect("display"), Event::Expose(_)) {}
        self.eye.set_input_focus(InputFocus::POINTER_ROOT, window, x11rb::CURRENT_TIME).expect("display");
        self.sync();
        let at = self
            .eye
            .translate_coordinates(window, self.root, 200, 150)
            .expect("display")
            .reply()
            .expect("a place");
        (WindowId(window.into()), (at.dst_x.into(), at.dst_y.into()))
    }

    fn sync(&self) {
        self.eye.get_input_focus().expect("display").reply().expect("an answer");
    }
}

impl Stage for Desk {
    fn open_unaware(&self) -> Box<dyn Input> {
        open(&self.options()).expect("input")
    }

    fn hidden_window(&self) -> WindowId {
        hidden_window(&self.eye, self.root)
    }

    fn size(&self) -> (i32, i32) {
        (WIDTH.into(), HEIGHT.into())
    }

    fn pointer(&self) -> (i32, i32) {
        let pointer = self.eye.query_pointer(self.root).expect("display").reply().expect("a pointer");
        (pointer.root_x.into(), pointer.root_y.into())
    }

    fn held(&self) -> usize {
        self.down()
    }

    fn window(&self) -> (WindowId, (i32, i32)) {
        self.window_of("a-program")
    }

    fn marked_window(&self) -> (WindowId, (i32, i32)) {
        self.window_of(OWN_CLASS)
    }

    fn reached(&self, count: usize) -> Vec<String> {
        let mut lines = Vec::new();
        self.wait_for("events", || {
            self.sync();
            while let Some(event) = self.eye.poll_for_event().expect("display") {
                lines.extend(line(&event));
            }
            count <= lines.len()
        });
        lines
    }

    fn customer_moves(&self) {
        self.xdotool(&["mousemove_relative", "--sync", "3", "3"]);
    }

    fn customer_types(&self, keys: &[&str]) {
        self.xdotool(&[&["key", "--delay", "20"], keys].concat());
    }

    fn customer_clicks(&self, at: (i32, i32)) {
        self.xdotool(&["mousemove", &at.0.to_string(), &at.1.to_string(), "click", "1"]);
    }
}

/// A window that is never shown.
pub(super) fn hidden_window(connection: &RustConnection, root: Window) -> WindowId {
    let window = connection.generate_id().expect("an id");
    let (class, aux) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
    let create = connection.create_window(0, window, root, 0, 0, 1, 1, 0, class, 0, &aux);
    create.expect("display").check().expect("a window");
    WindowId(window.into())
}

fn line(event: &Event) -> Option<String> {
    Some(match event {
        Event::ButtonPress(event) => format!("press {}", event.detail),
        Event::ButtonRelease(event) => format!("release {}", event.detail),
        Event::KeyPress(event) => format!("key {}", event.detail),
        Event::KeyRelease(event) => format!("key-up {}", event.detail),
        _ => return None,
    })
}

impl Drop for Desk {
    fn drop(&mut self) {
        // The programs first, so that none complains that its display is gone.
        for child in self.programs.borrow_mut().iter_mut().rev() {
            let _gone_already = child.kill();
            let _status = child.wait();
        }
    }
}

/// Applies an event and types what waits, as the app does.
pub(super) fn play(input: &mut dyn Input, event: &InputEvent) {
    let applied = input.apply(Instant::now(), event).expect("display");
    assert!(!matches!(applied, Applied::Refused(_)), "{event:?}: {applied:?}");
    while let Some(wake_at) = poll(input) {
        std::thread::sleep(wake_at.saturating_duration_since(Instant::now()));
    }
}

fn poll(input: &mut dyn Input) -> Option<Instant> {
    let polled = input.poll(Instant::now()).expect("display");
    assert_eq!(polled.refused, []);
    polled.wake_at
}
