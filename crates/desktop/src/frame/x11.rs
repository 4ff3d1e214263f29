//! X11: four windows that no click reaches.

use std::{
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::Receiver,
    },
    time::Duration,
};

use x11rb::{
    connection::{Connection as _, RequestConnection as _},
    protocol::{
        Event,
        shape::{self, ConnectionExt as _, SK, SO},
        xproto::{
            AtomEnum, ClipOrdering, ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, EventMask,
            GrabMode, GrabStatus, KeyButMask, KeyPressEvent, PropMode, StackMode, Window, WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

use super::{
    Area,
    sides::{THICK_PX, around, between},
};
use crate::input::OWN_CLASS;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Seen on every ground: amber between two black lines.
const AMBER: u32 = 0xff_b300;
const BLACK: u32 = 0;
const EDGE_PX: u32 = 1;
/// The smallest rectangle that counts as drawn; less is a click.
const LEAST_PX: u32 = 16;
/// A display shows no more.
const FRAME: Duration = Duration::from_millis(16);
/// How far an arrow key moves.
const STEP_PX: i32 = 16;
/// The cross of the cursor font (X11 `cursorfont.h`, XC_crosshair).
const CROSSHAIR: u16 = 34;

struct Sides {
    connection: RustConnection,
    root: Window,
    windows: [Window; 4],
    shown: bool,
}

impl Sides {
    fn open() -> Result<Self, Error> {
        let (connection, number) = RustConnection::connect(None)?;
        let screen = connection.setup().roots.get(number).ok_or("display has no screen")?;
        let (root, visual) = (screen.root, screen.root_visual);
        let has_shapes = connection.extension_information(shape::X11_EXTENSION_NAME)?.is_some();
        if !has_shapes {
            // It would take the clicks that are meant for what it lies upon.
            return Err("display server has no SHAPE".into());
        }
        let attributes =
            CreateWindowAux::new().background_pixel(AMBER).border_pixel(BLACK).override_redirect(1);
        let mut windows = [0; 4];
        let class = format!("frame\0{OWN_CLASS}\0");
        for window in &mut windows {
            *window = connection.generate_id()?;
            let (class_id, depth) = (WindowClass::INPUT_OUTPUT, x11rb::COPY_DEPTH_FROM_PARENT);
            let border = u16::try_from(EDGE_PX)?;
            connection.create_window(
                depth,
                *window,
                root,
                0,
                0,
                1,
                1,
                border,
                class_id,
                visual,
                &attributes,
            )?;
            connection.change_property8(
                PropMode::REPLACE,
                *window,
                AtomEnum::WM_CLASS,
                AtomEnum::STRING,
                class.as_bytes(),
            )?;
            connection.shape_rectangles(SO::SET, SK::INPUT, ClipOrdering::UNSORTED, *window, 0, 0, &[])?;
        }
        connection.flush()?;
        Ok(Self { connection, root, windows, shown: false })
    }

    fn show(&mut self, area: Option<Area>) -> Result<(), Error> {
        let screen = self.connection.get_geometry(self.root)?.reply()?;
        let sides = area.and_then(|area| around(area, (screen.width.into(), screen.height.into())));
        for (index, window) in self.windows.iter().enumerate() {
            match sides.and_then(|sides| sides.get(index).copied()).filter(|side| side.height != 0) {
                Some(side) => {
                    let place = ConfigureWindowAux::new()
                        .x(side.x)
                        .y(side.y)
                        .width((side.width - 2 * EDGE_PX).max(1))
                        .height(side.height.saturating_sub(2 * EDGE_PX).max(1))
                        .stack_mode(StackMode::ABOVE);
                    self.connection.configure_window(*window, &place)?;
                    self.connection.map_window(*window)?;
                }
                None if self.shown => drop(self.connection.unmap_window(*window)?),
                None => {}
            }
        }
        self.shown = sides.is_some();
        self.connection.flush()?;
        Ok(())
    }
}

// A side is thicker than its edges.
const _: () = assert!(2 * EDGE_PX < THICK_PX);

pub(super) fn draw(areas: &Receiver<Option<Area>>) -> Result<(), Error> {
    let mut sides: Option<Sides> = None;
    while let Ok(mut area) = areas.recv() {
        // Where it is by now is what counts.
        while let Ok(later) = areas.try_recv() {
            area = later;
        }
        let sides = match &mut sides {
            Some(sides) => sides,
            None if area.is_none() => continue,
            none => none.insert(Sides::open()?),
        };
        sides.show(area)?;
    }
    Ok(())
}

/// A rectangle that is being drawn.
#[derive(Debug, Default)]
struct Drawing {
    from: Option<(i32, i32)>,
    area: Option<Area>,
}

/// What an event makes of it.
enum Step {
    Goes(Option<Area>),
    Done(Option<Area>),
}

pub(super) fn pick(over: &AtomicBool) -> Result<Option<Area>, Error> {
    let mut sides = Sides::open()?;
    grab(&sides)?;
    let keys = Keys::read(&sides.connection)?;
    let mut drawing = Drawing::default();
    while !over.load(Ordering::SeqCst) {
        let Some(event) = sides.connection.poll_for_event()? else {
            std::thread::sleep(FRAME);
            continue;
        };
        match drawing.step(&event, &keys, &sides)? {
            Step::Goes(area) => sides.show(area)?,
            // The grabs go with the connection.
            Step::Done(area) => return Ok(area),
        }
    }
    Ok(None)
}

impl Drawing {
    fn step(&mut self, event: &Event, keys: &Keys, sides: &Sides) -> Result<Step, Error> {
        match event {
            Event::ButtonPress(press) if press.detail == 1 => {
                self.from = Some((press.root_x.into(), press.root_y.into()));
            }
            Event::ButtonPress(_) => return Ok(Step::Done(None)),
            Event::MotionNotify(motion) => {
                if let Some(from) = self.from {
                    self.area = Some(between(from, (motion.root_x.into(), motion.root_y.into())));
                }
            }
            Event::ButtonRelease(release) if release.detail == 1 => {
                let Some(from) = self.from.take() else { return Ok(Step::Goes(self.area)) };
                self.area = Some(between(from, (release.root_x.into(), release.root_y.into())));
                if self.large_enough().is_some() {
                    return Ok(Step::Done(self.area));
                }
            }
            Event::KeyPress(press) => return self.key(press, keys, sides),
            _ => {}
        }
        Ok(Step::Goes(self.large_enough()))
    }

    fn large_enough(&self) -> Option<Area> {
        self.area.filter(|area| LEAST_PX <= area.width && LEAST_PX <= area.height)
    }

    fn key(&mut self, press: &KeyPressEvent, keys: &Keys, sides: &Sides) -> Result<Step, Error> {
        let Some(key) = keys.of(press.detail) else { return Ok(Step::Goes(self.large_enough())) };
        let (x, y) = match key {
            Key::Escape => return Ok(Step::Done(None)),
            Key::Enter => {
                return Ok(self.large_enough().map_or(Step::Goes(None), |area| Step::Done(Some(area))));
            }
            Key::Left => (-STEP_PX, 0),
            Key::Right => (STEP_PX, 0),
            Key::Up => (0, -STEP_PX),
            Key::Down => (0, STEP_PX),
        };
        let screen = sides.connection.get_geometry(sides.root)?.reply()?;
        let (width, height) = (u32::from(screen.width), u32::from(screen.height));
        let area = match self.large_enough() {
            // The middle of the screen is where it begins.
            None => Area {
                x: i32::try_from(width / 4)?,
                y: i32::try_from(height / 4)?,
                width: width / 2,
                height: height / 2,
            },
            Some(area) if press.state.contains(KeyButMask::SHIFT) => Area {
                width: area.width.saturating_add_signed(x).clamp(LEAST_PX, width),
                height: area.height.saturating_add_signed(y).clamp(LEAST_PX, height),
                ..area
            },
            Some(area) => Area {
                x: (area.x + x).clamp(0, i32::try_from(width.saturating_sub(area.width))?),
                y: (area.y + y).clamp(0, i32::try_from(height.saturating_sub(area.height))?),
                ..area
            },
        };
        self.area = Some(area);
        Ok(Step::Goes(self.area))
    }
}

/// Mouse and keyboard are for the drawing alone.
fn grab(sides: &Sides) -> Result<(), Error> {
    let connection = &sides.connection;
    let (font, cursor) = (connection.generate_id()?, connection.generate_id()?);
    connection.open_font(font, b"cursor")?;
    let light = (0xffff, 0xb300, 0);
    connection.create_glyph_cursor(
        cursor,
        font,
        font,
        CROSSHAIR,
        CROSSHAIR + 1,
        0,
        0,
        0,
        light.0,
        light.1,
        light.2,
    )?;
    let events = EventMask::BUTTON_PRESS | EventMask::BUTTON_RELEASE | EventMask::POINTER_MOTION;
    // The button that has just opened this may still be down: its program's own grab ends with it.
    for _ in 0..50 {
        let mouse = connection
            .grab_pointer(
                false,
                sides.root,
                events,
                GrabMode::ASYNC,
                GrabMode::ASYNC,
                x11rb::NONE,
                cursor,
                x11rb::CURRENT_TIME,
            )?
            .reply()?;
        let keyboard = connection
            .grab_keyboard(false, sides.root, x11rb::CURRENT_TIME, GrabMode::ASYNC, GrabMode::ASYNC)?
            .reply()?;
        if mouse.status == GrabStatus::SUCCESS && keyboard.status == GrabStatus::SUCCESS {
            return Ok(());
        }
        std::thread::sleep(FRAME);
    }
    Err("another program has taken mouse or keyboard".into())
}

#[derive(Clone, Copy, Debug)]
enum Key {
    Escape,
    Enter,
    Left,
    Up,
    Right,
    Down,
}

/// Which keys of this keyboard these are.
struct Keys {
    first: u8,
    per_key: usize,
    symbols: Vec<u32>,
}

impl Keys {
    fn read(connection: &RustConnection) -> Result<Self, Error> {
        let setup = connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let mapping = connection.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        Ok(Self { first, per_key: mapping.keysyms_per_keycode.into(), symbols: mapping.keysyms })
    }

    fn of(&self, keycode: u8) -> Option<Key> {
        let at = usize::from(keycode.checked_sub(self.first)?) * self.per_key;
        Some(match xkeysym::Keysym::new(*self.symbols.get(at)?) {
            xkeysym::Keysym::Escape => Key::Escape,
            xkeysym::Keysym::Return | xkeysym::Keysym::KP_Enter => Key::Enter,
            xkeysym::Keysym::Left => Key::Left,
            xkeysym::Keysym::Up => Key::Up,
            xkeysym::Keysym::Right => Key::Right,
            xkeysym::Keysym::Down => Key::Down,
            _ => return None,
        })
    }
}
