//! What is shared, between the session, the screen, the frame around it and the operator's hand.

use desktop::frame::{self, Frame};
use desktop::input::{Reach, WindowId};
use screen::{Rect, Shown};
use session::customer::{Input, Part, PartShown, PartState};

/// The part of a running share.
pub(super) struct Sharable {
    part: Part,
    /// Around what is less than the whole.
    frame: Option<Frame>,
    reach: Reach,
}

impl Default for Sharable {
    fn default() -> Self {
        Self { part: Part::Desktop, frame: None, reach: Reach::Nothing }
    }
}

impl Sharable {
    /// This is shared from now on; nothing is known of where it is.
    pub(super) fn set_part(&mut self, part: Part) {
        self.part = part;
        self.frame = None;
        self.reach = if part == Part::Desktop { Reach::Everything } else { Reach::Nothing };
    }

    /// How far the operator's hand goes.
    pub(super) fn reach(&self) -> Reach {
        self.reach
    }

    /// It is here. `None`: that was said of what was shared before.
    pub(super) fn shown(&mut self, shown: Shown) -> Option<Input> {
        if shown.part != to_screen(self.part) {
            return None;
        }
        let area = around(&shown.area);
        match self.part {
            Part::Desktop => {}
            Part::Window(id) => self.reach = Reach::Window(WindowId(id.into())),
            Part::Monitor(_) | Part::Area(_) => {
                let frame::Area { x, y, width, height } = area;
                self.reach = Reach::Area { x, y, width, height };
            }
        }
        if self.part != Part::Desktop {
            let is_there = area.width != 0 && area.height != 0;
            self.frame.get_or_insert_with(Frame::start).show(is_there.then_some(area));
        }
        Some(Input::PartShown(PartShown {
            state: match shown.state {
                screen::PartState::Shown => PartState::Shown,
                screen::PartState::Hidden => PartState::Hidden,
                screen::PartState::Gone => PartState::Gone,
            },
            area: to_area(&shown.area),
            visible: shown.visible.iter().map(to_area).collect(),
        }))
    }
}

/// A rectangle that the customer has drawn.
pub(super) fn drawn(area: frame::Area) -> Part {
    let at = |value: i32| u32::try_from(value).unwrap_or(0);
    Part::Area(protocol::part::Area { x: at(area.x), y: at(area.y), width: area.width, height: area.height })
}

pub(super) fn to_screen(part: Part) -> screen::Part {
    match part {
        Part::Desktop => screen::Part::Desktop,
        Part::Monitor(id) => screen::Part::Monitor(id),
        Part::Window(id) => screen::Part::Window(id),
        Part::Area(area) => {
            let edge = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
            let (right, bottom) = (area.x.saturating_add(area.width), area.y.saturating_add(area.height));
            screen::Part::Area(Rect::from_edges(edge(area.x), edge(area.y), edge(right), edge(bottom)))
        }
    }
}

fn around(rect: &Rect) -> frame::Area {
    frame::Area { x: rect.x.into(), y: rect.y.into(), width: rect.width.into(), height: rect.height.into() }
}

fn to_area(rect: &Rect) -> protocol::part::Area {
    protocol::part::Area {
        x: rect.x.into(),
        y: rect.y.into(),
        width: rect.width.into(),
        height: rect.height.into(),
    }
}
