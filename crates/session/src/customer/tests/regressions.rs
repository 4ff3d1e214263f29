//! Weaknesses of other products of this field, by their numbers: each cannot happen here, and these tests would fail if it
//! could. What each was stands in docs/security-regressions.md.

use std::time::Duration;

use bytes::Bytes;
use prost::Message as _;
use protocol::{Nonce, Permissions, limits, policy, policy::Policy, sdp, wire};

use super::{
    bench::{Bench, CONSOLE, EVERYTHING, SERVER_MS, fitting, key, known, offer, pointer, signer, welcome},
    files::{F_02, chunk, orders, say, sending, whys},
};
use crate::customer::{Action, Channel, ConnectionNo, Ending, FilesOrder, Input, Output, View};

fn only_view() -> Permissions {
    Permissions { view: true, ..Permissions::default() }
}

/// Everything that a console can ask for beside the picture.
pub(super) fn everything() -> Vec<wire::peer_message::Body> {
    use wire::{peer_message::Body, tool_request::Tool};
    let tools = [
        Tool::OpenUrl(wire::OpenUrl { url: "https://a.kr/".to_owned() }),
        Tool::OpenFavourite(wire::OpenFavourite {
            kind: wire::open_favourite::Kind::Program.into(),
            target: "xterm".to_owned(),
        }),
        Tool::DescribeSystem(wire::DescribeSystem {}),
        Tool::ListProcesses(wire::ListProcesses {}),
        Tool::EndProcess(wire::EndProcess { pid: 42, started_at_ms: 7, force: true }),
        Tool::ListServices(wire::ListServices {}),
        Tool::ChangeService(wire::ChangeService {
            name: "beside.service".to_owned(),
            act: wire::change_service::Act::Stop.into(),
        }),
    ];
    let chat = wire::Chat {
        id: Bytes::from_static(&[1; 16]),
        author: wire::chat::Author::Operator.into(),
        text: "hello".to_owned(),
        at_ms: 1,
        name: String::new(),
    };
    let files = wire::SessionDescription { sdp: format!("v=0\r\na=fingerprint:{}\r\n", sdp::write(CONSOLE)) };
    let mut all = vec![
        Body::SetControl(wire::SetControl { on: true }),
        key(1, "KeyA"),
        pointer(1, 1, 10),
        Body::Chat(chat),
        Body::FilesOffer(files),
    ];
    all.extend(
        (1..).zip(tools).map(|(id, tool)| Body::ToolRequest(wire::ToolRequest { id, tool: Some(tool) })),
    );
    all
}

fn asks_for_everything(bench: &mut Bench) {
    for body in everything() {
        bench.wait(Duration::from_secs(1));
        bench.console(Channel::Control, body);
    }
}

/// What was done on the customer's machine for the console beside showing the screen.
fn done(bench: &Bench) -> Vec<&Action> {
    let acts = |action: &&Action| {
        matches!(
            action,
            Action::ApplyInput(_) | Action::RunTool { .. } | Action::Files(_) | Action::ShowChat(_)
        )
    };
    bench.actions().into_iter().filter(acts).collect()
}

/// RustDesk: a client that lets go of its administrators' channel ignores every rule of theirs from then on (CWE-602). Here
/// the rules are with the app, in a policy that has an end; without the server there is no more of anything.
#[test]
fn cve_2026_30783_without_the_servers_channel_no_rule_is_lost() {
    let mut alone = Bench::agreed(EVERYTHING, EVERYTHING);
    alone.put(Input::SignallingClosed);
    alone.connect(ConnectionNo(1));
    asks_for_everything(&mut alone);
    assert!(alone.is_untouched(), "no policy, no connection");

    let mut bench = Bench::sharing(EVERYTHING, only_view());
    bench.put(Input::SignallingClosed);
    asks_for_everything(&mut bench);
    assert_eq!(done(&bench), Vec::<&Action>::new());
    bench.wait(Duration::from_secs(3_600));
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::Expired)), "nobody renewed it");
    assert!(bench.has(|action| *action == Action::StopSharing));
}

/// RustDesk: what proves a login has nothing of the client's own in it, so a recorded one opens the door again (CWE-294).
/// Here everything that opens anything names the fresh nonce and certificate of one run of the app.
#[test]
fn cve_2026_30789_a_recorded_session_opens_no_other_run_of_the_app() {
    let other_run = Policy { nonce: Nonce([9; 32]), ..fitting(1, EVERYTHING) };
    let mut bench = Bench::agreed(EVERYTHING, EVERYTHING);
    bench.server(offer(policy::sign(&other_run, &signer())));
    asks_for_everything(&mut bench);
    assert!(bench.is_untouched());
    assert_eq!(bench.view(), View::Ended(Ending::PolicyRefused { what: "policy-other" }));

    // Nor the same run a second time.
    let recorded = offer(policy::sign(&fitting(1, EVERYTHING), &signer()));
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    bench.put(Input::PeerLost { connection: ConnectionNo(1) });
    bench.outputs.clear();
    bench.server(recorded);
    assert!(bench.is_untouched());
    assert_eq!(bench.refused("policy-replayed"), 1);
}

/// RustDesk: a strategy that nobody signed is merged into the settings, over what the person at the machine has set. Here an
/// unsigned one is refused, and a signed one gives nothing that the customer has switched off.
#[test]
fn cve_2026_30792_no_policy_gives_what_the_customer_switched_off() {
    for (off, _) in EVERYTHING.named() {
        let chosen = Permissions::of_names(|name| name != off);
        let mut bench = Bench::sharing(chosen, EVERYTHING);
        bench
            .server(wire::server_to_customer::Body::Policy(policy::sign(&fitting(2, EVERYTHING), &signer())));
        match bench.view() {
            View::Sharing { permissions, .. } => {
                assert!(permissions.within(chosen), "{off}: {permissions:?}")
            }
            _ => assert_eq!(off, "may_view", "nothing but the picture keeps a session from being one"),
        }
    }
    let mut bench = Bench::sharing(EVERYTHING, only_view());
    let signed = policy::sign(&fitting(2, EVERYTHING), &signer());
    for signature in [Bytes::new(), Bytes::from_static(&[0; 64])] {
        let unsigned = wire::SignedPolicy { signature, ..signed.clone() };
        bench.server(wire::server_to_customer::Body::Policy(unsigned.clone()));
        bench.server(offer(unsigned));
    }
    // A message of a kind that this app does not know: no settings come by it.
    let strategy = [&[0xfa, 0x06, 20][..], b"stop-service=Y;acl=N"].concat();
    bench.put(Input::ServerMessage(strategy.into()));
    assert_eq!(bench.customer.skipped(), 1);
    bench.wait(limits::REFUSAL_REPORT);
    assert_eq!((bench.refused("policy-malformed"), bench.refused("policy-forged")), (2, 2));
    asks_for_everything(&mut bench);
    assert_eq!(done(&bench), Vec::<&Action>::new());
}

/// RustDesk: whoever answers in the server's place stops the service by one line of a payload. Here only a server that has
/// shown its identity on this very link ends a session, and a console stops no service without the right to it.
#[test]
fn cve_2026_30798_nobody_but_the_known_server_stops_a_session() {
    use wire::server_to_customer::Body;
    let ended = wire::Ended { reason: wire::EndReason::Administrator.into() };
    let stops = [Body::Ended(ended), Body::Replaced(wire::Replaced {}), Body::LeavePeer(wire::LeavePeer {})];
    let mut bench = Bench::sharing(EVERYTHING, only_view());
    for stop in &stops {
        let bytes: Bytes = wire::ServerToCustomer { body: Some(stop.clone()) }.encode_to_vec().into();
        let channel = Channel::Control;
        bench.put(Input::PeerMessage { connection: ConnectionNo(1), channel, bytes });
    }
    bench.put(Input::SignallingClosed);
    bench.wait(limits::RECONNECT_FIRST);
    bench.put(Input::SignallingOpened { clock_ms: SERVER_MS });
    for stop in stops {
        bench.server(stop);
    }
    asks_for_everything(&mut bench);
    assert_eq!(done(&bench), Vec::<&Action>::new());
    assert!(matches!(bench.view(), View::Sharing { .. }), "{:?}", bench.view());
    assert!(!bench.has(|action| *action == Action::StopSharing));
    // The same from the server itself.
    bench.server(Body::Welcome(welcome(true, EVERYTHING)));
    bench.server(Body::Ended(ended));
    assert_eq!(bench.view(), View::Ended(Ending::Reason(wire::EndReason::Administrator)));
}

/// RustDesk on Windows: the peer says how long its answer is, and that much is copied into a buffer of another size
/// (CWE-787). Here a length is what has come, and more than was announced reaches no disk.
#[test]
fn cve_2026_76840_more_than_a_peer_announced_is_written_nowhere() {
    for (announced, sent) in [(0, 1), (10, 11), (10, limits::FILE_CHUNK_BYTES)] {
        let mut bench = sending(F_02, announced);
        say(&mut bench, chunk(1, sent));
        let written = |order: &FilesOrder| matches!(order, FilesOrder::Write(..));
        assert!(!orders(&bench).iter().any(written), "{announced} {sent}");
        assert_eq!(whys(&bench), ["files-more-than-claimed"]);
    }
    // A chunk that says that it is longer than its message, by one or by all that a number holds.
    let body = Some(wire::files_message::Body::TransferChunk(wire::TransferChunk {
        transfer: 1,
        bytes: Bytes::from_static(&[7; 10]),
    }));
    let honest = wire::FilesMessage { body }.encode_to_vec();
    let at = honest.len() - 11;
    for length in
        [&[11][..], &[0xff, 0xff, 0xff, 0xff, 0x0f], &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]]
    {
        let mut bench = sending(F_02, 10);
        let before = orders(&bench);
        let lying = [&honest[..at], length, &honest[at + 1..]].concat();
        let (connection, channel) = (ConnectionNo(2), Channel::Files);
        bench.put(Input::PeerMessage { connection, channel, bytes: lying.into() });
        assert_eq!(orders(&bench), before, "{length:?}");
    }
}

/// xorshift64*: noise that is the same on every machine.
fn noise(seed: &mut u64, bytes: usize) -> Bytes {
    let mut next = || {
        *seed ^= *seed >> 12;
        *seed ^= *seed << 25;
        *seed ^= *seed >> 27;
        seed.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0]
    };
    (0..bytes).map(|_| next()).collect()
}

/// AnyDesk on Linux: a peer's bytes overflow the heap before anybody has approved of it. Here nothing of a peer's is read
/// before the customer's Yes: there is no connection to it, and what came as if on one is not even decoded.
#[test]
fn cve_2026_109390_before_consent_nothing_of_a_peers_is_read() {
    let mut seed = 109_390;
    let mut waiting = Bench::greeting(known());
    waiting.server(wire::server_to_customer::Body::Welcome(welcome(true, EVERYTHING)));
    for mut bench in [Bench::greeting(known()), waiting, Bench::asking(EVERYTHING)] {
        bench.outputs.clear();
        let before = bench.customer.skipped();
        let channels = [Channel::Control, Channel::Pointer, Channel::Screen, Channel::Repeat, Channel::Files];
        for channel in channels.into_iter().cycle().take(500) {
            bench.put(Input::PeerConnected { connection: ConnectionNo(1), relayed: false });
            bench.put(Input::ChannelOpened { connection: ConnectionNo(1), channel });
            let bytes = noise(&mut seed, 300);
            bench.put(Input::PeerMessage { connection: ConnectionNo(1), channel, bytes });
        }
        // A message that would be skipped, had it been read; a whole offer, and whatever else a console can say.
        let (connection, channel) = (ConnectionNo(1), Channel::Control);
        bench.put(Input::PeerMessage { connection, channel, bytes: Bytes::new() });
        bench.server(offer(policy::sign(&fitting(1, EVERYTHING), &signer())));
        for body in everything() {
            bench.console(Channel::Control, body);
        }
        assert_eq!(bench.customer.skipped(), before, "not decoded");
        for _ in 0..500 {
            let bytes = noise(&mut seed, 300);
            bench.put(Input::ServerMessage(bytes));
        }
        let shows = |output: &Output| matches!(output, Output::WakeAt(_) | Output::Do(Action::Show(_)));
        let others: Vec<&Output> = bench.outputs.iter().filter(|output| !shows(output)).collect();
        assert_eq!(others, Vec::<&Output>::new());
    }
}
