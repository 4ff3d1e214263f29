//! A real X server for tests, and a client that draws on it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use tiles::Rect;
use x11rb::{
    connection::Connection as _,
    protocol::{
        randr::{self, ConnectionExt as _},
        xproto::{
            ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, Gcontext, ImageFormat,
            Rectangle, Window, WindowClass,
        },
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

/// An Xvfb of the test's own; killed when dropped.
pub(crate) struct Xvfb {
    child: Child,
    pub(crate) display: String,
}

impl Xvfb {
    pub(crate) fn start(screen: &str, options: &[&str]) -> Self {
        let mut child = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed by `cargo xtask setup`");
        let mut number = String::new();
        let output = child.stdout.as_mut().expect("piped");
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its display");
        let display = format!(":{}", number.trim());
        Self { child, display }
    }

    pub(crate) fn painter(&self) -> Painter {
        Painter::new(&self.display)
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An X client with one window over the whole screen.
pub(crate) struct Painter {
    connection: RustConnection,
    root: Window,
    window: Window,
    gc: Gcontext,
}

impl Painter {
    fn new(display: &str) -> Self {
        let (connection, number) = RustConnection::connect(Some(display)).unwrap();
        let screen = &connection.setup().roots[number];
        let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        let (window, gc) = (connection.generate_id().unwrap(), connection.generate_id().unwrap());
        let attributes = CreateWindowAux::new().background_pixel(0x80_8080).override_redirect(1);
        connection
            .create_window(
                24,
                window,
                root,
                0,
                0,
                width,
                height,
                0,
                WindowClass::INPUT_OUTPUT,
                0,
                &attributes,
            )
            .unwrap();
        connection.create_gc(gc, window, &CreateGCAux::new()).unwrap();
        connection.map_window(window).unwrap();
        let painter = Self { connection, root, window, gc };
        painter.sync();
        painter
    }

    pub(crate) fn fill(&self, rect: Rect, colour: u32) {
        let values = x11rb::protocol::xproto::ChangeGCAux::new().foreground(colour);
        self.connection.change_gc(self.gc, &values).unwrap();
        let (x, y) = (i16::try_from(rect.x).unwrap(), i16::try_from(rect.y).unwrap());
        let rectangle = Rectangle { x, y, width: rect.width, height: rect.height };
        self.connection.poly_fill_rectangle(self.window, self.gc, &[rectangle]).unwrap();
        self.sync();
    }

    /// Paints noise, another for each `seed`: what no lossless codec makes smaller.
    pub(crate) fn noise(&self, rect: Rect, seed: u32) {
        let mut state = seed.wrapping_mul(2_654_435_761) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state
        };
        let pixels: Vec<u8> = (0..rect.area()).flat_map(|_| next().to_le_bytes()).collect();
        let (x, y) = (i16::try_from(rect.x).unwrap(), i16::try_from(rect.y).unwrap());
        self.connection
            .put_image(
                ImageFormat::Z_PIXMAP,
                self.window,
                self.gc,
                rect.width,
                rect.height,
                x,
                y,
                0,
                24,
                &pixels,
            )
            .unwrap();
        self.sync();
    }

    /// Moves the window's pixels up, as a terminal scrolls.
    pub(crate) fn scroll_up(&self, rect: Rect, rows: u16) {
        let place = |value: u16| i16::try_from(value).unwrap();
        self.connection
            .copy_area(
                self.window,
                self.window,
                self.gc,
                place(rect.x),
                place(rect.y + rows),
                place(rect.x),
                place(rect.y),
                rect.width,
                rect.height - rows,
            )
            .unwrap();
        self.sync();
    }

    pub(crate) fn move_pointer(&self, x: i16, y: i16) {
        self.connection.xtest_fake_input(6, 0, 0, self.root, x, y, 0).unwrap();
        self.sync();
    }

    /// Another window over it, of one colour; its number.
    pub(crate) fn window(&self, rect: Rect, colour: u32) -> Window {
        let window = self.connection.generate_id().unwrap();
        let attributes = CreateWindowAux::new().background_pixel(colour).override_redirect(1);
        let (x, y) = (i16::try_from(rect.x).unwrap(), i16::try_from(rect.y).unwrap());
        let kind = WindowClass::INPUT_OUTPUT;
        self.connection
            .create_window(24, window, self.root, x, y, rect.width, rect.height, 0, kind, 0, &attributes)
            .unwrap();
        self.connection.map_window(window).unwrap();
        self.sync();
        window
    }

    pub(crate) fn move_window(&self, window: Window, x: i32, y: i32) {
        let place = ConfigureWindowAux::new().x(x).y(y);
        self.connection.configure_window(window, &place).unwrap();
        self.sync();
    }

    /// As a program puts it elsewhere: no device moves.
    pub(crate) fn warp_pointer(&self, x: i16, y: i16) {
        self.connection.warp_pointer(x11rb::NONE, self.root, 0, 0, 0, 0, x, y).unwrap();
        self.sync();
    }

    /// Makes the whole screen smaller, as a customer does in the display settings.
    pub(crate) fn resize(&self, width: u16, height: u16) {
        let resources = self.connection.randr_get_screen_resources(self.root).unwrap().reply().unwrap();
        let upright = randr::Rotation::ROTATE0;
        // No output may be larger than the screen.
        self.connection
            .randr_set_crtc_config(resources.crtcs[0], 0, 0, 0, 0, 0, upright, &[])
            .unwrap()
            .reply()
            .unwrap();
        self.connection.randr_set_screen_size(self.root, width, height, 200, 150).unwrap().check().unwrap();
    }

    fn sync(&self) {
        self.connection.get_input_focus().unwrap().reply().unwrap();
    }
}
