//! Capture of an X11 display: XDamage says where, MIT-SHM reads, XFixes shows the pointer, RandR tells of sizes. Each of these
//! may be missing.

mod fast;
mod pixels;
mod plain;
mod pointer;
mod setup;
mod shared_memory;
mod waker;
mod windows;

use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use tiles::{Patch, Rect};
use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xfixes::ConnectionExt as _,
        xproto::{ConnectionExt as _, Window},
    },
    rust_connection::RustConnection,
};

use super::{Capture, Changes, Display, Lack, Look, Mask, PointerShape, Way, WayNow};
use crate::{Part, ScreenError};
use fast::Fast;
use plain::Plain;
use setup::Extensions;
pub(crate) use waker::Waker;
use windows::Windows;
pub(super) use windows::{displays, windows};

/// A screen of which nothing was captured for so long rests: memory of captures goes back to the system.
const REST: Duration = Duration::from_secs(2);

/// An open display.
pub(crate) struct X11 {
    connection: RustConnection,
    root: Window,
    extensions: Extensions,
    width: u16,
    height: u16,
    source: Source,
    /// Around what could be seen at the last look.
    area: Rect,
    /// When there was the last capture whose memory is still kept.
    captured_at: Option<Instant>,
    waker: Waker,
    windows: Windows,
    /// The windows are held where they are.
    held: bool,
    /// What happened while pixels were read.
    pending: Changes,
}

/// Where pixels come from, and what is known of their changes.
enum Source {
    Fast(Fast),
    Plain(Plain),
}

impl X11 {
    /// Opens `display` or the environment's; windows of `own_class` are the program's own. Reads no pixel.
    pub(crate) fn open(display: Option<&str>, own_class: &str) -> Result<(Self, Waker), ScreenError> {
        let (connection, number) = RustConnection::connect(display)
            .map_err(|error| ScreenError::NoDisplay { reason: error.to_string() })?;
        let screen = setup::usable_screen(&connection, number)?;
        let extensions = setup::extensions(&connection)?;
        setup::watch(&connection, screen.root, extensions)?;
        let windows = Windows::new(&connection, screen.root, own_class)?;
        let waker = Waker::new()?;
        let (width, height) = (screen.width, screen.height);
        let capture = Self {
            connection,
            root: screen.root,
            extensions,
            width,
            height,
            source: Source::Plain(Plain::new(width, height, Rect::default())),
            area: Rect::default(),
            captured_at: None,
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

    /// Sleeps until the display or the waker has something, the screen comes to rest, it is time to read it, or `timeout` has
    /// passed.
    fn sleep(&self, timeout: Option<Duration>) -> Result<(), ScreenError> {
        let rests_at = self.captured_at.map(|at| at + REST);
        let reads_at = match &self.source {
            Source::Fast(_) => None,
            Source::Plain(plain) => plain.next_at(),
        };
        let now = Instant::now();
        let own = [rests_at, reads_at].into_iter().flatten().map(|at| at.saturating_duration_since(now));
        let timeout = own.chain(timeout).min().map(|timeout| Timespec {
            tv_sec: i64::try_from(timeout.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(timeout.subsec_nanos()),
        });
        let mut sources = [
            PollFd::new(self.connection.stream(), PollFlags::IN),
            PollFd::new(self.waker.fd(), PollFlags::IN),
        ];
        match poll(&mut sources, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(ScreenError::Lost { reason: error.to_string() }),
        }
    }

    fn release_at_rest(&mut self, now: Instant) {
        if self.captured_at.take_if(|at| *at + REST <= now).is_some() {
            match &mut self.source {
                Source::Fast(fast) => fast.reader.release(),
                Source::Plain(plain) => plain.release(),
            }
        }
    }

    /// Whether it is time to read the screen.
    fn rings(&mut self) -> bool {
        match &mut self.source {
            Source::Fast(_) => false,
            Source::Plain(plain) => plain.rings(Instant::now()),
        }
    }

    fn bounds(&self) -> Rect {
        Rect::new(0, 0, self.width, self.height)
    }

    fn set_size(&mut self, width: u16, height: u16) -> Result<(), ScreenError> {
        if (self.width, self.height) == (width, height) {
            return Ok(());
        }
        setup::check_size(width, height)?;
        (self.width, self.height) = (width, height);
        match &mut self.source {
            Source::Fast(fast) => fast.resize(&self.connection, usize::from(width) * usize::from(height)),
            // Nothing of it can be seen before the next look.
            Source::Plain(plain) => *plain = Plain::new(width, height, Rect::default()),
        }
        Ok(())
    }

    fn way_now(&self, wanted: Way) -> WayNow {
        match &self.source {
            Source::Fast(fast) => {
                let lack = (!fast.reader.shares_memory()).then_some(Lack::SharedMemory);
                WayNow { way: Way::Fast, lack }
            }
            Source::Plain(_) => {
                let lack = (wanted == Way::Fast).then_some(Lack::Damage);
                WayNow { way: Way::Plain, lack }
            }
        }
    }

    /// What is in the queue, for later.
    fn drain_pending(&mut self) -> Result<(), ScreenError> {
        let mut changes = std::mem::take(&mut self.pending);
        let drained = self.drain(&mut changes);
        self.pending = changes;
        drained.map(|_| ())
    }

    /// A reading fails where the screen has just become smaller, which its next change tells; where it has not, the display
    /// is lost.
    fn resized_or_lost(&mut self, error: ScreenError) -> Result<Vec<Rect>, ScreenError> {
        let geometry = self.connection.get_geometry(self.root).map_err(lost)?.reply().map_err(lost)?;
        if (geometry.width, geometry.height) == (self.width, self.height) {
            return Err(error);
        }
        self.pending.resized = true;
        // Nothing was read: it is to be tried again, also where the size has come back by then.
        self.pending.damaged = true;
        Ok(Vec::new())
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

    fn set_way(&mut self, way: Way) -> Result<WayNow, ScreenError> {
        let source = match (way, &self.source) {
            (Way::Fast, Source::Plain(_)) if self.extensions.damage => {
                let screen_px = usize::from(self.width) * usize::from(self.height);
                Some(Source::Fast(Fast::open(&self.connection, self.root, screen_px)?))
            }
            (Way::Plain, Source::Fast(fast)) => {
                fast.close(&self.connection)?;
                Some(Source::Plain(Plain::new(self.width, self.height, self.area)))
            }
            _ => None,
        };
        if let Some(source) = source {
            self.source = source;
            self.pending.damaged = true;
        }
        Ok(self.way_now(way))
    }

    fn wait(&mut self, timeout: Option<Duration>) -> Result<Changes, ScreenError> {
        let mut changes = std::mem::take(&mut self.pending);
        self.connection.flush().map_err(lost)?;
        let any = self.drain(&mut changes)? || changes != Changes::default() || self.windows.is_stale();
        if !any {
            self.sleep(timeout)?;
            self.release_at_rest(Instant::now());
            self.waker.silence();
            self.drain(&mut changes)?;
        }
        changes.damaged |= self.rings();
        Ok(changes)
    }

    fn take_damage(&mut self) -> Result<Vec<Rect>, ScreenError> {
        let bounds = self.bounds();
        let found = match &mut self.source {
            Source::Fast(fast) => return fast.take_damage(&self.connection, &bounds),
            Source::Plain(plain) => plain.take_damage(&self.connection, self.root),
        };
        self.captured_at = Some(Instant::now());
        let found = found.or_else(|error| self.resized_or_lost(error))?;
        self.drain_pending()?;
        if let Source::Plain(plain) = &mut self.source
            && !self.windows.has_moved()
            && !self.pending.resized
        {
            plain.set_fresh();
        }
        Ok(found)
    }

    fn set_part(&mut self, part: Part) {
        self.windows.set_part(&self.connection, part);
    }

    fn look(&mut self) -> Result<Option<Look>, ScreenError> {
        // What is known now has been before the look; what comes later, or while it is looked, makes it worth nothing.
        self.drain_pending()?;
        let bounds = self.bounds();
        if !self.windows.begin_look(&bounds) {
            return Ok(None);
        }
        let look = self.windows.look(&self.connection, &bounds)?;
        self.area = look.mask.area();
        if let Source::Plain(plain) = &mut self.source {
            plain.looked(self.area);
        }
        Ok(Some(look))
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
        let read = match &mut self.source {
            Source::Fast(fast) => fast.reader.read(&self.connection, self.root, areas),
            Source::Plain(plain) => plain.prepare(&self.connection, self.root, areas),
        };
        self.captured_at = Some(Instant::now());
        let held = self.held;
        self.hold(false)?;
        read?;
        // The display tells of every move before it answers with pixels that show it (X11 protocol, §1: replies, events and
        // errors come in the order in which they arose).
        self.drain_pending()?;
        if !held && self.windows.has_moved() {
            return Ok(None);
        }
        Ok(Some(match &mut self.source {
            Source::Fast(fast) => fast.reader.masked(areas, mask),
            Source::Plain(plain) => plain.masked(areas, mask),
        }))
    }

    fn capacity_px(&self) -> usize {
        match &self.source {
            Source::Fast(fast) => fast.reader.capacity_px(),
            Source::Plain(plain) => plain.capacity_px(),
        }
    }

    fn pointer_shape(&mut self) -> Result<PointerShape, ScreenError> {
        if !self.extensions.xfixes {
            return Ok(pointer::plain_arrow());
        }
        let image = self.connection.xfixes_get_cursor_image().map_err(lost)?.reply().map_err(lost)?;
        Ok(pointer::shape(&image))
    }

    fn pointer_position(&mut self) -> Result<(i32, i32), ScreenError> {
        let place = self.connection.query_pointer(self.root).map_err(lost)?.reply().map_err(lost)?;
        Ok((i32::from(place.root_x), i32::from(place.root_y)))
    }
}

/// Any fault of the connection to the display server.
fn lost(error: impl std::fmt::Display) -> ScreenError {
    ScreenError::Lost { reason: error.to_string() }
}
