//! Drawing on X11: windows that have the very form of what is drawn (SHAPE 1.1, regions of XFIXES 5), so that no screen has to
//! blend, and that take no input. What the server keeps of a program goes with its connection, also after a crash.

mod display;
mod pen;
mod sheet;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use protocol::drawing::{Look, Point};
use x11rb::connection::Connection as _;
use x11rb::errors::{ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;

use self::display::Display;
use self::pen::Pen;
use self::sheet::Sheet;
use super::fading::{self, Trail};
use super::figure::Figure;
use super::runs::Area;
use super::words::Words;
use super::{Overlay, OverlayError, Polled, Unsupported, WindowId};

/// How often the display is looked at while something is drawn, and while the customer draws.
const LOOK: Duration = Duration::from_millis(50);
const LOOK_AT_PEN: Duration = Duration::from_millis(8);
/// Two programs that each want to be on top must not chase each other.
const RAISE_EVERY: Duration = Duration::from_millis(100);

/// One X display, drawn on.
pub(super) struct X11Overlay {
    display: Display,
    area: Area,
    sheet: Sheet,
    pointer: Sheet,
    pen: Pen,
    figures: Vec<(u64, Figure)>,
    trail: Trail,
    words: Words,
    own: Vec<WindowId>,
    raised_at: Option<Instant>,
    looked_at: Option<Instant>,
}

impl X11Overlay {
    pub(super) fn open(name: Option<&str>) -> Result<Self, Unsupported> {
        let display = Display::open(name)?;
        let made = || -> Result<_, OverlayError> {
            let area = display.area()?;
            let (sheet, pointer) = (Sheet::new(&display, area)?, Sheet::new(&display, area)?);
            Ok((area, sheet, pointer, Pen::new(&display, area)?))
        };
        let (area, sheet, pointer, pen) = made().map_err(|_| Unsupported { what: "overlay-no-display" })?;
        Ok(Self {
            display,
            area,
            sheet,
            pointer,
            pen,
            figures: Vec::new(),
            trail: Trail::default(),
            words: Words::default(),
            own: Vec::new(),
            raised_at: None,
            looked_at: None,
        })
    }

    /// Everything anew, in the order in which it was drawn.
    fn redraw(&mut self) -> Result<(), OverlayError> {
        self.sheet.empty(&self.display)?;
        for (_, figure) in &self.figures {
            let runs = figure.whole(self.area, &mut self.words);
            self.sheet.paint(&self.display, figure.rgb(), &runs)?;
        }
        self.sheet.show(&self.display)
    }

    /// The screen has another size.
    fn resized(&mut self) -> Result<(), OverlayError> {
        let area = self.display.area()?;
        if area != self.area {
            self.area = area;
            self.sheet.resize(&self.display, area)?;
            self.pointer.resize(&self.display, area)?;
            self.pen.resize(&self.display, area)?;
            self.redraw()?;
        }
        Ok(())
    }

    /// The app's own windows may have moved.
    fn leave_own_free(&mut self) -> Result<(), OverlayError> {
        if self.display.set_free(&self.own)? {
            self.sheet.show(&self.display)?;
            self.pointer.show(&self.display)?;
            self.pen.fit(&self.display, self.area)?;
        }
        Ok(())
    }

    /// On top of all windows, the pen above all. When that was looked at too short a time ago, it is looked at again.
    fn raise(&mut self, now: Instant) -> Result<(), OverlayError> {
        if self.raised_at.is_some_and(|at| now < at + RAISE_EVERY) {
            return Ok(());
        }
        let shown = [self.sheet.shown(), self.pointer.shown(), self.pen.shown()];
        let wanted: Vec<_> = shown.into_iter().flatten().collect();
        if self.display.raise(&wanted)? {
            self.raised_at = Some(now);
        }
        Ok(())
    }

    fn is_shown(&self) -> bool {
        [self.sheet.shown(), self.pointer.shown(), self.pen.shown()].iter().any(Option::is_some)
    }

    fn draw_trail(&mut self, now: Instant) -> Result<(), OverlayError> {
        let runs = self.trail.runs(now, self.area);
        self.pointer.empty(&self.display)?;
        self.pointer.paint(&self.display, fading::RGB, &runs)?;
        self.pointer.show(&self.display)
    }
}

impl Overlay for X11Overlay {
    fn begin(&mut self, shape: u64, look: &Look) -> Result<(), OverlayError> {
        self.figures.push((shape, Figure::new(look)));
        Ok(())
    }

    fn extend(&mut self, shape: u64, points: &[Point]) -> Result<(), OverlayError> {
        self.resized()?;
        let is_last = self.figures.last().is_some_and(|(last, _)| *last == shape);
        let Some((_, figure)) = self.figures.iter_mut().find(|(known, _)| *known == shape) else {
            return Ok(());
        };
        let only_grows = is_last && figure.only_grows();
        let runs = figure.extend(points, self.area, &mut self.words);
        let rgb = figure.rgb();
        if only_grows {
            self.sheet.paint(&self.display, rgb, &runs)?;
            self.leave_own_free()?;
            self.sheet.show(&self.display)?;
        } else {
            self.redraw()?;
        }
        self.raise(Instant::now())?;
        self.display.sync()
    }

    fn remove(&mut self, shape: u64) -> Result<(), OverlayError> {
        self.figures.retain(|(known, _)| *known != shape);
        self.redraw()?;
        self.display.sync()
    }

    fn clear(&mut self) -> Result<(), OverlayError> {
        self.figures.clear();
        self.trail.clear();
        self.redraw()?;
        self.draw_trail(Instant::now())?;
        self.display.sync()
    }

    fn point(&mut self, now: Instant, at: Point) -> Result<(), OverlayError> {
        self.trail.point(now, at);
        self.draw_trail(now)?;
        self.raise(now)?;
        self.display.sync()
    }

    fn set_drawn_on(&mut self, on: bool) -> Result<(), OverlayError> {
        self.leave_own_free()?;
        self.pen.set(&self.display, on)?;
        self.raised_at = None;
        self.raise(Instant::now())?;
        self.display.sync()
    }

    fn set_own_windows(&mut self, windows: &[WindowId]) -> Result<(), OverlayError> {
        self.own = windows.to_vec();
        self.leave_own_free()?;
        self.display.sync()
    }

    fn poll(&mut self, now: Instant) -> Result<Polled, OverlayError> {
        let (mut polled, mut moved) = (Polled::default(), false);
        while let Some(event) = self.display.connection.poll_for_event()? {
            match event {
                Event::ConfigureNotify(_) | Event::MapNotify(_) | Event::UnmapNotify(_) => moved = true,
                Event::Error(error) => tracing::debug!(?error, "Display refused a part of a drawing"),
                event => self.pen.take(&event, &mut polled),
            }
        }
        if self.trail.wake_at(now).is_some() {
            self.draw_trail(now)?;
        }
        // Also without an event: the last one may have come before a raise was due.
        let is_due = self.looked_at.is_none_or(|at| at + LOOK <= now);
        if moved || (is_due && self.is_shown()) {
            self.looked_at = Some(now);
            self.resized()?;
            self.leave_own_free()?;
            self.raise(now)?;
        }
        self.display.connection.flush()?;
        let look = if self.pen.shown().is_some() { LOOK_AT_PEN } else { LOOK };
        let of_display = self.is_shown().then(|| now + look);
        polled.wake_at = of_display.into_iter().chain(self.trail.wake_at(now)).min();
        Ok(polled)
    }
}

impl From<ConnectionError> for OverlayError {
    fn from(error: ConnectionError) -> Self {
        Self::Display(Box::new(error))
    }
}

impl From<ReplyError> for OverlayError {
    fn from(error: ReplyError) -> Self {
        Self::Display(Box::new(error))
    }
}

impl From<ReplyOrIdError> for OverlayError {
    fn from(error: ReplyOrIdError) -> Self {
        Self::Display(Box::new(error))
    }
}
