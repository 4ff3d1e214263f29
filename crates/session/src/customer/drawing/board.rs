//! What stands drawn: of each shape who drew it and how long it is. How it looks, the overlay knows.

use protocol::{drawing::Point, limits};

use super::{ShapeNo, Side};

/// One shape.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) no: ShapeNo,
    pub(super) side: Side,
    /// The console's own number; the customer's shapes have none.
    pub(super) id: Option<u32>,
    points: usize,
    /// It is being drawn.
    pub(super) open: bool,
    /// The console has heard what became of it.
    pub(super) told: bool,
}

/// All of them, in the order in which they lie upon each other.
#[derive(Debug, Default)]
pub(super) struct Board {
    shapes: Vec<Shape>,
    last: u64,
}

impl Board {
    pub(super) fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        let points: usize = self.shapes.iter().map(|shape| shape.points).sum();
        limits::DRAW_SHAPES <= self.shapes.len() || limits::DRAW_POINTS_OF_SCREEN <= points
    }

    pub(super) fn count(&self, side: Side) -> usize {
        self.shapes.iter().filter(|shape| shape.side == side).count()
    }

    /// A new shape on top.
    pub(super) fn begin(&mut self, side: Side, id: Option<u32>) -> ShapeNo {
        self.last += 1;
        let no = ShapeNo(self.last);
        self.shapes.push(Shape { no, side, id, points: 0, open: true, told: false });
        no
    }

    /// The shape that this side is drawing.
    pub(super) fn open(&mut self, side: Side) -> Option<&mut Shape> {
        self.shapes.iter_mut().rev().find(|shape| shape.side == side && shape.open)
    }

    pub(super) fn find(&mut self, no: ShapeNo) -> Option<&mut Shape> {
        self.shapes.iter_mut().find(|shape| shape.no == no)
    }

    /// The newest of a side's goes.
    pub(super) fn take_last(&mut self, side: Side) -> Option<Shape> {
        let at = self.shapes.iter().rposition(|shape| shape.side == side)?;
        Some(self.shapes.remove(at))
    }

    /// All go.
    pub(super) fn take_all(&mut self) -> Vec<Shape> {
        std::mem::take(&mut self.shapes)
    }
}

impl Shape {
    /// As many of these as the shape may still have.
    pub(super) fn grow(&mut self, mut points: Vec<Point>) -> Vec<Point> {
        points.truncate(limits::DRAW_POINTS.saturating_sub(self.points));
        self.points += points.len();
        points
    }

    pub(super) fn is_full(&self) -> bool {
        limits::DRAW_POINTS <= self.points
    }
}
