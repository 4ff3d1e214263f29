//! Drawing, between the session and the screen (F-11, F-12).

use protocol::drawing::Rgb;
use session::customer::{DrawingInput, DrawingOrder, Input};

use super::Visit;
use super::incoming::Happening;
use crate::running::DrawPress;
use crate::running::drawing::{Easel, Seen};

impl Visit<'_> {
    pub(super) fn draw(&mut self, order: DrawingOrder) {
        let shows = matches!(
            order,
            DrawingOrder::Draw { .. } | DrawingOrder::Pointer(_) | DrawingOrder::CustomerDraws(true)
        );
        if self.easel.is_none() && shows {
            let sender = self.sender.clone();
            self.easel = Some(Easel::start(self.windows.clone(), move |seen| {
                if sender.blocking_send(Happening::Drawing(seen)).is_err() {
                    tracing::trace!("Nobody hears of the drawing any more");
                }
            }));
        }
        if self.easel.as_ref().is_some_and(|easel| !easel.order(order)) {
            self.easel = None;
            self.handle(Input::Drawing(DrawingInput::Lacks("overlay-display-lost")));
        }
    }

    pub(super) fn drawing_seen(&mut self, seen: Seen) -> Input {
        Input::Drawing(match seen {
            Seen::Painted(shape) => DrawingInput::Painted(shape),
            Seen::Pen(moved) => DrawingInput::Drew { rgb: self.pen, points: moved.points, done: moved.done },
            Seen::Left => DrawingInput::Mode(false),
            Seen::Lacks(what) => DrawingInput::Lacks(what),
        })
    }

    /// What the customer pressed in the bar.
    pub(super) fn draw_press(&mut self, press: DrawPress) -> Option<Input> {
        Some(Input::Drawing(match press {
            DrawPress::Mode(on) => DrawingInput::Mode(on),
            DrawPress::Undo => DrawingInput::Undo,
            DrawPress::Clear => DrawingInput::Clear,
            DrawPress::Colour(rgb) => {
                self.pen = Rgb(rgb);
                return None;
            }
        }))
    }
}
