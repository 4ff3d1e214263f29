//! What nobody may do without end, and what is not done unless it is written down.

use std::time::Duration;

use protocol::{Permissions, limits, wire};

use super::{Bench, EVERYTHING, arrival, consent, offer, reports};
use crate::hosting::{Fact, Input, Kind, Output, Side, Stage};

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
