use std::time::Duration;

use protocol::{Permissions, Right, limits, policy, wire};
use wire::{event::Kind, peer_message::Body, right_answer::Answer, right_changed::Change};

use super::bench::{Bench, EVERYTHING, fitting, offer, signer};
use crate::customer::{Action, Asking, Channel, ConnectionNo, ControlView, Error, Input, PictureWish, View};

/// Given at the sheet without control: what only looks.
const LOOKS: Permissions = Permissions { control: false, ..EVERYTHING };

fn asks(bench: &mut Bench, id: u32, right: Right) {
    let right = wire::Right::from(right).into();
    bench.console(Channel::Control, Body::RightRequest(wire::RightRequest { id, right }));
}

fn withdraws(bench: &mut Bench, id: u32) {
    bench.console(Channel::Control, Body::RightWithdrawn(wire::RightWithdrawn { id }));
}

fn answers(bench: &Bench) -> Vec<(u32, Answer)> {
    let of = |body| match body {
        Body::RightAnswer(answer) => Some((answer.id, answer.answer())),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn recorded(bench: &Bench) -> Vec<(Right, Change)> {
    let of = |kind| match kind {
        Kind::RightChanged(changed) => Some((Right::try_from(changed.right).unwrap(), changed.change())),
        _ => None,
    };
    events(bench).into_iter().filter_map(of).collect()
}

fn events(bench: &Bench) -> Vec<Kind> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => event.kind,
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// What the console was last told: what is allowed, and what could be.
fn told(bench: &Bench) -> (Permissions, Permissions) {
    let of = |body| match body {
        Body::PermissionsNow(now) => Some((now.permissions.as_ref().into(), now.could.as_ref().into())),
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).next_back().unwrap()
}

fn asking(bench: &Bench) -> Option<Asking> {
    let View::Sharing { asking, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    asking
}

fn effective(bench: &Bench) -> Permissions {
    let View::Sharing { permissions, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    permissions
}

fn answer(bench: &mut Bench, allowed: bool) {
    let no = asking(bench).unwrap().no;
    bench.put(Input::RightAnswered { no, allowed });
}

/// what was asked for comes with the customer's press, alone, and reaches console and record at once.
#[test]
fn a_right_that_is_asked_for_comes_by_the_customers_press_and_nothing_beside_it() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    assert_eq!(told(&bench), (EVERYTHING.view_only(), EVERYTHING));
    asks(&mut bench, 7, Right::Open);
    assert_eq!(asking(&bench).map(|asking| asking.right), Some(Right::Open));
    assert!(!effective(&bench).open_urls);
    answer(&mut bench, true);
    let expected = Permissions { open_urls: true, open_favourites: true, ..EVERYTHING.view_only() };
    assert_eq!((effective(&bench), told(&bench).0), (expected, expected));
    assert_eq!(answers(&bench), [(7, Answer::Allowed)]);
    assert_eq!(recorded(&bench), [(Right::Open, Change::Asked), (Right::Open, Change::Allowed)]);
    assert_eq!(asking(&bench), None);
}

/// Whoever asks for control wants it, and has it by the customer's press: control, and not what goes with it.
#[test]
fn control_that_is_asked_for_is_there_by_the_press() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    asks(&mut bench, 1, Right::Control);
    answer(&mut bench, true);
    bench.key("KeyA");
    assert_eq!(bench.applied(), ["KeyA"]);
    assert!(!effective(&bench).send_files);
}

#[test]
fn a_right_that_the_customer_refuses_stays_away() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    asks(&mut bench, 1, Right::Control);
    answer(&mut bench, false);
    bench.key("KeyA");
    assert_eq!(bench.applied(), [] as [&str; 0]);
    assert_eq!(answers(&bench), [(1, Answer::Refused)]);
    assert_eq!(recorded(&bench), [(Right::Control, Change::Asked), (Right::Control, Change::Refused)]);
}

/// Y-1: a hand-made console that asks beyond the signed policy is refused, and nobody is asked.
#[test]
fn what_the_policy_does_not_offer_is_put_before_nobody() {
    let policy = Permissions { end_processes: false, control: false, ..EVERYTHING };
    let mut bench = Bench::sharing(EVERYTHING, policy);
    for (id, right) in [(1, Right::Control), (2, Right::EndProcesses)] {
        asks(&mut bench, id, right);
        bench.put(Input::RightSet { right, on: true });
    }
    let unknown = wire::RightRequest { id: 3, right: 99 };
    bench.console(Channel::Control, Body::RightRequest(unknown));
    bench.console(Channel::Pointer, Body::RightRequest(unknown));
    bench.wait(Duration::from_secs(2));
    assert_eq!(asking(&bench), None);
    assert_eq!(answers(&bench), [(1, Answer::Forbidden), (2, Answer::Forbidden), (3, Answer::Unsupported)]);
    assert_eq!(effective(&bench).intersect(policy), effective(&bench));
    assert_eq!((bench.refused("right-forbidden"), bench.refused("right-malformed")), (2, 1));
    assert_eq!(bench.refused("message-out-of-place"), 1);
}

/// No timer, no key and no click of the operator's answers.
#[test]
fn no_time_and_no_input_answers_a_question() {
    let chosen = Permissions { see_system: false, see_processes: false, ..EVERYTHING };
    let mut bench = Bench::sharing(chosen, EVERYTHING);
    bench.console(Channel::Control, Body::SetControl(wire::SetControl { on: true }));
    asks(&mut bench, 1, Right::SeeSystem);
    for _ in 0..300 {
        bench.wait(Duration::from_secs(10));
        bench.server(wire::server_to_customer::Body::Pong(wire::Pong::default()));
        bench.key("Enter");
    }
    assert_eq!(bench.applied(), [] as [&str; 0]);
    // What the server does not confirm is told again.
    assert!(recorded(&bench).iter().all(|line| *line == (Right::SeeSystem, Change::Asked)));
    assert!(asking(&bench).is_some() && !effective(&bench).see_system);
    assert!(0 < bench.refused("input-question-open"));
}

/// A press is for the question that was read, and for no later one.
#[test]
fn a_press_for_an_earlier_question_answers_no_other() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    asks(&mut bench, 1, Right::Open);
    let read = asking(&bench).unwrap().no;
    withdraws(&mut bench, 2);
    assert!(asking(&bench).is_some(), "another one's withdrawal");
    withdraws(&mut bench, 1);
    asks(&mut bench, 2, Right::Control);
    let late = Input::RightAnswered { no: read, allowed: true };
    assert_eq!(bench.try_put(late), Err(Error::OutOfTurn));
    assert_eq!(effective(&bench), EVERYTHING.view_only());
    assert_eq!(
        recorded(&bench),
        [(Right::Open, Change::Asked), (Right::Open, Change::Withdrawn), (Right::Control, Change::Asked)]
    );
}

/// One question at a time, and few in a minute, whatever is withdrawn and however often the console comes anew.
#[test]
fn a_console_cannot_nag() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    for id in 0..100 {
        asks(&mut bench, id, Right::Control);
    }
    assert_eq!(recorded(&bench), [(Right::Control, Change::Asked)]);
    for id in 0..100 {
        withdraws(&mut bench, id);
        asks(&mut bench, id + 1, Right::Control);
    }
    let asked = |bench: &Bench| recorded(bench).iter().filter(|(_, change)| *change == Change::Asked).count();
    assert_eq!(asked(&bench), limits::RIGHT_REQUESTS as usize);
    assert!(answers(&bench).iter().all(|(_, answer)| *answer == Answer::Busy));
    bench.wait(Duration::from_secs(2));
    assert!(0 < bench.refused("right-too-many") && 0 < bench.refused("right-too-fast"));
    bench.wait(limits::RIGHT_WINDOW);
    asks(&mut bench, 500, Right::Control);
    assert!(asking(&bench).is_some());
}

/// A question ends with the connection of whoever asked, and with a policy that offers the right no more.
#[test]
fn a_question_ends_with_what_it_came_from() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    asks(&mut bench, 1, Right::Control);
    let narrow = Permissions { control: false, ..EVERYTHING };
    bench.server(wire::server_to_customer::Body::Policy(policy::sign(&fitting(2, narrow), &signer())));
    assert_eq!(asking(&bench), None);
    assert_eq!(answers(&bench), [(1, Answer::Forbidden)]);
    asks(&mut bench, 2, Right::Open);
    bench.server(offer(policy::sign(&fitting(3, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!(asking(&bench), None);
    let withdrawn = recorded(&bench).iter().filter(|(_, change)| *change == Change::Withdrawn).count();
    assert_eq!(withdrawn, 2);
}

/// the customer takes back whatever is on, at any time, and gives it again.
#[test]
fn each_right_can_be_taken_back_and_given_again() {
    for right in Right::ALL {
        let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
        bench.put(Input::RightSet { right, on: false });
        bench.put(Input::RightSet { right, on: false });
        assert!(!right.is_in(effective(&bench)) && !right.is_in(told(&bench).0), "{right:?}");
        assert_eq!(told(&bench).1, EVERYTHING, "it can be asked for");
        bench.put(Input::RightSet { right, on: true });
        assert_eq!(effective(&bench), EVERYTHING, "{right:?}");
        assert_eq!(recorded(&bench), [(right, Change::TakenBack), (right, Change::Given)]);
    }
}

/// What was taken back by itself does not come back with control.
#[test]
fn control_brings_back_what_went_with_it_and_no_more() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::RightSet { right: Right::SendFiles, on: false });
    bench.put(Input::ControlForbidden);
    bench.put(Input::RightSet { right: Right::Open, on: false });
    assert_eq!(effective(&bench), EVERYTHING.view_only());
    bench.put(Input::ControlAllowed);
    let expected = Permissions {
        send_files: false,
        change_files: false,
        open_urls: false,
        open_favourites: false,
        ..EVERYTHING
    };
    assert_eq!(effective(&bench), expected);
}

/// The switch for what is just asked for is the answer.
#[test]
fn the_customers_own_switch_answers_the_question_for_it() {
    let mut bench = Bench::sharing(LOOKS, EVERYTHING);
    asks(&mut bench, 4, Right::Open);
    bench.put(Input::RightSet { right: Right::Open, on: true });
    assert_eq!((asking(&bench), answers(&bench)), (None, vec![(4, Answer::Allowed)]));
    assert_eq!(recorded(&bench), [(Right::Open, Change::Asked), (Right::Open, Change::Allowed)]);
    asks(&mut bench, 5, Right::Open);
    assert_eq!(answers(&bench).last(), Some(&(5, Answer::Allowed)), "nobody is asked for what is given");
}

/// What runs under a right that is taken back ends, tells nothing any more, and stands in the record as what it came to.
#[test]
fn a_tool_whose_right_is_taken_back_tells_nothing_any_more() {
    use protocol::tools::Outcome;
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let list = wire::tool_request::Tool::ListProcesses(wire::ListProcesses {});
    let request = wire::ToolRequest { id: 1, tool: Some(list) };
    bench.console(Channel::Control, Body::ToolRequest(request));
    bench.put(Input::RightSet { right: Right::SeeSystem, on: false });
    assert!(bench.has(|action| *action == Action::StopTools));
    let outcome = Outcome::Processes(Vec::new());
    bench.put(Input::ToolDone { connection: ConnectionNo(1), id: 1, object: String::new(), outcome });
    let of = |body| match body {
        Body::ToolAnswer(answer) => Some(answer.problem),
        _ => None,
    };
    let problems: Vec<String> = bench.to_console().into_iter().filter_map(of).collect();
    assert_eq!(problems, ["forbidden"]);
}

/// The customer who is not to be seen any more is not, and everything else goes on.
#[test]
fn a_screen_that_is_taken_back_is_held_alone() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.outputs.clear();
    bench.put(Input::RightSet { right: Right::View, on: false });
    assert!(bench.has(|action| *action == Action::HoldPicture(true)));
    assert!(!bench.has(|action| *action == Action::StopSharing));
    assert!(effective(&bench).chat && effective(&bench).see_system);
}

fn pauses(bench: &Bench) -> Vec<bool> {
    let of = |body| if let Body::Paused(paused) = body { Some(paused.on) } else { None };
    bench.to_console().into_iter().filter_map(of).collect()
}

/// in a pause nothing of the screen leaves, no input and no tool does anything, and the two can still write.
#[test]
fn a_pause_holds_up_everything_but_the_chat() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.console(Channel::Control, Body::SetControl(wire::SetControl { on: true }));
    bench.outputs.clear();
    bench.put(Input::Paused(true));
    bench.put(Input::Paused(true));
    assert!(bench.has(|action| *action == Action::HoldPicture(true)));
    assert!(bench.has(|action| *action == Action::ReleaseInput));
    assert_eq!((pauses(&bench), effective(&bench)), (vec![true], EVERYTHING.while_paused()));
    let shape = wire::PointerShape { width: 5, ..Default::default() };
    bench.outputs.clear();
    bench.key("KeyA");
    let list = wire::tool_request::Tool::ListProcesses(wire::ListProcesses {});
    bench.console(Channel::Control, Body::ToolRequest(wire::ToolRequest { id: 1, tool: Some(list) }));
    asks(&mut bench, 1, Right::Control);
    bench.put(Input::PointerPosition(wire::PointerPosition { x: 1, y: 2 }));
    bench.put(Input::PointerShape(shape.clone()));
    for what in [wire::picture_request::What::Resume, wire::picture_request::What::NewEpoch] {
        bench.console(Channel::Control, Body::PictureRequest(wire::PictureRequest { what: what.into() }));
    }
    bench.put(Input::Chat { id: [1; 16], text: "잠시만요".to_owned() });
    bench.wait(Duration::from_secs(3_000));
    assert_eq!(bench.applied(), [] as [&str; 0]);
    assert!(!bench.has(|action| matches!(action, Action::RunTool { .. } | Action::Picture(_))));
    let of_screen =
        |body: &Body| matches!(body, Body::PointerShape(_) | Body::PointerPosition(_) | Body::Displays(_));
    assert!(!bench.to_console().iter().any(of_screen));
    assert!(bench.to_console().iter().any(|body| matches!(body, Body::Chat(_))));
    assert_eq!(answers(&bench), [(1, Answer::Allowed)], "it is given, and held up");
    for what in ["session-paused", "tool-paused"] {
        assert_eq!(bench.refused(what), 1, "{what}");
    }
    bench.outputs.clear();
    bench.put(Input::Paused(false));
    assert!(bench.has(|action| *action == Action::HoldPicture(false)));
    assert!(bench.to_console().contains(&Body::PointerShape(shape)));
    assert_eq!((pauses(&bench), effective(&bench)), (vec![false], EVERYTHING));
    let View::Sharing { control, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert_eq!(control, ControlView::On, "the operator goes on as before");
}

/// Each pause and each going on is a line of the record.
#[test]
fn pauses_stand_in_the_record() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for on in [true, true, false, true] {
        bench.put(Input::Paused(on));
    }
    let of = |kind| if let Kind::PauseChanged(changed) = kind { Some(changed.on) } else { None };
    assert_eq!(events(&bench).into_iter().filter_map(of).collect::<Vec<_>>(), [true, false, true]);
}

/// A console that comes anew finds the pause as it was: no picture is made before the customer goes on.
#[test]
fn a_pause_outlives_the_connection() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Paused(true));
    bench.outputs.clear();
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert!(!bench.has(|action| matches!(action, Action::PrepareSharing(_))));
    assert!(!bench.has(|action| *action == Action::HoldPicture(false)));
    assert_eq!((pauses(&bench), effective(&bench)), (vec![true], EVERYTHING.while_paused()));
    bench.put(Input::Paused(false));
    assert!(bench.has(|action| *action == Action::HoldPicture(false)));
}

/// A pause that begins while the connection comes up is there before the picture is.
#[test]
fn a_pause_before_the_picture_begins_is_said_first() {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.put(Input::Paused(true));
    bench.answer(ConnectionNo(1));
    bench.connect(ConnectionNo(1));
    let at = |wanted: fn(&Action) -> bool| bench.actions().into_iter().position(wanted);
    let (held, started) = (
        at(|action| *action == Action::HoldPicture(true)),
        at(|action| matches!(action, Action::StartSharing(_))),
    );
    assert!(held.is_some() && held < started, "{held:?} {started:?}");
}

/// Whoever hid the console's window during the pause gets no picture after it, and one when they come back.
#[test]
fn a_console_that_was_hidden_meanwhile_stays_hidden() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Paused(true));
    let what = wire::picture_request::What::Pause.into();
    bench.console(Channel::Control, Body::PictureRequest(wire::PictureRequest { what }));
    bench.outputs.clear();
    bench.put(Input::Paused(false));
    let shown = |action: &&Action| matches!(action, Action::HoldPicture(_) | Action::Picture(_));
    let picture: Vec<&Action> = bench.actions().into_iter().filter(shown).collect();
    assert_eq!(picture, [&Action::HoldPicture(false), &Action::Picture(PictureWish::Pause)]);
}

/// The bar stands between two connections, too: what is pressed there counts from the first moment of the next.
#[test]
fn what_is_pressed_between_two_connections_counts() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    bench.put(Input::RightSet { right: Right::SeeSystem, on: false });
    bench.put(Input::Paused(true));
    let View::Connecting { given, paused, .. } = bench.view() else { panic!("{:?}", bench.view()) };
    assert!(paused && !given.see_system && given.see_processes == given.see_system);
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!(effective(&bench), EVERYTHING.while_paused());
    bench.put(Input::Paused(false));
    let expected = Permissions { see_system: false, see_processes: false, ..EVERYTHING };
    assert_eq!(effective(&bench), expected);
}
