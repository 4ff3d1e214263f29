//! Where a captured part differs from the picture that was sent.

use crate::{Patch, Picture, Rect, limits::GRID_PX, patch::colour};

/// Rectangles, cut to the changed pixels of each cell of the grid and joined where that costs few pixels, which
/// together hold every difference between `patch` and `model`. They do not meet.
pub(crate) fn changed_rects(model: &Picture, patch: &Patch<'_>) -> Vec<Rect> {
    let area = patch.rect().intersection(&model.bounds());
    let mut found = Vec::new();
    let mut top = area.top();
    while top < area.bottom() {
        let bottom = area.bottom().min((top / GRID_PX + 1) * GRID_PX);
        let band = Rect::from_edges(area.left(), top, area.right(), bottom);
        let start = found.len();
        changed_in_band(model, patch, &band, &mut found);
        join_with_band_above(&mut found, start);
        top = bottom;
    }
    found
}

/// Pushes the changed rectangles of one band of the grid, from left to right.
fn changed_in_band(model: &Picture, patch: &Patch<'_>, band: &Rect, found: &mut Vec<Rect>) {
    let mut cells = vec![Rect::default(); band.right().div_ceil(GRID_PX) - band.left() / GRID_PX];
    for y in band.top()..band.bottom() {
        let Some(before) = model.span(band, y) else { continue };
        let now = patch.span(band.left(), band.right(), y);
        changed_in_row(before, now, band.left(), y, &mut cells);
    }
    for cell in cells.into_iter().filter(|cell| !cell.is_empty()) {
        match found.last_mut().filter(|last| worth_joining(last, &cell) && last.top() >= band.top()) {
            Some(last) => *last = last.hull(&cell),
            None => found.push(cell),
        }
    }
}

/// Widens the rectangle of each cell by the differing pixels of one row. `left` is the column of the row's start.
fn changed_in_row(before: &[u32], now: &[[u8; 4]], left: usize, y: usize, cells: &mut [Rect]) {
    // The first cell may be cut by the left edge of the patch.
    let (mut before, mut now, mut x) = (before, now, left);
    for cell in cells {
        let width = (GRID_PX - x % GRID_PX).min(before.len()).min(now.len());
        let (cell_before, rest_before) = before.split_at(width);
        let (cell_now, rest_now) = now.split_at(width);
        if differ(cell_before, cell_now) {
            // Only beside what is known to have changed there is something to find: most rows widen nothing.
            let (known_from, known_to) =
                if cell.is_empty() { (width, 0) } else { (cell.left() - x, cell.right() - x) };
            let mut pairs = cell_before.iter().zip(cell_now).map(|(old, new)| *old != colour(*new));
            let from = pairs.clone().take(known_from).position(|changed| changed).unwrap_or(known_from);
            let beside = pairs.len() - known_to;
            let to = pairs.by_ref().rev().take(beside).position(|changed| changed);
            let to = to.map_or(known_to, |back| width - back);
            *cell = cell.hull(&Rect::from_edges(x + from, y, x + to, y + 1));
        }
        (before, now, x) = (rest_before, rest_now, x + width);
    }
}

/// Whether rows of the same width differ; without a branch for each pixel, so that the compiler makes vector code of it.
pub(crate) fn differ(before: &[u32], now: &[[u8; 4]]) -> bool {
    before.iter().zip(now).fold(0, |all, (old, new)| all | (old ^ colour(*new))) != 0
}

/// How many rectangles back are looked at for one that goes on below: a band's, with room to spare.
const LOOK_BACK: usize = 512;

/// Joins rectangles from `start` on with those above that they continue at the same width.
fn join_with_band_above(found: &mut Vec<Rect>, start: usize) {
    let fresh = found.split_off(start.min(found.len()));
    for rect in fresh {
        let upper = found.iter_mut().rev().take(LOOK_BACK).find(|upper| {
            upper.bottom() == rect.top() && upper.left() == rect.left() && upper.right() == rect.right()
        });
        match upper {
            Some(upper) => *upper = upper.hull(&rect),
            None => found.push(rect),
        }
    }
}

/// Whether the hull adds few pixels to two neighbours.
fn worth_joining(a: &Rect, b: &Rect) -> bool {
    let touching = b.left() <= a.right() + GRID_PX / 4;
    touching && a.hull(b).area() <= (a.area() + b.area()) * 5 / 4 + 256
}
