//! Recording (F-13, S-15): the console keeps what it shows, and does so while policy and customer let it. The pictures are the
//! console's; what is decided here is whether it may, and that the customer sees it.

use protocol::{Permissions, wire};

use super::{
    ConnectionNo, CopyView, Customer, Ending, Error,
    state::{Consent, Member, Sharing, State},
};
use crate::Timestamp;

/// Whether the session is recorded. Outlives connections: one that comes back goes on.
#[derive(Debug, Default)]
pub(super) struct Recording {
    /// By whoever decided last; `None`: nobody has, and S-15 counts.
    wanted: Option<bool>,
    told: Option<(ConnectionNo, wire::recording_state::State)>,
    /// The record says that it is on.
    reported: bool,
    /// It was on: there is something to have a copy of.
    ran: bool,
    /// The record says that the customer wants one.
    copy_asked: bool,
}

impl Recording {
    /// A connection begins.
    pub(super) fn begin(&mut self, granted: Permissions) {
        self.wanted.get_or_insert(granted.record && granted.record_at_start);
    }

    pub(super) fn want(&mut self, on: bool) {
        self.wanted = Some(on);
    }

    pub(super) fn is_on(&self, sharing: &Sharing) -> bool {
        self.state(sharing) == wire::recording_state::State::On
    }

    pub(super) fn copy(&self, member: &Member) -> CopyView {
        match (member.recording_copies && self.ran, self.copy_asked) {
            (false, _) => CopyView::None,
            (true, false) => CopyView::Offered,
            (true, true) => CopyView::Asked,
        }
    }

    fn state(&self, sharing: &Sharing) -> wire::recording_state::State {
        use wire::recording_state::State;
        match (sharing.granted().record, self.wanted, sharing.consent.is_paused()) {
            (false, ..) => State::Forbidden,
            (true, Some(true), true) => State::Held,
            (true, Some(true), false) => State::On,
            (true, ..) => State::Off,
        }
    }
}

/// Whether this customer is not supported any further: they do not want to be recorded, and the company wants nothing else.
pub(super) fn is_refused(member: &Member, consent: Consent) -> bool {
    member.recording_required && member.offered.record && !consent.permissions().record
}

impl Customer {
    pub(super) fn set_recording(&mut self, on: bool) {
        let State::Sharing(sharing) = &self.state else { return };
        if on && !sharing.granted().record {
            return self.out.refuse("recording-forbidden");
        }
        if on && sharing.consent.is_paused() {
            return self.out.refuse("session-paused");
        }
        self.recording.want(on);
    }

    /// Console and record hear of each change.
    pub(super) fn tell_recording(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, state) = (sharing.connection, self.recording.state(sharing));
        if self.recording.told != Some((connection, state)) {
            self.recording.told = Some((connection, state));
            let state = wire::RecordingState { state: state.into() };
            self.tell(wire::peer_message::Body::RecordingState(state));
        }
        self.report_recording(now, state == wire::recording_state::State::On);
    }

    /// The connection is over, and nothing more of it is recorded.
    pub(super) fn recording_left(&mut self, now: Timestamp) {
        self.report_recording(now, false);
    }

    /// The customer wants a copy of what is recorded: it is given after the session, by whoever keeps its record.
    pub(super) fn ask_copy(&mut self, now: Timestamp) -> Result<(), Error> {
        let State::Sharing(sharing) = &self.state else { return Err(Error::OutOfTurn) };
        match self.recording.copy(&sharing.member) {
            CopyView::None => Err(Error::OutOfTurn),
            CopyView::Asked => Ok(()),
            CopyView::Offered => {
                self.recording.copy_asked = true;
                self.out.report(now, wire::event::Kind::CopyAsked(wire::CopyAsked {}));
                Ok(())
            }
        }
    }

    fn report_recording(&mut self, now: Timestamp, on: bool) {
        self.recording.ran |= on;
        if std::mem::replace(&mut self.recording.reported, on) != on {
            self.out.report(now, wire::event::Kind::RecordingChanged(wire::RecordingChanged { on }));
        }
    }

    pub(super) fn recording_is_refused(&self) -> bool {
        match &self.state {
            State::Agreed(member, consent) => is_refused(member, *consent),
            State::Connecting(connecting) => is_refused(&connecting.member, connecting.consent),
            State::Sharing(sharing) => is_refused(&sharing.member, sharing.consent),
            _ => false,
        }
    }

    pub(super) fn recording_refused(&mut self, now: Timestamp) {
        let reason = wire::EndReason::RecordingRefused;
        self.end(now, Ending::Reason(reason), Some(reason));
    }
}
