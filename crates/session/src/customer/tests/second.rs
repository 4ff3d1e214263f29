use protocol::{
    Fingerprint, OperatorId, Permissions, Right,
    policy::{self, Policy},
    sdp, wire,
};
use wire::{peer_message::Body as Peer, second_operator::Act, server_to_customer::Body as Server};

use super::bench::{Bench, EVERYTHING, fitting, key, known, offer, signer, welcome};
use crate::customer::{
    Action, Channel, ConnectionNo, Input, Output, SecondAsking, SecondOrder, SecondRole, View,
};

const SECOND: OperatorId = OperatorId([9; 16]);
const OTHER: OperatorId = OperatorId([10; 16]);
const THEIRS: Fingerprint = Fingerprint([11; 32]);
/// The connection of the second operator's console: the app numbers them.
const CONNECTION: ConnectionNo = ConnectionNo(2);

/// To look, and to talk.
fn looks() -> Permissions {
    Permissions { view: true, chat: true, ..Permissions::default() }
}

fn said(id: OperatorId, act: Act) -> Server {
    Server::Second(wire::SecondOperator {
        operator_id: id.to_bytes(),
        name: "박두번".to_owned(),
        may: None,
        act: Some(act),
    })
}

fn asked(id: OperatorId, role: wire::SecondRole) -> Server {
    said(id, Act::Asked(role.into()))
}

fn theirs(revision: u64, permissions: Permissions) -> Policy {
    Policy { operator_id: SECOND, console_fingerprint: THEIRS, ..fitting(revision, permissions) }
}

fn offered(id: OperatorId, signed: wire::SignedPolicy) -> Server {
    let sdp = format!("v=0\r\na=fingerprint:{}\r\n", sdp::write(THEIRS));
    said(
        id,
        Act::Offer(wire::Offer {
            description: Some(wire::SessionDescription { sdp }),
            policy: Some(signed),
            ice_servers: Vec::new(),
        }),
    )
}

fn answers(bench: &Bench) -> Vec<bool> {
    let of = |body| match body {
        wire::customer_to_server::Body::Second(wire::FromSecond {
            act: Some(wire::from_second::Act::Allowed(allowed)),
            ..
        }) => Some(allowed),
        _ => None,
    };
    bench.to_server().into_iter().filter_map(of).collect()
}

/// What their console got.
fn to_second(bench: &Bench) -> Vec<Peer> {
    use prost::Message as _;
    let of = |output: &Output| match output {
        Output::ToPeer { connection: CONNECTION, bytes, .. } => {
            wire::PeerMessage::decode(bytes.clone()).unwrap().body
        }
        _ => None,
    };
    bench.outputs.iter().filter_map(of).collect()
}

fn second_says(bench: &mut Bench, body: Peer) {
    use prost::Message as _;
    let bytes = wire::PeerMessage { body: Some(body) }.encode_to_vec().into();
    bench.put(Input::PeerMessage { connection: CONNECTION, channel: Channel::Control, bytes });
}

fn operators(messages: &[Peer]) -> Option<wire::OperatorsNow> {
    let of = |body: &Peer| match body {
        Peer::OperatorsNow(now) => Some(now.clone()),
        _ => None,
    };
    messages.iter().filter_map(of).next_back()
}

fn holder(bench: &Bench) -> wire::operators_now::Holder {
    operators(&to_second(bench)).map(|now| now.holder()).unwrap_or_default()
}

/// A second operator whom the customer let in, under a policy of these permissions.
fn with_second(role: wire::SecondRole, permissions: Permissions) -> Bench {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(asked(SECOND, role));
    bench.put(Input::SecondAnswered { no: 1, allowed: true });
    come(&mut bench, permissions);
    bench
}

fn come(bench: &mut Bench, permissions: Permissions) {
    bench.server(offered(SECOND, policy::sign(&theirs(2, permissions), &signer())));
    bench.answer(CONNECTION);
    bench.connect(CONNECTION);
}

fn sees(bench: &Bench) -> bool {
    bench.has(|action| matches!(action, Action::Second(SecondOrder::Start(grant)) if grant.connection() == CONNECTION))
}

/// S-10 on: nothing of the screen goes anywhere before the customer's press, and no offer is even answered.
#[test]
fn nobody_comes_in_before_the_customer_allows_it() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(asked(SECOND, wire::SecondRole::View));
    let View::Sharing { second_asking, .. } = bench.view() else { panic!() };
    let asking = SecondAsking { no: 1, name: "박두번".to_owned(), role: SecondRole::View };
    assert_eq!(second_asking, Some(Box::new(asking)));
    come(&mut bench, looks());
    assert_eq!(bench.refused("second-not-agreed"), 1);
    assert!(!sees(&bench) && answers(&bench).is_empty());
    // Nobody presses it for them, and no injected key does.
    bench.console(Channel::Control, key(1, "Enter"));
    assert_eq!(bench.refused("input-question-open"), 1);

    bench.put(Input::SecondAnswered { no: 1, allowed: true });
    assert_eq!(answers(&bench), [true]);
    come(&mut bench, looks());
    assert!(sees(&bench));
    let View::Sharing { second, second_asking: None, .. } = bench.view() else { panic!() };
    assert_eq!(second.map(|second| second.name).as_deref(), Some("박두번"));
}

/// S-10 on.
#[test]
fn whom_the_customer_refuses_does_not_come_in() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(asked(SECOND, wire::SecondRole::View));
    assert!(
        bench.try_put(Input::SecondAnswered { no: 2, allowed: true }).is_err(),
        "another question's press"
    );
    bench.put(Input::SecondAnswered { no: 1, allowed: false });
    assert_eq!(answers(&bench), [false]);
    come(&mut bench, EVERYTHING);
    assert!(!sees(&bench));
    assert_eq!(bench.refused("second-not-agreed"), 1);
}

/// S-10 off: the customer is told, and not asked.
#[test]
fn where_nobody_is_to_be_asked_the_customer_is_told() {
    let mut bench = Bench::greeting(known());
    bench.server(Server::Welcome(wire::Welcome { second_unasked: true, ..welcome(true, EVERYTHING) }));
    bench.operator();
    bench.put(Input::Agreed(EVERYTHING));
    bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
    bench.answer(ConnectionNo(1));
    bench.connect(ConnectionNo(1));
    bench.server(asked(SECOND, wire::SecondRole::View));
    assert_eq!(answers(&bench), [true]);
    come(&mut bench, looks());
    assert!(sees(&bench));
    let View::Sharing { second: Some(second), second_asking: None, .. } = bench.view() else { panic!() };
    assert_eq!(second.name, "박두번");
}

/// F-18 off, or taken back by the customer: the app refuses whatever the server says.
#[test]
fn without_the_right_to_invite_nobody_comes_in() {
    let mut bench = Bench::sharing(EVERYTHING, Permissions { invite: false, ..EVERYTHING });
    bench.server(asked(SECOND, wire::SecondRole::View));
    assert_eq!((answers(&bench), bench.refused("second-forbidden")), (vec![false], 1));
    come(&mut bench, EVERYTHING);
    assert!(!sees(&bench));

    let mut bench = with_second(wire::SecondRole::View, looks());
    bench.put(Input::RightSet { right: Right::Invite, on: false });
    assert!(bench.has(|action| matches!(action, Action::Second(SecondOrder::Stop(CONNECTION)))));
    assert!(bench.has(|action| matches!(action, Action::ClosePeer { connection: CONNECTION })));
    let View::Sharing { second: None, .. } = bench.view() else { panic!() };
}

/// A policy of another operator, or one made for somebody whom the customer did not let in, opens nothing.
#[test]
fn a_policy_is_for_whom_the_customer_let_in_and_nobody_else() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(asked(SECOND, wire::SecondRole::View));
    bench.put(Input::SecondAnswered { no: 1, allowed: true });
    bench.server(offered(
        OTHER,
        policy::sign(&Policy { operator_id: OTHER, ..theirs(2, looks()) }, &signer()),
    ));
    assert_eq!(bench.refused("second-not-agreed"), 1);
    bench.server(offered(
        SECOND,
        policy::sign(&Policy { operator_id: OTHER, ..theirs(2, looks()) }, &signer()),
    ));
    assert_eq!(bench.refused("policy-other"), 1);
    bench.server(offered(SECOND, policy::sign(&fitting(2, looks()), &signer())));
    assert_eq!(bench.refused("policy-other"), 1, "reported once a second");
    assert!(!bench.has(|action| matches!(action, Action::AnswerOffer { connection: CONNECTION, .. })));
    assert!(matches!(bench.view(), View::Sharing { .. }), "the session goes on");
}

/// Y-1: the second operator's policy counts for them, and the customer's consent for both.
#[test]
fn who_comes_to_look_only_looks() {
    let mut bench = with_second(wire::SecondRole::View, looks());
    second_says(&mut bench, Peer::SetControl(wire::SetControl { on: true }));
    bench.console(Channel::Control, Peer::GiveControl(wire::GiveControl { on: true }));
    assert_eq!(bench.refused("control-forbidden"), 1);
    second_says(&mut bench, key(1, "KeyA"));
    assert_eq!((bench.refused("input-view-only"), bench.applied().len()), (1, 0));
    // Every console says how its operator's switch stands.
    let share = wire::clip::What::Share(wire::ClipShare { on: true });
    second_says(&mut bench, Peer::Clip(wire::Clip { what: Some(share) }));
    let text = wire::clip::What::Begin(wire::ClipBegin::default());
    for body in [
        Peer::Clip(wire::Clip { what: Some(text) }),
        Peer::ToolRequest(wire::ToolRequest { id: 1, ..wire::ToolRequest::default() }),
        Peer::FilesOffer(wire::SessionDescription::default()),
        Peer::Draw(wire::Draw::default()),
        Peer::AskPart(wire::AskPart::default()),
        Peer::GiveControl(wire::GiveControl { on: true }),
        Peer::RightRequest(wire::RightRequest { id: 1, right: wire::Right::Control.into() }),
    ] {
        second_says(&mut bench, body);
    }
    bench.wait(std::time::Duration::from_secs(2));
    assert_eq!(bench.refused("second-forbidden"), 7);
    assert!(
        !bench.has(|action| matches!(action, Action::RunTool { .. } | Action::Draw(_) | Action::Files(_)))
    );
}

/// One controls at a time: asked for by the second, given by the session's operator, taken back at any time.
#[test]
fn control_moves_by_asking_and_giving() {
    use wire::operators_now::Holder;
    let control = Permissions { control: true, ..looks() };
    let mut bench = with_second(wire::SecondRole::Control, control);
    bench.console(Channel::Control, Peer::SetControl(wire::SetControl { on: true }));
    assert_eq!(holder(&bench), Holder::Operator);
    second_says(&mut bench, key(1, "KeyA"));
    assert!(bench.applied().is_empty(), "it is the other's");

    second_says(&mut bench, Peer::SetControl(wire::SetControl { on: true }));
    assert!(operators(&bench.to_console()).unwrap().second_asks);
    assert_eq!(holder(&bench), Holder::Operator, "asking is not having");
    bench.console(Channel::Control, Peer::GiveControl(wire::GiveControl { on: true }));
    assert_eq!(holder(&bench), Holder::Second);
    second_says(&mut bench, key(2, "KeyB"));
    bench.key("KeyC");
    assert_eq!(bench.applied(), ["KeyB"]);
    let View::Sharing { second: Some(second), .. } = bench.view() else { panic!() };
    assert!(second.controls);

    // The customer's own hands win over whoever has it.
    bench.put(Input::CustomerActive);
    second_says(&mut bench, key(3, "KeyD"));
    assert_eq!(bench.applied(), ["KeyB"]);
    bench.wait(protocol::limits::CUSTOMER_QUIET);

    bench.console(Channel::Control, Peer::SetControl(wire::SetControl { on: true }));
    assert_eq!(holder(&bench), Holder::Operator);
    second_says(&mut bench, key(4, "KeyE"));
    assert_eq!(bench.applied(), ["KeyB"]);
    let changes: Vec<(bool, bool)> = bench
        .to_server()
        .into_iter()
        .filter_map(|body| match body {
            wire::customer_to_server::Body::Event(wire::Event {
                kind: Some(wire::event::Kind::ControlChanged(changed)),
                ..
            }) => Some((changed.on, changed.second)),
            _ => None,
        })
        .collect();
    assert_eq!(changes[1..], [(false, false), (true, true), (true, false), (false, true)]);
}

/// The customer's switch and pause hold for both.
#[test]
fn what_the_customer_takes_back_is_taken_from_both() {
    let control = Permissions { control: true, ..looks() };
    let mut bench = with_second(wire::SecondRole::Control, control);
    bench.console(Channel::Control, Peer::GiveControl(wire::GiveControl { on: true }));
    bench.put(Input::Paused(true));
    second_says(&mut bench, key(1, "KeyA"));
    assert!(bench.applied().is_empty());
    assert!(to_second(&bench).contains(&Peer::Paused(wire::Paused { on: true })));
    bench.put(Input::Paused(false));
    bench.put(Input::ControlForbidden);
    second_says(&mut bench, key(2, "KeyB"));
    assert!(bench.applied().is_empty());
}

/// F-05: all read all, with names; each console's own lines are the nameless ones.
#[test]
fn everybody_reads_what_everybody_writes() {
    let mut bench = with_second(wire::SecondRole::View, looks());
    let line = |id: u8, text: &str| {
        Peer::Chat(wire::Chat {
            id: bytes::Bytes::copy_from_slice(&[id; 16]),
            author: wire::chat::Author::Operator.into(),
            text: text.to_owned(),
            at_ms: 1,
            name: "forged".to_owned(),
        })
    };
    bench.console(Channel::Control, line(1, "from the first"));
    second_says(&mut bench, line(2, "from the second"));
    bench.put(Input::Chat { id: [3; 16], text: "from the customer".to_owned() });
    let read = |messages: Vec<Peer>| -> Vec<(String, String)> {
        let of = |body| match body {
            Peer::Chat(chat) => Some((chat.name, chat.text)),
            _ => None,
        };
        messages.into_iter().filter_map(of).collect()
    };
    let own = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(read(to_second(&bench)), [own("이상담", "from the first"), own("", "from the customer")]);
    let first: Vec<_> = read(bench.to_console());
    assert!(first.contains(&own("박두번", "from the second")));
}

/// F-18: the session is theirs, under a policy of their own; the connections so far are closed.
#[test]
fn the_session_is_handed_over_to_whom_the_customer_let_take_it() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.server(said(SECOND, Act::HandedOver(wire::HandedOver {})));
    assert_eq!(bench.refused("second-not-agreed"), 1);
    bench.server(asked(SECOND, wire::SecondRole::HandOver));
    bench.put(Input::SecondAnswered { no: 1, allowed: true });
    bench.server(said(SECOND, Act::HandedOver(wire::HandedOver {})));
    assert!(bench.has(|action| matches!(action, Action::ClosePeer { connection: ConnectionNo(1) })));
    // The one before has no say any more.
    bench.server(offer(policy::sign(&fitting(2, EVERYTHING), &signer())));
    assert!(!bench.has(|action| matches!(action, Action::AnswerOffer { connection: ConnectionNo(2), .. })));
    let narrow = Permissions { control: false, ..EVERYTHING };
    let theirs = Policy { operator_id: SECOND, ..fitting(3, narrow) };
    bench.server(offer(policy::sign(&theirs, &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    let View::Sharing { operator, permissions, second: None, .. } = bench.view() else { panic!() };
    assert_eq!((operator.as_deref(), permissions.control), (Some("박두번"), false));
}

/// The session's end is everybody's.
#[test]
fn the_second_operator_leaves_with_the_session() {
    let mut bench = with_second(wire::SecondRole::View, looks());
    bench.put(Input::Stopped);
    assert!(bench.has(|action| matches!(action, Action::ClosePeer { connection: CONNECTION })));
    assert!(to_second(&bench).iter().any(|body| matches!(body, Peer::Bye(_))));

    let mut bench = with_second(wire::SecondRole::View, looks());
    second_says(&mut bench, Peer::Bye(wire::Bye { reason: wire::EndReason::OperatorEnded.into() }));
    assert!(matches!(bench.view(), View::Sharing { second: None, .. }), "theirs alone is over");
}
