use protocol::{Permissions, limits, part::Area, policy, wire};

use super::bench::{Bench, EVERYTHING, fitting, known, offer, pointer, signer, welcome};
use crate::customer::{
    Action, Channel, ChosenPart, ConnectionNo, Error, Input, Part, PartShown, PartState, View,
};

const WINDOW: Part = Part::Window(7);

fn choice(part: Part) -> Input {
    Input::PartChosen(ChosenPart { part, name: "Letter".to_owned() })
}

fn shown(state: PartState, visible: &[(u32, u32, u32, u32)]) -> Input {
    let area =
        |(x, y, width, height): &(u32, u32, u32, u32)| Area { x: *x, y: *y, width: *width, height: *height };
    let visible: Vec<Area> = visible.iter().map(area).collect();
    Input::PartShown(PartShown { state, area: visible.first().copied().unwrap_or_default(), visible })
}

fn asks(bench: &mut Bench, kind: wire::PartKind) {
    let ask = wire::AskPart { kind: kind.into(), display: 0, area: None };
    bench.console(Channel::Control, wire::peer_message::Body::AskPart(ask));
}

/// S-14 off: agreed, connected, and nothing chosen.
fn choosing(permissions: Permissions) -> Bench {
    let mut bench = Bench::greeting(known());
    let welcome = wire::Welcome { chooses_part: true, ..welcome(true, EVERYTHING) };
    bench.server(wire::server_to_customer::Body::Welcome(welcome));
    bench.operator();
    bench.put(Input::Agreed(EVERYTHING));
    bench.server(offer(policy::sign(&fitting(1, permissions), &signer())));
    bench.answer(ConnectionNo(1));
    bench.connect(ConnectionNo(1));
    bench
}

fn captures(bench: &Bench) -> Vec<Part> {
    let of = |action: &Action| match action {
        Action::PrepareSharing(grant) | Action::StartSharing(grant) => Some(grant.part()),
        Action::SharePart(part) => Some(*part),
        _ => None,
    };
    bench.actions().into_iter().filter_map(of).collect()
}

fn told(bench: &Bench) -> Option<wire::SharedPart> {
    let of = |body| match body {
        wire::peer_message::Body::SharedPart(shared) => Some(shared),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).next_back()
}

fn recorded(bench: &Bench) -> Vec<String> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::PartShared(shared)) => {
                Some(format!("{:?} {} {}", shared.kind(), shared.name, shared.gone))
            }
            Some(wire::event::Kind::PartAsked(asked)) => {
                Some(format!("{:?} {}", asked.kind(), asked.declined))
            }
            Some(wire::event::Kind::SharingStarted(_)) => Some("started".to_owned()),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// S-14: with it on, the whole desktop is shared as soon as it may be.
#[test]
fn the_whole_desktop_is_shared_at_once_where_nothing_is_to_be_chosen() {
    let bench = Bench::sharing(EVERYTHING, EVERYTHING);
    assert_eq!(captures(&bench), [Part::Desktop, Part::Desktop]);
    assert_eq!(told(&bench).map(|part| part.kind()), Some(wire::PartKind::Desktop));
}

/// S-14: with it off nothing is captured before the customer's choice, whatever the console asks for and sends.
#[test]
fn nothing_is_captured_before_the_choice_where_the_customer_chooses_first() {
    let mut bench = choosing(EVERYTHING);
    assert_eq!(captures(&bench), []);
    assert_eq!(told(&bench).map(|part| part.kind()), Some(wire::PartKind::Unspecified));
    asks(&mut bench, wire::PartKind::Desktop);
    bench.console(Channel::Control, pointer(0, 1, 5));
    bench.key("KeyA");
    assert_eq!(captures(&bench), []);
    assert_eq!(bench.applied(), Vec::<String>::new());
    let View::Sharing { part, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert!(part.can_change && part.chosen.is_none());

    bench.put(choice(WINDOW));
    assert_eq!(captures(&bench), [WINDOW]);
    assert_eq!(recorded(&bench), ["Desktop false", "Window Letter false", "started"]);
    let told = told(&bench).unwrap();
    assert_eq!((told.kind(), told.name.as_str()), (wire::PartKind::Window, "Letter"));
}

/// S-14: what was chosen is shared again after a lost connection, without another question.
#[test]
fn the_choice_outlives_a_connection() {
    let mut bench = choosing(EVERYTHING);
    bench.put(choice(WINDOW));
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!(captures(&bench), [WINDOW, WINDOW, WINDOW]);
}

/// F-01: the customer shares another part at any time; the console only asks, and the answer is the customer's.
#[test]
fn the_console_asks_and_the_customer_decides() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, wire::PartKind::Window);
    assert_eq!(told(&bench).map(|part| part.asked()), Some(wire::shared_part::Asked::Open));
    assert_eq!(captures(&bench).len(), 2);
    bench.put(Input::PartDeclined);
    assert_eq!(told(&bench).map(|part| part.asked()), Some(wire::shared_part::Asked::Declined));
    assert_eq!(bench.try_put(Input::PartDeclined), Err(Error::OutOfTurn));
    bench.put(choice(WINDOW));
    assert_eq!(captures(&bench).last(), Some(&WINDOW));
    assert_eq!(told(&bench).map(|part| part.asked()), Some(wire::shared_part::Asked::Unspecified));
    assert_eq!(recorded(&bench), ["started", "Window false", "Window true", "Window Letter false"]);
    assert!(bench.has(|action| *action == Action::ReleaseInput));
}

/// F-01: without the right nobody is asked, and the whole desktop stays what is shared.
#[test]
fn asking_without_the_right_is_refused_and_recorded() {
    let without = Permissions { ask_part: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, without);
    asks(&mut bench, wire::PartKind::Area);
    bench.wait(limits::REFUSAL_REPORT);
    assert_eq!(bench.refused("part-ask-forbidden"), 1);
    let View::Sharing { part, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert!(part.asked.is_none() && !part.can_change);
    assert_eq!(bench.try_put(choice(WINDOW)), Err(Error::OutOfTurn));
}

/// F-01: what cannot be a part is refused, and so is a flood of questions.
#[test]
fn hostile_questions_are_refused() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    asks(&mut bench, wire::PartKind::Area);
    let unknown = wire::AskPart { kind: 99, display: 0, area: None };
    bench.console(Channel::Control, wire::peer_message::Body::AskPart(unknown));
    for _ in 0..limits::PART_ASKS + 3 {
        asks(&mut bench, wire::PartKind::Window);
    }
    bench.wait(limits::REFUSAL_REPORT);
    assert_eq!(bench.refused("part-ask-malformed"), 2);
    assert_eq!(bench.refused("part-ask-too-fast"), 3);
}

/// F-01: no input reaches what is not shared, and what was pressed within is let go within.
#[test]
fn input_stays_within_the_part() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::DesktopTakesInput);
    bench.console(Channel::Control, wire::peer_message::Body::SetControl(wire::SetControl { on: true }));
    bench.put(choice(WINDOW));
    // Nothing is known of the window yet.
    bench.console(Channel::Control, pointer(0, 1, 50));
    bench.put(shown(PartState::Shown, &[(40, 0, 100, 100)]));
    bench.console(Channel::Control, pointer(0, 2, 50));
    bench.console(Channel::Control, pointer(0, 3, 39));
    bench.console(Channel::Control, pointer(0, 4, 140));
    assert_eq!(bench.applied(), ["move 50"]);
    bench.console(Channel::Control, button(1, true, 60));
    bench.console(Channel::Control, button(2, false, 500));
    assert!(
        bench.applied().last().is_some_and(|last| last.contains("pressed: false, x: 60")),
        "{:?}",
        bench.applied()
    );
    bench.console(Channel::Control, button(3, true, 500));
    assert_eq!(bench.applied().len(), 3);
    bench.put(shown(PartState::Hidden, &[]));
    bench.console(Channel::Control, super::bench::key(4, "KeyA"));
    assert_eq!(bench.applied().len(), 3);
    bench.wait(limits::REFUSAL_REPORT);
    assert_eq!(bench.refused("input-outside-part"), 5);
}

/// F-01: a window that is closed is a line in the record, once.
#[test]
fn a_closed_window_is_told_and_recorded() {
    let mut bench = choosing(EVERYTHING);
    bench.put(choice(WINDOW));
    bench.put(shown(PartState::Shown, &[(0, 0, 100, 100)]));
    bench.put(shown(PartState::Gone, &[]));
    bench.put(shown(PartState::Gone, &[]));
    assert_eq!(told(&bench).map(|part| part.state()), Some(wire::shared_part::State::Gone));
    let gone: Vec<String> = recorded(&bench).into_iter().filter(|line| line.ends_with("true")).collect();
    assert_eq!(gone, ["Window Letter true"]);
}

fn button(number: u64, pressed: bool, x: i32) -> wire::peer_message::Body {
    let button = wire::pointer_button::Button::Left.into();
    let event = wire::input::Event::Button(wire::PointerButton { button, pressed, x, y: 0 });
    wire::peer_message::Body::Input(wire::Input { number, move_number: 0, event: Some(event) })
}
