//! What the customer draws (F-12), and what the overlay tells.

use protocol::{
    drawing::{Look, Point, Rgb, Tool},
    wire,
};

use super::{DrawingInput, DrawingOrder, ShapeNo, Side};
use crate::{
    Timestamp,
    customer::{Action, Customer, state::State},
};

/// The customer's pen.
const PEN_PX: u16 = 4;

impl Customer {
    pub(in crate::customer) fn drawing_input(&mut self, now: Timestamp, input: DrawingInput) {
        match input {
            DrawingInput::Mode(on) => self.customer_mode(now, on),
            DrawingInput::Drew { rgb, points, done } => self.customer_drew(now, rgb, points, done),
            DrawingInput::Undo => self.undo(Side::Customer),
            DrawingInput::Clear => self.clear(),
            DrawingInput::Painted(shape) => self.painted(shape),
            DrawingInput::Lacks(what) => self.cannot_draw(now, what),
        }
    }

    fn customer_mode(&mut self, now: Timestamp, on: bool) {
        let State::Sharing(sharing) = &self.state else { return };
        let permissions = sharing.permissions();
        let may = permissions.draw && permissions.customer_draw && self.drawing.lacks.is_none();
        if !on {
            self.close_shape(Side::Customer);
        }
        if (may || !on) && !self.set_drawing(now, Side::Customer, on) {
            self.out.refuse("drawing-too-often");
        }
    }

    fn customer_drew(&mut self, now: Timestamp, rgb: Rgb, points: Vec<Point>, done: bool) {
        // Still on its way when drawing was laid down.
        if !self.drawing.customer.draws {
            return;
        }
        let has_room = self.drawing.customer.has_room_for(now, &points);
        let open = self.drawing.board.open(Side::Customer).map(|shape| shape.no);
        let shape = match open {
            Some(shape) => shape,
            None if points.is_empty() || !has_room || self.drawing.board.is_full() => return,
            None => {
                let look = Some(Look::Line { tool: Tool::Pen, rgb, width_px: PEN_PX });
                let shape = self.drawing.board.begin(Side::Customer, None);
                self.out.act(Action::Draw(DrawingOrder::Draw {
                    shape,
                    look,
                    points: Vec::new(),
                    done: false,
                }));
                shape
            }
        };
        self.grow(shape, if has_room { points } else { Vec::new() }, done);
    }

    fn painted(&mut self, shape: ShapeNo) {
        let Some(known) = self.drawing.board.find(shape) else { return };
        let is_told = std::mem::replace(&mut known.told, true);
        if let Some(id) = known.id.filter(|_| !is_told) {
            self.answer_shape(id, "");
        }
    }

    /// Console and record are told what is missing, and whoever waits for a shape.
    fn cannot_draw(&mut self, now: Timestamp, what: &'static str) {
        if self.drawing.lacks.replace(what).is_some() || !matches!(self.state, State::Sharing(_)) {
            return;
        }
        for side in [Side::Operator, Side::Customer] {
            self.close_shape(side);
            self.set_drawing(now, side, false);
        }
        for shape in self.drawing.board.take_all() {
            if let Some(id) = shape.id.filter(|_| !shape.told) {
                self.answer_shape(id, "unsupported");
            }
        }
        let unsupported = wire::Unsupported { what: what.to_owned() };
        self.tell(wire::peer_message::Body::Unsupported(unsupported.clone()));
        self.out.report(now, wire::event::Kind::Unsupported(unsupported));
    }
}
