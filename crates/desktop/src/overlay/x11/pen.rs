//! The customer's own pen (F-12): a window that is not seen and takes the pointer, but for the app's own windows.

use protocol::drawing::Point;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::shape::SK;
use x11rb::protocol::xfixes::ConnectionExt as _;
use x11rb::protocol::xproto::{
    ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, Cursor, EventMask, GrabMode, Keycode, Rectangle,
    Window, WindowClass,
};

use super::display::Display;
use crate::overlay::runs::Area;
use crate::overlay::{OverlayError, PenMove, Polled};

/// X11's cursor font: a pencil, and its mask.
const PENCIL: u16 = 86;
/// X11's keysym of Esc.
const ESCAPE: u32 = 0xff1b;
/// Esc alone, whatever is locked (X11's Lock and Mod2). With Alt it is the window manager's, and a grab of any is refused for that.
const LOCKS: [u16; 4] = [0, 1 << 1, 1 << 4, 1 << 1 | 1 << 4];
/// X11's button 1.
const LEFT: u8 = 1;

/// The pen.
pub(super) struct Pen {
    window: Window,
    escape: Option<Keycode>,
    down: bool,
    shown: bool,
}

impl Pen {
    pub(super) fn new(display: &Display, area: Area) -> Result<Self, OverlayError> {
        let events = EventMask::BUTTON_PRESS | EventMask::BUTTON_RELEASE | EventMask::BUTTON1_MOTION;
        let aux = CreateWindowAux::new().event_mask(events).cursor(pencil(display)?);
        let window = display.window(area, WindowClass::INPUT_ONLY, &aux)?;
        Ok(Self { window, escape: escape(display)?, down: false, shown: false })
    }

    /// Its window, while it takes the pointer.
    pub(super) fn shown(&self) -> Option<Window> {
        self.shown.then_some(self.window)
    }

    /// Takes the pointer, or leaves it. Esc is taken with it, wherever the keyboard is.
    pub(super) fn set(&mut self, display: &Display, on: bool) -> Result<(), OverlayError> {
        if self.shown == on {
            return Ok(());
        }
        (self.shown, self.down) = (on, false);
        let connection = &display.connection;
        if on {
            self.fit(display, display.area()?)?;
            connection.map_window(self.window)?;
        } else {
            connection.unmap_window(self.window)?;
        }
        let Some(key) = self.escape else { return Ok(()) };
        for held in LOCKS {
            if on {
                connection.grab_key(
                    false,
                    display.root,
                    held.into(),
                    key,
                    GrabMode::ASYNC,
                    GrabMode::ASYNC,
                )?;
            } else {
                connection.ungrab_key(key, display.root, held.into())?;
            }
        }
        Ok(())
    }

    /// Over the whole screen, but for the app's own windows.
    pub(super) fn fit(&self, display: &Display, area: Area) -> Result<(), OverlayError> {
        let connection = &display.connection;
        let (width, height) = (area.width.unsigned_abs(), area.height.unsigned_abs());
        let form = connection.generate_id()?;
        connection.xfixes_create_region(form, &[Rectangle { x: 0, y: 0, width, height }])?;
        connection.xfixes_subtract_region(form, display.free_region, form)?;
        connection.xfixes_set_window_shape_region(self.window, SK::BOUNDING, 0, 0, form)?;
        connection.xfixes_destroy_region(form)?;
        Ok(())
    }

    pub(super) fn resize(&self, display: &Display, area: Area) -> Result<(), OverlayError> {
        let (width, height) = (area.width.unsigned_abs(), area.height.unsigned_abs());
        let size = ConfigureWindowAux::new().width(u32::from(width)).height(u32::from(height));
        display.connection.configure_window(self.window, &size)?;
        self.fit(display, area)
    }

    /// What the customer did, if it is of the pen.
    pub(super) fn take(&mut self, event: &Event, polled: &mut Polled) {
        if !self.shown {
            return;
        }
        match event {
            Event::ButtonPress(press) if press.detail == LEFT => {
                self.down = true;
                moved(polled, (press.root_x, press.root_y), false);
            }
            Event::MotionNotify(motion) if self.down => {
                moved(polled, (motion.root_x, motion.root_y), false);
            }
            Event::ButtonRelease(release) if release.detail == LEFT && self.down => {
                self.down = false;
                moved(polled, (release.root_x, release.root_y), true);
            }
            Event::KeyPress(press) if Some(press.detail) == self.escape => polled.left = true,
            _ => {}
        }
    }
}

/// Adds a place to the line that is being drawn, once where it is the same again.
fn moved(polled: &mut Polled, (x, y): (i16, i16), done: bool) {
    let at = Point { x, y };
    match polled.pen.last_mut().filter(|last| !last.done) {
        Some(last) => {
            if last.points.last() != Some(&at) {
                last.points.push(at);
            }
            last.done = done;
        }
        None => polled.pen.push(PenMove { points: vec![at], done }),
    }
}

fn pencil(display: &Display) -> Result<Cursor, OverlayError> {
    let connection = &display.connection;
    let (font, cursor) = (connection.generate_id()?, connection.generate_id()?);
    connection.open_font(font, b"cursor")?;
    let (ink, paper) = (0, u16::MAX);
    connection.create_glyph_cursor(
        cursor,
        font,
        font,
        PENCIL,
        PENCIL + 1,
        ink,
        ink,
        ink,
        paper,
        paper,
        paper,
    )?;
    connection.close_font(font)?;
    Ok(cursor)
}

fn escape(display: &Display) -> Result<Option<Keycode>, OverlayError> {
    let setup = display.connection.setup();
    let (first, last) = (setup.min_keycode, setup.max_keycode);
    let count = last.saturating_sub(first).saturating_add(1);
    let keys = display.connection.get_keyboard_mapping(first, count)?.reply()?;
    let per_key = usize::from(keys.keysyms_per_keycode).max(1);
    let found = keys.keysyms.chunks(per_key).position(|symbols| symbols.contains(&ESCAPE));
    Ok(found.and_then(|at| u8::try_from(at).ok()).and_then(|at| first.checked_add(at)))
}
