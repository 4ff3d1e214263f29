//! The machine as plain values: what comes in, what goes out.

mod bounds;
mod handover;
mod policy;
mod reversed;
mod second;
mod takeover;

use std::time::Duration;

use protocol::{CompanyId, Fingerprint, Nonce, OperatorId, Permissions, SessionId, limits, sdp, wire};

use super::{Arrival, Facts, Hosting, Input, Kind, Output, Saved, Stage, Waits};
use crate::Timestamp;

const EVERYTHING: Permissions = Permissions::ALL;

struct Bench {
    hosting: Hosting,
    now: Timestamp,
    outputs: Vec<Output>,
}

fn facts(consent_after_operator: bool) -> Facts {
    Facts {
        session_id: SessionId([3; 16]),
        company_id: CompanyId([5; 16]),
        operator_id: OperatorId([4; 16]),
        operator_name: "이상담".to_owned(),
        offered: EVERYTHING,
        consent_after_operator,
        chooses_part: false,
        plain_capture: false,
        defaults: wire::SessionDefaults::default(),
        recording_required: false,
        options: Vec::new(),
        second_unasked: false,
        created_at_ms: 0,
    }
}

fn arrival(kind: Kind) -> Arrival {
    let run = (kind == Kind::App).then_some([6; 32]);
    Arrival {
        kind,
        machine: wire::Machine::default(),
        nonce: run.map(Nonce),
        fingerprint: run.map(Fingerprint),
    }
}

fn waits() -> Waits {
    Waits::with_code(limits::CODE_LIFETIME)
}

fn consent(permissions: Permissions) -> Input {
    let permissions = Some(permissions.into());
    Input::CustomerSays(wire::customer_to_server::Body::Consent(wire::Consent { agreed: true, permissions }))
}

fn offer() -> Input {
    let sdp = format!("a=fingerprint:{}\r\n", sdp::write(Fingerprint([8; 32])));
    Input::ConsoleSays(wire::console_to_server::Body::Offer(wire::SessionDescription { sdp }))
}

fn reports(kind: wire::event::Kind) -> Input {
    let event = wire::Event { source_seq: 1, at_ms: 1, kind: Some(kind) };
    Input::CustomerSays(wire::customer_to_server::Body::Event(event))
}

impl Bench {
    fn new(consent_after_operator: bool) -> Self {
        let now = Timestamp::default();
        let hosting = Hosting::new(now, facts(consent_after_operator), waits());
        Self { hosting, now, outputs: Vec::new() }
    }

    /// Up to the picture.
    fn active() -> Self {
        let mut bench = Self::new(true);
        bench.put(Input::ConsoleOpened);
        bench.put(Input::CustomerJoined(arrival(Kind::App)));
        bench.put(consent(EVERYTHING));
        bench.put(offer());
        bench.put(reports(wire::event::Kind::Connected(wire::Connected { relayed: false })));
        bench
    }

    /// The server was started again while the picture was up; nobody is back yet.
    fn restored() -> Self {
        let saved = Saved {
            customer: Some(arrival(Kind::App)),
            consented: Some(EVERYTHING),
            connected: true,
            console: Some(Fingerprint([8; 32])),
        };
        let now = Timestamp::default();
        Self { hosting: Hosting::restore(now, facts(true), waits(), saved), now, outputs: Vec::new() }
    }

    fn put(&mut self, input: Input) {
        self.hosting.handle(self.now, input);
        self.outputs.clear();
        while let Some(output) = self.hosting.poll() {
            self.outputs.push(output);
        }
    }

    fn wait(&mut self, time: Duration) {
        self.now = self.now + time;
        self.put(Input::Tick);
    }

    fn has(&self, wanted: impl Fn(&Output) -> bool) -> bool {
        self.outputs.iter().any(wanted)
    }

    fn renews(&self) -> bool {
        self.has(|output| matches!(output, Output::Renew(_)))
    }

    fn asks_for_offer(&self) -> bool {
        self.has(|output| matches!(output, Output::ToConsole(wire::server_to_console::Body::Agreed(_))))
    }
}

#[test]
fn a_session_goes_from_its_code_to_its_end() {
    let mut bench = Bench::new(true);
    assert_eq!(bench.hosting.stage(), Stage::Waiting);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    assert_eq!(bench.hosting.stage(), Stage::Joined);
    assert!(bench.has(|output| matches!(output, Output::Welcome { resumed: false, .. })));
    assert!(bench.has(|output| {
        matches!(output, Output::ToCustomer(wire::server_to_customer::Body::OperatorJoined(_)))
    }));
    assert!(!bench.asks_for_offer(), "no offer before consent");
    bench.put(consent(EVERYTHING));
    assert_eq!(bench.hosting.stage(), Stage::Connecting);
    assert!(bench.asks_for_offer());
    bench.put(offer());
    assert!(bench.has(|output| matches!(output, Output::Offer { draft: Some(_), .. })));
    bench.put(reports(wire::event::Kind::SharingStarted(wire::SharingStarted {})));
    assert_eq!(bench.hosting.stage(), Stage::Active);
    bench.put(Input::ConsoleSays(wire::console_to_server::Body::End(0)));
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::OperatorEnded));
    assert!(bench.has(|output| matches!(output, Output::Close)));
}

/// S-02: no Yes before the operator is there, and never more than was offered.
#[test]
fn consent_is_taken_at_its_time_and_cut_to_the_offer() {
    let mut bench = Bench::new(true);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    bench.put(consent(EVERYTHING));
    assert_eq!(bench.hosting.stage(), Stage::Joined);
    bench.put(Input::ConsoleOpened);
    bench.put(consent(EVERYTHING));
    assert!(!bench.hosting.permissions().control, "a page is never controlled");
    assert!(bench.asks_for_offer());
}

/// F-13, G-2: a page's customer is asked whether they may be recorded as one with the app is.
#[test]
fn who_refuses_to_be_recorded_is_supported_unless_the_company_wants_nobody_else() {
    for kind in [Kind::App, Kind::Browser] {
        for (required, records) in [(false, false), (true, true), (true, false)] {
            let now = Timestamp::default();
            let facts = Facts { recording_required: required, ..facts(false) };
            let mut bench = Bench { hosting: Hosting::new(now, facts, waits()), now, outputs: Vec::new() };
            bench.put(Input::ConsoleOpened);
            bench.put(Input::CustomerJoined(arrival(kind)));
            bench.put(consent(Permissions { record: records, ..EVERYTHING }));
            if required && !records {
                assert_eq!(
                    bench.hosting.stage(),
                    Stage::Ended(wire::EndReason::RecordingRefused),
                    "{kind:?}"
                );
            } else {
                assert_eq!(bench.hosting.permissions().record, records, "{kind:?}");
                assert_eq!(bench.hosting.stage(), Stage::Connecting, "{kind:?}");
            }
        }
    }
}

/// The console flickers between the question and the press.
#[test]
fn consent_to_an_operator_who_was_named_counts_while_the_console_is_away() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(Input::ConsoleGone);
    bench.put(consent(EVERYTHING));
    assert_eq!(bench.hosting.stage(), Stage::Connecting);
    bench.put(Input::ConsoleOpened);
    assert!(bench.asks_for_offer());
}

#[test]
fn an_offer_before_consent_reaches_nobody() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(offer());
    assert!(!bench.has(|output| matches!(output, Output::Offer { .. })));
    assert!(
        bench.has(|output| matches!(output, Output::ToConsole(wire::server_to_console::Body::Problem(_))))
    );
}

#[test]
fn nobody_joins_and_the_code_expires() {
    let mut bench = Bench::new(true);
    bench.wait(limits::CODE_LIFETIME);
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::Expired));
}

/// "The app is killed": away at once, ended after a minute.
#[test]
fn a_lost_customer_is_awaited_for_a_minute() {
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    assert!(bench.has(|output| matches!(output, Output::Moved(Stage::Away))));
    bench.wait(limits::CUSTOMER_AWAY - Duration::from_secs(1));
    assert_eq!(bench.hosting.stage(), Stage::Away);
    bench.wait(Duration::from_secs(1));
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::CustomerLost));
}

/// back in time, and the running connection is left alone.
#[test]
fn a_customer_who_comes_back_goes_on() {
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.has(|output| matches!(output, Output::Welcome { resumed: true, .. })));
    assert!(!bench.asks_for_offer());
    assert_eq!(bench.hosting.stage(), Stage::Active);
    bench.wait(limits::CUSTOMER_AWAY);
    assert_eq!(bench.hosting.stage(), Stage::Active);
}

/// Another run of the app has forgotten the Yes of the first; its customer says it again.
#[test]
fn a_restarted_app_is_asked_anew() {
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    let other = Arrival { nonce: Some(Nonce([9; 32])), ..arrival(Kind::App) };
    bench.put(Input::CustomerResumed(other));
    assert_eq!(bench.hosting.stage(), Stage::Joined);
    bench.put(consent(EVERYTHING));
    assert!(bench.asks_for_offer());
}

/// X-5, "the console is closed and opened again": the operator gets back in.
#[test]
fn a_console_that_comes_back_makes_a_new_offer() {
    let mut bench = Bench::active();
    bench.put(Input::ConsoleGone);
    assert!(
        bench.has(|output| matches!(
            output,
            Output::ToCustomer(wire::server_to_customer::Body::OperatorLeft(_))
        ))
    );
    bench.put(Input::ConsoleOpened);
    assert!(bench.asks_for_offer());
    bench.put(Input::ConsoleGone);
    bench.wait(limits::CONSOLE_AWAY);
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::OperatorLost));
}

/// A customer's side may not write into the record that somebody else ended the session.
#[test]
fn a_customer_names_no_end_but_its_own() {
    use wire::EndReason;
    let ended = |said: EndReason| {
        let mut bench = Bench::active();
        bench.put(Input::CustomerSays(wire::customer_to_server::Body::End(said.into())));
        bench.wait(Duration::from_secs(2));
        bench.hosting.stage()
    };
    for said in [
        EndReason::Administrator,
        EndReason::OperatorEnded,
        EndReason::OperatorLost,
        EndReason::CustomerLost,
        EndReason::Expired,
    ] {
        assert_eq!(ended(said), Stage::Ended(EndReason::CustomerStopped), "{said:?}");
    }
    for said in [
        EndReason::CustomerDeclined,
        EndReason::PolicyRefused,
        EndReason::ScreenDepth,
        EndReason::RecordingRefused,
        EndReason::ScreenMissing,
        EndReason::ScreenSize,
        EndReason::ScreenLost,
        EndReason::ScreenFailed,
    ] {
        assert_eq!(ended(said), Stage::Ended(said));
    }
}

/// The operator presses End: the app hears it from the console and may be the first to tell.
#[test]
fn the_operators_end_counts_though_the_app_tells_first() {
    let mut bench = Bench::active();
    let said = wire::customer_to_server::Body::End(wire::EndReason::OperatorEnded.into());
    bench.put(Input::CustomerSays(said));
    bench.put(Input::ConsoleSays(wire::console_to_server::Body::End(0)));
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::OperatorEnded));
}

/// The digits of a code are gone with a restart of the server: a new code has its whole time, of a session that still waits.
#[test]
fn a_new_code_begins_its_time_anew() {
    let mut bench = Bench::new(true);
    bench.wait(limits::CODE_LIFETIME - Duration::from_secs(1));
    bench.put(Input::CodeMade(limits::CODE_LIFETIME));
    bench.wait(limits::CODE_LIFETIME - Duration::from_secs(1));
    assert_eq!(bench.hosting.stage(), Stage::Waiting);
    bench.wait(Duration::from_secs(1));
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::Expired));
}
