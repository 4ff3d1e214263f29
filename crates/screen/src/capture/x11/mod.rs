//! Capture of an X11 display: XDamage says where, MIT-SHM reads, XFixes shows the pointer, RandR tells of sizes.

mod pixels;
mod pointer;
mod setup;
mod shared_memory;
mod waker;
mod windows;

use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tiles::{Patch, Rect};
use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        damage::{self, ConnectionExt as _},
        xfixes::{self, ConnectionExt as _},
        xproto::{ConnectionExt as _, Rectangle, Window},
    },
    rust_connection::RustConnection,
};

use super::{Capture, Changes, Display, Look, Mask, PointerShape};
use crate::{Part, ScreenError};
use pixels::Reader;
pub(crate) use waker::Waker;
use windows::Windows;
pub(super) use windows::{displays, windows};

/// A screen on which nothing was drawn for so long rests: memory of large captures goes back to the system.
const REST: Duration = Duration::from_secs(2);

/// An open display.
pub(crate) struct X11 {
    connection: RustConnection,
    root: Window,
    damage: damage::Damage,
    region: xfixes::Region,
    width: u16,
    height: u16,
    reader: Reader,
    waker: Waker,
    windows: Windows,
    /// The windows are held where they are.
    held: bool,
    /// What happened while pixels were read.
    pending: Changes,
}

impl X11 {
    /// Opens `display` or the environment's; windows of `own_class` are the program's own. Reads no pixel.
    pub(crate) fn open(display: Option<&str>, own_class: &str) -> Result<(Self, Waker), ScreenError> {
        let (connection, number) = RustConnection::connect(display)
            .map_err(|error| ScreenError::NoDisplay { reason: error.to_string() })?;
        let screen = setup::usable_screen(&connection, number)?;
        setup::require_extensions(&connection)?;
        let watch = setup::watch(&connection, screen.root)?;
        let windows = Windows::new(&connection, screen.root, own_class)?;
        let waker = Waker::new()?;
        let reader = Reader::new(&connection, usize::from(screen.width) * usize::from(screen.height));
        let capture = Self {
            connection,
            root: screen.root,
            damage: watch.damage,
            region: watch.region,
            width: screen.width,
            height: screen.height,
            reader,
            waker: waker.clone(),
            windows,
            held: false,
            pending: Changes::default(),
        };
        Ok((capture, waker))
    }

    /// What already lies in the connection's queue.
    fn drain(&mut self, changes: &mut Changes) -> Result<bool, ScreenError> {
        let mut any = false;
        while let Some(event) = self.connection.poll_for_event().map_err(lost)? {
            any |= self.windows.note(&event);
            match event {
                Event::DamageNotify(_) => changes.damaged = true,
                Event::XfixesCursorNotify(_) => changes.pointer_shape = true,
                Event::XinputRawMotion(_) => changes.pointer_moved = true,
                Event::RandrScreenChangeNotify(_) | Event::RandrNotify(_) => changes.resized = true,
                Event::ConfigureNotify(configured) if configured.window == self.root => {
                    changes.resized = true
                }
                _ => continue,
            }
            any = true;
        }
        Ok(any)
    }

    /// Sleeps until the display or the waker has something, at most `timeout`. `false`: the screen came to rest before.
    fn sleep(&self, timeout: Option<Duration>) -> Result<bool, ScreenError> {
        let comes_to_rest = self.reader.holds_much() && timeout.is_none_or(|timeout| REST < timeout);
        let timeout = if comes_to_rest { Some(REST) } else { timeout };
        let timeout = timeout.map(|timeout| Timespec {
            tv_sec: i64::try_from(timeout.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(timeout.subsec_nanos()),
        });
        let mut sources = [
            PollFd::new(self.connection.stream(), PollFlags::IN),
            PollFd::new(self.waker.fd(), PollFlags::IN),
        ];
        match poll(&mut sources, timeout.as_ref()) {
            Ok(0) => Ok(!comes_to_rest),
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(true),
            Err(error) => Err(ScreenError::Lost { reason: error.to_string() }),
        }
    }

    fn set_size(&mut self, width: u16, height: u16) -> Result<(), ScreenError> {
        if (self.width, self.height) == (width, height) {
            return Ok(());
        }
        setup::check_size(width, height)?;
        self.reader.close(&self.connection);
        self.reader = Reader::new(&self.connection, usize::from(width) * usize::from(height));
        (self.width, self.height) = (width, height);
        Ok(())
    }
}

impl Capture for X11 {
    fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    fn refresh(&mut self) -> Result<Vec<Display>, ScreenError> {
        let geometry = self.connection.get_geometry(self.root).map_err(lost)?.reply().map_err(lost)?;
        self.set_size(geometry.width, geometry.height)?;
        Ok(setup::displays(&self.connection, self.root, self.width, self.height))
    }

    fn wait(&mut self, timeout: Option<Duration>) -> Result<Changes, ScreenError> {
        let mut changes = std::mem::take(&mut self.pending);
        self.connection.flush().map_err(lost)?;
        if self.drain(&mut changes)? || changes != Changes::default() || self.windows.is_stale() {
            return Ok(changes);
        }
        if !self.sleep(timeout)? {
            self.reader.release();
        }
        self.waker.silence();
        self.drain(&mut changes)?;
        Ok(changes)
    }

    fn take_damage(&mut self) -> Result<Vec<Rect>, ScreenError> {
        self.connection.damage_subtract(self.damage, x11rb::NONE, self.region).map_err(lost)?;
        let region = self.connection.xfixes_fetch_region(self.region).map_err(lost)?.reply().map_err(lost)?;
        let bounds = Rect::new(0, 0, self.width, self.height);
        let rects = region.rectangles.iter().map(|rect| inside(rect, &bounds));
        Ok(rects.filter(|rect| !rect.is_empty()).collect())
    }

    fn set_part(&mut self, part: Part) {
        self.windows.set_part(&self.connection, part);
    }

    fn look(&mut self) -> Result<Option<Look>, ScreenError> {
        // What is known now has been before the look; what comes later, or while it is looked, makes it worth nothing.
        let mut changes = std::mem::take(&mut self.pending);
        self.drain(&mut changes)?;
        self.pending = changes;
        let bounds = Rect::new(0, 0, self.width, self.height);
        if !self.windows.begin_look(&bounds) {
            return Ok(None);
        }
        self.windows.look(&self.connection, &bounds).map(Some)
    }

    fn hold(&mut self, still: bool) -> Result<(), ScreenError> {
        if self.held != still {
            self.held = still;
            let told = if still { self.connection.grab_server() } else { self.connection.ungrab_server() };
            told.map_err(lost)?;
            self.connection.flush().map_err(lost)?;
        }
        Ok(())
    }

    fn capture(&mut self, areas: &[Rect], mask: &Mask) -> Result<Option<Vec<Patch<'_>>>, ScreenError> {
        let read = self.reader.read(&self.connection, self.root, areas);
        let held = self.held;
        self.hold(false)?;
        read?;
        // The display tells of every move before it answers with pixels that show it (X11 protocol, §1: replies, events and
        // errors come in the order in which they arose).
        let mut changes = std::mem::take(&mut self.pending);
        self.drain(&mut changes)?;
        self.pending = changes;
        if !held && self.windows.has_moved() {
            return Ok(None);
        }
        Ok(Some(self.reader.masked(areas, mask)))
    }

    fn capacity_px(&self) -> usize {
        self.reader.capacity_px()
    }

    fn pointer_shape(&mut self) -> Result<PointerShape, ScreenError> {
        let image = self.connection.xfixes_get_cursor_image().map_err(lost)?.reply().map_err(lost)?;
        Ok(pointer::shape(&image))
    }

    fn pointer_position(&mut self) -> Result<(i32, i32), ScreenError> {
        let place = self.connection.query_pointer(self.root).map_err(lost)?.reply().map_err(lost)?;
        Ok((i32::from(place.root_x), i32::from(place.root_y)))
    }
}

fn inside(rect: &Rectangle, bounds: &Rect) -> Rect {
    let edge = |start: i16, length: u16| usize::try_from(i32::from(start) + i32::from(length)).unwrap_or(0);
    let start = |value: i16| usize::try_from(value).unwrap_or(0);
    Rect::from_edges(start(rect.x), start(rect.y), edge(rect.x, rect.width), edge(rect.y, rect.height))
        .intersection(bounds)
}

/// Any fault of the connection to the display server.
fn lost(error: impl std::fmt::Display) -> ScreenError {
    ScreenError::Lost { reason: error.to_string() }
}
