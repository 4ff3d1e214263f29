use protocol::{Permissions, Right, policy, wire};
use wire::{event::Kind, peer_message::Body, recording_state::State};

use super::bench::{Bench, EVERYTHING, fitting, known, offer, signer, welcome};
use crate::customer::{Action, Channel, ConnectionNo, CopyView, Ending, Error, Input, View};

/// S-15 off.
const BY_HAND: Permissions = Permissions { record_at_start: false, ..EVERYTHING };
const UNRECORDED: Permissions = Permissions { record: false, ..EVERYTHING };

fn told(bench: &Bench) -> Vec<State> {
    let of = |body| if let Body::RecordingState(told) = body { Some(told.state()) } else { None };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<bool> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(Kind::RecordingChanged(changed)) => Some(changed.on),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

fn is_shown(bench: &Bench) -> bool {
    let View::Sharing { recording, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    recording
}

fn set(bench: &mut Bench, on: bool) {
    bench.console(Channel::Control, Body::SetRecording(wire::SetRecording { on }));
}

/// F-13: the operator starts and stops it; the customer's bar and the record follow.
#[test]
fn the_operator_records_what_the_customer_agreed_to() {
    let mut bench = Bench::sharing(EVERYTHING, BY_HAND);
    assert_eq!((told(&bench), is_shown(&bench)), (vec![State::Off], false));
    set(&mut bench, true);
    set(&mut bench, true);
    assert_eq!((told(&bench), is_shown(&bench)), (vec![State::Off, State::On], true));
    set(&mut bench, false);
    assert_eq!((told(&bench), is_shown(&bench)), (vec![State::Off, State::On, State::Off], false));
    assert_eq!(recorded(&bench), [true, false]);
}

/// F-13 forbidden, by policy or by the customer: a console that asks all the same is refused.
#[test]
fn without_policy_or_consent_nothing_is_recorded() {
    for (chosen, permissions) in [(EVERYTHING, UNRECORDED), (UNRECORDED, EVERYTHING)] {
        let mut bench = Bench::sharing(chosen, permissions);
        set(&mut bench, true);
        assert_eq!((told(&bench), is_shown(&bench)), (vec![State::Forbidden], false));
        assert_eq!((bench.refused("recording-forbidden"), recorded(&bench)), (1, vec![]));
    }
}

/// F-13: who is recorded may ask for a copy, once, from when something was recorded; the record has it. Not where the company gives none.
#[test]
fn a_customer_who_was_recorded_asks_for_a_copy() {
    let copy = |bench: &Bench| {
        let View::Sharing { copy, .. } = bench.view() else { panic!("{:?}", bench.view()) };
        copy
    };
    let asked = |bench: &Bench| {
        let of = |body: &wire::customer_to_server::Body| match body {
            wire::customer_to_server::Body::Event(event) => matches!(event.kind, Some(Kind::CopyAsked(_))),
            _ => false,
        };
        bench.to_server().iter().filter(|body| of(body)).count()
    };
    let mut bench = Bench::sharing(EVERYTHING, BY_HAND);
    assert_eq!((copy(&bench), bench.try_put(Input::CopyAsked)), (CopyView::None, Err(Error::OutOfTurn)));
    set(&mut bench, true);
    set(&mut bench, false);
    assert_eq!((copy(&bench), asked(&bench)), (CopyView::Offered, 0));
    bench.put(Input::CopyAsked);
    bench.put(Input::CopyAsked);
    assert_eq!((copy(&bench), asked(&bench)), (CopyView::Asked, 1));
    let mut none = Bench::greeting(known());
    let welcome = wire::Welcome { recording_copies: false, ..welcome(true, EVERYTHING) };
    none.server(wire::server_to_customer::Body::Welcome(welcome));
    none.operator();
    none.put(Input::Agreed(EVERYTHING));
    none.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    none.answer(ConnectionNo(1));
    none.connect(ConnectionNo(1));
    assert!(is_shown(&none));
    assert_eq!((copy(&none), none.try_put(Input::CopyAsked)), (CopyView::None, Err(Error::OutOfTurn)));
}

/// S-15: it begins with the session, and the operator may switch it.
#[test]
fn with_s15_it_begins_with_the_session() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    assert_eq!((told(&bench), recorded(&bench)), (vec![State::On], vec![true]));
    set(&mut bench, false);
    assert_eq!((told(&bench), recorded(&bench)), (vec![State::On, State::Off], vec![true, false]));
}

/// The customer's own switch ends it at any time, and their giving it again does not begin it.
#[test]
fn the_customer_stops_it_at_any_time() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::RightSet { right: Right::Record, on: false });
    assert_eq!((told(&bench), is_shown(&bench)), (vec![State::On, State::Forbidden], false));
    bench.put(Input::RightSet { right: Right::Record, on: true });
    assert_eq!(told(&bench).last(), Some(&State::Off));
    assert_eq!(recorded(&bench), [true, false]);
}

/// what was asked for begins with the customer's press.
#[test]
fn a_recording_that_was_asked_for_begins_with_the_customers_press() {
    let mut bench = Bench::sharing(UNRECORDED, BY_HAND);
    let right = wire::Right::from(Right::Record).into();
    bench.console(Channel::Control, Body::RightRequest(wire::RightRequest { id: 1, right }));
    assert_eq!(told(&bench), [State::Forbidden]);
    bench.put(Input::RightAnswered { no: 1, allowed: true });
    assert_eq!((told(&bench), recorded(&bench)), (vec![State::Forbidden, State::On], vec![true]));
}

/// A pause holds it; a connection that comes back goes on with it.
#[test]
fn a_pause_holds_it_and_a_new_connection_goes_on() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Paused(true));
    set(&mut bench, true);
    assert_eq!((told(&bench), is_shown(&bench)), (vec![State::On, State::Held], false));
    assert_eq!(bench.refused("session-paused"), 1);
    bench.put(Input::Paused(false));
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert_eq!(recorded(&bench), [true, false, true, false]);
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!((told(&bench).last(), recorded(&bench).last()), (Some(&State::On), Some(&true)));
}

fn required(offered: Permissions) -> Bench {
    let mut bench = Bench::greeting(known());
    let welcome = wire::Welcome { recording_required: true, ..welcome(true, offered) };
    bench.server(wire::server_to_customer::Body::Welcome(welcome));
    bench.operator();
    bench
}

fn has_ended(bench: &Bench) -> bool {
    let reason = wire::EndReason::RecordingRefused;
    let told = wire::customer_to_server::Body::End(reason.into());
    bench.view() == View::Ended(Ending::Reason(reason)) && bench.to_server().contains(&told)
}

/// G-2: where the company supports nobody without recording, refusing it ends the session, before and in it.
#[test]
fn where_recording_is_required_refusing_it_ends_the_session() {
    let mut refusing = required(EVERYTHING);
    refusing.put(Input::Agreed(UNRECORDED));
    assert!(has_ended(&refusing) && refusing.is_untouched());
    let mut stopping = required(EVERYTHING);
    stopping.put(Input::Agreed(EVERYTHING));
    stopping.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    stopping.answer(ConnectionNo(1));
    stopping.connect(ConnectionNo(1));
    assert!(!has_ended(&stopping));
    stopping.put(Input::RightSet { right: Right::Record, on: false });
    assert!(has_ended(&stopping) && stopping.has(|action| *action == Action::StopSharing));
}

/// Where recording is not offered, nobody refuses it.
#[test]
fn where_it_is_not_offered_nobody_refuses_it() {
    let mut bench = required(UNRECORDED);
    bench.put(Input::Agreed(UNRECORDED));
    assert!(matches!(bench.view(), View::Connecting { .. }));
}
