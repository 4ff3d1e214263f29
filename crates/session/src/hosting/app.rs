//! From the page to the app in one session (Y-6): the app stands at the door until its own customer agrees, and the
//! page goes on until then. Whoever has the app's code can be that customer: six digits, one use, ten minutes, and few
//! guesses are all that keeps others from taking the page's place. The record says so, and the operator sees it.

use std::time::Duration;

use protocol::{OperatorId, wire};

use super::{Arrival, Fact, Hosting, Kind, Output, Stage, State};
use crate::Timestamp;

/// Between two app codes of one session.
const CODE_INTERVAL: Duration = Duration::from_secs(10);
/// App codes of one session.
const CODES: u32 = 10;

/// An app whose customer has not agreed yet.
#[derive(Debug)]
pub(super) struct AtDoor {
    arrival: Arrival,
    introduced: bool,
}

/// The app codes of a session.
#[derive(Debug, Default)]
pub(super) struct AppCodes {
    made: u32,
    next_at: Timestamp,
}

impl Hosting {
    pub(super) fn app_code(&mut self, now: Timestamp) {
        if !self.is_page() {
            return self.refuse();
        }
        let codes = &mut self.app_codes;
        if CODES <= codes.made || now < codes.next_at {
            let wait = codes.next_at.since(now).max(Duration::from_secs(1));
            let retry_after_s = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
            let problem = wire::Problem { code: "rate-limited".to_owned(), retry_after_s };
            return self.send_customer(wire::server_to_customer::Body::Problem(problem));
        }
        codes.made = codes.made.saturating_add(1);
        codes.next_at = now + CODE_INTERVAL;
        self.outputs.push_back(Output::MakeAppCode);
    }

    /// Somebody redeemed a code of a session that has a customer.
    pub(super) fn app_joined(&mut self, arrival: Arrival) {
        if arrival.kind != Kind::App || !self.is_page() {
            self.outputs.push_back(Output::RefuseArrival);
            return self.refuse();
        }
        if self.at_door.is_some() {
            self.dismiss_app(wire::server_to_customer::Body::Replaced(wire::Replaced {}));
        }
        self.at_door = Some(AtDoor { arrival, introduced: false });
        self.outputs.push_back(Output::WelcomeApp { offered: self.facts.offered_to(Kind::App) });
        self.introduce_operator_to_app();
    }

    pub(super) fn app_says(&mut self, now: Timestamp, body: wire::customer_to_server::Body) {
        use wire::customer_to_server::Body;
        let Some(app) = &self.at_door else { return self.refuse() };
        match body {
            Body::Consent(consent) if consent.agreed => {
                if self.facts.consent_after_operator && !app.introduced {
                    return self.refuse();
                }
                self.take_over(now);
                self.consent(&consent);
            }
            Body::Consent(_) => self.end_at_door(wire::EndReason::CustomerDeclined),
            Body::End(_) => self.end_at_door(wire::EndReason::CustomerStopped),
            Body::Ping(_) => {}
            _ => self.refuse(),
        }
    }

    pub(super) fn app_gone(&mut self) {
        self.at_door = None;
    }

    pub(super) fn send_app(&mut self, body: wire::server_to_customer::Body) {
        if self.at_door.is_some() {
            self.outputs.push_back(Output::ToApp(body));
        }
    }

    pub(super) fn introduce_operator_to_app(&mut self) {
        let Some(app) = self.at_door.as_mut().filter(|_| self.console_present) else { return };
        app.introduced = true;
        let joined = wire::OperatorJoined {
            operator_id: OperatorId::to_bytes(self.facts.operator_id),
            name: self.facts.operator_name.clone(),
        };
        self.send_app(wire::server_to_customer::Body::OperatorJoined(joined));
    }

    /// The app is the customer from here on; what was agreed to on the page was less, so it is asked anew.
    pub(super) fn take_over(&mut self, now: Timestamp) {
        let Some(AtDoor { arrival, introduced }) = self.at_door.take() else { return };
        self.record(Fact::AppTookOver);
        self.outputs.push_back(Output::TakeOver);
        self.state = State::Joined(arrival);
        self.introduced = introduced;
        self.customer_present = true;
        self.await_consent(now);
        // Consoles leave the page's connection.
        self.told = Stage::Joined;
        self.outputs.push_back(Output::Moved(Stage::Joined));
    }

    fn end_at_door(&mut self, reason: wire::EndReason) {
        self.dismiss_app(wire::server_to_customer::Body::Ended(wire::Ended { reason: reason.into() }));
    }

    fn dismiss_app(&mut self, last: wire::server_to_customer::Body) {
        self.send_app(last);
        self.at_door = None;
        self.outputs.push_back(Output::DismissApp);
    }

    pub(super) fn is_page(&self) -> bool {
        self.customer().is_some_and(|customer| customer.kind == Kind::Browser)
    }
}
