//! The operator signs in elsewhere, and the console so far is over [S-01].

use protocol::{Permissions, limits, wire};

use super::{Bench, EVERYTHING, arrival, consent, offer};
use crate::hosting::{Fact, Input, Kind, Output, Stage};

fn leaves(bench: &Bench) -> bool {
    bench.has(|output| matches!(output, Output::ToCustomer(wire::server_to_customer::Body::LeavePeer(_))))
}

fn answer() -> Input {
    let sdp = "v=0\r\n".to_owned();
    Input::CustomerSays(wire::customer_to_server::Body::Answer(wire::SessionDescription { sdp }))
}

/// What that console says is nobody's word any more, whether it goes by itself or not, and no policy names it again.
#[test]
fn the_customer_leaves_a_console_that_is_over() {
    for is_gone in [false, true] {
        let mut bench = Bench::active();
        if is_gone {
            bench.put(Input::ConsoleGone);
        }
        bench.put(Input::ConsoleOver);
        assert!(leaves(&bench), "{is_gone}");
        assert_eq!(bench.has(|output| matches!(output, Output::Record(Fact::OperatorLeft))), !is_gone);
        assert_eq!(bench.hosting.stage(), Stage::Connecting, "the session waits");
        bench.put(offer());
        assert!(!bench.has(|output| matches!(output, Output::Offer { .. })), "{is_gone}");
        bench.put(Input::Options(Permissions { control: false, ..EVERYTHING }));
        assert!(!bench.renews(), "{is_gone}");
        bench.put(Input::ConsoleOpened);
        assert!(bench.asks_for_offer(), "{is_gone}");
        bench.put(offer());
        assert!(bench.has(|output| matches!(output, Output::Offer { draft: Some(_), .. })), "{is_gone}");
    }
}

#[test]
fn nobody_comes_after_the_console_that_is_over() {
    let mut bench = Bench::active();
    bench.put(Input::ConsoleOver);
    bench.wait(limits::CONSOLE_AWAY);
    assert_eq!(bench.hosting.stage(), Stage::Ended(wire::EndReason::OperatorLost));
}

/// the customer's signalling is away meanwhile, or goes before it has heard of it.
#[test]
fn who_comes_back_is_told_until_another_console_has_the_connection() {
    for kind in [Kind::App, Kind::Browser] {
        let mut bench = Bench::new(true);
        bench.put(Input::ConsoleOpened);
        bench.put(Input::CustomerJoined(arrival(kind)));
        bench.put(consent(EVERYTHING));
        bench.put(offer());
        bench.put(answer());
        bench.put(Input::CustomerGone);
        bench.put(Input::CustomerResumed(arrival(kind)));
        assert!(!leaves(&bench), "nothing is over");
        bench.put(Input::CustomerGone);
        bench.put(Input::ConsoleOver);
        assert!(!leaves(&bench), "nobody is there to be told");
        for _ in 0..2 {
            bench.put(Input::CustomerResumed(arrival(kind)));
            assert!(leaves(&bench) && !bench.renews());
            bench.put(Input::CustomerGone);
        }
        bench.put(Input::CustomerResumed(arrival(kind)));
        bench.put(Input::ConsoleOpened);
        bench.put(offer());
        bench.put(answer());
        bench.put(Input::CustomerGone);
        bench.put(Input::CustomerResumed(arrival(kind)));
        assert!(!leaves(&bench), "the connection is the next console's");
    }
}

/// An answer that was on its way to the console that is over says nothing about the next one.
#[test]
fn a_late_answer_keeps_nobody_connected() {
    let mut bench = Bench::active();
    bench.put(Input::ConsoleOver);
    bench.put(answer());
    bench.put(Input::CustomerGone);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(leaves(&bench));
}

/// The server was started again in between: whose the console is that the customer has, is seen before either is back.
#[test]
fn a_console_may_be_over_before_anybody_is_back() {
    let mut bench = Bench::restored();
    bench.put(Input::ConsoleOver);
    bench.put(Input::CustomerResumed(arrival(Kind::App)));
    assert!(leaves(&bench) && !bench.renews());
    assert_eq!(bench.hosting.stage(), Stage::Connecting);
}

/// Before the customer has agreed there is nothing to leave.
#[test]
fn a_question_waits_for_the_next_console() {
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(Input::ConsoleOver);
    assert!(!leaves(&bench));
    assert_eq!(bench.hosting.stage(), Stage::Joined);
    bench.put(Input::ConsoleOpened);
    bench.put(consent(EVERYTHING));
    assert!(bench.asks_for_offer());
}
