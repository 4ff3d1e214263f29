//! The plain way: the core protocol alone. The screen is read again and again and compared with what was read before; what a
//! capture hands out is what was read last, so that every later difference is found and the picture stays exact.

use std::time::{Duration, Instant};

use tiles::{Patch, Rect};
use x11rb::{
    cookie::Cookie,
    protocol::xproto::{ConnectionExt as _, GetImageReply, ImageFormat, Window},
    rust_connection::RustConnection,
};

use super::{
    lost,
    pixels::{ALL_PLANES, MAX_CAPTURE_PX, PIXEL_BYTES, coordinate, masked},
};
use crate::{
    ScreenError,
    capture::{Mask, count_capture},
};

/// From one reading to the next while nothing changes.
const STILL: Duration = Duration::from_millis(200);
/// The same just after something has changed.
const LIVELY: Duration = Duration::from_millis(50);
/// So many times as long as a reading took, here and in the display server: a fifth of a core at most ...
const BUSY_SHARE: u32 = 4;
/// ... but no longer than this: where other programs have the processor, a reading takes long without costing much.
const LONGEST: Duration = Duration::from_secs(1);
/// What is asked for at once, pixels: 512 KiB. The next is on its way while one is compared.
const STRIP_PX: usize = 128 * 1024;
/// Changes are looked for in pieces of rows that are so long.
const CELL_PX: usize = 64;

/// What is known of the screen.
pub(super) struct Plain {
    bounds: Rect,
    /// What was read last, the whole picture, row after row.
    pixels: Vec<u8>,
    /// Around what may be seen: nothing else is read.
    area: Rect,
    /// All of `area` was read since the last look, and no window that matters has moved meanwhile.
    fresh: bool,
    /// Found to differ by a capture; the next damage.
    changed: Vec<Rect>,
    /// What a capture hands out.
    handed: Vec<u8>,
    pace: Pace,
}

/// When the screen is read again.
#[derive(Debug)]
struct Pace {
    interval: Duration,
    next_at: Instant,
    /// It has been told that it is time, and nobody has read since: nobody looks, or there is no room.
    rung: bool,
}

impl Pace {
    fn new(now: Instant) -> Self {
        Self { interval: LIVELY, next_at: now, rung: false }
    }

    fn has_read(&mut self, began: Instant, now: Instant, changed: bool) {
        let wanted = if changed { LIVELY } else { (self.interval * 2).min(STILL) };
        self.interval = wanted;
        self.next_at = now + wanted.max(((now - began) * BUSY_SHARE).min(LONGEST));
        self.rung = false;
    }

    fn next_at(&self) -> Option<Instant> {
        (!self.rung).then_some(self.next_at)
    }

    /// Whether it is time, told once until the screen is read.
    fn rings(&mut self, now: Instant) -> bool {
        let rings = !self.rung && self.next_at <= now;
        self.rung |= rings;
        rings
    }
}

impl Plain {
    /// For a screen of this size, of which nothing is known: all of it is damaged.
    pub(super) fn new(width: u16, height: u16, area: Rect) -> Self {
        let bounds = Rect::new(0, 0, width, height);
        Self {
            bounds,
            pixels: vec![0; bounds.area() * PIXEL_BYTES],
            area: area.intersection(&bounds),
            fresh: false,
            changed: vec![bounds],
            handed: Vec::new(),
            pace: Pace::new(Instant::now()),
        }
    }

    pub(super) fn capacity_px(&self) -> usize {
        self.bounds.area().min(MAX_CAPTURE_PX)
    }

    /// When it will be time to read; `None`: it was told, and nobody has read since.
    pub(super) fn next_at(&self) -> Option<Instant> {
        self.pace.next_at()
    }

    pub(super) fn rings(&mut self, now: Instant) -> bool {
        self.pace.rings(now)
    }

    /// Something else may be seen from now on, or something else lies there: nothing that was read is worth anything.
    pub(super) fn looked(&mut self, area: Rect) {
        self.area = area.intersection(&self.bounds);
        self.fresh = false;
    }

    /// For after [`Self::take_damage`]: no window that matters has moved from the last look until it had read.
    pub(super) fn set_fresh(&mut self) {
        self.fresh = true;
    }

    /// Reads what may be seen. What differs from before.
    pub(super) fn take_damage(
        &mut self,
        connection: &RustConnection,
        root: Window,
    ) -> Result<Vec<Rect>, ScreenError> {
        let began = Instant::now();
        let area = self.area;
        self.read(connection, root, &[area])?;
        let changed = std::mem::take(&mut self.changed);
        self.pace.has_read(began, Instant::now(), !changed.is_empty());
        Ok(changed)
    }

    /// Before [`Self::masked`]: reads `areas` anew, unless what is known of them is worth as much.
    pub(super) fn prepare(
        &mut self,
        connection: &RustConnection,
        root: Window,
        areas: &[Rect],
    ) -> Result<(), ScreenError> {
        if self.fresh { Ok(()) } else { self.read(connection, root, areas) }
    }

    pub(super) fn masked(&mut self, areas: &[Rect], mask: &Mask) -> Vec<Patch<'_>> {
        self.handed.clear();
        for area in areas {
            for row in area.top()..area.bottom() {
                let known = row_of(&mut self.pixels, &self.bounds, area, row);
                self.handed.extend_from_slice(known);
            }
        }
        masked(areas, mask, &mut self.handed)
    }

    fn read(&mut self, connection: &RustConnection, root: Window, areas: &[Rect]) -> Result<(), ScreenError> {
        count_capture();
        let areas = areas.iter().map(|area| area.intersection(&self.area));
        let strips: Vec<Rect> =
            areas.filter(|area| !area.is_empty()).flat_map(|area| strips(&area)).collect();
        let mut asked: Option<(Rect, Cookie<'_, RustConnection, GetImageReply>)> = None;
        for strip in strips {
            let (x, y) = (coordinate(strip.x), coordinate(strip.y));
            let cookie = connection
                .get_image(ImageFormat::Z_PIXMAP, root, x, y, strip.width, strip.height, ALL_PLANES)
                .map_err(lost)?;
            if let Some((before, cookie)) = asked.replace((strip, cookie)) {
                self.compare(&before, &cookie.reply().map_err(lost)?.data);
            }
        }
        if let Some((last, cookie)) = asked {
            self.compare(&last, &cookie.reply().map_err(lost)?.data);
        }
        Ok(())
    }

    /// Takes what was read of `strip`, and notes where it differs.
    fn compare(&mut self, strip: &Rect, read: &[u8]) {
        let mut cells = vec![None; usize::from(strip.width).div_ceil(CELL_PX)];
        let rows = read.chunks_exact(usize::from(strip.width) * PIXEL_BYTES);
        for (row, read) in (strip.top()..strip.bottom()).zip(rows) {
            let known = row_of(&mut self.pixels, &self.bounds, strip, row);
            if known == read {
                continue;
            }
            let pieces = known.chunks(CELL_PX * PIXEL_BYTES).zip(read.chunks(CELL_PX * PIXEL_BYTES));
            for (column, ((known, read), cell)) in pieces.zip(&mut cells).enumerate() {
                if let Some((first, last)) = ends(known, read) {
                    let left = strip.left() + column * CELL_PX;
                    let changed = Rect::from_edges(left + first, row, left + last + 1, row + 1);
                    *cell = Some(cell.map_or(changed, |cell: Rect| cell.hull(&changed)));
                }
            }
            known.copy_from_slice(read);
        }
        for run in cells.split(Option::is_none) {
            let hull = run.iter().flatten().fold(Rect::default(), |hull, cell| hull.hull(cell));
            self.note(hull);
        }
    }

    /// A change; what continues the one before is one with it.
    fn note(&mut self, changed: Rect) {
        if changed.is_empty() {
            return;
        }
        if let Some(last) = self.changed.last_mut() {
            let both = last.hull(&changed);
            if both.area() * 4 <= (last.area() + changed.area()) * 5 {
                *last = both;
                return;
            }
        }
        self.changed.push(changed);
    }

    /// Gives back the memory of what was handed out.
    pub(super) fn release(&mut self) {
        self.handed = Vec::new();
    }
}

/// `area` from top to bottom, in pieces that are asked for at once.
fn strips(area: &Rect) -> impl Iterator<Item = Rect> + use<> {
    let rows = (STRIP_PX / usize::from(area.width.max(1))).max(1);
    let (left, right, bottom) = (area.left(), area.right(), area.bottom());
    (area.top()..bottom)
        .step_by(rows)
        .map(move |top| Rect::from_edges(left, top, right, (top + rows).min(bottom)))
}

/// The pixels of `area` in one row of a picture of `bounds`; nothing of a row that is not there.
fn row_of<'a>(pixels: &'a mut [u8], bounds: &Rect, area: &Rect, row: usize) -> &'a mut [u8] {
    let start = row * usize::from(bounds.width);
    pixels
        .get_mut((start + area.left()) * PIXEL_BYTES..(start + area.right()) * PIXEL_BYTES)
        .unwrap_or_default()
}

/// The first and the last pixel that differ. What a pixel's fourth byte holds is nobody's colour.
fn ends(known: &[u8], read: &[u8]) -> Option<(usize, usize)> {
    if known == read {
        return None;
    }
    let differs = |(a, b): (&[u8; PIXEL_BYTES], &[u8; PIXEL_BYTES])| {
        let ([a0, a1, a2, _], [b0, b1, b2, _]) = (*a, *b);
        [a0, a1, a2] != [b0, b1, b2]
    };
    let mut pairs = known.as_chunks().0.iter().zip(read.as_chunks().0);
    let first = pairs.clone().position(differs)?;
    let last = pairs.rposition(differs)?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(drawn: &[Rect], expected: &[Rect]) {
        let mut plain = Plain::new(300, 40, Rect::new(0, 0, 300, 40));
        plain.changed.clear();
        let mut read = vec![0_u8; 300 * 40 * PIXEL_BYTES];
        for rect in drawn {
            for row in rect.top()..rect.bottom() {
                row_of(&mut read, &plain.bounds, rect, row).fill(7);
            }
        }
        let bounds = plain.bounds;
        plain.compare(&bounds, &read);
        assert_eq!(plain.changed, expected);
        plain.changed.clear();
        plain.compare(&bounds, &read);
        assert!(plain.changed.is_empty(), "what was found once is known");
        assert!(plain.pixels == read);
    }

    #[test]
    fn a_change_is_found_to_the_pixel() {
        check(&[], &[]);
        check(&[Rect::new(130, 7, 3, 2)], &[Rect::new(130, 7, 3, 2)]);
        check(&[Rect::new(60, 3, 90, 30)], &[Rect::new(60, 3, 90, 30)]);
        check(&[Rect::new(299, 39, 1, 1)], &[Rect::new(299, 39, 1, 1)]);
    }

    #[test]
    fn changes_far_from_each_other_are_two() {
        let two = [Rect::new(3, 3, 8, 16), Rect::new(250, 9, 8, 16)];
        check(&two, &two);
    }

    #[test]
    fn the_fourth_byte_is_no_change() {
        assert_eq!(ends(&[1, 2, 3, 0], &[1, 2, 3, 255]), None);
        assert_eq!(ends(&[0, 0, 0, 0, 1, 2, 3, 0], &[0, 0, 0, 0, 1, 2, 4, 0]), Some((1, 1)));
    }

    #[test]
    fn a_still_screen_is_read_seldom_and_a_slow_one_never_takes_a_core() {
        let now = Instant::now();
        let took = Duration::from_millis(10);
        let mut pace = Pace::new(now);
        let mut waits = |changed: bool, took: Duration| {
            pace.has_read(now, now + took, changed);
            pace.next_at().map(|at| at - (now + took))
        };
        assert_eq!(waits(true, took), Some(LIVELY));
        assert_eq!(waits(false, took), Some(LIVELY * 2));
        assert_eq!(waits(false, took), Some(STILL));
        assert_eq!(waits(false, took), Some(STILL));
        assert_eq!(waits(true, took), Some(LIVELY));
        assert_eq!(waits(true, Duration::from_millis(100)), Some(Duration::from_millis(400)));
        assert_eq!(waits(true, Duration::from_millis(300)), Some(LONGEST));
    }

    /// While nobody reads, nobody is woken.
    #[test]
    fn it_is_told_once_that_it_is_time() {
        let now = Instant::now();
        let mut pace = Pace::new(now);
        assert!(pace.rings(now));
        assert!(!pace.rings(now + STILL));
        assert_eq!(pace.next_at(), None);
        pace.has_read(now, now, false);
        assert!(!pace.rings(now));
        assert!(pace.rings(now + STILL));
    }
}
