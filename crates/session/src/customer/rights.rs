//! Rights that an operator asks for and a customer gives, takes back or holds up. Nothing here grants by itself: each
//! right comes from a press of the customer, and the signed policy is its limit (Y-1).

use protocol::{Permissions, Right, limits, wire};
use wire::{right_answer::Answer, right_changed::Change};

use super::{
    Action, Asking, Customer, Error, PictureWish,
    pace::Pace,
    state::{Consent, Sharing, State},
};
use crate::Timestamp;

/// What the operator asked for. Outlives the connection, so that a new one asks no faster.
#[derive(Debug, Default)]
pub(super) struct Asks {
    open: Option<Open>,
    /// Numbers given to questions so far: a press is for the one that was read.
    last_no: u64,
    pace: Pace,
}

/// The question that the customer has before them.
#[derive(Clone, Copy, Debug)]
struct Open {
    asking: Asking,
    /// The console's own number; `None`: what the right is for is to begin at once (F-09, F-14, F-15), and the console hears of the
    /// answer otherwise.
    id: Option<u32>,
}

impl Asks {
    pub(super) fn asking(&self) -> Option<Asking> {
        self.open.map(|open| open.asking)
    }

    /// Whether the customer is asked for this one.
    pub(super) fn is_asking(&self, right: Right) -> bool {
        self.open.is_some_and(|open| open.asking.right == right)
    }

    /// Whether the customer is asked for what this one is for, and not for the right alone.
    pub(super) fn is_to_begin(&self, right: Right) -> bool {
        self.open.is_some_and(|open| open.asking.right == right && open.id.is_none())
    }
}

impl Customer {
    pub(super) fn right_requested(&mut self, now: Timestamp, request: wire::RightRequest) {
        let State::Sharing(sharing) = &self.state else { return };
        let id = request.id;
        let Ok(right) = Right::try_from(request.right) else {
            return self.refuse_right(id, "right-malformed", Answer::Unsupported);
        };
        if !right.is_in(sharing.could()) {
            return self.refuse_right(id, "right-forbidden", Answer::Forbidden);
        }
        if has_all_of(sharing, right) {
            return self.answer_right(id, Answer::Allowed);
        }
        if sharing.consent.is_paused() {
            return self.refuse_right(id, "right-paused", Answer::Paused);
        }
        if self.asks.open.is_some() || self.reboots.is_asked() {
            return self.refuse_right(id, "right-too-many", Answer::Busy);
        }
        if !self.asks.pace.has_room(now, limits::RIGHT_REQUESTS, limits::RIGHT_WINDOW) {
            return self.refuse_right(id, "right-too-fast", Answer::Busy);
        }
        self.ask(now, right, Some(id));
    }

    /// Puts the question of the voice (F-14) or of the operator's screen (F-09, F-15) before the customer; false: another question
    /// stands.
    pub(super) fn ask_to_begin(&mut self, now: Timestamp, right: Right) -> bool {
        let is_free = self.asks.open.is_none();
        if is_free {
            self.ask(now, right, None);
        }
        is_free
    }

    /// The operator does not want to talk any more.
    pub(super) fn voice_question_withdrawn(&mut self, now: Timestamp) {
        if self.asks.is_asking(Right::Talk) {
            self.ask_void(now);
        }
    }

    /// The operator does not want to show their screen any more.
    pub(super) fn operator_screen_question_withdrawn(&mut self, now: Timestamp) {
        if self.asks.is_to_begin(Right::OperatorScreen) {
            self.ask_void(now);
        }
    }

    /// The operator does not want to be controlled any more.
    pub(super) fn operator_control_question_withdrawn(&mut self, now: Timestamp) {
        if self.asks.is_to_begin(Right::OperatorControl) {
            self.ask_void(now);
        }
    }

    fn ask(&mut self, now: Timestamp, right: Right, id: Option<u32>) {
        self.asks.last_no = self.asks.last_no.saturating_add(1);
        self.asks.open = Some(Open { asking: Asking { no: self.asks.last_no, right }, id });
        self.report_right(now, right, Change::Asked);
        self.question(true);
    }

    /// The operator asks no more. What was answered meanwhile stays answered.
    pub(super) fn right_withdrawn(&mut self, now: Timestamp, id: u32) {
        if self.asks.open.is_some_and(|open| open.id == Some(id)) {
            self.ask_void(now);
        }
    }

    /// The connection of whoever asked is over.
    pub(super) fn asks_left(&mut self, now: Timestamp) {
        self.ask_void(now);
    }

    /// A policy that offers the right no more takes the question with it.
    pub(super) fn asks_within_policy(&mut self, now: Timestamp) {
        let (State::Sharing(sharing), Some(open)) = (&self.state, self.asks.open) else { return };
        if !open.asking.right.is_in(sharing.could()) {
            self.ask_void(now);
            self.answer_ask(open, Answer::Forbidden);
        }
    }

    /// The customer's press upon the question of this number. One that was meant for an earlier question is none.
    pub(super) fn right_answered(&mut self, now: Timestamp, no: u64, allowed: bool) -> Result<(), Error> {
        let open = self.asks.open.filter(|open| open.asking.no == no).ok_or(Error::OutOfTurn)?;
        let State::Sharing(sharing) = &mut self.state else { return Err(Error::OutOfTurn) };
        let right = open.asking.right;
        self.asks.open = None;
        if allowed {
            sharing.consent = sharing.consent.with(right, sharing.could());
            // Whoever asked for it wants it.
            match right {
                Right::Control => sharing.control.want(true),
                Right::Record => self.recording.want(true),
                _ => {}
            }
            let consent = sharing.consent;
            self.tell_consent(consent);
        }
        self.report_right(now, right, if allowed { Change::Allowed } else { Change::Refused });
        match (right, open.id) {
            // Whoever asked for it wants it, here as well; and the words of the question say so.
            (Right::Talk, _) if allowed => self.voice_begins(now),
            (Right::Talk, _) => self.voice_declined(),
            // Who asked for the right alone has chosen no screen yet.
            (Right::OperatorScreen, None) if allowed => self.operator_screen_begins(now),
            (Right::OperatorScreen, None) => self.operator_screen_declined(),
            (Right::OperatorControl, None) => self.operator_control_answered(allowed),
            _ => {}
        }
        self.answer_ask(open, if allowed { Answer::Allowed } else { Answer::Refused });
        self.question(false);
        Ok(())
    }

    /// A switch of the customer's own, at any time from their Agree on. On is their press and never exceeds the policy, nor
    /// what Welcome offered.
    pub(super) fn set_right(&mut self, now: Timestamp, right: Right, on: bool) -> Result<(), Error> {
        let could = self.state.could().ok_or(Error::OutOfTurn)?;
        let consent = self.state.consent_mut().ok_or(Error::OutOfTurn)?;
        let before = *consent;
        *consent = if on { before.with_switch(right, could) } else { before.without(right) };
        let consent = *consent;
        if let (State::Sharing(sharing), Right::Control, false) = (&mut self.state, right, on) {
            // Allowed again, control waits for the operator to take it.
            sharing.control.want(false);
        }
        if consent == before {
            return Ok(());
        }
        if right == Right::Record && !on {
            self.recording.want(false);
        }
        self.tell_consent(consent);
        if self.recording_is_refused() {
            self.recording_refused(now);
            return Ok(());
        }
        match self.asks.open.filter(|open| on && open.asking.right == right) {
            Some(open) => self.right_answered(now, open.asking.no, true),
            None => {
                self.report_right(now, right, if on { Change::Given } else { Change::TakenBack });
                Ok(())
            }
        }
    }

    /// The customer holds everything up but the chat, or goes on.
    pub(super) fn set_paused(&mut self, now: Timestamp, on: bool) -> Result<(), Error> {
        let consent = self.state.consent_mut().ok_or(Error::OutOfTurn)?;
        if consent.is_paused() != on {
            *consent = consent.with_pause(on);
            self.out.report(now, wire::event::Kind::PauseChanged(wire::PauseChanged { on }));
        }
        Ok(())
    }

    /// No picture leaves, and none is made, while the customer does not want to be seen. Before the picture begins as well.
    pub(super) fn hold_picture(&mut self) {
        let (may_be_seen, hidden) = match &self.state {
            State::Connecting(connecting) => (connecting.permissions().view, false),
            State::Sharing(sharing) => (sharing.permissions().view, sharing.hidden),
            _ => return,
        };
        if self.held != may_be_seen {
            return;
        }
        self.held = !may_be_seen;
        self.out.act(Action::HoldPicture(self.held));
        if self.held {
            return;
        }
        if hidden {
            self.out.act(Action::Picture(PictureWish::Pause));
        }
        if let Some(shape) = self.held_shape.take() {
            self.tell(wire::peer_message::Body::PointerShape(shape));
        }
    }

    /// The pointer's shape is a piece of the screen: held with it, and the newest one told after it.
    pub(super) fn pointer_shape(&mut self, shape: wire::PointerShape) {
        if self.held {
            self.held_shape = Some(shape);
        } else {
            self.tell(wire::peer_message::Body::PointerShape(shape));
        }
    }

    pub(super) fn pointer_position(&mut self, at: wire::PointerPosition) {
        if !self.held {
            self.tell(wire::peer_message::Body::PointerPosition(at));
        }
    }

    /// Tells the console of a pause: when it changes, and a new connection while it lasts.
    pub(super) fn tell_pause(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, on) = (sharing.connection, sharing.consent.is_paused());
        let told = self.pause_told.filter(|(told, _)| *told == connection).is_some_and(|(_, on)| on);
        if told != on {
            self.pause_told = Some((connection, on));
            self.tell(wire::peer_message::Body::Paused(wire::Paused { on }));
            self.tell_second(wire::peer_message::Body::Paused(wire::Paused { on }));
        }
    }

    fn ask_void(&mut self, now: Timestamp) {
        if let Some(open) = self.asks.open.take() {
            self.report_right(now, open.asking.right, Change::Withdrawn);
            self.question(false);
        }
    }

    fn answer_ask(&mut self, open: Open, answer: Answer) {
        open.id.into_iter().for_each(|id| self.answer_right(id, answer));
    }

    fn refuse_right(&mut self, id: u32, refusal: &'static str, answer: Answer) {
        self.out.refuse(refusal);
        self.answer_right(id, answer);
    }

    fn answer_right(&mut self, id: u32, answer: Answer) {
        let answer = wire::RightAnswer { id, answer: answer.into() };
        self.tell(wire::peer_message::Body::RightAnswer(answer));
    }

    fn report_right(&mut self, now: Timestamp, right: Right, change: Change) {
        let changed = wire::RightChanged { right: wire::Right::from(right).into(), change: change.into() };
        self.out.report(now, wire::event::Kind::RightChanged(changed));
    }
}

/// Whether there is nothing of it left to ask for.
fn has_all_of(sharing: &Sharing, right: Right) -> bool {
    let of_right = right.permissions().intersect(sharing.could());
    of_right.at_any_time().within(sharing.granted())
}

impl Consent {
    /// With a right that the operator asked for, as far as it could be given: this one and nothing beside it.
    fn with(self, right: Right, could: Permissions) -> Self {
        Self { rights: self.rights.union(right.permissions().intersect(could)), ..self }
    }

    /// With what the customer's own switch turns on: with control comes back what went with it.
    fn with_switch(self, right: Right, could: Permissions) -> Self {
        let with = self.with(right, could);
        if right != Right::Control || !with.rights.control {
            return with;
        }
        Self { rights: with.rights.union(self.with_control), ..with }
    }

    /// Without a right. Who does not allow control allows nothing else that changes this machine either (requirements §5);
    /// what goes with it can be given again by a switch of its own.
    fn without(self, right: Right) -> Self {
        let rights = self.rights.without(right.permissions());
        if right == Right::Control {
            // A second press takes nothing more along.
            let with_control =
                if self.rights.control { self.rights.without(rights.view_only()) } else { self.with_control };
            return Self { rights: rights.view_only(), with_control, ..self };
        }
        Self { rights, with_control: self.with_control.without(right.permissions()), ..self }
    }

    fn with_pause(self, paused: bool) -> Self {
        Self { paused, ..self }
    }
}
