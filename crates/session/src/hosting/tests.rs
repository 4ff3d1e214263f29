use std::time::Duration;

use protocol::{CompanyId, Fingerprint, Nonce, OperatorId, Permissions, SessionId, limits, sdp, wire};

use super::{Arrival, Fact, Facts, Hosting, Input, Kind, Output, Saved, Side, Stage, Waits};
use crate::Timestamp;

const EVERYTHING: Permissions = Permissions { view: true, control: true, chat: true, control_at_start: true };

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

/// Y-6: one session from the page to the app.
#[test]
fn the_app_takes_over_from_the_page() {
    let mut bench = Bench::new(false);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    bench.put(consent(EVERYTHING));
    bench.put(Input::CustomerSays(wire::customer_to_server::Body::RequestAppCode(wire::RequestAppCode {})));
    assert!(bench.has(|output| matches!(output, Output::MakeAppCode)));
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    assert!(bench.has(|output| matches!(output, Output::WelcomeApp { .. })));
    bench.put(of_app(consent(EVERYTHING)));
    assert!(bench.has(|output| matches!(output, Output::TakeOver)));
    assert!(bench.has(|output| matches!(output, Output::Record(Fact::AppTookOver))));
    assert!(bench.has(|output| matches!(output, Output::Moved(Stage::Joined))), "consoles leave the page");
    assert!(bench.hosting.permissions().control);
    assert!(bench.asks_for_offer());
}

fn of_app(input: Input) -> Input {
    if let Input::CustomerSays(body) = input { Input::AppSays(body) } else { input }
}

/// Whoever guesses an app's code throws nobody out.
#[test]
fn the_page_goes_on_until_the_apps_customer_agrees() {
    use wire::customer_to_server::Body;
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    bench.put(consent(EVERYTHING));
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    assert!(bench.has(|output| matches!(output, Output::RefuseArrival)), "no other page");
    let declined = Body::Consent(wire::Consent { agreed: false, permissions: None });
    for leaves in [declined, Body::End(wire::EndReason::CustomerStopped.into())] {
        bench.put(Input::CustomerJoined(arrival(Kind::App)));
        assert!(!bench.has(|output| matches!(output, Output::TakeOver)));
        bench.put(Input::AppSays(leaves));
        assert!(bench.has(|output| matches!(output, Output::DismissApp)));
        assert_eq!(bench.hosting.stage(), Stage::Connecting);
    }
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(Input::AppGone);
    bench.put(of_app(consent(EVERYTHING)));
    assert_eq!(bench.hosting.customer().unwrap().kind, Kind::Browser);
    bench.put(offer());
    assert!(bench.has(|output| matches!(output, Output::Offer { draft: None, .. })));
}

/// The customer closes the page as soon as the app is there.
#[test]
fn an_app_at_the_door_is_asked_when_the_page_is_closed() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    bench.put(consent(EVERYTHING));
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(Input::CustomerGone);
    bench.wait(limits::CUSTOMER_AWAY);
    assert_eq!(bench.hosting.stage(), Stage::Joined);
    bench.put(consent(EVERYTHING));
    assert!(bench.hosting.permissions().control);
}

#[test]
fn app_codes_are_few_and_far_between() {
    let mut bench = Bench::new(false);
    bench.put(Input::CustomerJoined(arrival(Kind::Browser)));
    let ask = || Input::CustomerSays(wire::customer_to_server::Body::RequestAppCode(wire::RequestAppCode {}));
    let makes = |bench: &Bench| bench.has(|output| matches!(output, Output::MakeAppCode));
    let mut made = 0;
    for second in 0..200 {
        bench.put(ask());
        made += u32::from(makes(&bench));
        assert!(second != 1 || !makes(&bench), "one in ten seconds");
        bench.now = bench.now + Duration::from_secs(1);
    }
    assert_eq!(made, 10);
    assert!(bench.has(|output| {
        matches!(output, Output::ToCustomer(wire::server_to_customer::Body::Problem(problem))
            if problem.code == "rate-limited")
    }));
}

/// "The server is killed with SIGKILL and started again."
#[test]
fn a_restored_session_goes_on() {
    let saved = Saved {
        customer: Some(arrival(Kind::App)),
        consented: Some(EVERYTHING),
        connected: true,
        console: Some(Fingerprint([8; 32])),
    };
    let hosting = Hosting::restore(Timestamp::default(), facts(true), waits(), saved);
    let mut bench = Bench { hosting, now: Timestamp::default(), outputs: Vec::new() };
    assert_eq!(bench.hosting.stage(), Stage::Away);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.has(|output| matches!(output, Output::Welcome { resumed: true, .. })));
    assert_eq!(bench.hosting.stage(), Stage::Active, "the peers never noticed");
    assert!(bench.renews(), "the server that signed the policy is gone, and its plan to renew with it");
    bench.put(Input::ConsoleOpened);
    assert!(bench.asks_for_offer());
}

#[test]
fn a_policy_is_renewed_at_half_of_its_life() {
    let mut bench = Bench::active();
    bench.wait(limits::POLICY_LIFETIME / 2);
    assert!(bench.renews());
    bench.put(Input::NotSigned);
    bench.wait(Duration::from_secs(59));
    assert!(!bench.renews());
    bench.wait(Duration::from_secs(1));
    assert!(bench.renews(), "a policy that could not be signed is tried again");
}

/// The customer is away at the moment of the renewal.
#[test]
fn a_policy_is_renewed_for_a_customer_who_comes_back() {
    let mut bench = Bench::active();
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(bench.renews());
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

fn refusal() -> Input {
    reports(wire::event::Kind::Refused(wire::Refused { what: "x".to_owned(), count: 1 }))
}

fn chat_of_console() -> Input {
    let kind = Some(wire::event::Kind::Chat(wire::Chat::default()));
    let event = wire::Event { kind, ..wire::Event::default() };
    Input::ConsoleSays(wire::console_to_server::Body::Event(event))
}

/// Nobody fills a record before anything is agreed, nor without end: what cannot be kept does not go on.
#[test]
fn events_are_taken_after_consent_and_up_to_a_limit_of_each_side() {
    let told = |bench: &Bench| bench.has(|output| matches!(output, Output::Record(_)));
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    for input in [refusal(), chat_of_console()] {
        bench.put(input);
        assert!(!told(&bench));
    }
    bench.put(consent(EVERYTHING));
    for _ in 0..limits::EVENTS_OF_SIDE {
        bench.put(refusal());
        assert!(told(&bench));
        bench.put(Input::EventKept { side: Side::Customer, bytes: 1 });
    }
    bench.put(chat_of_console());
    assert!(
        bench.has(|output| matches!(output, Output::Record(Fact::FromConsole(_)))),
        "the other side has room"
    );
    bench.put(refusal());
    let of_customer = Fact::EventsRefused { side: Side::Customer };
    assert!(bench.has(|output| matches!(output, Output::Record(fact) if *fact == of_customer)));
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::ServerFailed));
    bench.put(refusal());
    assert!(!told(&bench), "one line says it all");
}

/// Who reports a chat line that nobody was allowed to write gets that into the record, and not the line [F-05].
#[test]
fn a_chat_line_without_the_right_is_a_refusal() {
    let mut bench = Bench::active();
    bench.put(Input::Options(Permissions { chat: false, ..EVERYTHING }));
    bench.put(chat_of_console());
    let kind = bench.outputs.iter().find_map(|output| match output {
        Output::Record(Fact::FromConsole(event)) => event.kind.clone(),
        _ => None,
    });
    let refused = wire::Refused { what: "chat-forbidden".to_owned(), count: 1 };
    assert_eq!(kind, Some(wire::event::Kind::Refused(refused)));
}

/// A hostile customer reports what the shell refuses, or what is kept already, as often as it likes.
#[test]
fn events_that_are_not_kept_use_no_room_up() {
    let mut bench = Bench::active();
    for _ in 0..=2 * limits::EVENTS_OF_SIDE {
        bench.put(refusal());
    }
    assert!(bench.has(|output| matches!(output, Output::Record(Fact::FromCustomer(_)))));
}

#[test]
fn few_long_events_fill_a_record_as_many_short_ones_do() {
    let mut bench = Bench::active();
    bench.put(Input::EventKept { side: Side::Customer, bytes: limits::EVENT_BYTES_OF_SIDE });
    bench.put(refusal());
    assert!(!bench.has(|output| matches!(output, Output::Record(Fact::FromCustomer(_)))));
}

/// How many of twice as many acts as there may be lead to what is `wanted`, and where the session then stands.
fn done(mut put: impl FnMut(&mut Bench, u32), wanted: impl Fn(&Output) -> bool) -> (u32, Stage) {
    let mut bench = Bench::active();
    let mut done = 0;
    for number in 0..2 * limits::ACTS_OF_SESSION {
        put(&mut bench, number);
        done += u32::from(bench.has(&wanted));
    }
    (done, bench.hosting.stage())
}

/// Lines of the record that one side alone brings about: there is a number that nobody reaches by hand.
#[test]
fn consents_returns_and_offers_have_a_limit() {
    let (consents, stage) = done(
        |bench, number| bench.put(consent(Permissions { chat: number % 2 == 1, ..EVERYTHING })),
        |output| matches!(output, Output::Record(Fact::Consented(_))),
    );
    assert_eq!(consents, limits::ACTS_OF_SESSION - 1, "and the first one");
    assert_eq!(stage, Stage::Ended(wire::EndReason::ServerFailed), "no change is left out of the record");
    let (returns, stage) = done(
        |bench, _| {
            bench.put(Input::CustomerGone);
            bench.put(Input::CustomerResumed(arrival(Kind::App)));
        },
        |output| matches!(output, Output::Record(Fact::CustomerReturned)),
    );
    assert_eq!(returns, limits::ACTS_OF_SESSION);
    assert_eq!(stage, Stage::Ended(wire::EndReason::ServerFailed), "both sides hear the same");
    let (offers, _) = done(
        |bench, _| bench.put(offer()),
        |output| matches!(output, Output::Record(Fact::PolicySigned { .. })),
    );
    assert_eq!(offers, limits::ACTS_OF_SESSION - 1, "and the first one");
}

/// A connection that drops twice a minute for a day is a bad network and no attack.
#[test]
fn a_customer_on_a_bad_network_may_return_as_long_as_it_takes() {
    let mut bench = Bench::active();
    for _ in 0..3 * limits::ACTS_OF_SESSION {
        bench.now = bench.now + Duration::from_secs(25);
        bench.put(Input::CustomerGone);
        bench.put(Input::CustomerResumed(arrival(Kind::App)));
    }
    assert!(!matches!(bench.hosting.stage(), Stage::Ended(_)));
}

/// A right that is withdrawn while the session runs is gone from the next policy, which comes at once.
#[test]
fn changed_options_cut_the_running_policy_and_never_widen_it() {
    let mut bench = Bench::active();
    let control = |bench: &Bench| {
        bench.outputs.iter().find_map(|output| match output {
            Output::Renew(draft) => Some(draft.permissions.control),
            _ => None,
        })
    };
    bench.put(Input::Options(Permissions { control: false, ..EVERYTHING }));
    assert_eq!(control(&bench), Some(false));
    bench.put(Input::Options(Permissions { control: false, ..EVERYTHING }));
    assert_eq!(control(&bench), None, "nothing changed");
    bench.put(Input::Options(EVERYTHING));
    assert_eq!(control(&bench), Some(true), "what was offered");
}

/// A customer floods the console with answers that nobody asked for.
#[test]
fn each_offer_is_answered_once() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(consent(EVERYTHING));
    let answers = |bench: &mut Bench| {
        let answer = wire::SessionDescription { sdp: "v=0\r\n".to_owned() };
        bench.put(Input::CustomerSays(wire::customer_to_server::Body::Answer(answer)));
        bench.has(|output| matches!(output, Output::ToConsole(wire::server_to_console::Body::Answer(_))))
    };
    assert!(!answers(&mut bench), "before any offer");
    // The console makes another offer while the first answer is on its way.
    bench.put(offer());
    bench.put(offer());
    assert!(answers(&mut bench));
    assert!(answers(&mut bench));
    assert!(!answers(&mut bench));
    for _ in 0..2 * limits::ANSWERS_AWAITED {
        bench.put(offer());
    }
    assert_eq!((0..100).filter(|_| answers(&mut bench)).count(), limits::ANSWERS_AWAITED as usize);
}

#[test]
fn candidates_are_bounded() {
    let mut bench = Bench::active();
    let candidate = |bytes: usize| {
        let candidate = wire::Candidate { candidate: "x".repeat(bytes), mid: String::new() };
        Input::CustomerSays(wire::customer_to_server::Body::Candidate(candidate))
    };
    let passes = |bench: &Bench| bench.has(|output| matches!(output, Output::ToConsole(_)));
    bench.put(candidate(10));
    assert!(passes(&bench));
    bench.put(candidate(limits::CANDIDATE_BYTES + 1));
    assert!(!passes(&bench));
    for _ in 0..2 * limits::CANDIDATES {
        bench.put(candidate(10));
    }
    assert!(!passes(&bench));
}

/// What cannot be written down is not done: the operator sees no offer to make, and both sides are told.
#[test]
fn a_line_that_cannot_be_kept_ends_the_session_before_what_follows_it() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.hosting.handle(bench.now, consent(EVERYTHING));
    assert!(matches!(bench.hosting.poll(), Some(Output::Record(Fact::Consented(_)))));
    bench.put(Input::NotKept);
    assert!(!bench.asks_for_offer());
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::ServerFailed));
    let problems = bench.outputs.iter().filter(|output| {
        matches!(
            output,
            Output::ToCustomer(wire::server_to_customer::Body::Problem(_))
                | Output::ToConsole(wire::server_to_console::Body::Problem(_))
        )
    });
    assert_eq!(problems.count(), 2);
    assert!(matches!(bench.outputs.last(), Some(Output::Close)));
}

/// The digits of a code are gone with a restart of the server: a new code has its whole time, of a session that still waits.
#[test]
fn a_new_code_begins_its_time_anew() {
    let mut bench = Bench::new(true);
    bench.wait(limits::CODE_LIFETIME - Duration::from_secs(1));
    bench.put(Input::CodeMade);
    bench.wait(limits::CODE_LIFETIME - Duration::from_secs(1));
    assert_eq!(bench.hosting.stage(), Stage::Waiting);
    bench.wait(Duration::from_secs(1));
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::Expired));
}
