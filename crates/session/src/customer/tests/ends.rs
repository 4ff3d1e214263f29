use protocol::wire;

use super::bench::{Bench, EVERYTHING};
use crate::customer::{Action, Ending, Input, ScreenFailure, View};

/// What console, server and window hear of a screen that cannot be shared.
fn check_screen_failed(failure: ScreenFailure, reason: wire::EndReason) {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::ScreenFailed(failure));
    let bye = wire::peer_message::Body::Bye(wire::Bye { reason: reason.into() });
    assert_eq!(bench.to_console().last(), Some(&bye));
    let ends = |body: &wire::customer_to_server::Body| matches!(body, wire::customer_to_server::Body::End(_));
    let told: Vec<_> = bench.to_server().into_iter().filter(ends).collect();
    assert_eq!(told, [wire::customer_to_server::Body::End(reason.into())]);
    assert_eq!(bench.view(), View::Ended(Ending::Reason(reason)));
    assert!(bench.has(|action| *action == Action::StopSharing));
}

/// nobody pressed Stop, and neither the operator nor the record is told so.
#[test]
fn a_screen_that_cannot_be_shared_ends_the_session_with_what_it_lacks() {
    check_screen_failed(ScreenFailure::Depth, wire::EndReason::ScreenDepth);
    check_screen_failed(ScreenFailure::Size, wire::EndReason::ScreenSize);
    check_screen_failed(ScreenFailure::Lost, wire::EndReason::ScreenLost);
    check_screen_failed(ScreenFailure::Other, wire::EndReason::ScreenFailed);
}

/// The screen of a connection that is gone already.
#[test]
fn a_screen_that_nobody_shares_ends_nothing() {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.put(Input::ScreenFailed(ScreenFailure::Lost));
    assert!(matches!(bench.view(), View::Connecting { .. }));
}
