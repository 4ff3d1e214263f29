use std::time::Duration;

use protocol::{Permissions, Right, limits, policy, wire};
use wire::voice_changed::Change;
use wire::voice_state::{State as Told, Why};
use wire::{event::Kind, peer_message::Body};

use super::bench::{Bench, EVERYTHING, fitting, offer, signer};
use crate::customer::{
    Action, Channel, ConnectionNo, Error, Input, View, VoiceDevices, VoiceInput, VoiceOrder, VoiceView,
};

const MUTE: Permissions = Permissions { talk: false, ..EVERYTHING };
const OPEN: VoiceOrder = VoiceOrder::Open { connection: ConnectionNo(1), muted: false };
const MUTED: VoiceOrder = VoiceOrder::Open { connection: ConnectionNo(1), muted: true };

fn wishes(bench: &mut Bench, on: bool) {
    bench.console(Channel::Control, Body::SetVoice(wire::SetVoice { on }));
}

/// The customer's press upon the question that stands.
fn answers(bench: &mut Bench, allowed: bool) {
    let View::Sharing { asking: Some(asking), .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!(asking.right, Right::Talk);
    bench.put(Input::RightAnswered { no: asking.no, allowed });
}

fn talking(permissions: Permissions) -> Bench {
    let mut bench = Bench::sharing(EVERYTHING, permissions);
    wishes(&mut bench, true);
    answers(&mut bench, true);
    bench
}

fn orders(bench: &Bench) -> Vec<VoiceOrder> {
    let of = |action: &Action| if let Action::Voice(order) = action { Some(*order) } else { None };
    bench.actions().into_iter().filter_map(of).collect()
}

fn told(bench: &Bench) -> Vec<(Told, Why)> {
    let of = |body| match body {
        Body::VoiceState(state) => Some((state.state(), state.why())),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<Change> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(Kind::VoiceChanged(changed)) => Some(changed.change()),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

fn view(bench: &Bench) -> Option<VoiceView> {
    let View::Sharing { voice, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    voice
}

/// F-14: the microphone opens with the customer's press and not before, and closes with the operator's end.
#[test]
fn voice_begins_with_the_customers_press_and_ends_with_the_operators() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    wishes(&mut bench, true);
    assert_eq!((orders(&bench), view(&bench)), (vec![], None));
    bench.wait(Duration::from_secs(10));
    assert_eq!(orders(&bench), [], "no time that passes answers");
    answers(&mut bench, true);
    assert_eq!(orders(&bench), [OPEN]);
    wishes(&mut bench, false);
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close]);
    let unasked = Why::Unspecified;
    assert_eq!(told(&bench), [(Told::Asked, unasked), (Told::On, unasked), (Told::Off, unasked)]);
    assert_eq!(recorded(&bench), [Change::Started, Change::EndedByOperator]);
}

#[test]
fn a_customer_who_does_not_want_to_talk_is_not_heard_and_the_console_is_told() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    wishes(&mut bench, true);
    answers(&mut bench, false);
    assert_eq!(orders(&bench), []);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Declined)));
    assert_eq!(recorded(&bench), []);
}

/// Y-1: whoever asks without leave is refused, and the customer sees no question.
#[test]
fn voice_that_the_policy_forbids_is_put_before_nobody() {
    let mut bench = Bench::sharing(EVERYTHING, MUTE);
    wishes(&mut bench, true);
    let right = wire::Right::Talk.into();
    bench.console(Channel::Control, Body::RightRequest(wire::RightRequest { id: 1, right }));
    bench.console(Channel::Control, Body::VoiceMuted(wire::VoiceMuted { on: true }));
    bench.console(Channel::Pointer, Body::SetVoice(wire::SetVoice { on: true }));
    bench.put(Input::Voice(VoiceInput::Uninvited));
    bench.wait(Duration::from_secs(2));
    let View::Sharing { asking, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!((asking, orders(&bench)), (None, vec![]));
    assert_eq!(told(&bench), [(Told::Off, Why::Forbidden)]);
    let refused = ["voice-forbidden", "voice-uninvited", "message-out-of-place", "right-forbidden"];
    assert_eq!(refused.map(|what| bench.refused(what)), [1; 4]);
}

/// The peer agrees no line of audio where the policy has no voice in it.
#[test]
fn a_line_of_audio_is_agreed_where_the_policy_allows_voice() {
    for (permissions, expected) in [(EVERYTHING, true), (MUTE, false)] {
        let bench = Bench::sharing(EVERYTHING, permissions);
        let lines: Vec<bool> = bench
            .actions()
            .into_iter()
            .filter_map(|action| match action {
                Action::AnswerOffer { voice, .. } => Some(*voice),
                _ => None,
            })
            .collect();
        assert_eq!(lines, [expected]);
    }
}

/// a right that was taken back comes with the press that allows the voice, and going, it ends it.
#[test]
fn the_right_to_talk_taken_back_ends_the_voice_and_is_given_again_by_the_question() {
    let mut bench = talking(EVERYTHING);
    bench.put(Input::RightSet { right: Right::Talk, on: false });
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close]);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Forbidden)));
    wishes(&mut bench, true);
    answers(&mut bench, true);
    assert_eq!(orders(&bench).last(), Some(&OPEN));
    assert_eq!(recorded(&bench), [Change::Started, Change::Ended, Change::Started]);
}

#[test]
fn a_policy_without_voice_ends_it() {
    let mut bench = talking(EVERYTHING);
    let narrow = policy::sign(&fitting(2, MUTE), &signer());
    bench.server(wire::server_to_customer::Body::Policy(narrow));
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close]);
}

/// no microphone is open while the customer pauses, and it is again when they go on.
#[test]
fn a_pause_holds_the_voice() {
    let mut bench = talking(EVERYTHING);
    bench.put(Input::Paused(true));
    assert_eq!(orders(&bench).last(), Some(&VoiceOrder::Close));
    assert_eq!(told(&bench).last().map(|(state, _)| *state), Some(Told::Held));
    assert!(view(&bench).unwrap().held);
    bench.put(Input::Paused(false));
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close, OPEN]);
    assert_eq!(recorded(&bench), [Change::Started]);
    bench.put(Input::Paused(true));
    wishes(&mut bench, false);
    wishes(&mut bench, true);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Paused)), "nobody is asked in a pause");
}

#[test]
fn each_side_sees_whether_the_other_is_mute() {
    let mut bench = talking(EVERYTHING);
    bench.put(Input::Voice(VoiceInput::Muted(true)));
    bench.console(Channel::Control, Body::VoiceMuted(wire::VoiceMuted { on: true }));
    let mutes = |bench: &Bench| {
        let of = |body| if let Body::VoiceMuted(muted) = body { Some(muted.on) } else { None };
        bench.to_console().into_iter().filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!((orders(&bench), mutes(&bench)), (vec![OPEN, MUTED], vec![true]));
    assert!(view(&bench).unwrap().operator_muted);
    bench.put(Input::Voice(VoiceInput::Muted(false)));
    assert_eq!((orders(&bench).last(), mutes(&bench)), (Some(&OPEN), vec![true, false]));
    let changes = [Change::Started, Change::CustomerMuted, Change::OperatorMuted, Change::CustomerUnmuted];
    assert_eq!(recorded(&bench), changes);
}

#[test]
fn the_customer_ends_the_voice_and_it_does_not_come_back_by_itself() {
    let mut bench = talking(EVERYTHING);
    bench.put(Input::Voice(VoiceInput::Ended));
    bench.put(Input::Paused(true));
    bench.put(Input::Paused(false));
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close]);
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Ended)));
    assert_eq!(bench.try_put(Input::Voice(VoiceInput::Ended)), Err(Error::OutOfTurn));
    assert_eq!(recorded(&bench), [Change::Started, Change::EndedByCustomer]);
}

/// Both sides hear what the machine lacks, once, and the record has it.
#[test]
fn what_the_machine_lacks_is_told() {
    let mut bench = talking(EVERYTHING);
    let devices = VoiceDevices { microphone_lacks: Some("voice-no-microphone"), speaker_lacks: None };
    bench.put(Input::Voice(VoiceInput::Devices(devices)));
    bench.put(Input::Voice(VoiceInput::Devices(devices)));
    assert_eq!(view(&bench).unwrap().devices, devices);
    let last = bench.to_console().into_iter().rev().find_map(|body| match body {
        Body::VoiceState(state) => Some((state.microphone_lacks, state.speaker_lacks)),
        _ => None,
    });
    assert_eq!(last, Some(("voice-no-microphone".to_owned(), String::new())));
    let unsupported = bench.to_server().into_iter().filter(|body| {
        matches!(body, wire::customer_to_server::Body::Event(event)
            if matches!(&event.kind, Some(Kind::Unsupported(found)) if found.what == "voice-no-microphone"))
    });
    assert_eq!(unsupported.count(), 1);
}

/// A connection that is lost, a Stop: no microphone stays open, and a new connection begins without voice.
#[test]
fn voice_goes_with_its_connection() {
    let mut bench = talking(EVERYTHING);
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close]);
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!((orders(&bench).len(), view(&bench)), (2, None));
    let mut bench = talking(EVERYTHING);
    bench.put(Input::Stopped);
    assert_eq!(orders(&bench), [OPEN, VoiceOrder::Close]);
    assert_eq!(recorded(&bench), [Change::Started, Change::Ended]);
}

#[test]
fn what_was_on_its_way_when_the_voice_ended_is_no_attempt() {
    let mut bench = talking(EVERYTHING);
    bench.put(Input::Voice(VoiceInput::Uninvited));
    wishes(&mut bench, false);
    bench.put(Input::Voice(VoiceInput::Uninvited));
    bench.wait(Duration::from_millis(1_900));
    assert_eq!(bench.refused("voice-uninvited"), 0);
    bench.wait(Duration::from_millis(200));
    bench.put(Input::Voice(VoiceInput::Uninvited));
    bench.wait(Duration::from_secs(2));
    assert_eq!(bench.refused("voice-uninvited"), 1);
}

/// A console that asks again and again, or turns its microphone off and on without end, reaches neither customer nor record with it.
#[test]
fn a_flood_of_wishes_is_bounded() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for _ in 0..1_000 {
        wishes(&mut bench, true);
        wishes(&mut bench, false);
    }
    wishes(&mut bench, true);
    bench.wait(Duration::from_secs(2));
    assert_eq!(told(&bench).last(), Some(&(Told::Off, Why::Busy)));
    let asked = told(&bench).into_iter().filter(|(state, _)| *state == Told::Asked).count();
    assert_eq!(asked, usize::try_from(limits::VOICE_REQUESTS).unwrap());
    let mut bench = talking(EVERYTHING);
    for at in 0..1_000 {
        bench.console(Channel::Control, Body::VoiceMuted(wire::VoiceMuted { on: at % 2 == 0 }));
    }
    assert!(recorded(&bench).len() <= 1 + usize::try_from(limits::VOICE_MUTES).unwrap());
}

/// A question about another right stands: one at a time.
#[test]
fn voice_waits_while_another_question_stands() {
    let mut bench = Bench::sharing(Permissions { control: false, ..EVERYTHING }, EVERYTHING);
    let right = wire::Right::Control.into();
    bench.console(Channel::Control, Body::RightRequest(wire::RightRequest { id: 1, right }));
    wishes(&mut bench, true);
    assert_eq!(told(&bench), [(Told::Off, Why::Busy)]);
}
