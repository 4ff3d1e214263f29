use std::time::Duration;

use protocol::{
    limits,
    policy::{self, Purpose},
    wire,
};

use super::bench::{Bench, EVERYTHING, SERVER_MS, fitting, identity, known, offer, signer, welcome};
use crate::customer::{Action, ConnectionNo, ControlView, Ending, Input, View};

fn events(bench: &Bench) -> Vec<u64> {
    let of = |body| {
        if let wire::customer_to_server::Body::Event(event) = body { Some(event.source_seq) } else { None }
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// the picture goes on without the server, and what happened meanwhile is reported afterwards.
#[test]
fn a_running_session_outlives_the_server() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let before = events(&bench).len();
    bench.put(Input::SignallingClosed);
    bench.put(Input::Chat { id: [1; 16], text: "still here".to_owned() });
    assert!(matches!(bench.view(), View::Sharing { signalling: false, .. }));
    assert!(!bench.has(|action| *action == Action::StopSharing));
    assert_eq!(events(&bench).len(), before, "nothing goes into a closed link");
    bench.outputs.clear();
    bench.wait(limits::RECONNECT_FIRST);
    assert!(bench.has(|action| *action == Action::OpenSignalling));
    bench.put(Input::SignallingOpened { clock_ms: SERVER_MS });
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    let resent = events(&bench);
    assert_eq!(resent, (1..=resent.len() as u64).collect::<Vec<_>>(), "everything not yet kept, in order");
    bench.outputs.clear();
    bench.server(wire::server_to_customer::Body::EventsKept(wire::EventsKept {
        source_seq: resent.len() as u64,
    }));
    bench.put(Input::SignallingClosed);
    bench.wait(limits::RECONNECT_LONGEST);
    bench.put(Input::SignallingOpened { clock_ms: SERVER_MS });
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    assert_eq!(events(&bench), Vec::<u64>::new(), "what is kept is not sent again");
}

/// A server that names a number near the end of all numbers.
#[test]
fn a_count_that_is_none_is_refused() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let before = events(&bench).len() as u64;
    let kept = wire::EventsKept { source_seq: u64::MAX };
    bench.server(wire::server_to_customer::Body::EventsKept(kept));
    bench.put(Input::Chat { id: [1; 16], text: "still counted".to_owned() });
    assert_eq!(bench.refused("server-bad-message"), 1);
    assert_eq!(events(&bench), (1..=before + 2).collect::<Vec<_>>(), "the refusal and the line");
}

#[test]
fn silence_of_the_server_is_noticed() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for _ in 0..4 {
        bench.wait(limits::PING_INTERVAL);
    }
    assert!(bench.has(|action| *action == Action::CloseSignalling));
    assert!(matches!(bench.view(), View::Sharing { signalling: false, .. }));
}

/// a lost peer connection waits for a new offer under the same consent.
#[test]
fn a_lost_peer_stops_capture_lets_every_key_go_and_keeps_the_consent() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert!(bench.has(|action| *action == Action::StopSharing));
    assert!(bench.has(|action| *action == Action::ReleaseInput), "nobody is there to let go");
    assert!(matches!(bench.view(), View::Connecting { .. }));
}

/// S-01: the sign-in of the console is over. It need not agree: nothing of the customer reaches it any more, and nothing of
/// it is taken; the next console comes under the same consent.
#[test]
fn a_console_that_is_over_is_left_on_the_servers_word() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    assert!(matches!(bench.view(), View::Sharing { control: ControlView::On, .. }));
    bench.outputs.clear();
    bench.server(wire::server_to_customer::Body::LeavePeer(wire::LeavePeer {}));
    let closed = Action::ClosePeer { connection: ConnectionNo(1) };
    for action in [Action::StopSharing, Action::ReleaseInput, closed] {
        assert!(bench.has(|done| *done == action), "{action:?}");
    }
    assert!(matches!(bench.view(), View::Connecting { .. }));
    let stopped = wire::event::Kind::SharingStopped(wire::SharingStopped {});
    let is_it = |body| matches!(body, wire::customer_to_server::Body::Event(event) if event.kind.as_ref() == Some(&stopped));
    assert!(bench.to_server().into_iter().any(is_it), "the record says so");
    bench.key("KeyA");
    bench.put(Input::Chat { id: [1; 16], text: "for whoever comes".to_owned() });
    assert_eq!(bench.applied(), Vec::<String>::new());
    assert_eq!(bench.to_console(), Vec::new());
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert!(matches!(bench.view(), View::Sharing { .. }));
}

/// Said again, or where there is no connection: nothing is lost by it.
#[test]
fn there_may_be_nothing_to_leave() {
    let mut bench = Bench::asking(EVERYTHING);
    bench.server(wire::server_to_customer::Body::LeavePeer(wire::LeavePeer {}));
    assert!(matches!(bench.view(), View::Question { .. }));
    bench.put(Input::Agreed(EVERYTHING));
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.server(wire::server_to_customer::Body::LeavePeer(wire::LeavePeer {}));
    assert!(bench.has(|done| *done == Action::ClosePeer { connection: ConnectionNo(1) }), "it only comes up");
    bench.outputs.clear();
    bench.server(wire::server_to_customer::Body::LeavePeer(wire::LeavePeer {}));
    assert_eq!(bench.actions(), Vec::<&Action>::new());
}

/// A Stop while the server is away reaches it later.
#[test]
fn the_end_is_told_when_the_server_is_back() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::SignallingClosed);
    bench.put(Input::Stopped);
    bench.wait(Duration::from_secs(1));
    bench.put(Input::SignallingOpened { clock_ms: SERVER_MS });
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    let told = wire::customer_to_server::Body::End(wire::EndReason::CustomerStopped.into());
    assert!(bench.to_server().contains(&told));
}

/// After a long outage: no more at once than the queues on the way can take, all of it, and then the end.
#[test]
fn a_long_tail_leaves_in_windows_and_the_end_after_it() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::SignallingClosed);
    for number in 0..1_000_u32 {
        bench.put(Input::Displays(vec![wire::Display { width: number, ..wire::Display::default() }]));
    }
    bench.put(Input::Stopped);
    bench.wait(Duration::from_secs(1));
    bench.put(Input::SignallingOpened { clock_ms: SERVER_MS });
    bench.outputs.clear();
    bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    let ends = |bench: &Bench| {
        let is_end =
            |body: &wire::customer_to_server::Body| matches!(body, wire::customer_to_server::Body::End(_));
        bench.to_server().iter().filter(|body| is_end(body)).count()
    };
    let mut all = Vec::new();
    while ends(&bench) == 0 {
        let window = events(&bench);
        assert!(!window.is_empty() && window.len() <= limits::EVENTS_IN_FLIGHT);
        all.extend(window);
        bench.outputs.clear();
        let source_seq = *all.last().unwrap();
        bench.server(wire::server_to_customer::Body::EventsKept(wire::EventsKept { source_seq }));
    }
    all.extend(events(&bench));
    assert!(1_000 < all.len());
    assert_eq!(all, (1..=all.len() as u64).collect::<Vec<_>>());
    bench.wait(Duration::from_secs(1));
    assert_eq!(ends(&bench), 2, "told until the server answers");
}

#[test]
fn an_unreachable_server_is_told() {
    let mut bench = Bench::greeting(known());
    bench.put(Input::SignallingClosed);
    assert_eq!(bench.view(), View::Ended(Ending::Unreachable));
}

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// A server whose clock and key are `server_ms` old meets a machine whose clock shows `clock_ms`.
fn check_clock(clock_ms: u64, server_ms: u64, ending: Option<Ending>) {
    let key = &signer().verifying_key();
    let certificate = policy::certify(&identity(), key, Purpose::Policy, server_ms, server_ms + DAY_MS);
    let mut bench = Bench::opening(known());
    bench.put(Input::SignallingOpened { clock_ms });
    bench.server(wire::server_to_customer::Body::Welcome(wire::Welcome {
        server_time_ms: server_ms,
        key: Some(certificate),
        ..welcome(true, EVERYTHING)
    }));
    match ending {
        Some(ending) => {
            assert_eq!(bench.view(), View::Ended(ending), "{clock_ms}");
            assert!(bench.has(|action| *action == Action::CloseSignalling));
            assert!(bench.is_untouched());
        }
        None => assert!(matches!(bench.view(), View::WaitingForOperator { .. }), "{clock_ms}"),
    }
}

/// A stolen key whose time is over, with a server that sets its own clock back to fit.
#[test]
fn a_key_of_another_time_than_this_machines_is_refused() {
    let server_ms = 100 * DAY_MS;
    check_clock(server_ms - DAY_MS - 1, server_ms, Some(Ending::WrongClock));
    check_clock(server_ms - DAY_MS, server_ms, None);
    check_clock(server_ms + 2 * DAY_MS - 1, server_ms, None);
    check_clock(server_ms + 2 * DAY_MS, server_ms, Some(Ending::WrongClock));
    check_clock(0, server_ms, Some(Ending::WrongClock));
}

/// The link comes back after the machine's clock was set: the newer reading counts.
#[test]
fn the_clock_is_read_anew_with_each_link() {
    let key = &signer().verifying_key();
    let certificate = policy::certify(&identity(), key, Purpose::Policy, 0, SERVER_MS + DAY_MS);
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::SignallingClosed);
    bench.wait(limits::RECONNECT_FIRST);
    bench.put(Input::SignallingOpened { clock_ms: SERVER_MS + 2 * DAY_MS });
    let welcome = wire::Welcome { key: Some(certificate), ..welcome(true, EVERYTHING) };
    bench.server(wire::server_to_customer::Body::Welcome(welcome));
    assert_eq!(bench.view(), View::Ended(Ending::WrongClock));
    assert!(bench.has(|action| *action == Action::StopSharing));
}
