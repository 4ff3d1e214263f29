//! Opening the link to the server, greeting, and opening it again.

use protocol::{limits, versions, wire};

use super::{Action, Customer, Ending, Entry, link, link::Link, state::State};
use crate::Timestamp;

impl Customer {
    pub(super) fn signalling_opened(&mut self, now: Timestamp, clock_ms: u64) {
        if !matches!(self.out.link, Link::Opening) {
            return;
        }
        self.out.own_clock_ms = clock_ms;
        let options = &self.out.options;
        let entry = match (&self.out.resume_token, &options.entry) {
            (Some(token), _) => wire::customer_hello::Entry::ResumeToken(token.clone()),
            (None, Entry::Resume(token)) => wire::customer_hello::Entry::ResumeToken(token.clone()),
            (None, Entry::Code(code)) => wire::customer_hello::Entry::Code(code.clone()),
        };
        let hello = wire::CustomerHello {
            versions: Some(versions::ours(&options.program)),
            kind: wire::customer_hello::Kind::App.into(),
            nonce: options.nonce.to_bytes(),
            dtls_fingerprint: options.fingerprint.to_bytes(),
            machine: Some(options.machine.clone()),
            language: options.language.clone(),
            features: protocol::policy::KNOWN_FEATURES.map(str::to_owned).to_vec(),
            entry: Some(entry),
        };
        self.out.link = Link::Greeting { since: now };
        self.out.frame(wire::customer_to_server::Body::Hello(hello));
    }

    pub(super) fn signalling_closed(&mut self, now: Timestamp) {
        self.out.link_lost();
        let comes_back = match &self.state {
            State::Joining => matches!(self.out.options.entry, Entry::Resume(_)),
            State::Ended(_) => self.out.untold_end.is_some(),
            _ => true,
        };
        if !comes_back {
            self.out.link = Link::Closed { retry_at: None };
            if matches!(self.state, State::Joining) {
                self.state = State::Ended(Ending::Unreachable);
            }
            return;
        }
        let retry_at = now + link::backoff(self.out.failures);
        self.out.failures = self.out.failures.saturating_add(1);
        self.out.link = Link::Closed { retry_at: Some(retry_at) };
    }

    pub(super) fn tick_signalling(&mut self, now: Timestamp) {
        if self.out.close_at.is_some_and(|at| at <= now) {
            self.close_signalling();
        }
        let is_due = self.out.link.deadline().is_some_and(|at| at <= now);
        match &mut self.out.link {
            Link::Closed { retry_at: Some(_) } if is_due => {
                self.out.link = Link::Opening;
                self.out.act(Action::OpenSignalling);
            }
            Link::Greeting { .. } if is_due => self.give_up_link(now),
            Link::Up { heard_at, .. } if *heard_at + limits::SILENCE <= now => self.give_up_link(now),
            Link::Up { ping_at, .. } if *ping_at <= now => {
                *ping_at = now + limits::PING_INTERVAL;
                let at_ms = self.out.server_ms(now);
                self.out.frame(wire::customer_to_server::Body::Ping(wire::Ping { at_ms }));
            }
            _ => {}
        }
    }

    /// Closes the link for good.
    pub(super) fn close_signalling(&mut self) {
        self.out.close_at = None;
        self.out.tell_end_at = None;
        self.out.untold_end = None;
        if !matches!(self.out.link, Link::Closed { retry_at: None }) {
            self.out.link = Link::Closed { retry_at: None };
            self.out.act(Action::CloseSignalling);
        }
    }

    fn give_up_link(&mut self, now: Timestamp) {
        self.out.act(Action::CloseSignalling);
        self.signalling_closed(now);
    }
}
