use std::time::Duration;

use protocol::{
    Permissions,
    drawing::{Point, Rgb},
    limits, policy, wire,
};

use super::bench::{Bench, EVERYTHING, fitting, offer, signer};
use crate::customer::{Action, Channel, ConnectionNo, DrawingInput, DrawingOrder, Input, ShapeNo};

use wire::draw::Act;
use wire::draw_stroke::Tool as Asked;

const RED: u32 = 0xe0_31_31;

fn draws(bench: &mut Bench, act: Act) {
    bench.console(Channel::Control, wire::peer_message::Body::Draw(wire::Draw { act: Some(act) }));
}

fn begins(bench: &mut Bench, id: u32, points: &[i32], done: bool) {
    let tool = Asked::Pen.into();
    let points = points.to_vec();
    draws(
        bench,
        Act::Stroke(wire::DrawStroke { id, tool, rgb: RED, width: 4, points, text: String::new(), done }),
    );
}

fn goes_on(bench: &mut Bench, id: u32, points: &[i32], done: bool) {
    let points = points.to_vec();
    draws(bench, Act::Stroke(wire::DrawStroke { id, points, done, ..wire::DrawStroke::default() }));
}

fn whole(bench: &mut Bench, id: u32) {
    begins(bench, id, &[1, 1, 2, 2], true);
}

fn customer(bench: &mut Bench, input: DrawingInput) {
    bench.put(Input::Drawing(input));
}

fn customer_line(bench: &mut Bench) {
    let rgb = Rgb([1, 2, 3]);
    customer(bench, DrawingInput::Drew { rgb, points: vec![Point { x: 5, y: 5 }], done: false });
    customer(bench, DrawingInput::Drew { rgb, points: vec![Point { x: 9, y: 9 }], done: true });
}

fn orders(bench: &Bench) -> Vec<DrawingOrder> {
    let of = |action: &Action| if let Action::Draw(order) = action { Some(order.clone()) } else { None };
    bench.actions().into_iter().filter_map(of).collect()
}

/// The shapes that are on the screen, as an overlay would have them, with their points.
fn standing(bench: &Bench) -> Vec<(u64, usize)> {
    let mut standing: Vec<(u64, usize)> = Vec::new();
    for order in orders(bench) {
        match order {
            DrawingOrder::Draw { shape, look, points, .. } => {
                if look.is_some() {
                    standing.push((shape.0, 0));
                }
                let known = standing.iter_mut().find(|(no, _)| *no == shape.0).expect("a shape that began");
                known.1 += points.len();
            }
            DrawingOrder::Remove(shape) => standing.retain(|(no, _)| *no != shape.0),
            DrawingOrder::Clear => standing.clear(),
            DrawingOrder::Pointer(_) | DrawingOrder::CustomerDraws(_) => {}
        }
    }
    standing
}

fn told(bench: &Bench) -> Vec<wire::drawn::Told> {
    let of = |body| match body {
        wire::peer_message::Body::Drawn(drawn) => drawn.told,
        _ => None,
    };
    bench.to_console().into_iter().filter_map(of).collect()
}

fn answers(bench: &Bench) -> Vec<(u32, String)> {
    let of = |told| match told {
        wire::drawn::Told::Stroke(stroke) => Some((stroke.id, stroke.problem)),
        wire::drawn::Told::State(_) => None,
    };
    told(bench).into_iter().filter_map(of).collect()
}

fn state(bench: &Bench) -> (u32, u32, bool) {
    let of = |told| match told {
        wire::drawn::Told::State(state) => Some((state.own, state.all, state.customer_draws)),
        wire::drawn::Told::Stroke(_) => None,
    };
    told(bench).into_iter().filter_map(of).next_back().unwrap_or_default()
}

fn recorded(bench: &Bench) -> Vec<String> {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => match event.kind {
            Some(wire::event::Kind::ToolUsed(used)) => Some(used.tool),
            _ => None,
        },
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// F-11: a shape is drawn as it comes, and answered once it is seen.
#[test]
fn a_shape_grows_with_its_points_and_is_answered_when_it_stands() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    draws(&mut bench, Act::Mode(wire::DrawMode { on: true }));
    begins(&mut bench, 1, &[10, 20], false);
    goes_on(&mut bench, 1, &[11, 21, 12, 22], false);
    assert_eq!(standing(&bench), [(1, 3)]);
    goes_on(&mut bench, 1, &[], true);
    assert_eq!(answers(&bench), []);
    customer(&mut bench, DrawingInput::Painted(ShapeNo(1)));
    customer(&mut bench, DrawingInput::Painted(ShapeNo(1)));
    assert_eq!(answers(&bench), [(1, String::new())]);
    assert_eq!(state(&bench), (1, 1, false));
    draws(&mut bench, Act::Mode(wire::DrawMode { on: false }));
    assert_eq!(standing(&bench), [(1, 3)], "what stands stays");
    assert_eq!(recorded(&bench), ["drawing-begun", "drawing-ended"]);
}

/// F-11, S-07: drawing is no control, so that view only leaves it.
#[test]
fn it_is_allowed_where_control_is_not() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING.view_only());
    whole(&mut bench, 1);
    assert_eq!(standing(&bench), [(1, 2)]);
}

/// F-11: what the policy forbids is refused, counted and answered, whatever a console sends.
#[test]
fn what_is_forbidden_draws_nothing() {
    let mut bench = Bench::sharing(EVERYTHING, Permissions { draw: false, ..EVERYTHING });
    draws(&mut bench, Act::Mode(wire::DrawMode { on: true }));
    begins(&mut bench, 1, &[1, 1], false);
    goes_on(&mut bench, 1, &[1, 1], true);
    draws(&mut bench, Act::Clear(wire::DrawClear {}));
    draws(&mut bench, Act::Undo(wire::DrawUndo {}));
    draws(&mut bench, Act::Pointer(wire::DrawPointer { x: 1, y: 1 }));
    customer(&mut bench, DrawingInput::Mode(true));
    bench.wait(Duration::from_secs(2));
    assert_eq!((orders(&bench), recorded(&bench)), (vec![], vec![]));
    assert_eq!((bench.refused("drawing-forbidden"), answers(&bench)), (6, vec![(1, "forbidden".to_owned())]));
}

/// F-12 needs its own permission and F-11's.
#[test]
fn a_customer_draws_only_where_both_ways_are_allowed() {
    for narrow in
        [Permissions { customer_draw: false, ..EVERYTHING }, Permissions { draw: false, ..EVERYTHING }]
    {
        let mut bench = Bench::sharing(EVERYTHING, narrow);
        customer(&mut bench, DrawingInput::Mode(true));
        customer_line(&mut bench);
        assert_eq!((orders(&bench), recorded(&bench)), (vec![], vec![]));
    }
}

/// F-12: both draw, and each takes back their own.
#[test]
fn undo_takes_ones_own_last_and_clear_takes_all() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    whole(&mut bench, 1);
    customer(&mut bench, DrawingInput::Mode(true));
    assert!(bench.has(|action| *action == Action::ShowDrawing(true)));
    customer_line(&mut bench);
    whole(&mut bench, 2);
    assert_eq!(state(&bench), (2, 3, true));
    customer(&mut bench, DrawingInput::Undo);
    customer(&mut bench, DrawingInput::Undo);
    assert_eq!(standing(&bench), [(1, 2), (3, 2)]);
    draws(&mut bench, Act::Undo(wire::DrawUndo {}));
    assert_eq!(standing(&bench), [(1, 2)]);
    customer_line(&mut bench);
    draws(&mut bench, Act::Clear(wire::DrawClear {}));
    assert_eq!((standing(&bench), state(&bench)), (vec![], (0, 0, true)));
    assert_eq!(answers(&bench), [2, 1].map(|id| (id, "taken-back".to_owned())));
    customer(&mut bench, DrawingInput::Mode(false));
    customer_line(&mut bench);
    assert_eq!((standing(&bench), state(&bench)), (vec![], (0, 0, false)));
    assert_eq!(recorded(&bench), ["drawing-begun", "customer-drawing-begun", "customer-drawing-ended"]);
}

/// A shape that the customer cleared while it was being drawn does not come back with its next point.
#[test]
fn the_rest_of_what_was_taken_back_is_nothing() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    begins(&mut bench, 1, &[1, 1], false);
    customer(&mut bench, DrawingInput::Clear);
    goes_on(&mut bench, 1, &[2, 2], false);
    goes_on(&mut bench, 1, &[3, 3], true);
    assert_eq!((standing(&bench), answers(&bench)), (vec![], vec![(1, "taken-back".to_owned())]));
    begins(&mut bench, 1, &[1, 1], true);
    goes_on(&mut bench, 9, &[1, 1], true);
    bench.wait(Duration::from_secs(2));
    assert_eq!((standing(&bench), bench.refused("drawing-out-of-order")), (vec![], 2));
}

/// A flood is bounded, slowed and told: 100,000 points.
#[test]
fn more_than_a_hand_draws_is_refused() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for id in 1..=200 {
        begins(&mut bench, id, &[3; 1_000], true);
    }
    bench.wait(Duration::from_secs(2));
    assert_eq!(standing(&bench).len(), 8, "4,000 points of 100,000");
    assert_eq!(bench.refused("drawing-too-fast"), 192);
    assert_eq!(answers(&bench).len(), 192);
    let sent = orders(&bench).len();
    for _ in 0..1_000 {
        draws(&mut bench, Act::Pointer(wire::DrawPointer { x: 1, y: 1 }));
    }
    assert_eq!(orders(&bench).len() - sent, limits::DRAW_MESSAGES_PER_SECOND as usize);
}

#[test]
fn a_shape_and_a_screen_have_only_so_much() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    begins(&mut bench, 1, &[3; 2 * 1_500], false);
    goes_on(&mut bench, 1, &[3; 2 * 1_500], false);
    goes_on(&mut bench, 1, &[3; 2], true);
    assert_eq!(standing(&bench), [(1, limits::DRAW_POINTS)]);
    for id in 2..=600 {
        if id % 100 == 0 {
            bench.wait(Duration::from_secs(1));
        }
        whole(&mut bench, id);
    }
    bench.wait(Duration::from_secs(2));
    assert_eq!(standing(&bench).len(), limits::DRAW_SHAPES);
    assert_eq!(bench.refused("drawing-full"), 100);
    customer(&mut bench, DrawingInput::Mode(true));
    customer_line(&mut bench);
    assert_eq!(standing(&bench).len(), limits::DRAW_SHAPES);
}

#[test]
fn what_is_no_drawing_is_refused() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    begins(&mut bench, 1, &[1], true);
    let nothing = wire::Draw { act: None };
    bench.console(Channel::Control, wire::peer_message::Body::Draw(nothing));
    bench.console(Channel::Pointer, wire::peer_message::Body::Draw(nothing_but_undo()));
    bench.wait(Duration::from_secs(2));
    assert_eq!((orders(&bench), answers(&bench)), (vec![], vec![(1, "malformed".to_owned())]));
    assert_eq!((bench.refused("drawing-malformed"), bench.refused("message-out-of-place")), (2, 1));
}

fn nothing_but_undo() -> wire::Draw {
    wire::Draw { act: Some(Act::Undo(wire::DrawUndo {})) }
}

/// Y-1: a policy that forbids it takes away what was drawn under it.
#[test]
fn a_right_that_is_withdrawn_takes_its_drawing_along() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    whole(&mut bench, 1);
    customer(&mut bench, DrawingInput::Mode(true));
    customer_line(&mut bench);
    let narrow = Permissions { customer_draw: false, ..EVERYTHING };
    bench.server(wire::server_to_customer::Body::Policy(policy::sign(&fitting(2, narrow), &signer())));
    assert_eq!((standing(&bench), state(&bench)), (vec![(1, 2)], (1, 1, false)));
    let narrow = Permissions { draw: false, ..EVERYTHING };
    bench.server(wire::server_to_customer::Body::Policy(policy::sign(&fitting(3, narrow), &signer())));
    assert_eq!((standing(&bench), state(&bench)), (vec![], (0, 0, false)));
    let ends = ["drawing-begun", "customer-drawing-begun", "customer-drawing-ended", "drawing-ended"];
    assert_eq!(recorded(&bench), ends);
}

/// a pause takes everything away, and nothing is drawn while it lasts.
#[test]
fn a_pause_clears_the_screen() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    whole(&mut bench, 1);
    bench.put(Input::Paused(true));
    assert_eq!((standing(&bench), state(&bench)), (vec![], (0, 0, false)));
    whole(&mut bench, 2);
    assert_eq!(standing(&bench), []);
}

/// The overlay goes with capture, and another console begins on an empty screen.
#[test]
fn a_connection_that_is_over_leaves_nothing() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    whole(&mut bench, 7);
    customer(&mut bench, DrawingInput::Mode(true));
    bench.outputs.clear();
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    assert!(bench.has(|action| *action == Action::StopSharing));
    assert!(bench.has(|action| *action == Action::ShowDrawing(false)));
    assert_eq!(recorded(&bench), ["drawing-ended", "customer-drawing-ended"]);
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    assert_eq!(state(&bench), (0, 0, false));
    customer_line(&mut bench);
    assert_eq!(orders(&bench), []);
}

/// The record holds so many lines, and drawing is no way to fill it.
#[test]
fn drawing_is_taken_up_only_so_often() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for n in 0..limits::DRAW_TIMES_OF_SESSION + 5 {
        if n % 50 == 0 {
            bench.wait(Duration::from_secs(1));
        }
        draws(&mut bench, Act::Mode(wire::DrawMode { on: true }));
        draws(&mut bench, Act::Mode(wire::DrawMode { on: false }));
    }
    bench.wait(Duration::from_secs(2));
    // The record waits for the server to confirm; the console has heard it.
    let count = |body| match body {
        wire::peer_message::Body::Refused(refused) if refused.what == "drawing-too-often" => refused.count,
        _ => 0,
    };
    assert_eq!(bench.to_console().into_iter().map(count).sum::<u32>(), 5);
    whole(&mut bench, 1);
    assert_eq!(orders(&bench), []);
}

#[test]
fn a_machine_without_an_overlay_says_so_once() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    whole(&mut bench, 1);
    customer(&mut bench, DrawingInput::Lacks("overlay-no-platform"));
    customer(&mut bench, DrawingInput::Lacks("overlay-no-platform"));
    whole(&mut bench, 2);
    customer(&mut bench, DrawingInput::Mode(true));
    assert_eq!(answers(&bench), [1, 2].map(|id| (id, "unsupported".to_owned())));
    assert_eq!(state(&bench), (0, 0, false));
    let lacks = |body: &wire::peer_message::Body| matches!(body, wire::peer_message::Body::Unsupported(_));
    assert_eq!(bench.to_console().iter().filter(|body| lacks(body)).count(), 1);
}
