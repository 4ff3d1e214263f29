//! The selection CLIPBOARD of an X display (ICCCM 2.0 §2; freedesktop.org, Clipboard Specification). That it has another owner is
//! told by XFixes; what is larger than a request goes in pieces (ICCCM §2.7.2, INCR), in both directions.

mod atoms;
mod reading;
mod serving;
#[cfg(test)]
mod tests;

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xfixes::{ConnectionExt as _, SelectionEventMask};
use x11rb::protocol::xproto::{ConnectionExt as _, CreateWindowAux, EventMask, Window, WindowClass};
use x11rb::rust_connection::RustConnection;

use self::atoms::Atoms;
use self::reading::{Reading, Step};
use self::serving::Served;
use super::{Clipboard, ClipboardError, Content, Copied, Limits};
use crate::Unsupported;

/// The clipboard of one display, by a connection and an invisible window of its own.
pub(super) struct X11Clipboard {
    connection: RustConnection,
    window: Window,
    atoms: Atoms,
    limits: Limits,
    wakes: UnixStream,
    watches: bool,
    reading: Option<Reading>,
    served: Served,
}

impl X11Clipboard {
    /// With what ends the wait of [`Clipboard::next`].
    ///
    /// Errors: [`Unsupported`].
    pub(super) fn open(
        display: Option<&str>,
        limits: Limits,
    ) -> Result<(Self, impl Fn() + Send + Sync + 'static), Unsupported> {
        let no_display = Unsupported { what: "clipboard-no-display" };
        let no_xfixes = Unsupported { what: "clipboard-no-xfixes" };
        let (connection, screen) = x11rb::connect(display).map_err(|_| no_display)?;
        let root = connection.setup().roots.get(screen).ok_or(no_display)?.root;
        let window = connection.generate_id().map_err(|_| no_display)?;
        let aux = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        let class = WindowClass::INPUT_ONLY;
        connection.create_window(0, window, root, 0, 0, 1, 1, 0, class, 0, &aux).map_err(|_| no_display)?;
        let atoms = Atoms::new(&connection).map_err(|_| no_display)?.reply().map_err(|_| no_display)?;
        let version = connection.xfixes_query_version(1, 0).map_err(|_| no_xfixes)?;
        version.reply().map_err(|_| no_xfixes)?;
        connection
            .xfixes_select_selection_input(window, atoms.CLIPBOARD, SelectionEventMask::SET_SELECTION_OWNER)
            .map_err(|_| no_xfixes)?;
        connection.flush().map_err(|_| no_display)?;
        let served = Served::default();
        let (waker, wakes) = UnixStream::pair().map_err(|_| no_display)?;
        for end in [&waker, &wakes] {
            end.set_nonblocking(true).map_err(|_| no_display)?;
        }
        let wake = move || {
            // A full pipe wakes as well.
            if let Err(error) = (&waker).write(&[1]) {
                tracing::trace!(%error, "Clipboard is awake, or gone");
            }
        };
        let clipboard =
            Self { connection, window, atoms, limits, wakes, watches: false, reading: None, served };
        Ok((clipboard, wake))
    }

    fn handle(&mut self, event: &Event) -> Result<Option<Copied>, ClipboardError> {
        match event {
            Event::XfixesSelectionNotify(notify) if notify.selection == self.atoms.CLIPBOARD => {
                // What this window put there itself is nobody's copy. A selection that has no owner has nothing to read.
                let is_other = notify.owner != self.window && notify.owner != x11rb::NONE;
                if notify.owner != self.window {
                    self.served.forget();
                }
                self.reading = None;
                if self.watches && is_other {
                    let begun = Reading::begin(&self.connection, self.window, &self.atoms, notify.timestamp);
                    self.reading = Some(begun.map_err(|_| ClipboardError::Lost)?);
                }
                Ok(None)
            }
            Event::SelectionNotify(notify) if notify.requestor == self.window => {
                let converted = notify.property != x11rb::NONE;
                self.read(|reading, clipboard| reading.answered(clipboard, converted))
            }
            Event::PropertyNotify(changed) if changed.window == self.window => {
                let is_new = changed.state == x11rb::protocol::xproto::Property::NEW_VALUE;
                if is_new && changed.atom == self.atoms.BESIDE_CLIP {
                    return self.read(|reading, clipboard| reading.more(clipboard));
                }
                Ok(None)
            }
            Event::PropertyNotify(changed) => {
                self.served.taken(&self.connection, changed);
                Ok(None)
            }
            Event::SelectionRequest(request) => {
                self.served.requested(&self.connection, &self.atoms, request);
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    fn read(
        &mut self,
        step: impl FnOnce(&mut Reading, &Self) -> Result<Step, x11rb::errors::ReplyError>,
    ) -> Result<Option<Copied>, ClipboardError> {
        let Some(mut reading) = self.reading.take() else { return Ok(None) };
        match step(&mut reading, self) {
            Ok(Step::Goes) => {
                self.reading = Some(reading);
                Ok(None)
            }
            Ok(Step::Done(copied)) => Ok(Some(copied)),
            Ok(Step::Nothing) | Err(x11rb::errors::ReplyError::X11Error(_)) => Ok(None),
            Err(_) => Err(ClipboardError::Lost),
        }
    }
}

impl Clipboard for X11Clipboard {
    fn watch(&mut self, on: bool) {
        self.watches = on;
        if !on {
            self.reading = None;
        }
    }

    fn put(&mut self, content: Content) -> Result<(), ClipboardError> {
        let lost = |_| ClipboardError::Lost;
        self.served.offer(content);
        self.connection
            .set_selection_owner(self.window, self.atoms.CLIPBOARD, x11rb::CURRENT_TIME)
            .map_err(lost)?;
        let owner = self.connection.get_selection_owner(self.atoms.CLIPBOARD).map_err(lost)?;
        let owner = owner.reply().map_err(|_| ClipboardError::Lost)?.owner;
        if owner == self.window { Ok(()) } else { Err(ClipboardError::Refused) }
    }

    fn next(&mut self, wait: Duration) -> Result<Option<Copied>, ClipboardError> {
        let until = Instant::now() + wait;
        loop {
            while let Some(event) = self.connection.poll_for_event().map_err(|_| ClipboardError::Lost)? {
                if let Some(copied) = self.handle(&event)? {
                    return Ok(Some(copied));
                }
            }
            self.connection.flush().map_err(|_| ClipboardError::Lost)?;
            let now = Instant::now();
            self.reading = self.reading.take().filter(|reading| reading.is_alive(now));
            self.served.expire(now);
            let left = until.saturating_duration_since(now);
            if left.is_zero() || self.is_woken(left)? {
                return Ok(None);
            }
        }
    }
}

impl X11Clipboard {
    /// Waits for the display. `true`: somebody wants this thread for something else.
    fn is_woken(&mut self, wait: Duration) -> Result<bool, ClipboardError> {
        let timeout = Timespec::try_from(wait).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
        let mut fds =
            [PollFd::new(self.connection.stream(), PollFlags::IN), PollFd::new(&self.wakes, PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Err(ClipboardError::Lost),
        }
        let woken = fds.get(1).is_some_and(|fd| !fd.revents().is_empty());
        if woken {
            let mut drained = [0; 64];
            while (&self.wakes).read(&mut drained).is_ok_and(|bytes| bytes == drained.len()) {}
        }
        Ok(woken)
    }
}
