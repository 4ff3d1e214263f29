//! What of the screen is shared (F-01, S-14): the customer's choice, and what an operator asks for.

use protocol::{
    input::InputEvent,
    limits,
    part::{Area, Ask},
    wire,
};

use super::{Action, ConnectionNo, Customer, Error, ShareGrant, pace::Pace, server::bounded, state::State};
use crate::Timestamp;

/// A part of the screen. Numbers are those of the customer's machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Desktop,
    /// One monitor.
    Monitor(u32),
    /// One window, wherever it goes; what covers it is not seen.
    Window(u32),
    /// A rectangle.
    Area(Area),
}

/// What the customer chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenPart {
    /// The part.
    pub part: Part,
    /// Of a window or a monitor, for people: a stranger's words.
    pub name: String,
}

/// How it stands with a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartState {
    /// Something of it can be seen.
    #[default]
    Shown,
    /// Nothing of it: minimised, or covered as a whole.
    Hidden,
    /// The window is closed, or the monitor gone.
    Gone,
}

/// What can be seen of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartShown {
    /// How it stands.
    pub state: PartState,
    /// The part as a whole, with what covers it.
    pub area: Area,
    /// What of it is seen.
    pub visible: Vec<Area>,
}

/// The part as the bar shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartView {
    /// What is shared; `None`: the customer chooses first (S-14), and nothing is.
    pub chosen: Option<ChosenPart>,
    /// How it stands with that.
    pub state: PartState,
    /// What the operator asks for, until the customer has answered.
    pub asked: Option<Ask>,
    /// Whether the customer may choose.
    pub can_change: bool,
}

/// The part of a session.
#[derive(Debug, Default)]
pub(super) struct Parts {
    chosen: Option<ChosenPart>,
    /// Of the share that runs.
    shown: PartShown,
    asked: Option<Ask>,
    declined: bool,
    asks: Pace,
    told: Option<(ConnectionNo, wire::SharedPart)>,
    /// Where the operator's pointer last was within the part.
    last_at: (i32, i32),
}

impl Parts {
    /// S-14: on, the whole desktop; off, nothing until the customer has chosen.
    pub(super) fn at_start(chooses: bool) -> Self {
        let desktop = ChosenPart { part: Part::Desktop, name: String::new() };
        Self { chosen: (!chooses).then_some(desktop), ..Self::default() }
    }

    /// What consoles were told last.
    pub(super) fn told_now(&self) -> Option<wire::SharedPart> {
        self.told.as_ref().map(|(_, told)| told.clone())
    }

    fn to_wire(&self) -> wire::SharedPart {
        use wire::shared_part::{Asked, State};
        let state = match (&self.chosen, self.shown.state) {
            (None, _) => State::Unspecified,
            (Some(_), PartState::Shown) => State::Shown,
            (Some(_), PartState::Hidden) => State::Hidden,
            (Some(_), PartState::Gone) => State::Gone,
        };
        let asked = match (self.asked, self.declined) {
            (Some(_), _) => Asked::Open,
            (None, true) => Asked::Declined,
            (None, false) => Asked::Unspecified,
        };
        wire::SharedPart {
            kind: self.chosen.as_ref().map_or(wire::PartKind::Unspecified, |chosen| kind(chosen.part)).into(),
            name: self.chosen.as_ref().map(|chosen| chosen.name.clone()).unwrap_or_default(),
            state: state.into(),
            asked: asked.into(),
        }
    }

    /// The operator's input as it may reach the part; nothing: it would reach what is not shared. What went down within it goes
    /// up within it, so that nothing is dragged out, and no button stays down.
    pub(super) fn within(&mut self, event: InputEvent) -> Option<InputEvent> {
        let is_whole = match &self.chosen {
            None => return matches!(event, InputEvent::ReleaseAll).then_some(event),
            Some(chosen) => chosen.part == Part::Desktop,
        };
        let (x, y) = match event {
            InputEvent::Move { x, y } | InputEvent::Button { x, y, .. } => (x, y),
            InputEvent::Wheel { at_x, at_y, .. } => (at_x, at_y),
            InputEvent::ReleaseAll | InputEvent::Key { pressed: false, .. } => return Some(event),
            // Which window has the keyboard is the desktop's to know; a part that nobody sees takes no key.
            InputEvent::Key { .. } | InputEvent::Text(_) | InputEvent::SpecialKeys(_) => {
                return (is_whole || !self.shown.visible.is_empty()).then_some(event);
            }
        };
        if is_whole || self.shown.visible.iter().any(|area| area.holds(x, y)) {
            self.last_at = (x, y);
            return Some(event);
        }
        let (x, y) = self.last_at;
        match event {
            InputEvent::Button { button, pressed: false, .. } => {
                Some(InputEvent::Button { button, pressed: false, x, y })
            }
            _ => None,
        }
    }
}

impl Parts {
    /// Whether this one was chosen.
    pub(super) fn is(&self, part: Part) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.part == part)
    }
}

impl Customer {
    /// The customer chose. Errors: [`Error::OutOfTurn`] where there is nothing to choose.
    pub(super) fn part_chosen(&mut self, now: Timestamp, chosen: ChosenPart) -> Result<(), Error> {
        if !matches!(self.state, State::Sharing(_)) || !self.can_change_part() {
            return Err(Error::OutOfTurn);
        }
        let chosen = ChosenPart { name: bounded(&chosen.name), ..chosen };
        let shared =
            wire::PartShared { kind: kind(chosen.part).into(), name: chosen.name.clone(), gone: false };
        let part = chosen.part;
        let is_first = self.part.chosen.replace(chosen).is_none();
        self.part.shown = PartShown::default();
        (self.part.asked, self.part.declined) = (None, false);
        self.out.report(now, wire::event::Kind::PartShared(shared));
        if is_first {
            self.begin_sharing(now);
        } else {
            // What the operator holds was meant for what was shared before.
            self.out.act(Action::ReleaseInput);
            self.out.act(Action::SharePart(part));
        }
        Ok(())
    }

    /// The customer leaves it as it is. Errors: [`Error::OutOfTurn`] where nobody asked.
    pub(super) fn part_declined(&mut self, now: Timestamp) -> Result<(), Error> {
        let ask = self.part.asked.take().ok_or(Error::OutOfTurn)?;
        self.part.declined = true;
        let asked = wire::PartAsked { kind: ask.kind().into(), declined: true };
        self.out.report(now, wire::event::Kind::PartAsked(asked));
        Ok(())
    }

    pub(super) fn part_shown(&mut self, now: Timestamp, shown: PartShown) {
        let Some(chosen) = &self.part.chosen else { return };
        let is_gone = shown.state == PartState::Gone;
        if is_gone && self.part.shown.state != PartState::Gone {
            let kind = kind(chosen.part).into();
            let gone = wire::PartShared { kind, name: chosen.name.clone(), gone: true };
            self.out.report(now, wire::event::Kind::PartShared(gone));
        }
        self.part.shown = shown;
    }

    /// The operator asks; nothing follows from it but that the customer is shown it.
    pub(super) fn part_asked(&mut self, now: Timestamp, ask: wire::AskPart) {
        let State::Sharing(sharing) = &self.state else { return };
        if !sharing.permissions().ask_part {
            return self.out.refuse("part-ask-forbidden");
        }
        let Ok(ask) = Ask::try_from(ask) else { return self.out.refuse("part-ask-malformed") };
        if !self.part.asks.has_room(now, limits::PART_ASKS, limits::PART_WINDOW) {
            return self.out.refuse("part-ask-too-fast");
        }
        (self.part.asked, self.part.declined) = (Some(ask), false);
        let asked = wire::PartAsked { kind: ask.kind().into(), declined: false };
        self.out.report(now, wire::event::Kind::PartAsked(asked));
    }

    /// What may be captured on this connection; `None`: nothing yet, or nothing at all.
    pub(super) fn grant(&self) -> Option<ShareGrant> {
        let (connection, permissions, member) = match &self.state {
            State::Connecting(connecting) => {
                (connecting.connection, connecting.permissions(), &connecting.member)
            }
            State::Sharing(sharing) => (sharing.connection, sharing.at_start(), &sharing.member),
            _ => return None,
        };
        let part = self.part.chosen.as_ref()?.part;
        ShareGrant::new(connection, permissions, part, member.capture.wanted())
    }

    /// Whether something else than the whole can be shared here: S-14 off, or F-01.
    fn can_change_part(&self) -> bool {
        match &self.state {
            State::Sharing(sharing) => {
                let is_less = self.part.chosen.as_ref().is_some_and(|chosen| chosen.part != Part::Desktop);
                is_less || sharing.member.chooses_part || sharing.granted().ask_part
            }
            _ => false,
        }
    }

    pub(super) fn part_view(&self) -> PartView {
        PartView {
            chosen: self.part.chosen.clone(),
            state: self.part.shown.state,
            asked: self.part.asked,
            can_change: self.can_change_part(),
        }
    }

    /// Tells the console what is shared, and what became of what it asked for.
    pub(super) fn tell_part(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        // What is taken back while the customer is asked is not asked any more.
        if !sharing.granted().ask_part {
            self.part.asked = None;
        }
        let now = (sharing.connection, self.part.to_wire());
        if self.part.told.as_ref() != Some(&now) {
            self.tell(wire::peer_message::Body::SharedPart(now.1.clone()));
            self.tell_second(wire::peer_message::Body::SharedPart(now.1.clone()));
            self.part.told = Some(now);
        }
    }

    /// A connection is over: nobody waits for the answer, and nothing is seen.
    pub(super) fn part_left(&mut self) {
        self.part.asked = None;
        self.part.declined = false;
        self.part.shown = PartShown::default();
    }
}

fn kind(part: Part) -> wire::PartKind {
    match part {
        Part::Desktop => wire::PartKind::Desktop,
        Part::Monitor(_) => wire::PartKind::Monitor,
        Part::Window(_) => wire::PartKind::Window,
        Part::Area(_) => wire::PartKind::Area,
    }
}
