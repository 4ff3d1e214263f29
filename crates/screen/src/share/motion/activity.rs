//! Where the screen moves like video: it changes often, and what changes does not compress.

use std::time::{Duration, Instant};

use tiles::{Rect, limits::GRID_PX};

/// How long a change counts: after this it is worth a third of what it was.
const MEMORY: Duration = Duration::from_millis(700);
/// A neighbour of what moves belongs to it at so much of its changes: under load not every part is seen as often.
const NEIGHBOUR_SHARE: f32 = 0.6;
/// Where in a cell it changed is remembered for as long, and at most twice as long.
const EDGES: Duration = Duration::from_millis(250);

/// What a part of the screen must do at least to count as moving.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    /// Changes a second of each cell.
    pub(super) changes_per_s: f32,
    /// What the exact layer spends on the whole part, bytes a second.
    pub(super) bytes_per_s: f32,
}

/// The rate of changes and of bytes, for each cell of the grid.
#[derive(Debug, Default)]
pub(super) struct Activity {
    columns: usize,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    changes_per_s: f32,
    bytes_per_s: f32,
    last_at: Option<Instant>,
    /// Around its changed pixels, since a moment and in the time before that.
    changed: Rect,
    changed_before: Rect,
    since: Option<Instant>,
    /// Pixels that are sent because the console does not know them, and not because they changed.
    unknown_px: usize,
}

impl Cell {
    /// Both rates, as they have faded until `now`.
    fn rates(&self, now: Instant) -> (f32, f32) {
        let Some(last_at) = self.last_at else { return (0.0, 0.0) };
        let faded = (-(now - last_at).as_secs_f32() / MEMORY.as_secs_f32()).exp();
        (self.changes_per_s * faded, self.bytes_per_s * faded)
    }

    fn add(&mut self, now: Instant, bytes: f32, changed: &Rect) {
        if self.unknown_px != 0 {
            self.unknown_px = self.unknown_px.saturating_sub(changed.area());
            return;
        }
        let (changes_per_s, bytes_per_s) = self.rates(now);
        let edges_before = self.edges().area();
        let since = *self.since.get_or_insert(now);
        if since + EDGES <= now {
            let recent = now < since + EDGES * 2;
            self.changed_before = if recent { self.changed } else { Rect::default() };
            self.changed = Rect::default();
            self.since = Some(now);
        }
        self.changed = self.changed.hull(changed);
        let edges = self.edges().area().max(1) as f32;
        // What comes in parts is one change by all of them together: what was a whole one is a part of the larger one now.
        let kept = (edges_before as f32 / edges).min(1.0);
        self.changes_per_s = changes_per_s * kept + changed.area() as f32 / edges / MEMORY.as_secs_f32();
        self.bytes_per_s = bytes_per_s + bytes / MEMORY.as_secs_f32();
        self.last_at = Some(now);
    }

    fn edges(&self) -> Rect {
        self.changed.hull(&self.changed_before)
    }
}

/// Neighbouring cells that all move.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    bytes_per_s: f32,
    rect: Rect,
}

impl Activity {
    /// A screen at rest.
    pub(super) fn new(width: u16, height: u16) -> Self {
        let columns = usize::from(width).div_ceil(GRID_PX);
        let rows = usize::from(height).div_ceil(GRID_PX);
        Self { columns, cells: vec![Cell::default(); columns * rows] }
    }

    /// `rect` changed, and went for `bytes`.
    pub(super) fn note(&mut self, now: Instant, rect: &Rect, bytes: usize) {
        let per_pixel = bytes as f32 / rect.area().max(1) as f32;
        self.each(rect, |cell, part| cell.add(now, per_pixel * part.area() as f32, part));
    }

    /// The console knows nothing of what is at `rect`.
    pub(super) fn forget(&mut self, rect: &Rect) {
        self.each(rect, |cell, part| *cell = Cell { unknown_px: part.area(), ..Cell::default() });
    }

    /// Every cell that `rect` meets, with its part of it.
    fn each(&mut self, rect: &Rect, mut act: impl FnMut(&mut Cell, &Rect)) {
        for row in rect.top() / GRID_PX..rect.bottom().div_ceil(GRID_PX) {
            for column in rect.left() / GRID_PX..rect.right().div_ceil(GRID_PX) {
                let (left, top) = (column * GRID_PX, row * GRID_PX);
                let part = Rect::from_edges(left, top, left + GRID_PX, top + GRID_PX).intersection(rect);
                if let Some(cell) = self.cells.get_mut(row * self.columns + column) {
                    act(cell, &part);
                }
            }
        }
    }

    /// The liveliest part of the screen that fulfils `threshold`, with its neighbours where little lies between.
    pub(super) fn liveliest(&self, now: Instant, threshold: &Threshold) -> Option<Rect> {
        let parts = self.parts(now, threshold.changes_per_s);
        let first = parts.iter().max_by(|a, b| a.bytes_per_s.total_cmp(&b.bytes_per_s))?;
        let mut all = *first;
        for part in &parts {
            if part.rect != first.rect && worth_joining(&all.rect, &part.rect) {
                all =
                    Part { bytes_per_s: all.bytes_per_s + part.bytes_per_s, rect: all.rect.hull(&part.rect) };
            }
        }
        (threshold.bytes_per_s <= all.bytes_per_s).then_some(all.rect)
    }

    fn parts(&self, now: Instant, changes_per_s: f32) -> Vec<Part> {
        let rates: Vec<f32> = self.cells.iter().map(|cell| cell.rates(now).0).collect();
        let mut waiting: Vec<bool> =
            rates.iter().map(|rate| changes_per_s * NEIGHBOUR_SHARE <= *rate).collect();
        let mut parts = Vec::new();
        for (start, _) in rates.iter().enumerate().filter(|(_, rate)| changes_per_s <= **rate) {
            let part = self.part_from(start, now, &mut waiting);
            parts.extend((!part.rect.is_empty()).then_some(part));
        }
        parts
    }

    /// Everything that hangs together with cell `start`, taken out of `waiting`.
    fn part_from(&self, start: usize, now: Instant, waiting: &mut [bool]) -> Part {
        let mut part = Part::default();
        let mut open = vec![start];
        while let Some(index) = open.pop() {
            let (Some(cell), Some(waits)) = (self.cells.get(index), waiting.get_mut(index)) else { continue };
            if !std::mem::take(waits) {
                continue;
            }
            part.bytes_per_s += cell.rates(now).1;
            part.rect = part.rect.hull(&cell.edges());
            open.extend(self.neighbours(index));
        }
        part
    }

    fn neighbours(&self, index: usize) -> impl Iterator<Item = usize> {
        let column = index % self.columns.max(1);
        let left = (0 < column).then(|| index - 1);
        let right = (column + 1 < self.columns).then_some(index + 1);
        let above = index.checked_sub(self.columns);
        let below = Some(index + self.columns);
        [left, right, above, below].into_iter().flatten()
    }
}

/// Whether little lies between two parts.
pub(super) fn worth_joining(a: &Rect, b: &Rect) -> bool {
    a.hull(b).area() * 3 <= (a.area() + b.area()) * 4
}
