//! What must still be captured: an area, never a list of pictures.

use tiles::Rect;

/// Above this many rectangles one around all costs less than each by itself.
const MAX_RECTS: usize = 16;

/// Damaged and not yet sent.
#[derive(Debug, Default)]
pub(super) struct Dirty(Vec<Rect>);

impl Dirty {
    pub(super) fn add(&mut self, rects: impl IntoIterator<Item = Rect>) {
        for rect in rects {
            if !self.0.iter().any(|known| known.holds(&rect)) {
                self.0.retain(|known| !rect.holds(known));
                self.0.push(rect);
            }
        }
        self.simplify();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes everything.
    pub(super) fn drain(&mut self) -> Vec<Rect> {
        std::mem::take(&mut self.0)
    }

    /// Around all of it.
    fn hull(&self) -> Rect {
        self.0.iter().fold(Rect::default(), |hull, rect| hull.hull(rect))
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes rectangles of at most `capacity_px` pixels together, inside of `bounds`; what is over stays.
    pub(super) fn take(&mut self, bounds: &Rect, capacity_px: usize) -> Vec<Rect> {
        let mut room_px = capacity_px;
        let mut taken = Vec::new();
        let mut left = Vec::new();
        for rect in self.0.drain(..) {
            let rect = rect.intersection(bounds);
            let rows = (room_px / usize::from(rect.width.max(1))).min(usize::from(rect.height));
            let cut = rect.top() + rows;
            let now = Rect::from_edges(rect.left(), rect.top(), rect.right(), cut);
            let later = Rect::from_edges(rect.left(), cut, rect.right(), rect.bottom());
            room_px -= now.area();
            taken.extend((!now.is_empty()).then_some(now));
            left.extend((!later.is_empty()).then_some(later));
        }
        self.0 = left;
        taken
    }

    /// One rectangle instead of many, where they fill most of it or are too many.
    fn simplify(&mut self) {
        if self.0.len() < 2 {
            return;
        }
        let hull = self.hull();
        let area: usize = self.0.iter().map(Rect::area).sum();
        if MAX_RECTS < self.0.len() || hull.area() * 3 <= area * 4 {
            self.0 = vec![hull];
        }
    }
}
