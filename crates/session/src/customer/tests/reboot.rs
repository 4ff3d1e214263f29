//! A restart, and the way back (F-03, S-09).

use bytes::Bytes;
use protocol::{Permissions, Right, limits, wire};
use wire::{reboot::What, reboot_request::Act, reboot_state::State as Told};

use super::bench::{Bench, EVERYTHING, known, welcome};
use crate::{
    Timestamp,
    customer::{
        Action, Channel, ConnectionNo, Customer, Ending, Entry, Input, Options, RebootView, Returning,
        ScreenFailure, View,
    },
};

fn asks(bench: &mut Bench, act: Act) {
    let request = wire::RebootRequest { act: act.into() };
    bench.console(Channel::Control, wire::peer_message::Body::RebootRequest(request));
}

fn told(bench: &Bench) -> Vec<(Told, String)> {
    let of = |body| match body {
        wire::peer_message::Body::RebootState(state) => Some((state.state(), state.problem)),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<What> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::Reboot(reboot)) => Some(reboot.what()),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

fn kept(bench: &Bench) -> Vec<Returning> {
    let of = |action: &Action| {
        if let Action::KeepReturn(kept) = action { Some(kept.as_ref().clone()) } else { None }
    };
    bench.actions().into_iter().filter_map(of).collect()
}

fn reboots(bench: &Bench) -> bool {
    bench.has(|action| *action == Action::Reboot)
}

fn view(bench: &Bench) -> RebootView {
    let View::Sharing { reboot, .. } = bench.view() else { panic!("not shared") };
    reboot
}

/// A session whose operator may ask, and has asked.
fn asked() -> Bench {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, Act::Ask);
    bench
}

fn prepared() -> Bench {
    let mut bench = asked();
    bench.put(Input::RebootAnswered { no: 1, allowed: true });
    bench.put(Input::ReturnKept(Ok(())));
    bench
}

/// F-03: nothing is kept and nothing restarts before the customer's press, and the way back lies before the restart.
#[test]
fn the_customers_press_alone_begins_it() {
    let mut bench = asked();
    assert_eq!(view(&bench), RebootView::Asked { no: 1, by_hand: false });
    bench.wait(limits::PING_INTERVAL);
    assert!(kept(&bench).is_empty() && !reboots(&bench));
    bench.put(Input::RebootAnswered { no: 1, allowed: true });
    assert_eq!(kept(&bench).len(), 1);
    assert!(!reboots(&bench), "not before the way back is kept");
    bench.put(Input::ReturnKept(Ok(())));
    assert!(reboots(&bench));
    assert_eq!(view(&bench), RebootView::Prepared { by_hand: false });
    assert_eq!(recorded(&bench), [What::Asked, What::Begun]);
    assert_eq!(told(&bench).last().unwrap().0, Told::Prepared);
}

/// No press of another question's, and none of the operator's.
#[test]
fn a_refusal_or_a_call_off_leaves_nothing() {
    let mut bench = asked();
    assert!(bench.try_put(Input::RebootAnswered { no: 2, allowed: true }).is_err());
    bench.put(Input::RebootAnswered { no: 1, allowed: false });
    assert_eq!(recorded(&bench), [What::Asked, What::Refused]);
    let mut bench = asked();
    asks(&mut bench, Act::Cancel);
    assert!(bench.try_put(Input::RebootAnswered { no: 1, allowed: true }).is_err());
    assert_eq!(recorded(&bench), [What::Asked, What::Cancelled]);
    assert!(kept(&bench).is_empty() && !reboots(&bench));
    let mut bench = prepared();
    bench.put(Input::RebootCalledOff);
    assert!(bench.has(|action| *action == Action::ForgetReturn));
    assert_eq!(view(&bench), RebootView::None);
}

/// F-03 off, a right taken back, a pause: refused whatever the console sends.
#[test]
fn nobody_is_asked_without_the_right() {
    let without = Permissions { ask_reboot: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, without);
    asks(&mut bench, Act::Ask);
    assert_eq!(told(&bench), [(Told::Ended, "forbidden".to_owned())]);
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Paused(true));
    asks(&mut bench, Act::Ask);
    assert_eq!(told(&bench), [(Told::Ended, "paused".to_owned())]);
    let mut bench = asked();
    bench.put(Input::RightSet { right: Right::Reboot, on: false });
    assert_eq!(view(&bench), RebootView::None);
    assert!(recorded(&bench).ends_with(&[What::Cancelled]));
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for _ in 0..5 {
        asks(&mut bench, Act::Ask);
        asks(&mut bench, Act::Cancel);
    }
    assert_eq!(told(&bench).last().unwrap().1, "busy");
}

/// S-09: the app prepares, and the customer's own hand restarts.
#[test]
fn by_hand_nothing_restarts_by_itself() {
    let mut bench = Bench::greeting(known());
    let options = vec!["manual_reboot".to_owned()];
    let welcome = wire::Welcome { options, ..welcome(true, EVERYTHING) };
    bench.server(wire::server_to_customer::Body::Welcome(welcome));
    bench.operator();
    bench.put(Input::Agreed(EVERYTHING));
    let policy = super::bench::fitting(1, EVERYTHING);
    bench.server(super::bench::offer(protocol::policy::sign(&policy, &super::bench::signer())));
    bench.answer(ConnectionNo(1));
    bench.connect(ConnectionNo(1));
    asks(&mut bench, Act::Ask);
    assert_eq!(view(&bench), RebootView::Asked { no: 1, by_hand: true });
    bench.put(Input::RebootAnswered { no: 1, allowed: true });
    bench.put(Input::ReturnKept(Ok(())));
    assert!(!reboots(&bench));
    assert_eq!(recorded(&bench), [What::Asked, What::ByHand]);
}

/// F-19 is of Windows: the app says so, and asks nobody.
#[test]
fn safe_mode_is_unsupported() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, Act::AskSafeMode);
    assert_eq!(told(&bench), [(Told::Ended, "unsupported".to_owned())]);
    assert_eq!(view(&bench), RebootView::None);
}

/// What cannot be kept or restarted is said, and leaves nothing.
#[test]
fn a_restart_that_fails_is_told_and_forgotten() {
    let mut bench = prepared();
    bench.put(Input::RebootFailed("reboot-not-allowed"));
    assert_eq!(view(&bench), RebootView::Failed("reboot-not-allowed"));
    assert_eq!(told(&bench).last(), Some(&(Told::Ended, "reboot-not-allowed".to_owned())));
    assert!(bench.has(|action| *action == Action::ForgetReturn));
    let mut bench = asked();
    bench.put(Input::RebootAnswered { no: 1, allowed: true });
    bench.put(Input::ReturnKept(Err("reboot-not-prepared")));
    assert!(!reboots(&bench));
    assert_eq!(recorded(&bench), [What::Asked, What::Failed]);
}

/// The system takes display and program: the session is left, and not ended. Without the way back it is as ever.
#[test]
fn a_program_that_goes_down_with_the_machine_ends_nothing() {
    for goes in [Input::GoingDown, Input::ScreenFailed(ScreenFailure::Lost)] {
        let mut bench = prepared();
        bench.put(goes);
        let ends =
            |body: &wire::customer_to_server::Body| matches!(body, wire::customer_to_server::Body::End(_));
        assert!(!bench.to_server().iter().any(ends));
        assert!(!bench.has(|action| *action == Action::ForgetReturn));
    }
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::GoingDown);
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::CustomerStopped)));
    // Stop is Stop.
    let mut bench = prepared();
    bench.put(Input::Stopped);
    assert!(bench.has(|action| *action == Action::ForgetReturn));
}

/// What leads back is never wider than what holds now.
#[test]
fn what_is_taken_back_is_not_given_by_the_return() {
    let mut bench = prepared();
    bench.put(Input::RightSet { right: Right::FetchFiles, on: false });
    let last = kept(&bench).pop().unwrap();
    assert!(!last.rights.fetch_files && last.rights.send_files);
}

fn returned(returning: Returning, welcome: wire::Welcome) -> Bench {
    let mut bench = Bench::opening(known());
    bench.customer = Customer::new(Options {
        trust: known(),
        entry: Entry::Resume(returning.token.clone()),
        nonce: returning.nonce,
        fingerprint: protocol::Fingerprint([9; 32]),
        machine: wire::Machine::default(),
        language: "ko".to_owned(),
        program: "0.0.0".to_owned(),
        returning: Some(returning),
        not_in_effect: &[],
    });
    bench.now = Timestamp::default();
    bench.put(Input::SignallingOpened { clock_ms: super::bench::SERVER_MS });
    bench.server(wire::server_to_customer::Body::Welcome(welcome));
    bench
}

/// F-03: back in the same session, with what was agreed to and no more; by a token that the server takes alone.
#[test]
fn the_next_run_goes_on_where_the_customer_had_agreed() {
    let mut bench = prepared();
    bench.put(Input::RightSet { right: Right::FetchFiles, on: false });
    let way = kept(&bench).pop().unwrap();
    let resumed = wire::Welcome { resumed: true, ..welcome(true, EVERYTHING) };
    let back = returned(way.clone(), resumed.clone());
    let View::Connecting { given, .. } = back.view() else { panic!("{:?}", back.view()) };
    assert!(given.control && !given.fetch_files);
    assert_eq!(recorded(&back), [What::Returned]);
    // A server that does not know this customer's word asks anew.
    let again = returned(way.clone(), welcome(true, EVERYTHING));
    assert!(matches!(again.view(), View::WaitingForOperator { .. }));
    // Options that were cut meanwhile cut the return.
    let offered = Permissions { control: false, ..EVERYTHING };
    let cut = returned(way.clone(), wire::Welcome { resumed: true, ..welcome(true, offered) });
    let View::Connecting { given, .. } = cut.view() else { panic!("{:?}", cut.view()) };
    assert!(!given.control);
    // A file of another session's leads nowhere.
    let other = Returning { session_id: protocol::SessionId([8; 16]), ..way };
    assert!(matches!(returned(other, resumed).view(), View::WaitingForOperator { .. }));
}

/// A part that was shared is asked for anew: windows are others after a restart.
#[test]
fn a_part_that_was_shared_is_chosen_again() {
    let way = kept(&prepared()).pop().unwrap();
    assert!(way.is_whole);
    let part = Returning { is_whole: false, ..way };
    let mut back = returned(part, wire::Welcome { resumed: true, ..welcome(true, EVERYTHING) });
    back.operator();
    assert!(back.is_untouched());
    let token = Bytes::from_static(b"token");
    assert!(back.has(|action| *action == Action::KeepResumeToken(token.clone())));
}
