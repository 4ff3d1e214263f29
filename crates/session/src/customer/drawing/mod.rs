//! Drawing over the customer's screen (F-11, F-12): whether, how fast, how much, and whose is which.
//!
//! It is no control, and allowed where control is not. Whatever is drawn goes with the connection.

mod board;
mod operator;
mod own;

use std::time::Duration;

use protocol::{
    drawing::{Look, Point, Rgb},
    limits, wire,
};

use self::board::{Board, Shape};
use super::{Action, Customer, pace::Pace, state::State};
use crate::Timestamp;

/// In which messages and points are counted.
const WINDOW: Duration = Duration::from_secs(1);

/// Numbers the shapes of a session, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeNo(pub u64);

/// Who draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Operator,
    Customer,
}

/// What the customer does with drawing, and what the overlay tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawingInput {
    /// The customer takes up drawing, or lays it down (F-12).
    Mode(bool),
    /// The customer's pen went on; the first of these begins a shape, and the one that is `done` ends it.
    Drew {
        /// The pen's colour.
        rgb: Rgb,
        /// Where.
        points: Vec<Point>,
        /// The pen was lifted.
        done: bool,
    },
    /// The customer takes back their own last shape.
    Undo,
    /// The customer takes everything away.
    Clear,
    /// A shape that was asked for with `done` stands on the screen.
    Painted(ShapeNo),
    /// This machine cannot be drawn on: what it lacks, kebab-case ("overlay-no-platform").
    Lacks(&'static str),
}

/// What the overlay shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DrawingOrder {
    /// More of a shape, which begins where it has a look.
    Draw {
        /// Which.
        shape: ShapeNo,
        /// How it looks, with its beginning.
        look: Option<Look>,
        /// In pixels of the shared picture.
        points: Vec<Point>,
        /// It is whole: to be told once it is seen ([`DrawingInput::Painted`]).
        done: bool,
    },
    /// A shape goes.
    Remove(ShapeNo),
    /// Everything goes.
    Clear,
    /// The fading pointer is here.
    Pointer(Point),
    /// The customer's pointer draws from now on, or does not any more.
    CustomerDraws(bool),
}

/// Drawing in a session.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    board: Board,
    operator: Pen,
    customer: Pen,
    /// The highest of the console's numbers on this connection.
    last_id: u32,
    /// The highest that was answered as refused.
    refused_id: u32,
    /// What this machine lacks for it.
    lacks: Option<&'static str>,
    told: Option<wire::DrawnState>,
}

/// One side's.
#[derive(Debug, Default)]
struct Pen {
    /// They have taken up drawing; the record says so.
    draws: bool,
    times: u32,
    messages: Pace,
    points: Pace,
}

impl Pen {
    fn has_room_for_message(&mut self, now: Timestamp) -> bool {
        self.messages.has_room(now, limits::DRAW_MESSAGES_PER_SECOND, WINDOW)
    }

    fn has_room_for(&mut self, now: Timestamp, points: &[Point]) -> bool {
        let count = u32::try_from(points.len()).unwrap_or(u32::MAX);
        self.points.has_room_for(now, count, limits::DRAW_POINTS_PER_SECOND, WINDOW)
    }
}

impl Drawing {
    fn pen(&mut self, side: Side) -> &mut Pen {
        match side {
            Side::Operator => &mut self.operator,
            Side::Customer => &mut self.customer,
        }
    }
}

impl Customer {
    /// Takes up drawing for a side, or lays it down; false: as often as a session may have it.
    fn set_drawing(&mut self, now: Timestamp, side: Side, draws: bool) -> bool {
        let pen = self.drawing.pen(side);
        if pen.draws == draws {
            return true;
        }
        if draws && limits::DRAW_TIMES_OF_SESSION <= pen.times {
            return false;
        }
        pen.draws = draws;
        pen.times += u32::from(draws);
        let tool = match (side, draws) {
            (Side::Operator, true) => "drawing-begun",
            (Side::Operator, false) => "drawing-ended",
            (Side::Customer, true) => "customer-drawing-begun",
            (Side::Customer, false) => "customer-drawing-ended",
        };
        let used = wire::ToolUsed { tool: tool.to_owned(), ..wire::ToolUsed::default() };
        self.out.report(now, wire::event::Kind::ToolUsed(used));
        true
    }

    fn undo(&mut self, side: Side) {
        if let Some(shape) = self.drawing.board.take_last(side) {
            self.out.act(Action::Draw(DrawingOrder::Remove(shape.no)));
            self.taken_back(&[shape]);
        }
    }

    fn clear(&mut self) {
        if !self.drawing.board.is_empty() {
            self.out.act(Action::Draw(DrawingOrder::Clear));
            let shapes = self.drawing.board.take_all();
            self.taken_back(&shapes);
        }
    }

    /// A console that waits for a shape waits no longer. One that is being drawn is answered when it is whole.
    fn taken_back(&mut self, shapes: &[Shape]) {
        for shape in shapes.iter().filter(|shape| !shape.open && !shape.told) {
            if let Some(id) = shape.id {
                self.answer_shape(id, "taken-back");
            }
        }
    }

    /// What the connection drew goes with it; the overlay goes with capture.
    pub(super) fn drawing_left(&mut self, now: Timestamp) {
        for side in [Side::Operator, Side::Customer] {
            self.set_drawing(now, side, false);
        }
        let before = std::mem::take(&mut self.drawing);
        self.drawing.operator.times = before.operator.times;
        self.drawing.customer.times = before.customer.times;
        if before.told.is_some_and(|told| told.customer_draws) {
            self.out.act(Action::ShowDrawing(false));
        }
    }

    /// What a side may not draw any more, goes.
    pub(super) fn drawing_within_permissions(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        let permissions = sharing.permissions();
        if !permissions.draw {
            self.withdraw(now, Side::Operator);
        }
        if !permissions.draw || !permissions.customer_draw {
            self.withdraw(now, Side::Customer);
        }
        self.tell_drawn();
    }

    fn withdraw(&mut self, now: Timestamp, side: Side) {
        self.set_drawing(now, side, false);
        while 0 < self.drawing.board.count(side) {
            self.undo(side);
        }
    }

    /// Tells console, overlay and bar what has changed.
    fn tell_drawn(&mut self) {
        let drawing = &mut self.drawing;
        let count = |side| u32::try_from(drawing.board.count(side)).unwrap_or(u32::MAX);
        let (own, theirs) = (count(Side::Operator), count(Side::Customer));
        let state =
            wire::DrawnState { own, all: own.saturating_add(theirs), customer_draws: drawing.customer.draws };
        let before = drawing.told.replace(state).unwrap_or_default();
        if before == state {
            return;
        }
        if before.customer_draws != state.customer_draws {
            self.out.act(Action::Draw(DrawingOrder::CustomerDraws(state.customer_draws)));
            self.out.act(Action::ShowDrawing(state.customer_draws));
        }
        self.tell_about_drawing(wire::drawn::Told::State(state));
    }

    fn answer_shape(&mut self, id: u32, problem: &str) {
        let stroke = wire::DrawnStroke { id, problem: problem.to_owned() };
        self.tell_about_drawing(wire::drawn::Told::Stroke(stroke));
    }

    fn tell_about_drawing(&mut self, told: wire::drawn::Told) {
        self.tell(wire::peer_message::Body::Drawn(wire::Drawn { told: Some(told) }));
    }
}
