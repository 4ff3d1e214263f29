//! The operator's own screen (F-09): whether the customer sees it, and from which picture on.
//!
//! An operator asks, and the customer's press alone begins it. What comes on its channel before, during a pause, or after the end
//! reaches no decoder.

use std::time::Duration;

use bytes::Bytes;
use protocol::{Right, limits, wire};
use wire::operator_screen_changed::Change;
use wire::operator_screen_state::{State as Told, Why};

use super::{Action, ConnectionNo, Customer, Error, pace::Pace, state::State};
use crate::Timestamp;

/// What was on its way when it ended, or was held, is no attempt to be seen without leave.
const ON_ITS_WAY: Duration = Duration::from_secs(2);

/// What the customer does with the operator's screen, and what their window tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorScreenInput {
    /// The customer closes the window.
    Ended,
    /// The window has this update.
    Shown {
        /// Its epoch.
        epoch: u32,
        /// Its number there.
        update: u32,
    },
    /// What came was no picture, or more than is taken at a time.
    Faulty,
}

/// What the shell does with the window of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperatorScreenOrder {
    /// Decode what follows, from the first packet of an epoch of at least this number on. Whatever was decoded before is void.
    Open {
        /// The least number of an epoch.
        from_epoch: u32,
    },
    /// A packet of the console's: a stranger's bytes.
    Packet(Bytes),
    /// Decode nothing more, and keep nothing.
    Close,
}

/// The operator's screen as the customer's window shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OperatorScreenView {
    /// A pause holds it.
    pub held: bool,
}

/// The operator's screen in a session.
#[derive(Debug, Default)]
pub(super) struct OperatorScreen {
    /// The customer's press: it is on until somebody ends it.
    on: bool,
    why: Why,
    told: Option<(ConnectionNo, wire::OperatorScreenState)>,
    /// The epoch from which packets are taken, while they are.
    open: Option<u32>,
    /// No epoch so far had this number or a higher one.
    next_epoch: u32,
    closed_at: Option<Timestamp>,
    requests: Pace,
    faults: Pace,
}

impl Customer {
    /// The operator wants to show their screen, or ends it.
    pub(super) fn operator_screen_wanted(&mut self, now: Timestamp, on: bool) {
        if !on {
            self.operator_screen_question_withdrawn(now);
            self.operator_screen_ends(now, Change::EndedByOperator, Why::Unspecified);
            return self.answer_operator_screen(Why::Unspecified);
        }
        let State::Sharing(sharing) = &self.state else { return };
        if !Right::OperatorScreen.is_in(sharing.could()) {
            return self.refuse_operator_screen("operator-screen-forbidden", Why::Forbidden);
        }
        if sharing.consent.is_paused() {
            return self.refuse_operator_screen("operator-screen-paused", Why::Paused);
        }
        if self.operator_screen.on || self.asks.is_asking(Right::OperatorScreen) {
            return self.answer_operator_screen(Why::Unspecified);
        }
        let requests = &mut self.operator_screen.requests;
        let paced = requests.has_room(now, limits::OPERATOR_SCREEN_REQUESTS, limits::OPERATOR_SCREEN_WINDOW);
        if !paced || self.reboots.is_asked() || !self.ask_to_begin(now, Right::OperatorScreen) {
            return self.refuse_operator_screen("operator-screen-too-fast", Why::Busy);
        }
        self.operator_screen.why = Why::Unspecified;
    }

    /// The customer pressed Allow below the question of it.
    pub(super) fn operator_screen_begins(&mut self, now: Timestamp) {
        if !self.operator_screen.on {
            self.operator_screen.on = true;
            self.operator_screen.why = Why::Unspecified;
            self.report_operator_screen(now, Change::Started);
        }
    }

    /// The customer did not allow it.
    pub(super) fn operator_screen_declined(&mut self) {
        self.answer_operator_screen(Why::Declined);
    }

    pub(super) fn operator_screen_input(
        &mut self,
        now: Timestamp,
        input: OperatorScreenInput,
    ) -> Result<(), Error> {
        match input {
            OperatorScreenInput::Ended if !self.operator_screen.on => return Err(Error::OutOfTurn),
            OperatorScreenInput::Ended => {
                self.operator_screen_ends(now, Change::EndedByCustomer, Why::Ended);
            }
            // Of one that is over, or held, meanwhile.
            _ if self.operator_screen.open.is_none() => {}
            OperatorScreenInput::Shown { epoch, update } => {
                let next = &mut self.operator_screen.next_epoch;
                *next = (*next).max(epoch.saturating_add(1));
                let shown = wire::OperatorScreenShown { epoch, update };
                self.tell(wire::peer_message::Body::OperatorScreenShown(shown));
            }
            OperatorScreenInput::Faulty => self.operator_screen_faulty(now),
        }
        Ok(())
    }

    /// Something came on its channel. Nothing of it is looked at while nothing is taken; a hand-made console is a line in the record.
    pub(super) fn operator_screen_packet(&mut self, now: Timestamp, packet: Bytes) {
        if self.operator_screen.open.is_some() {
            return self.out.act(Action::OperatorScreen(OperatorScreenOrder::Packet(packet)));
        }
        if self.operator_screen.closed_at.is_none_or(|at| at + ON_ITS_WAY <= now) {
            self.out.refuse("operator-screen-uninvited");
        }
    }

    /// The connection is over, perhaps with the session.
    pub(super) fn operator_screen_left(&mut self, now: Timestamp) {
        self.operator_screen_ends(now, Change::Ended, Why::Unspecified);
        self.open_operator_screen(now, false);
        self.operator_screen.told = None;
    }

    /// What policy and customer do not allow any more, ends; a pause holds it. Then all who must know are told.
    pub(super) fn operator_screen_within_permissions(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, granted, held) =
            (sharing.connection, sharing.granted().show_operator_screen, sharing.consent.is_paused());
        if !granted {
            self.operator_screen_ends(now, Change::Ended, Why::Forbidden);
        }
        self.open_operator_screen(now, self.operator_screen.on && !held);
        self.tell_operator_screen(connection, held);
    }

    pub(super) fn operator_screen_view(&self) -> Option<OperatorScreenView> {
        let State::Sharing(sharing) = &self.state else { return None };
        self.operator_screen.on.then(|| OperatorScreenView { held: sharing.consent.is_paused() })
    }

    /// A new epoch is asked for, a few times.
    fn operator_screen_faulty(&mut self, now: Timestamp) {
        let faults = &mut self.operator_screen.faults;
        self.out.refuse("operator-screen-malformed");
        if faults.has_room(now, limits::OPERATOR_SCREEN_FAULTS, limits::OPERATOR_SCREEN_WINDOW) {
            self.open_operator_screen(now, false);
        } else {
            self.operator_screen_ends(now, Change::Ended, Why::Failed);
        }
    }

    fn operator_screen_ends(&mut self, now: Timestamp, change: Change, why: Why) {
        if std::mem::take(&mut self.operator_screen.on) {
            self.operator_screen.why = why;
            self.report_operator_screen(now, change);
        }
    }

    /// Opens or closes, where that is not how it stands.
    fn open_operator_screen(&mut self, now: Timestamp, wanted: bool) {
        let screen = &mut self.operator_screen;
        if screen.open.is_some() == wanted {
            return;
        }
        let order = if wanted {
            let from_epoch = screen.next_epoch;
            // Told again after a fault, it is another one.
            screen.next_epoch = from_epoch.saturating_add(1);
            screen.open = Some(from_epoch);
            OperatorScreenOrder::Open { from_epoch }
        } else {
            screen.open = None;
            screen.closed_at = Some(now);
            OperatorScreenOrder::Close
        };
        self.out.act(Action::OperatorScreen(order));
    }

    fn tell_operator_screen(&mut self, connection: ConnectionNo, held: bool) {
        let screen = &self.operator_screen;
        let state = match (screen.on, held) {
            (true, true) => Told::Held,
            (true, false) => Told::On,
            (false, _) if self.asks.is_asking(Right::OperatorScreen) => Told::Asked,
            (false, _) => Told::Off,
        };
        let why = if state == Told::Off { screen.why } else { Why::Unspecified };
        let from_epoch = screen.open.unwrap_or_default();
        let now = wire::OperatorScreenState { state: state.into(), why: why.into(), from_epoch };
        let before = screen.told.as_ref().filter(|(told, _)| *told == connection).map(|(_, state)| state);
        // A console that hears nothing of it shows nothing.
        if before.map_or(state != Told::Off, |before| *before != now) {
            self.operator_screen.told = Some((connection, now));
            self.tell(wire::peer_message::Body::OperatorScreenState(now));
        }
    }

    fn refuse_operator_screen(&mut self, refusal: &'static str, why: Why) {
        self.out.refuse(refusal);
        self.answer_operator_screen(why);
    }

    /// Says how it stands, also where that is as before: whoever wished waits for it.
    fn answer_operator_screen(&mut self, why: Why) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, held) = (sharing.connection, sharing.consent.is_paused());
        self.operator_screen.why = why;
        // Anything that differs from whatever is told now.
        self.operator_screen.told = Some((connection, wire::OperatorScreenState::default()));
        self.tell_operator_screen(connection, held);
    }

    fn report_operator_screen(&mut self, now: Timestamp, change: Change) {
        let changed = wire::OperatorScreenChanged { change: change.into() };
        self.out.report(now, wire::event::Kind::OperatorScreenChanged(changed));
    }
}
