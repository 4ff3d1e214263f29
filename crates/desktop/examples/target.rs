//! A window to aim at: end-to-end tests click its square, see the colour change, and read what arrived.
//!
//! `target [--geometry 400x300+100+100] [--colours c92a2a,2b8a3e] [--background f1f3f5] [--title Target] [--undecorated]`
//!
//! The square fills the middle half of the window. Each press of the left button inside it shows the next
//! colour. Standard output gets one JSON object a line: first `ready` with the square's place on the screen, then
//! every event as it arrives (`button`, `move`, `key`, `colour`, `focus`, `place`). It ends when the window is closed.

use std::io::Write;

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ButtonIndex, ChangeGCAux, ConnectionExt, CreateGCAux, CreateWindowAux, EventMask, PropMode,
    Rectangle, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

type Failure = Box<dyn std::error::Error>;

struct Options {
    width: u16,
    height: u16,
    x: i16,
    y: i16,
    colours: Vec<u32>,
    background: u32,
    title: String,
    undecorated: bool,
}

struct Target {
    connection: RustConnection,
    root: Window,
    window: Window,
    gc: u32,
    close: u32,
    size: (u16, u16),
    colours: Vec<u32>,
    shown: usize,
    ready: bool,
}

fn main() -> Result<(), Failure> {
    let options = Options::from_arguments(std::env::args().skip(1))?;
    let mut target = Target::open(&options)?;
    while let Some(line) = target.next_line()? {
        if !line.is_empty() {
            print(&line)?;
        }
    }
    Ok(())
}

fn print(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}

impl Options {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self {
            width: 400,
            height: 300,
            x: 100,
            y: 100,
            colours: vec![0xc9_2a2a, 0x2b_8a3e],
            background: 0xf1_f3f5,
            title: "Target".to_owned(),
            undecorated: false,
        };
        while let Some(name) = arguments.next() {
            if name == "--undecorated" {
                options.undecorated = true;
                continue;
            }
            let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--geometry" => options.set_geometry(&value)?,
                "--colours" => options.colours = value.split(',').map(colour).collect::<Result<_, _>>()?,
                "--background" => options.background = colour(&value)?,
                "--title" => options.title = value,
                _ => return Err(format!("unknown argument {name}").into()),
            }
        }
        Ok(options)
    }

    /// `WIDTHxHEIGHT+X+Y`
    fn set_geometry(&mut self, value: &str) -> Result<(), Failure> {
        let numbers: Vec<&str> = value.split(['x', '+']).collect();
        let [width, height, x, y] = numbers.as_slice() else {
            return Err(format!("geometry {value} is not WIDTHxHEIGHT+X+Y").into());
        };
        (self.width, self.height) = (width.parse()?, height.parse()?);
        (self.x, self.y) = (x.parse()?, y.parse()?);
        Ok(())
    }
}

fn colour(value: &str) -> Result<u32, std::num::ParseIntError> {
    u32::from_str_radix(value.trim_start_matches('#'), 16)
}

impl Target {
    fn open(options: &Options) -> Result<Self, Failure> {
        let (connection, screen_index) = x11rb::connect(None)?;
        let screen = connection.setup().roots.get(screen_index).ok_or("no screen")?;
        let (root, depth, visual) = (screen.root, screen.root_depth, screen.root_visual);
        let window = connection.generate_id()?;
        let mask = EventMask::EXPOSURE
            | EventMask::STRUCTURE_NOTIFY
            | EventMask::FOCUS_CHANGE
            | EventMask::BUTTON_PRESS
            | EventMask::BUTTON_RELEASE
            | EventMask::KEY_PRESS
            | EventMask::KEY_RELEASE
            | EventMask::POINTER_MOTION;
        let settings = CreateWindowAux::new()
            .background_pixel(options.background)
            .override_redirect(u32::from(options.undecorated))
            .event_mask(mask);
        let (x, y, width, height) = (options.x, options.y, options.width, options.height);
        connection.create_window(
            depth,
            window,
            root,
            x,
            y,
            width,
            height,
            0,
            WindowClass::INPUT_OUTPUT,
            visual,
            &settings,
        )?;
        let gc = connection.generate_id()?;
        connection.create_gc(gc, window, &CreateGCAux::new())?;
        let close = announce(&connection, window, options)?;
        connection.map_window(window)?;
        connection.flush()?;
        let size = (width, height);
        Ok(Self {
            connection,
            root,
            window,
            gc,
            close,
            size,
            colours: options.colours.clone(),
            shown: 0,
            ready: false,
        })
    }

    /// Waits for an event and tells it as JSON; empty when there is nothing to tell, `None` at the end.
    fn next_line(&mut self) -> Result<Option<String>, Failure> {
        Ok(Some(match self.connection.wait_for_event()? {
            Event::Expose(event) if event.count == 0 => {
                self.draw()?;
                if std::mem::replace(&mut self.ready, true) { String::new() } else { self.place("ready")? }
            }
            Event::ConfigureNotify(event) => {
                self.size = (event.width, event.height);
                self.draw()?;
                self.place("place")?
            }
            Event::ButtonPress(event) => {
                let line =
                    button("true", event.detail, event.event_x, event.event_y, event.root_x, event.root_y);
                print(&line)?;
                self.pressed(event.detail, event.event_x, event.event_y)?
            }
            Event::ButtonRelease(event) => {
                button("false", event.detail, event.event_x, event.event_y, event.root_x, event.root_y)
            }
            Event::MotionNotify(event) => format!(
                r#"{{"event":"move","x":{},"y":{},"root_x":{},"root_y":{}}}"#,
                event.event_x, event.event_y, event.root_x, event.root_y
            ),
            Event::KeyPress(event) => key("true", event.detail, u16::from(event.state)),
            Event::KeyRelease(event) => key("false", event.detail, u16::from(event.state)),
            Event::FocusIn(_) => r#"{"event":"focus","focused":true}"#.to_owned(),
            Event::FocusOut(_) => r#"{"event":"focus","focused":false}"#.to_owned(),
            Event::ClientMessage(event) if event.data.as_data32().first() == Some(&self.close) => {
                return Ok(None);
            }
            Event::DestroyNotify(_) => return Ok(None),
            _ => String::new(),
        }))
    }

    fn square(&self) -> Rectangle {
        let (width, height) = self.size;
        Rectangle {
            x: i16::try_from(width / 4).unwrap_or(0),
            y: i16::try_from(height / 4).unwrap_or(0),
            width: width / 2,
            height: height / 2,
        }
    }

    fn draw(&self) -> Result<(), Failure> {
        let pixel = self.colours.get(self.shown).copied().unwrap_or(0);
        self.connection.clear_area(false, self.window, 0, 0, 0, 0)?;
        self.connection.change_gc(self.gc, &ChangeGCAux::new().foreground(pixel))?;
        self.connection.poly_fill_rectangle(self.window, self.gc, &[self.square()])?;
        self.connection.flush()?;
        Ok(())
    }

    fn place(&self, event: &str) -> Result<String, Failure> {
        let at = self.connection.translate_coordinates(self.window, self.root, 0, 0)?.reply()?;
        let square = self.square();
        let colour = self.colours.get(self.shown).copied().unwrap_or(0);
        Ok(format!(
            r##"{{"event":"{event}","window":{},"colour":"#{colour:06x}","x":{},"y":{},"width":{},"height":{},"square":{{"x":{},"y":{},"width":{},"height":{}}}}}"##,
            self.window,
            at.dst_x,
            at.dst_y,
            self.size.0,
            self.size.1,
            at.dst_x + square.x,
            at.dst_y + square.y,
            square.width,
            square.height,
        ))
    }

    fn pressed(&mut self, detail: u8, x: i16, y: i16) -> Result<String, Failure> {
        let square = self.square();
        let inside = |at: i16, start: i16, length: u16| {
            (i32::from(start)..i32::from(start) + i32::from(length)).contains(&i32::from(at))
        };
        let left = ButtonIndex::from(detail) == ButtonIndex::M1;
        if !left || !inside(x, square.x, square.width) || !inside(y, square.y, square.height) {
            return Ok(String::new());
        }
        self.shown = (self.shown + 1) % self.colours.len().max(1);
        self.draw()?;
        let colour = self.colours.get(self.shown).copied().unwrap_or(0);
        Ok(format!(r##"{{"event":"colour","colour":"#{colour:06x}"}}"##))
    }
}

/// Title, the wish to be asked before closing, and the place that the window manager shall keep.
fn announce(connection: &RustConnection, window: Window, options: &Options) -> Result<u32, Failure> {
    let protocols = connection.intern_atom(false, b"WM_PROTOCOLS")?.reply()?.atom;
    let close = connection.intern_atom(false, b"WM_DELETE_WINDOW")?.reply()?.atom;
    connection.change_property32(PropMode::REPLACE, window, protocols, AtomEnum::ATOM, &[close])?;
    connection.change_property8(
        PropMode::REPLACE,
        window,
        AtomEnum::WM_NAME,
        AtomEnum::STRING,
        options.title.as_bytes(),
    )?;
    // ICCCM §4.1.2.3: the flags USPosition and USSize, the other 17 words are of no matter then.
    let mut hints = [0_u32; 18];
    if let Some(flags) = hints.first_mut() {
        *flags = 0b11;
    }
    connection.change_property32(
        PropMode::REPLACE,
        window,
        AtomEnum::WM_NORMAL_HINTS,
        AtomEnum::WM_SIZE_HINTS,
        &hints,
    )?;
    Ok(close)
}

fn button(pressed: &str, detail: u8, x: i16, y: i16, root_x: i16, root_y: i16) -> String {
    format!(
        r#"{{"event":"button","button":{detail},"pressed":{pressed},"x":{x},"y":{y},"root_x":{root_x},"root_y":{root_y}}}"#
    )
}

fn key(pressed: &str, keycode: u8, state: u16) -> String {
    format!(r#"{{"event":"key","keycode":{keycode},"pressed":{pressed},"state":{state}}}"#)
}
