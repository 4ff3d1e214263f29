//! Who has mouse and keyboard (S-06, S-07).

use protocol::{Permissions, limits, wire};

use super::ControlView;
use crate::Timestamp;

/// Whether the customer's machine takes input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Desktop {
    /// It has not been tried yet.
    Untried,
    Takes,
    /// It lacks what that needs; kebab-case.
    Lacks(&'static str),
}

/// Control of one connection.
#[derive(Debug)]
pub(super) struct Control {
    desktop: Desktop,
    wanted: bool,
    quiet_at: Option<Timestamp>,
    question_open: bool,
}

impl Control {
    /// At the start of a connection: on where S-06 and the customer want it so.
    pub(super) fn at_start(permissions: Permissions) -> Self {
        let wanted = permissions.control_at_start;
        Self { desktop: Desktop::Untried, wanted, quiet_at: None, question_open: false }
    }

    /// The desktop takes input: from here on control can be on.
    pub(super) fn desktop_takes_input(&mut self) {
        self.desktop = Desktop::Takes;
    }

    /// The desktop takes none, or none any more.
    pub(super) fn desktop_lacks(&mut self, what: &'static str) {
        self.desktop = Desktop::Lacks(what);
    }

    /// The operator takes or gives back control.
    pub(super) fn want(&mut self, on: bool) {
        self.wanted = on;
    }

    pub(super) fn set_question(&mut self, open: bool) {
        self.question_open = open;
    }

    /// A question stands before the customer.
    pub(super) fn has_question(&self) -> bool {
        self.question_open
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
        self.view_of(permissions, self.wanted)
    }

    /// Of somebody else on the same desktop, who may do that and has it or not (F-18).
    pub(super) fn view_of(&self, permissions: Permissions, wanted: bool) -> ControlView {
        if !permissions.control {
            return ControlView::Forbidden;
        }
        match (self.desktop, wanted, self.quiet_at) {
            (Desktop::Lacks(what), ..) => ControlView::Unavailable(what),
            (Desktop::Untried, ..) | (_, false, _) => ControlView::Off,
            (Desktop::Takes, true, Some(_)) => ControlView::CustomerActive,
            (Desktop::Takes, true, None) => ControlView::On,
        }
    }

    /// Why input is not applied now; the name under which it stands in the record.
    pub(super) fn refusal(&self, permissions: Permissions) -> Option<&'static str> {
        match self.view(permissions) {
            ControlView::Forbidden => Some("input-view-only"),
            ControlView::Unavailable(_) => Some("input-unavailable"),
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
        ControlView::Unavailable(_) => State::Unavailable,
    };
    let lacks = if let ControlView::Unavailable(what) = view { what } else { "" };
    wire::ControlState { state: state.into(), lacks: lacks.to_owned() }
}
