//! What a console draws (F-11).

use protocol::{
    drawing::{Draw, Point, Stroke},
    wire,
};

use super::{DrawingOrder, ShapeNo, Side};
use crate::{
    Timestamp,
    customer::{Action, Customer, state::State},
};

impl Customer {
    pub(in crate::customer) fn operator_draws(&mut self, now: Timestamp, draw: wire::Draw) {
        let State::Sharing(sharing) = &self.state else { return };
        let is_allowed = sharing.permissions().draw;
        let id = match &draw.act {
            Some(wire::draw::Act::Stroke(stroke)) => Some(stroke.id),
            _ => None,
        };
        if !self.drawing.operator.has_room_for_message(now) {
            return self.refuse_drawing(id, "drawing-too-fast", "too-fast");
        }
        let Ok(draw) = Draw::try_from(draw) else {
            return self.refuse_drawing(id, "drawing-malformed", "malformed");
        };
        if let Draw::Mode(false) = draw {
            self.set_drawing(now, Side::Operator, false);
            return;
        }
        if !is_allowed {
            return self.refuse_drawing(id, "drawing-forbidden", "forbidden");
        }
        // The console was told what is missing when that was found.
        if self.drawing.lacks.is_some() {
            return self.refuse_drawing(id, "drawing-unsupported", "unsupported");
        }
        // A console that draws without having said so begins with it.
        if !self.set_drawing(now, Side::Operator, true) {
            return self.refuse_drawing(id, "drawing-too-often", "too-fast");
        }
        match draw {
            Draw::Mode(_) => {}
            Draw::Stroke(stroke) => self.operator_stroke(now, stroke),
            Draw::Undo => self.undo(Side::Operator),
            Draw::Clear => self.clear(),
            Draw::Pointer(at) => self.out.act(Action::Draw(DrawingOrder::Pointer(at))),
        }
    }

    fn operator_stroke(&mut self, now: Timestamp, stroke: Stroke) {
        let Stroke { id, look, points, done } = stroke;
        let last = self.drawing.last_id;
        let has_room = self.drawing.operator.has_room_for(now, &points);
        let open = self.drawing.board.open(Side::Operator).filter(|shape| shape.id == Some(id));
        let shape = match (open.map(|shape| shape.no), look) {
            (Some(shape), None) => {
                // Cut off where it became too much; what is there stands.
                let done = done || !has_room;
                let points = if has_room { points } else { Vec::new() };
                if !has_room {
                    self.out.refuse("drawing-too-fast");
                }
                return self.grow(shape, points, done);
            }
            // The rest of one that was taken back, or cut off, meanwhile.
            (None, None) if id == last => {
                if done && self.drawing.refused_id < id {
                    self.drawing.refused_id = id;
                    self.answer_shape(id, "taken-back");
                }
                return;
            }
            (None, Some(_)) if id <= last => return self.out.refuse("drawing-out-of-order"),
            (Some(_), Some(_)) | (None, None) => return self.out.refuse("drawing-out-of-order"),
            (None, Some(look)) => {
                self.close_shape(Side::Operator);
                if !has_room {
                    return self.refuse_drawing(Some(id), "drawing-too-fast", "too-fast");
                }
                if self.drawing.board.is_full() {
                    return self.refuse_drawing(Some(id), "drawing-full", "full");
                }
                self.drawing.last_id = id;
                let shape = self.drawing.board.begin(Side::Operator, Some(id));
                self.out.act(Action::Draw(DrawingOrder::Draw {
                    shape,
                    look: Some(look),
                    points: Vec::new(),
                    done: false,
                }));
                shape
            }
        };
        self.grow(shape, points, done);
    }

    /// More of a shape that is being drawn. One that has all points that it may have is whole.
    pub(super) fn grow(&mut self, shape: ShapeNo, points: Vec<Point>, done: bool) {
        let Some(known) = self.drawing.board.find(shape) else { return };
        let points = known.grow(points);
        let done = done || known.is_full();
        known.open = !done;
        if done || !points.is_empty() {
            self.out.act(Action::Draw(DrawingOrder::Draw { shape, look: None, points, done }));
        }
    }

    /// A shape that was begun before another one is whole.
    pub(super) fn close_shape(&mut self, side: Side) {
        if let Some(shape) = self.drawing.board.open(side).map(|shape| shape.no) {
            self.grow(shape, Vec::new(), true);
        }
    }

    /// Each shape that is refused is answered once, however much of it comes.
    fn refuse_drawing(&mut self, id: Option<u32>, refusal: &'static str, problem: &str) {
        self.out.refuse(refusal);
        if let Some(id) = id.filter(|id| self.drawing.refused_id < *id) {
            self.drawing.refused_id = id;
            self.drawing.last_id = self.drawing.last_id.max(id);
            self.answer_shape(id, problem);
        }
    }
}
