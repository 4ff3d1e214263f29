use std::time::Duration;

use protocol::{Permissions, Right, limits, policy, wire};
use wire::{customer_to_server::Body as Told, reversed::Act, server_to_customer::Body as Server};

use super::bench::{Bench, EVERYTHING, fitting, signer};
use crate::customer::{Action, Channel, ConnectionNo, Input, View};

const UNCONTROLLED: Permissions = Permissions { control_operator: false, ..EVERYTHING };
const TICKET: &str = "0123456789abcdef";

fn server_says(bench: &mut Bench, act: Act) {
    bench.server(Server::Reversed(wire::Reversed { act: Some(act) }));
}

fn asked(bench: &mut Bench) {
    server_says(bench, Act::Asked(wire::ReversedAsked {}));
}

fn ticket(bench: &mut Bench, ticket: &str) {
    server_says(bench, Act::Ticket(ticket.to_owned()));
}

fn asking(bench: &Bench) -> Option<u64> {
    let View::Sharing { asking, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    asking.filter(|asking| asking.right == Right::OperatorControl).map(|asking| asking.no)
}

/// Time passes, and the server is there all along.
fn a_window_passes(bench: &mut Bench) {
    let step = Duration::from_secs(5);
    for _ in 0..=limits::OPERATOR_SCREEN_WINDOW.as_secs() / step.as_secs() {
        bench.wait(step);
        bench.server(Server::Pong(wire::Pong::default()));
    }
}

/// The customer's press upon the question that stands.
fn answers(bench: &mut Bench, allowed: bool) {
    let no = asking(bench).unwrap();
    bench.put(Input::RightAnswered { no, allowed });
}

fn told(bench: &Bench) -> Vec<bool> {
    let of = |body| if let Told::Reversed(said) = body { Some(said.allowed) } else { None };
    bench.to_server().into_iter().filter_map(of).collect()
}

fn opened(bench: &Bench) -> Vec<String> {
    let of = |action: &Action| match action {
        Action::OpenViewer(ticket) => Some(ticket.clone()),
        _ => None,
    };
    bench.actions().into_iter().filter_map(of).collect()
}

/// F-15: a page is opened by the customer's press, once, and by no time that passes.
#[test]
fn the_page_opens_by_the_customers_press_alone() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    ticket(&mut bench, TICKET);
    asked(&mut bench);
    ticket(&mut bench, TICKET);
    bench.wait(Duration::from_secs(10));
    assert_eq!((told(&bench), opened(&bench)), (vec![], vec![]));
    answers(&mut bench, true);
    assert_eq!(told(&bench), [true]);
    ticket(&mut bench, TICKET);
    ticket(&mut bench, "another");
    assert_eq!(opened(&bench), [TICKET]);
    bench.wait(Duration::from_secs(2));
    assert!(3 <= bench.refused("server-out-of-order"), "two before the press, and one after the page");
}

/// What becomes a part of an address is letters and digits.
#[test]
fn a_ticket_that_is_none_opens_nothing() {
    for bad in ["", "a/b", "a b", "a#b", "상담", &"a".repeat(limits::VIEWER_TICKET_CHARS + 1)] {
        let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
        asked(&mut bench);
        answers(&mut bench, true);
        ticket(&mut bench, bad);
        assert_eq!(opened(&bench), [""; 0], "{bad}");
    }
}

#[test]
fn whoever_does_not_want_it_is_asked_no_more_and_no_page_opens() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asked(&mut bench);
    answers(&mut bench, false);
    ticket(&mut bench, TICKET);
    assert_eq!((told(&bench), opened(&bench)), (vec![false], vec![]));
}

/// Y-1: nobody is asked for what the policy forbids, or the customer did not agree to; not by a request for the right either.
#[test]
fn what_the_policy_forbids_is_put_before_nobody() {
    for (chosen, permissions) in [(EVERYTHING, UNCONTROLLED), (EVERYTHING.without(EVERYTHING), EVERYTHING)] {
        let chosen = Permissions { view: true, control: true, ..chosen };
        let mut bench = Bench::sharing(chosen, permissions);
        if permissions == EVERYTHING {
            // Offered and not given: the question itself is how it is given, as with every right.
            asked(&mut bench);
            assert!(asking(&bench).is_some());
            continue;
        }
        asked(&mut bench);
        let right = wire::Right::OperatorControl.into();
        bench.console(
            Channel::Control,
            wire::peer_message::Body::RightRequest(wire::RightRequest { id: 1, right }),
        );
        ticket(&mut bench, TICKET);
        assert_eq!(asking(&bench), None);
        assert_eq!((told(&bench), opened(&bench)), (vec![false], vec![]));
        bench.wait(Duration::from_secs(2));
        let refused = ["operator-control-forbidden", "right-forbidden", "server-out-of-order"];
        assert_eq!(refused.map(|what| bench.refused(what)), [1; 3]);
    }
}

/// during a pause nobody is asked, and so often at most.
#[test]
fn nobody_is_asked_during_a_pause_or_without_end() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Paused(true));
    asked(&mut bench);
    assert_eq!(told(&bench), [false]);
    bench.put(Input::Paused(false));
    for _ in 0..limits::OPERATOR_SCREEN_REQUESTS {
        asked(&mut bench);
        answers(&mut bench, false);
    }
    asked(&mut bench);
    assert_eq!(asking(&bench), None);
    a_window_passes(&mut bench);
    asked(&mut bench);
    assert!(asking(&bench).is_some());
}

/// The right taken back, a policy without it, and a browser that is not there: each ends it at the server.
#[test]
fn it_ends_with_the_right_and_where_no_page_opens() {
    let seeing = || {
        let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
        asked(&mut bench);
        answers(&mut bench, true);
        ticket(&mut bench, TICKET);
        bench
    };
    let mut bench = seeing();
    bench.put(Input::RightSet { right: Right::OperatorControl, on: false });
    assert_eq!(told(&bench), [true, false]);
    let mut bench = seeing();
    bench.server(Server::Policy(policy::sign(&fitting(2, UNCONTROLLED), &signer())));
    assert_eq!(told(&bench), [true, false]);
    let mut bench = seeing();
    bench.put(Input::ViewerNotOpened("operator-control-no-browser"));
    assert_eq!(told(&bench), [true, false]);
    // A pause is for this machine, and so is a connection.
    let mut bench = seeing();
    bench.put(Input::Paused(true));
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert_eq!(told(&bench), [true]);
}

/// The operator withdraws; and a question goes with the connection on which it was asked.
#[test]
fn a_question_that_is_void_is_taken_away() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asked(&mut bench);
    server_says(&mut bench, Act::Over(wire::ReversedOver {}));
    assert_eq!((asking(&bench), told(&bench)), (None, vec![]));
    asked(&mut bench);
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert_eq!(told(&bench), [false]);
}
