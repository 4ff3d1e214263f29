use std::time::Duration;

use bytes::Bytes;
use protocol::{Permissions, Right, limits, policy, wire};
use wire::operator_screen_changed::Change;
use wire::operator_screen_state::{State as Told, Why};
use wire::{event::Kind, peer_message::Body};

use super::bench::{Bench, EVERYTHING, fitting, signer};
use crate::customer::{
    Action, Channel, ConnectionNo, Error, Input, OperatorScreenInput, OperatorScreenOrder,
    OperatorScreenView, View,
};

const UNSEEN: Permissions = Permissions { show_operator_screen: false, ..EVERYTHING };
const OPEN: OperatorScreenOrder = OperatorScreenOrder::Open { from_epoch: 0 };
const SHOWN: Option<OperatorScreenView> = Some(OperatorScreenView { held: false });

fn wishes(bench: &mut Bench, on: bool) {
    bench.console(Channel::Control, Body::SetOperatorScreen(wire::SetOperatorScreen { on }));
}

fn sends(bench: &mut Bench, packet: &'static [u8]) {
    let bytes = Bytes::from_static(packet);
    bench.put(Input::PeerMessage { connection: ConnectionNo(1), channel: Channel::OperatorScreen, bytes });
}

/// The customer's press upon the question that stands.
fn answers(bench: &mut Bench, allowed: bool) {
    let View::Sharing { asking: Some(asking), .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!(asking.right, Right::OperatorScreen);
    bench.put(Input::RightAnswered { no: asking.no, allowed });
}

fn watching() -> Bench {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    wishes(&mut bench, true);
    answers(&mut bench, true);
    bench
}

fn orders(bench: &Bench) -> Vec<OperatorScreenOrder> {
    let of = |action: &Action| match action {
        Action::OperatorScreen(order) => Some(order.clone()),
        _ => None,
    };
    bench.actions().into_iter().filter_map(of).collect()
}

fn packet(bytes: &'static [u8]) -> OperatorScreenOrder {
    OperatorScreenOrder::Packet(Bytes::from_static(bytes))
}

fn told(bench: &Bench) -> Vec<(Told, Why, u32)> {
    let of = |body| match body {
        Body::OperatorScreenState(state) => Some((state.state(), state.why(), state.from_epoch)),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<Change> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(Kind::OperatorScreenChanged(changed)) => Some(changed.change()),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

fn view(bench: &Bench) -> Option<OperatorScreenView> {
    let View::Sharing { operator_screen, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    operator_screen
}

/// F-09: pictures are taken from the customer's press on and not before, and none after the operator's end.
#[test]
fn the_screen_is_shown_from_the_customers_press_to_the_operators_end() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    wishes(&mut bench, true);
    bench.wait(Duration::from_secs(10));
    sends(&mut bench, b"early");
    assert_eq!((orders(&bench), view(&bench)), (vec![], None), "no time that passes answers");
    answers(&mut bench, true);
    sends(&mut bench, b"picture");
    assert_eq!(view(&bench), SHOWN);
    wishes(&mut bench, false);
    sends(&mut bench, b"late");
    assert_eq!(orders(&bench), [OPEN, packet(b"picture"), OperatorScreenOrder::Close]);
    let unasked = Why::Unspecified;
    assert_eq!(told(&bench), [(Told::Asked, unasked, 0), (Told::On, unasked, 0), (Told::Off, unasked, 0)]);
    assert_eq!(recorded(&bench), [Change::Started, Change::EndedByOperator]);
    bench.wait(Duration::from_secs(3));
    assert_eq!(bench.refused("operator-screen-uninvited"), 1, "the early one, and not what was on its way");
    sends(&mut bench, b"hand-made");
    bench.wait(Duration::from_secs(3));
    assert_eq!(bench.refused("operator-screen-uninvited"), 2);
}

#[test]
fn a_customer_who_does_not_want_to_see_it_sees_nothing_and_the_console_is_told() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    wishes(&mut bench, true);
    answers(&mut bench, false);
    assert_eq!((orders(&bench), view(&bench)), (vec![], None));
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Declined, 0)));
    assert_eq!(recorded(&bench), []);
}

#[test]
fn the_operator_withdraws_the_question() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    wishes(&mut bench, true);
    wishes(&mut bench, false);
    let View::Sharing { asking, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!(asking, None);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Unspecified, 0)));
}

/// Y-1: whoever asks without leave is refused, the customer sees no question, and what is sent all the same is not looked at.
#[test]
fn a_screen_that_the_policy_forbids_is_put_before_nobody() {
    let mut bench = Bench::sharing(EVERYTHING, UNSEEN);
    wishes(&mut bench, true);
    let right = wire::Right::OperatorScreen.into();
    bench.console(Channel::Control, Body::RightRequest(wire::RightRequest { id: 1, right }));
    bench.console(Channel::Pointer, Body::SetOperatorScreen(wire::SetOperatorScreen { on: true }));
    sends(&mut bench, b"picture");
    bench.wait(Duration::from_secs(2));
    let View::Sharing { asking, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!((asking, orders(&bench)), (None, vec![]));
    assert_eq!(told(&bench), [(Told::Off, Why::Forbidden, 0)]);
    let refused =
        ["operator-screen-forbidden", "operator-screen-uninvited", "message-out-of-place", "right-forbidden"];
    assert_eq!(refused.map(|what| bench.refused(what)), [1; 4]);
}

/// who asks for the right alone has chosen no screen; given, nothing is shown before they ask to show one.
#[test]
fn the_right_alone_shows_nothing() {
    let mut bench = Bench::sharing(UNSEEN, EVERYTHING);
    let right = wire::Right::OperatorScreen.into();
    bench.console(Channel::Control, Body::RightRequest(wire::RightRequest { id: 1, right }));
    answers(&mut bench, true);
    assert_eq!((orders(&bench), view(&bench)), (vec![], None));
    wishes(&mut bench, true);
    answers(&mut bench, true);
    assert_eq!(orders(&bench), [OPEN]);
}

/// the customer's switch ends it, and so does a policy without it.
#[test]
fn the_right_taken_back_ends_it_and_so_does_a_policy_without_it() {
    let mut bench = watching();
    bench.put(Input::RightSet { right: Right::OperatorScreen, on: false });
    assert_eq!(orders(&bench), [OPEN, OperatorScreenOrder::Close]);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Forbidden, 0)));
    assert_eq!(recorded(&bench), [Change::Started, Change::Ended]);

    let mut bench = watching();
    let narrow = policy::sign(&fitting(2, UNSEEN), &signer());
    bench.server(wire::server_to_customer::Body::Policy(narrow));
    assert_eq!(orders(&bench), [OPEN, OperatorScreenOrder::Close]);
}

/// during a pause nothing is taken; after it a new epoch begins, above whatever was shown.
#[test]
fn a_pause_holds_it_and_it_goes_on_with_a_new_epoch() {
    let mut bench = watching();
    bench.put(Input::OperatorScreen(OperatorScreenInput::Shown { epoch: 4, update: 9 }));
    let shown = Body::OperatorScreenShown(wire::OperatorScreenShown { epoch: 4, update: 9 });
    assert!(bench.to_console().contains(&shown));
    bench.put(Input::Paused(true));
    sends(&mut bench, b"while paused");
    assert_eq!(view(&bench), Some(OperatorScreenView { held: true }));
    bench.put(Input::Paused(false));
    let again = OperatorScreenOrder::Open { from_epoch: 5 };
    assert_eq!(orders(&bench), [OPEN, OperatorScreenOrder::Close, again]);
    let states: Vec<_> = told(&bench).into_iter().map(|(state, _, from)| (state, from)).collect();
    assert_eq!(states, [(Told::Asked, 0), (Told::On, 0), (Told::Held, 0), (Told::On, 5)]);
    assert_eq!(recorded(&bench), [Change::Started]);

    bench.put(Input::Paused(true));
    wishes(&mut bench, false);
    wishes(&mut bench, true);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Paused, 0)));
}

#[test]
fn the_customer_closes_the_window() {
    let mut bench = watching();
    bench.put(Input::OperatorScreen(OperatorScreenInput::Ended));
    assert_eq!(orders(&bench), [OPEN, OperatorScreenOrder::Close]);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Ended, 0)));
    assert_eq!(recorded(&bench), [Change::Started, Change::EndedByCustomer]);
    let again = Input::OperatorScreen(OperatorScreenInput::Ended);
    assert_eq!(bench.try_put(again), Err(Error::OutOfTurn));
    // What the window still tells is of nothing.
    bench.put(Input::OperatorScreen(OperatorScreenInput::Shown { epoch: 1, update: 1 }));
    bench.put(Input::OperatorScreen(OperatorScreenInput::Faulty));
    assert_eq!(orders(&bench).len(), 2);
}

/// A console that sends no pictures is asked for a new one a few times, and then it is over.
#[test]
fn what_is_no_picture_ends_it_in_the_end() {
    let mut bench = watching();
    for _ in 0..limits::OPERATOR_SCREEN_FAULTS {
        bench.put(Input::OperatorScreen(OperatorScreenInput::Faulty));
        assert_eq!(view(&bench), SHOWN);
    }
    let opened: Vec<u32> = orders(&bench)
        .into_iter()
        .filter_map(|order| match order {
            OperatorScreenOrder::Open { from_epoch } => Some(from_epoch),
            _ => None,
        })
        .collect();
    assert_eq!(opened, [0, 1, 2, 3, 4, 5]);
    bench.put(Input::OperatorScreen(OperatorScreenInput::Faulty));
    assert_eq!(orders(&bench).last(), Some(&OperatorScreenOrder::Close));
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Failed, 0)));
    assert_eq!(recorded(&bench), [Change::Started, Change::Ended]);
}

/// nobody is asked without end.
#[test]
fn a_console_asks_so_often_and_no_more() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for _ in 0..limits::OPERATOR_SCREEN_REQUESTS {
        wishes(&mut bench, true);
        answers(&mut bench, false);
    }
    wishes(&mut bench, true);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Busy, 0)));
    bench.wait(limits::OPERATOR_SCREEN_WINDOW);
    wishes(&mut bench, true);
    assert_eq!(told(&bench).last(), Some(&(Told::Asked, Why::Unspecified, 0)));
}

/// with Stop, and with the connection, nothing is shown any more.
#[test]
fn it_ends_with_the_session_and_with_the_connection() {
    for input in [Input::Stopped, Input::PeerLost { connection: ConnectionNo(1) }] {
        let mut bench = watching();
        bench.put(input);
        assert_eq!(orders(&bench), [OPEN, OperatorScreenOrder::Close]);
        sends(&mut bench, b"after");
        assert_eq!(orders(&bench).len(), 2);
        assert_eq!(recorded(&bench), [Change::Started, Change::Ended]);
    }
}
