//! What the customer does.

use protocol::{
    Permissions,
    chat::{self, Author, Line},
    wire,
};

use super::{
    Action, Customer, Ending, Error, ScreenFailure, recording,
    state::{Consent, State},
};
use crate::Timestamp;

impl Customer {
    pub(super) fn agreed(&mut self, now: Timestamp, chosen: Permissions) -> Result<(), Error> {
        match std::mem::replace(&mut self.state, State::Joining) {
            State::Asking(member) => {
                let consent = Consent::given(chosen, member.offered);
                if recording::is_refused(&member, consent) {
                    self.state = State::Asking(member);
                    self.recording_refused(now);
                    return Ok(());
                }
                self.tell_consent(consent);
                self.state = State::Agreed(member, consent);
                Ok(())
            }
            state => {
                self.state = state;
                Err(Error::OutOfTurn)
            }
        }
    }

    pub(super) fn declined(&mut self, now: Timestamp) -> Result<(), Error> {
        if !matches!(self.state, State::Asking(_) | State::Waiting(_)) {
            return Err(Error::OutOfTurn);
        }
        let refusal = wire::Consent { agreed: false, permissions: None };
        self.out.send_server(wire::customer_to_server::Body::Consent(refusal));
        let reason = wire::EndReason::CustomerDeclined;
        self.end(now, Ending::Reason(reason), Some(reason));
        Ok(())
    }

    pub(super) fn stopped(&mut self, now: Timestamp) {
        // Nothing was shown yet, so there is nothing to stop.
        if self.declined(now).is_ok() {
            return;
        }
        let reason = wire::EndReason::CustomerStopped;
        match self.state {
            State::Joining => {
                self.end(now, Ending::Reason(reason), None);
                self.close_signalling();
            }
            _ => self.end(now, Ending::Reason(reason), Some(reason)),
        }
    }

    /// Nobody pressed anything: console and record are told what really ended it.
    pub(super) fn screen_failed(&mut self, now: Timestamp, failure: ScreenFailure) {
        // The display goes before the machine does.
        if self.reboots.is_prepared() {
            return self.leave_peer(now);
        }
        if matches!(self.state, State::Sharing(_)) {
            let reason = failure.reason();
            self.end(now, Ending::Reason(reason), Some(reason));
        }
    }

    pub(super) fn customer_active(&mut self, now: Timestamp) {
        if let State::Sharing(sharing) = &mut self.state {
            sharing.control.customer_active(now);
        }
    }

    pub(super) fn question(&mut self, open: bool) {
        // One that is answered may leave another.
        let open = open || self.asks.asking().is_some() || self.second.asking().is_some();
        if let State::Sharing(sharing) = &mut self.state {
            sharing.control.set_question(open);
            self.out.act(Action::ReleaseInput);
        }
    }

    pub(super) fn write_chat(&mut self, now: Timestamp, id: [u8; 16], text: &str) -> Result<(), Error> {
        let allowed = match &self.state {
            State::Sharing(sharing) => sharing.permissions().chat,
            State::Agreed(_, consent) => consent.permissions().chat,
            State::Connecting(connecting) => connecting.consent.permissions().chat,
            _ => return Err(Error::OutOfTurn),
        };
        if !allowed {
            return Err(Error::ChatForbidden);
        }
        let text = chat::clean(text)?;
        let line =
            Line { id, author: Author::Customer, text, at_ms: self.out.server_ms(now), name: String::new() };
        if !self.out.chat.write(line.clone()) {
            return Err(Error::ChatFull);
        }
        self.tell(wire::peer_message::Body::Chat(wire::Chat::from(&line)));
        self.second_reads(&line);
        self.out.report(now, wire::event::Kind::Chat(wire::Chat::from(&line)));
        self.out.act(Action::ShowChat(line));
        Ok(())
    }

    /// Ends the session here at once; `tell` goes to the server as soon as it is reached.
    pub(super) fn end(&mut self, now: Timestamp, ending: Ending, tell: Option<wire::EndReason>) {
        if matches!(self.state, State::Ended(_)) {
            return;
        }
        if let (State::Sharing(sharing), Some(reason)) = (&self.state, tell) {
            let connection = sharing.connection;
            let bye = wire::Bye { reason: reason.into() };
            self.out.send_peer(connection, wire::peer_message::Body::Bye(bye));
        }
        self.second_leaves(now, tell.unwrap_or(wire::EndReason::SecondOver), false);
        self.leave_peer(now);
        self.reboot_over();
        self.out.act(Action::ForgetResumeToken);
        self.state = State::Ended(ending);
        self.out.untold_end = tell;
    }
}
