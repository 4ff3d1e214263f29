//! The server's side of one session: code issued → joined → agreed → connecting → active → away → ended.
//!
//! It decides which message may go to which side and what is written into the record. It sees no picture and no
//! input, and it grants nothing: consent is the customer's, and the app enforces the policy.

mod app;
mod console;
mod customer;
mod reports;
mod reversed;
mod second;
#[cfg(test)]
mod tests;
mod types;

pub use reversed::{NotReversed, ReversedEnd, ReversedFact, ReversedOrder, reversed_permissions};
pub use second::{Invited, NotInvited, SecondFact};
pub use types::{Arrival, Fact, Facts, Input, Kind, Output, PolicyDraft, Saved, Side, Stage, Waits};

use std::{collections::VecDeque, time::Duration};

use protocol::{Fingerprint, OperatorId, Permissions, limits, wire};

use crate::Timestamp;

/// When a policy that could not be signed is tried again.
const RENEW_AGAIN: Duration = Duration::from_secs(60);

/// One session on the server.
#[derive(Debug)]
pub struct Hosting {
    facts: Facts,
    waits: Waits,
    /// The customer's machine restarts, or may do so at any moment (F-03).
    restarts: bool,
    state: State,
    customer_present: bool,
    console_present: bool,
    /// The session ends at this moment unless the one awaited comes.
    customer_until: Option<Timestamp>,
    console_until: Option<Timestamp>,
    /// The customer's side is through with the session and ends it at this moment.
    left_until: Option<Timestamp>,
    /// This run of the customer's side was told who the operator is.
    introduced: bool,
    /// A customer agreed, so that there is something to report.
    agreed_once: bool,
    /// What policies allow: the offer, cut by the options as they are now.
    allowed: Permissions,
    at_door: Option<app::AtDoor>,
    app_codes: app::AppCodes,
    outputs: VecDeque<Output>,
    told: Stage,
    wake_at: Option<Timestamp>,
    refused: u64,
    second: Option<second::Second>,
    /// The customer is to control the operator's computer (F-15), or does.
    reversed: Option<reversed::Reversed>,
    /// They were asked at some time.
    reversed_wished: bool,
    reversals: reports::Acts,
    /// The session was another operator's at first.
    handed_over: bool,
    reports: reports::Reports,
    consents: reports::Acts,
    returns: reports::Acts,
    offers: reports::Acts,
}

/// What exists when.
#[derive(Debug)]
enum State {
    Waiting,
    Joined(Arrival),
    Agreed(Agreed),
    Ended(wire::EndReason),
}

#[derive(Debug)]
struct Agreed {
    customer: Arrival,
    consent: Permissions,
    /// One side has reported that the connection stands.
    connected: bool,
    /// The console of the last offer, and when its policy is to be renewed.
    offered: Option<(Fingerprint, Timestamp)>,
    candidates: usize,
    /// Offers that were passed on and may still be answered.
    answers_awaited: u32,
    /// The console of the last offer is over: the customer's side is told to leave it until it answers another one's.
    leaves: bool,
}

impl Hosting {
    /// A new session whose code is out.
    #[must_use]
    pub fn new(now: Timestamp, facts: Facts, waits: Waits) -> Self {
        let allowed = facts.offered;
        let mut hosting = Self {
            allowed,
            facts,
            waits,
            restarts: false,
            state: State::Waiting,
            customer_present: false,
            console_present: false,
            customer_until: Some(now + waits.code),
            console_until: None,
            left_until: None,
            introduced: false,
            agreed_once: false,
            at_door: None,
            app_codes: app::AppCodes::default(),
            outputs: VecDeque::new(),
            told: Stage::Waiting,
            wake_at: None,
            refused: 0,
            second: None,
            reversed: None,
            reversed_wished: false,
            reversals: reports::Acts::default(),
            handed_over: false,
            reports: reports::Reports::default(),
            consents: reports::Acts::default(),
            returns: reports::Acts::default(),
            offers: reports::Acts::default(),
        };
        hosting.settle();
        hosting
    }

    /// A session that was live when the server stopped: both sides may come back as after any loss.
    #[must_use]
    pub fn restore(now: Timestamp, facts: Facts, waits: Waits, saved: Saved) -> Self {
        let mut hosting = Self::new(now, facts, waits);
        let Some(customer) = saved.customer else { return hosting };
        hosting.agreed_once = saved.consented.is_some();
        // One that ran is over with that server, which the customer's side has not heard.
        hosting.reversed_wished = true;
        hosting.state = match saved.consented {
            Some(consent) => {
                let agreed = Agreed::new(customer, consent);
                // The policy in use is older than this server: renewed as soon as the customer is back.
                let offered = saved.console.map(|console| (console, now + limits::POLICY_LIFETIME / 2));
                State::Agreed(Agreed { connected: saved.connected, offered, ..agreed })
            }
            None => State::Joined(customer),
        };
        hosting.customer_until = Some(now + waits.customer);
        hosting.console_until = Some(now + waits.console);
        hosting.settle();
        hosting
    }

    /// Takes in what happened at `now`. What a side says at the wrong moment is refused and counted.
    pub fn handle(&mut self, now: Timestamp, input: Input) {
        if matches!(input, Input::NotKept) {
            return self.not_kept();
        }
        if matches!(self.state, State::Ended(_)) {
            return;
        }
        match input {
            Input::CustomerJoined(arrival) => self.customer_joined(now, arrival),
            Input::CustomerResumed(arrival) => self.customer_resumed(now, arrival),
            Input::CustomerSays(body) => self.customer_says(now, body),
            Input::CustomerGone => self.customer_gone(now),
            Input::AppSays(body) => self.app_says(now, body),
            Input::AppGone => self.app_gone(),
            Input::ConsoleOpened => self.console_opened(),
            Input::ConsoleSays(body) => self.console_says(now, body),
            Input::ConsoleGone => self.console_gone(now),
            Input::ConsoleOver => self.console_over(now),
            Input::SecondAccepts(id) => self.second_accepts(now, id),
            Input::SecondGoes(id) => self.second_goes(id),
            Input::SecondOpened => self.second_opened(),
            Input::SecondSays(body) => self.second_says(now, body),
            Input::SecondConsoleGone => self.second_console_gone(now),
            Input::SecondOver => self.second_over(),
            Input::ReversedStarted { host_name } => self.reversed_started(host_name),
            Input::ReversedOver(end) => self.reversed_ends(end),
            Input::SecondOptions(permissions) => self.second_options(now, permissions),
            Input::End(reason) => self.end(reason),
            Input::CodeMade(valid) => self.code_made(now, valid),
            Input::EventKept { side, bytes } => self.event_kept(side, bytes),
            Input::Options(permissions) => self.options(now, permissions),
            Input::NotSigned => self.renew_at(now + RENEW_AGAIN),
            // Above, because it may be the line of the end.
            Input::NotKept => {}
            Input::Tick => self.tick(now),
        }
        self.settle();
    }

    /// The next thing to do, in order.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Where the session stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match &self.state {
            State::Ended(reason) => Stage::Ended(*reason),
            State::Waiting => Stage::Waiting,
            _ if !self.customer_present => Stage::Away,
            State::Joined(_) => Stage::Joined,
            State::Agreed(agreed) if agreed.connected => Stage::Active,
            State::Agreed(_) => Stage::Connecting,
        }
    }

    /// What was settled at the start.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The customer who is or was there.
    #[must_use]
    pub fn customer(&self) -> Option<&Arrival> {
        match &self.state {
            State::Waiting | State::Ended(_) => None,
            State::Joined(customer) => Some(customer),
            State::Agreed(agreed) => Some(&agreed.customer),
        }
    }

    /// What the customer agreed to; before that, what is offered.
    #[must_use]
    pub fn permissions(&self) -> Permissions {
        match &self.state {
            State::Agreed(agreed) => agreed.consent,
            _ => self.facts.offered,
        }
    }

    /// Messages that came at the wrong moment.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused
    }

    fn tick(&mut self, now: Timestamp) {
        self.wake_at = None;
        let is_over = |until: Option<Timestamp>| until.is_some_and(|at| at <= now);
        if is_over(self.left_until) {
            return self.end(wire::EndReason::CustomerStopped);
        }
        if is_over(self.customer_until) && !self.customer_present && self.at_door.is_some() {
            // The page was closed for the app.
            return self.take_over(now);
        }
        if is_over(self.customer_until) {
            let reason = match (&self.state, self.customer_present) {
                (State::Waiting, _) | (_, true) => wire::EndReason::Expired,
                (_, false) => wire::EndReason::CustomerLost,
            };
            return self.end(reason);
        }
        if is_over(self.console_until) {
            return self.end(wire::EndReason::OperatorLost);
        }
        self.tick_second(now);
        self.tick_reversed(now);
        if let State::Agreed(Agreed { offered: Some((_, renew_at)), .. }) = &self.state
            && *renew_at <= now
        {
            self.renew(now);
        }
    }

    fn code_made(&mut self, now: Timestamp, valid: Duration) {
        if matches!(self.state, State::Waiting) {
            self.customer_until = Some(now + valid);
        } else {
            self.refuse();
        }
    }

    fn options(&mut self, now: Timestamp, permissions: Permissions) {
        let allowed = self.facts.offered.intersect(permissions);
        if std::mem::replace(&mut self.allowed, allowed) == allowed {
            return;
        }
        if let State::Agreed(Agreed { offered: Some((console, _)), .. }) = &self.state {
            let console = *console;
            self.record(Fact::PolicySigned { permissions: allowed, console });
            self.renew(now);
        }
        self.tell_page_what_is_allowed();
    }

    /// A page gets no policy: it is told what the options leave of what was offered, and obeys.
    fn tell_page_what_is_allowed(&mut self) {
        let is_agreed = matches!(self.state, State::Agreed(_));
        if is_agreed && self.is_page() && self.customer_present {
            self.send_customer(wire::server_to_customer::Body::Allowed(self.allowed.of_page().into()));
        }
    }

    /// A new policy for the connection under which the console's last offer was passed on. Who is away gets it on
    /// coming back.
    fn renew(&mut self, now: Timestamp) {
        let permissions = self.allowed;
        self.renew_at(now + limits::POLICY_LIFETIME / 2);
        if let State::Agreed(agreed) = &self.state
            && let Some((console, _)) = agreed.offered
            && let Some(draft) = agreed.draft(console, permissions, self.facts.operator_id)
            && self.customer_present
        {
            self.outputs.push_back(Output::Renew(draft));
        }
    }

    fn renew_at(&mut self, at: Timestamp) {
        if let State::Agreed(Agreed { offered: Some((_, renew_at)), .. }) = &mut self.state {
            *renew_at = at;
        }
    }

    fn end(&mut self, reason: wire::EndReason) {
        // Nothing is written after the line of the end.
        self.reversed_ends(ReversedEnd::Over);
        self.state = State::Ended(reason);
        self.customer_until = None;
        self.console_until = None;
        self.left_until = None;
        self.record(Fact::Ended(reason));
        let ended = wire::Ended { reason: reason.into() };
        if self.customer_present {
            self.send_customer(wire::server_to_customer::Body::Ended(ended));
        }
        self.send_app(wire::server_to_customer::Body::Ended(ended));
        if self.console_present {
            self.send_console(wire::server_to_console::Body::Ended(ended));
        }
    }

    /// Nothing goes on that cannot be written down: both sides are told, and the shell writes the end when it can.
    fn not_kept(&mut self) {
        // Its end may be among what is dropped here.
        let is_end = |output: &Output| matches!(output, Output::Reversed(ReversedOrder::End));
        let reversed_ends = self.reversed.take().is_some() || self.outputs.iter().any(is_end);
        self.outputs.clear();
        let reason = match self.state {
            State::Ended(reason) => reason,
            _ => wire::EndReason::ServerFailed,
        };
        self.state = State::Ended(reason);
        let problem = wire::Problem { code: "internal".to_owned(), retry_after_s: 0 };
        let ended = wire::Ended { reason: reason.into() };
        use wire::{server_to_console::Body as Console, server_to_customer::Body as Customer};
        for body in [Customer::Problem(problem.clone()), Customer::Ended(ended)] {
            self.send_app(body.clone());
            self.send_customer(body);
        }
        for body in [Console::Problem(problem), Console::Ended(ended)] {
            self.send_console(body);
        }
        self.outputs.push_back(Output::ToSecond(Console::Ended(ended)));
        if reversed_ends {
            self.outputs.push_back(Output::Reversed(ReversedOrder::End));
        }
        self.told = Stage::Ended(reason);
        self.outputs.extend([Output::Moved(self.told), Output::Close]);
    }

    fn settle(&mut self) {
        self.settle_second();
        self.settle_reversed();
        let stage = self.stage();
        if stage != self.told {
            self.told = stage;
            self.outputs.push_back(Output::Moved(stage));
            if matches!(stage, Stage::Ended(_)) {
                self.outputs.push_back(Output::Close);
            }
        }
        let renew_at = match &self.state {
            State::Agreed(agreed) => agreed.offered.map(|(_, at)| at),
            _ => None,
        };
        let second = self.second.as_ref().and_then(second::Second::deadline);
        let all = [
            second,
            self.reversed_until(),
            self.left_until,
            self.customer_until,
            self.console_until,
            renew_at,
        ];
        let deadline = all.into_iter().flatten().min();
        if deadline != self.wake_at {
            self.wake_at = deadline;
            self.outputs.extend(deadline.map(Output::WakeAt));
        }
    }

    fn refuse(&mut self) {
        self.refused = self.refused.saturating_add(1);
    }

    fn record(&mut self, fact: Fact) {
        self.outputs.push_back(Output::Record(fact));
    }

    fn send_customer(&mut self, body: wire::server_to_customer::Body) {
        self.outputs.push_back(Output::ToCustomer(body));
    }

    fn send_console(&mut self, body: wire::server_to_console::Body) {
        self.outputs.push_back(Output::ToConsole(body));
    }

    /// Console and customer are there and the customer has agreed: the console makes an offer.
    fn ask_for_offer(&mut self) {
        let State::Agreed(agreed) = &mut self.state else { return };
        if !self.console_present || !self.customer_present {
            return;
        }
        agreed.candidates = 0;
        let agreed = wire::Agreed {
            permissions: Some(agreed.consent.into()),
            customer_kind: agreed.customer.kind.to_wire().into(),
            ice_servers: Vec::new(),
        };
        self.send_console(wire::server_to_console::Body::Agreed(agreed));
    }
}

impl Agreed {
    fn new(customer: Arrival, consent: Permissions) -> Self {
        Self {
            customer,
            consent,
            connected: false,
            offered: None,
            candidates: 0,
            answers_awaited: 0,
            leaves: false,
        }
    }

    /// The policy for this app and that console; none for a page.
    fn draft(
        &self,
        console: Fingerprint,
        permissions: Permissions,
        operator_id: OperatorId,
    ) -> Option<PolicyDraft> {
        let (Some(nonce), Some(customer_fingerprint)) = (self.customer.nonce, self.customer.fingerprint)
        else {
            return None;
        };
        Some(PolicyDraft {
            operator_id,
            nonce,
            customer_fingerprint,
            console_fingerprint: console,
            permissions,
        })
    }
}
