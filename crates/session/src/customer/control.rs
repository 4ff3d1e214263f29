//! Who has mouse and keyboard (S-06, S-07).

use protocol::{Permissions, limits, wire};

use super::ControlView;
use crate::Timestamp;

/// Control of one connection.
#[derive(Debug)]
pub(super) struct Control {
    wanted: bool,
    quiet_at: Option<Timestamp>,
    question_open: bool,
}

impl Control {
    /// At the start of a connection: on where S-06 and the customer want it so.
    pub(super) fn at_start(permissions: Permissions) -> Self {
        Self { wanted: permissions.control_at_start, quiet_at: None, question_open: false }
    }

    /// The operator takes or gives back control.
    pub(super) fn want(&mut self, on: bool) {
        self.wanted = on;
    }

    pub(super) fn set_question(&mut self, open: bool) {
        self.question_open = open;
    }

    /// The customer's own hand: the operator's input waits for 500 ms of quiet.
    pub(super) fn customer_active(&mut self, now: Timestamp) {
        self.quiet_at = Some(now + limits::CUSTOMER_QUIET);
    }

    /// When the customer will have been quiet for long enough.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.quiet_at
    }

    pub(super) fn tick(&mut self, now: Timestamp) {
        if self.quiet_at.is_some_and(|at| at <= now) {
            self.quiet_at = None;
        }
    }

    pub(super) fn view(&self, permissions: Permissions) -> ControlView {
        if !permissions.control {
            return ControlView::Forbidden;
        }
        match (self.wanted, self.quiet_at) {
            (false, _) => ControlView::Off,
            (true, Some(_)) => ControlView::CustomerActive,
            (true, None) => ControlView::On,
        }
    }

    /// Why input is not applied now; the name under which it stands in the record.
    pub(super) fn refusal(&self, permissions: Permissions) -> Option<&'static str> {
        match self.view(permissions) {
            ControlView::Forbidden => Some("input-view-only"),
            ControlView::Off => Some("input-control-off"),
            ControlView::CustomerActive => Some("input-paused"),
            ControlView::On => self.question_open.then_some("input-question-open"),
        }
    }
}

/// As the console is told.
pub(super) fn to_wire(view: ControlView) -> wire::ControlState {
    use wire::control_state::State;
    let state = match view {
        ControlView::Forbidden => State::Forbidden,
        ControlView::Off => State::Off,
        ControlView::On => State::On,
        ControlView::CustomerActive => State::CustomerActive,
    };
    wire::ControlState { state: state.into() }
}
