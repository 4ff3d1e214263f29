use std::time::Duration;

use bytes::Bytes;
use protocol::{Permissions, limits, policy, wire};

use super::bench::{Bench, EVERYTHING, fitting, key, offer, pointer, signer};
use crate::customer::{Action, Channel, ConnectionNo, ControlView, Input, PictureWish, View};

fn control(bench: &Bench) -> ControlView {
    match bench.view() {
        View::Sharing { control, .. } => control,
        view => panic!("{view:?}"),
    }
}

/// What the record is told.
fn events(bench: &Bench) -> Vec<wire::event::Kind> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => event.kind,
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// S-06: at once; else the operator asks first.
#[test]
fn control_is_on_at_start_only_with_s06() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.key("KeyA");
    assert_eq!(bench.applied(), ["KeyA"]);
    let asked = Permissions { control_at_start: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, asked);
    bench.key("KeyA");
    assert_eq!(bench.refused("input-control-off"), 1);
    bench.console(Channel::Control, wire::peer_message::Body::SetControl(wire::SetControl { on: true }));
    bench.key("KeyB");
    assert_eq!(bench.applied(), ["KeyB"]);
}

/// No XTEST: control is never on, not even for the moment until that is known, and everybody is told why.
#[test]
fn a_desktop_that_takes_no_input_is_never_controlled() {
    let mut bench = Bench::untried(EVERYTHING, EVERYTHING);
    assert_eq!(control(&bench), ControlView::Off);
    bench.put(Input::DesktopTakesNoInput("input-no-xtest"));
    assert_eq!(control(&bench), ControlView::Unavailable("input-no-xtest"));
    bench.console(Channel::Control, wire::peer_message::Body::SetControl(wire::SetControl { on: true }));
    bench.key("KeyA");
    bench.wait(Duration::from_secs(1));
    assert!(bench.applied().is_empty());
    assert_eq!(bench.refused("input-unavailable"), 1);
    let state = wire::control_state::State::Unavailable.into();
    let told = wire::ControlState { state, lacks: "input-no-xtest".to_owned() };
    assert!(bench.to_console().contains(&wire::peer_message::Body::ControlState(told)));
    let lacks = wire::Unsupported { what: "input-no-xtest".to_owned() };
    assert!(bench.to_console().contains(&wire::peer_message::Body::Unsupported(lacks.clone())));
    let lines = events(&bench);
    assert!(lines.contains(&wire::event::Kind::Unsupported(lacks)));
    assert!(!lines.iter().any(|kind| matches!(kind, wire::event::Kind::ControlChanged(_))), "{lines:?}");
}

/// A console answers the loss of control by letting go: that is no request which the record had to name.
#[test]
fn letting_go_without_control_is_not_refused() {
    let mut bench = Bench::untried(EVERYTHING, EVERYTHING);
    bench.put(Input::DesktopTakesNoInput("input-no-xtest"));
    let event = Some(wire::input::Event::ReleaseAll(wire::ReleaseAll {}));
    let input = wire::Input { number: 1, move_number: 0, event };
    bench.console(Channel::Control, wire::peer_message::Body::Input(input));
    bench.wait(Duration::from_secs(1));
    assert_eq!(bench.refused("input-unavailable"), 0);
}

/// The desktop goes away under a session that has control.
#[test]
fn control_ends_with_the_desktop_that_took_it() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    assert_eq!(control(&bench), ControlView::On);
    bench.put(Input::DesktopTakesNoInput("input-display-lost"));
    assert_eq!(control(&bench), ControlView::Unavailable("input-display-lost"));
    let off = wire::event::Kind::ControlChanged(wire::ControlChanged { on: false, second: false });
    assert!(events(&bench).contains(&off));
}

/// S-07: a hand-made console that asks for control and sends input all the same.
#[test]
fn view_only_applies_nothing_and_counts_every_refusal() {
    let view_only = Permissions { control: false, control_at_start: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, view_only);
    bench.console(Channel::Control, wire::peer_message::Body::SetControl(wire::SetControl { on: true }));
    for _ in 0..100 {
        bench.key("KeyA");
    }
    bench.wait(Duration::from_secs(1));
    assert!(bench.applied().is_empty());
    assert_eq!(bench.refused("control-forbidden"), 1);
    assert_eq!(bench.refused("input-view-only"), 100);
    let events = bench.to_server().into_iter();
    let lines = events.filter(|body| matches!(body, wire::customer_to_server::Body::Event(event) if matches!(&event.kind, Some(wire::event::Kind::Refused(refused)) if refused.what == "input-view-only")));
    assert_eq!(lines.count(), 2, "at most one line a second and kind");
}

/// Y-1: what the desktop refused (a press on the app's own windows) is told to the console and stands in the record.
#[test]
fn what_the_desktop_refuses_is_told_to_both() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for _ in 0..3 {
        bench.put(Input::InputRefused("own-window"));
    }
    bench.wait(Duration::from_secs(1));
    assert_eq!(bench.refused("own-window"), 3);
}

#[test]
fn each_numbered_event_is_applied_once_and_in_order() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.console(Channel::Pointer, key(2, "KeyB"));
    bench.console(Channel::Pointer, key(1, "KeyA"));
    bench.console(Channel::Pointer, key(1, "KeyA"));
    bench.console(Channel::Control, key(1, "KeyA"));
    bench.console(Channel::Control, key(2, "KeyB"));
    bench.console(Channel::Control, key(3, "KeyC"));
    bench.console(Channel::Pointer, key(3, "KeyC"));
    assert_eq!(bench.applied(), ["KeyA", "KeyB", "KeyC"]);
}

#[test]
fn an_old_move_is_dropped_and_a_move_waits_for_the_event_before_it() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.console(Channel::Pointer, pointer(0, 2, 20));
    bench.console(Channel::Pointer, pointer(0, 1, 10));
    bench.console(Channel::Pointer, pointer(1, 4, 40));
    assert_eq!(bench.applied(), ["move 20"]);
    bench.console(Channel::Control, key(1, "KeyA"));
    bench.console(Channel::Pointer, pointer(0, 5, 50));
    assert_eq!(bench.applied(), ["move 20", "KeyA", "move 40"]);
}

/// Issue 3, item 6: the customer's own hand wins for 500 ms.
#[test]
fn the_customers_own_input_keeps_the_operators_away() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::CustomerActive);
    assert_eq!(control(&bench), ControlView::CustomerActive);
    assert!(bench.has(|action| *action == Action::ReleaseInput));
    bench.key("KeyA");
    bench.wait(limits::CUSTOMER_QUIET);
    assert_eq!(control(&bench), ControlView::On);
    bench.key("KeyB");
    assert_eq!(bench.applied(), ["KeyB"]);
    assert_eq!(bench.refused("input-paused"), 1);
}

#[test]
fn the_customer_takes_control_back_and_gives_it_again() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::ControlForbidden);
    assert_eq!(control(&bench), ControlView::Forbidden);
    bench.key("KeyA");
    bench.put(Input::ControlAllowed);
    assert_eq!(control(&bench), ControlView::Off, "the operator takes it again");
    bench.key("KeyB");
    assert!(bench.applied().is_empty());
}

/// design, Trust: while a question is open no input is injected.
#[test]
fn an_open_question_keeps_input_away() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::QuestionOpened);
    bench.key("Enter");
    bench.put(Input::QuestionClosed);
    bench.key("KeyA");
    assert_eq!(bench.applied(), ["KeyA"]);
    assert_eq!(bench.refused("input-question-open"), 1);
}

/// "Bad input and trouble": 0 bytes, 100 MB, random bytes, unknown, out of place.
#[test]
fn hostile_messages_are_refused_and_the_session_goes_on() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let mut put = |bytes: Bytes| {
        bench.put(Input::PeerMessage { connection: ConnectionNo(1), channel: Channel::Control, bytes });
    };
    put(Bytes::new());
    put(Bytes::from(vec![0; 100_000_000]));
    put(Bytes::from_static(&[0xff; 64]));
    put(Bytes::from_static(&[0xfa, 0x3f, 0x00]));
    bench.console(Channel::Screen, key(1, "KeyA"));
    bench.console(Channel::Pointer, wire::peer_message::Body::SetControl(wire::SetControl { on: false }));
    bench.console(Channel::Control, wire::peer_message::Body::Displays(wire::Displays::default()));
    assert_eq!(bench.customer.skipped(), 2);
    bench.wait(Duration::from_secs(1));
    assert_eq!(bench.refused("message-too-long"), 1);
    assert_eq!(bench.refused("message-malformed"), 1);
    assert_eq!(bench.refused("message-out-of-place"), 3);
    assert!(matches!(bench.view(), View::Sharing { .. }));
}

/// F-05.
#[test]
fn chat_is_shown_once_delivered_and_never_forged() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let line = |author: wire::chat::Author| {
        let id = Bytes::from_static(&[1; 16]);
        let text = "안녕하세요".to_owned();
        wire::peer_message::Body::Chat(wire::Chat {
            id,
            author: author.into(),
            text,
            at_ms: 1,
            name: String::new(),
        })
    };
    bench.console(Channel::Control, line(wire::chat::Author::Operator));
    bench.console(Channel::Control, line(wire::chat::Author::Operator));
    bench.console(Channel::Control, line(wire::chat::Author::Customer));
    let shown = bench.actions().into_iter().filter(|action| matches!(action, Action::ShowChat(_))).count();
    assert_eq!(shown, 1);
    assert_eq!(bench.refused("chat-forged"), 1);
    bench.put(Input::Chat { id: [2; 16], text: " 네 ".to_owned() });
    let delivered = wire::ChatDelivered { id: Bytes::from_static(&[2; 16]) };
    bench.console(Channel::Control, wire::peer_message::Body::ChatDelivered(delivered));
    assert!(bench.has(|action| *action == Action::ShowChatDelivered([2; 16])));
}

/// what the console's browser decodes and what its operator prefers reach the share as they were said.
#[test]
fn picture_settings_are_passed_on_unchanged() {
    let settings = wire::PictureSettings {
        preference: wire::picture_settings::Preference::Quality.into(),
        codecs: vec!["av1-444".to_owned(), "av1".to_owned(), "of-tomorrow".to_owned()],
        capture: wire::CaptureWay::Plain.into(),
    };
    let wish = Action::Picture(PictureWish::Settings(settings.clone()));
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.console(Channel::Control, wire::peer_message::Body::PictureSettings(settings.clone()));
    assert!(bench.has(|action| *action == wish));
    // Said before every channel was open, they come after the share has begun.
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.console(Channel::Control, wire::peer_message::Body::PictureSettings(settings));
    assert!(!bench.has(|action| *action == wish));
    bench.connect(ConnectionNo(1));
    let place = |wanted: &dyn Fn(&Action) -> bool| bench.actions().into_iter().position(wanted);
    let started = place(&|action| matches!(action, Action::StartSharing(_)));
    assert!(started < place(&|action| *action == wish));
    assert!(started.is_some());
}

/// A console that names a thousand codecs is none of ours.
#[test]
fn endless_picture_settings_are_refused() {
    for codecs in [vec!["av1".to_owned(); 17], vec!["a".repeat(33)]] {
        let settings = wire::PictureSettings { codecs, ..wire::PictureSettings::default() };
        let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
        bench.console(Channel::Control, wire::peer_message::Body::PictureSettings(settings));
        assert_eq!(bench.refused("message-malformed"), 1);
        assert!(!bench.has(|action| matches!(action, Action::Picture(_))));
    }
}
