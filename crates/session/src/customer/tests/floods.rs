//! A console and a server that say too much, twice, or too late: bounded, slowed, told, and of no effect.

use std::time::Duration;

use bytes::Bytes;
use prost::Message as _;
use protocol::{
    input::{InputEvent, NumberedInput},
    limits, policy, wire,
};

use super::{
    bench::{Bench, EVERYTHING, SERVER_MS, fitting, key, offer, pointer, signer, welcome},
    regressions::everything,
};
use crate::customer::{Action, Channel, ConnectionNo, Error, Input, Output, View, input_order::InputOrder};

/// What the machine holds, as a number that grows with it.
fn held(bench: &Bench) -> usize {
    format!("{:?}", bench.customer).len()
}

fn say(bench: &mut Bench, channel: Channel, body: wire::peer_message::Body) {
    bench.console(channel, body);
}

fn line(number: u64, text: &str) -> wire::peer_message::Body {
    wire::peer_message::Body::Chat(wire::Chat {
        id: Bytes::copy_from_slice(&u128::from(number).to_be_bytes()),
        author: wire::chat::Author::Operator.into(),
        text: text.to_owned(),
        at_ms: 1,
        name: String::new(),
    })
}

fn shown(bench: &Bench) -> usize {
    bench.actions().into_iter().filter(|action| matches!(action, Action::ShowChat(_))).count()
}

/// The server has kept everything that it was sent.
fn confirm(bench: &mut Bench) {
    let of = |body| match body {
        wire::customer_to_server::Body::Event(event) => Some(event.source_seq),
        _ => None,
    };
    let source_seq = bench.to_server().into_iter().filter_map(of).max().unwrap_or_default();
    bench.server(wire::server_to_customer::Body::EventsKept(wire::EventsKept { source_seq }));
}

/// F-05: ten thousand lines in eight seconds. Eighty are shown, the others are counted, and a line of the record a second says
/// so.
#[test]
fn ten_thousand_chat_lines_are_slowed_and_told() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    let long = "가".repeat(500);
    for second in 0..8 {
        for number in 0..1_250 {
            say(&mut bench, Channel::Control, line(second * 1_250 + number, &long));
        }
        bench.wait(Duration::from_secs(1));
        confirm(&mut bench);
    }
    let most = limits::CHAT_LINES_PER_SECOND as usize * 8;
    assert_eq!(shown(&bench), most);
    assert_eq!(bench.refused("chat-too-fast"), 10_000 - u32::try_from(most).unwrap());
    let reports = bench.to_server().into_iter().filter(|body| {
        matches!(body, wire::customer_to_server::Body::Event(wire::Event {
            kind: Some(wire::event::Kind::Refused(refused)), ..
        }) if refused.what == "chat-too-fast")
    });
    assert!(reports.count() <= 9, "a line a second");
    assert!(held(&bench) < 1024 * 1024, "{}", held(&bench));
}

/// F-05: the customer's own lines wait for a console that confirms none, up to a limit, and the customer is told.
#[test]
fn lines_that_nobody_confirms_wait_up_to_a_limit() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for number in 0..10_000_u32 {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&number.to_be_bytes());
        let written = bench.try_put(Input::Chat { id, text: "x".to_owned() });
        let has_room = usize::try_from(number).unwrap() < limits::CHAT_LINES_WAITING;
        assert_eq!(written, if has_room { Ok(()) } else { Err(Error::ChatFull) });
    }
    assert_eq!(shown(&bench), limits::CHAT_LINES_WAITING);
}

/// Input without end, where it is allowed and where not: each event is applied or counted at once, and none is kept.
#[test]
fn a_flood_of_input_is_kept_nowhere() {
    let mut allowed = Bench::sharing(EVERYTHING, EVERYTHING);
    let mut forbidden = Bench::sharing(EVERYTHING.view_only(), EVERYTHING);
    let before = (held(&allowed), held(&forbidden));
    let (mut applied, mut refused) = (0, 0);
    for number in 1..=10_000 {
        flood(&mut allowed, number);
        let acts = |output: &&Output| matches!(output, Output::Do(Action::ApplyInput(_)));
        applied += allowed.outputs.iter().filter(acts).count();
        assert!(allowed.outputs.len() <= 4, "nothing is sent for an event");
        flood(&mut forbidden, number);
        refused += 2;
        assert!(!forbidden.has(|action| matches!(action, Action::ApplyInput(_))));
    }
    assert_eq!(applied, 20_000, "each key and each move, once");
    let room = 64 * 1024;
    assert!(held(&allowed) < before.0 + room, "{} {}", held(&allowed), before.0);
    assert!(held(&forbidden) < before.1 + room, "{} {}", held(&forbidden), before.1);
    forbidden.wait(Duration::from_secs(1));
    assert_eq!(forbidden.refused("input-view-only"), refused - 1, "the first was told at once");
}

/// A million events on the channel that loses, of which none follows the one before: no more than a few wait.
#[test]
fn a_million_input_events_that_came_too_early_do_not_wait() {
    let mut order = InputOrder::new();
    for number in 0..1_000_000 {
        let event = InputEvent::ReleaseAll;
        let early = NumberedInput { number: 2 + number * 7, move_number: 0, event };
        assert_eq!(order.take(Channel::Pointer, early), []);
    }
    assert!(format!("{order:?}").len() < 8 * 1024);
    let first = NumberedInput { number: 1, move_number: 0, event: InputEvent::ReleaseAll };
    assert_eq!(order.take(Channel::Control, first).len(), 2, "and the one that follows it");
}

/// A key, a key from the far future that waits for what never comes, and a move.
fn flood(bench: &mut Bench, number: u64) {
    bench.outputs.clear();
    say(bench, Channel::Control, key(number, "KeyA"));
    say(bench, Channel::Pointer, key(10_000_000 + number, "KeyB"));
    say(bench, Channel::Pointer, pointer(number, number, 5));
}

/// Every message of a console's twice: what it asks for is done once.
#[test]
fn everything_said_twice_is_done_once() {
    let done = |times: usize| {
        let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
        for body in everything() {
            bench.wait(Duration::from_secs(2));
            for _ in 0..times {
                say(&mut bench, Channel::Control, body.clone());
            }
        }
        let acts = |action: &&Action| {
            matches!(
                action,
                Action::ApplyInput(_)
                    | Action::RunTool { .. }
                    | Action::ShowChat(_)
                    | Action::AnswerOffer { .. }
                    | Action::Files(_)
            )
        };
        bench.actions().into_iter().filter(acts).cloned().collect::<Vec<_>>()
    };
    assert!(10 < done(1).len());
    assert_eq!(done(2), done(1));
}

/// The same of a server: a policy counts once, an offer is answered once, and the end is one end.
#[test]
fn a_server_that_says_everything_twice_changes_nothing_by_it() {
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    let first = offer(policy::sign(&fitting(1, EVERYTHING), &signer()));
    for _ in 0..2 {
        bench.server(first.clone());
        bench.operator();
        bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    }
    let answers = bench.actions().into_iter().filter(|action| matches!(action, Action::AnswerOffer { .. }));
    assert_eq!(answers.count(), 1);
    assert_eq!(bench.refused("policy-replayed"), 1);
    let ended = wire::Ended { reason: wire::EndReason::OperatorEnded.into() };
    for _ in 0..2 {
        bench.server(wire::server_to_customer::Body::Ended(ended));
    }
    let ends = |action: &&Action| matches!(action, Action::Show(view) if matches!(**view, View::Ended(_)));
    assert_eq!(bench.actions().into_iter().filter(ends).count(), 1);
}

/// after Stop nothing of either side has an effect, at once and an hour later.
#[test]
fn what_comes_after_stop_comes_too_late() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::Stopped);
    bench.outputs.clear();
    for wait in [0, 1, 3_600] {
        bench.wait(Duration::from_secs(wait));
        for body in everything() {
            say(&mut bench, Channel::Control, body);
        }
        bench.operator();
        bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
        let policy = policy::sign(&fitting(3, EVERYTHING), &signer());
        bench.server(wire::server_to_customer::Body::Policy(policy));
        assert_eq!(bench.try_put(Input::SignallingOpened { clock_ms: SERVER_MS }), Ok(()));
        bench.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
        for (connection, channel) in [(1, Channel::Control), (2, Channel::Screen), (3, Channel::Files)] {
            let connection = ConnectionNo(connection);
            bench.put(Input::PeerConnected { connection, relayed: false });
            bench.put(Input::ChannelOpened { connection, channel });
        }
        assert_eq!(bench.try_put(Input::Agreed(EVERYTHING)), Err(Error::OutOfTurn));
        assert_eq!(bench.try_put(Input::ControlAllowed), Err(Error::OutOfTurn));
    }
    assert!(bench.is_untouched());
    let acts = |output: &&Output| {
        !matches!(
            output,
            Output::WakeAt(_)
                | Output::ToServer(_)
                | Output::Do(Action::OpenSignalling | Action::CloseSignalling)
        )
    };
    assert_eq!(bench.outputs.iter().filter(acts).collect::<Vec<_>>(), Vec::<&Output>::new());
}

/// A message that is cut anywhere is another one, or none; the session goes on.
#[test]
fn messages_that_are_cut_anywhere_end_nothing() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    for body in everything() {
        let whole = wire::PeerMessage { body: Some(body) }.encode_to_vec();
        for end in 0..whole.len() {
            let bytes = Bytes::copy_from_slice(&whole[..end]);
            bench.put(Input::PeerMessage { connection: ConnectionNo(1), channel: Channel::Control, bytes });
        }
    }
    assert!(matches!(bench.view(), View::Sharing { .. }));
}
