//! The app takes over from the page [Y-6].

use protocol::{limits, wire};

use super::{Bench, EVERYTHING, arrival, consent, offer};
use crate::hosting::{Fact, Input, Kind, Output, Stage};

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

/// F-03: a restart that the customer agreed to takes longer than any loss of the network, and another run of the app goes on
/// with what was agreed to: the console is asked for an offer at once, since nothing is left of the connection of before.
#[test]
fn a_machine_that_restarts_comes_back_into_its_session() {
    use wire::event::Kind::Reboot;
    use wire::reboot::What;
    let mut bench = Bench::new(true);
    bench.put(Input::ConsoleOpened);
    bench.put(Input::CustomerJoined(arrival(Kind::App)));
    bench.put(consent(EVERYTHING));
    bench.put(super::reports(wire::event::Kind::SharingStarted(wire::SharingStarted {})));
    let what = What::Begun.into();
    let begun = wire::Event {
        source_seq: 2,
        at_ms: 0,
        kind: Some(Reboot(wire::Reboot { what, ..Default::default() })),
    };
    bench.put(Input::CustomerSays(wire::customer_to_server::Body::Event(begun)));
    bench.put(Input::CustomerGone);
    bench.wait(limits::REBOOT_AWAY - limits::PING_INTERVAL);
    assert_eq!(bench.hosting.stage(), Stage::Away);
    bench.outputs.clear();
    let another =
        crate::hosting::Arrival { fingerprint: Some(protocol::Fingerprint([7; 32])), ..arrival(Kind::App) };
    bench.put(Input::CustomerResumed(another));
    assert!(bench.has(|output| matches!(output, Output::Welcome { resumed: true, .. })));
    assert!(bench.asks_for_offer());
    bench.put(Input::CustomerGone);
    bench.wait(limits::REBOOT_AWAY);
    assert!(matches!(bench.hosting.stage(), Stage::Ended(wire::EndReason::CustomerLost)));
}
