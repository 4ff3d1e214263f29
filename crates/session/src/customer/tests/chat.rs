use bytes::Bytes;
use prost::Message as _;
use protocol::{Permissions, limits, policy, wire};

use super::bench::{Bench, EVERYTHING, fitting, offer, signer};
use crate::customer::{Channel, ConnectionNo, Input};

const NO_CHAT: Permissions = Permissions { chat: false, ..EVERYTHING };

fn operator_writes(bench: &mut Bench, id: [u8; 16], text: &str) {
    let author = wire::chat::Author::Operator.into();
    let id = Bytes::copy_from_slice(&id);
    let line = wire::Chat { id, author, text: text.to_owned(), at_ms: 1, name: String::new() };
    bench.console(Channel::Control, wire::peer_message::Body::Chat(line));
}

fn customer_writes(bench: &mut Bench, id: [u8; 16], text: &str) {
    bench.put(Input::Chat { id, text: text.to_owned() });
}

fn is_delivered(bench: &mut Bench, id: [u8; 16]) {
    let id = Bytes::copy_from_slice(&id);
    bench.console(Channel::Control, wire::peer_message::Body::ChatDelivered(wire::ChatDelivered { id }));
}

/// Another console takes the session over: what it is told first.
fn next_console(bench: &mut Bench, permissions: Permissions) -> Vec<wire::peer_message::Body> {
    bench.outputs.clear();
    bench.server(offer(policy::sign(&fitting(2, permissions), &signer())));
    bench.answer(ConnectionNo(2));
    bench.connect(ConnectionNo(2));
    bench.to_console()
}

fn earlier(told: &[wire::peer_message::Body]) -> Vec<String> {
    let of = |body: &wire::peer_message::Body| match body {
        wire::peer_message::Body::ChatEarlier(earlier) => earlier.lines.clone(),
        _ => Vec::new(),
    };
    told.iter().flat_map(of).map(|line| line.text).collect()
}

fn written(told: &[wire::peer_message::Body]) -> Vec<String> {
    let of = |body: &wire::peer_message::Body| match body {
        wire::peer_message::Body::Chat(line) => Some(line.text.clone()),
        _ => None,
    };
    told.iter().filter_map(of).collect()
}

/// F-05, X-6: a second window of the operator's has the whole conversation; what no console has shown yet comes as ever.
#[test]
fn a_console_that_comes_later_is_told_the_chat_so_far() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    operator_writes(&mut bench, [1; 16], "무엇을 도와 드릴까요?");
    operator_writes(&mut bench, [1; 16], "무엇을 도와 드릴까요?");
    customer_writes(&mut bench, [2; 16], "프린터요");
    is_delivered(&mut bench, [2; 16]);
    operator_writes(&mut bench, [3; 16], "네");
    customer_writes(&mut bench, [4; 16], "아직도요");
    let told = next_console(&mut bench, EVERYTHING);
    assert_eq!(earlier(&told), ["무엇을 도와 드릴까요?", "프린터요", "네"]);
    assert_eq!(written(&told), ["아직도요"]);
    let place = |wanted: fn(&wire::peer_message::Body) -> bool| told.iter().position(wanted).unwrap();
    let first = place(|body| matches!(body, wire::peer_message::Body::ChatEarlier(_)));
    assert!(first < place(|body| matches!(body, wire::peer_message::Body::Chat(_))));
}

/// Whatever was written: each message fits into a channel, and all together stay within their limits.
#[test]
fn the_chat_so_far_is_bounded_and_the_newest_lines_are_kept() {
    for length in [3, 100, limits::CHAT_CHARS] {
        let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
        for number in 0..300_u16 {
            let mut id = [0; 16];
            id[..2].copy_from_slice(&number.to_be_bytes());
            let text = format!("{number:03}{}", "\u{10ffff}".repeat(length - 3));
            customer_writes(&mut bench, id, &text);
            is_delivered(&mut bench, id);
        }
        let told = next_console(&mut bench, EVERYTHING);
        let lines = earlier(&told);
        assert!(lines.len() <= limits::CHAT_LINES_EARLIER);
        assert!(lines.iter().map(String::len).sum::<usize>() <= limits::CHAT_BYTES_EARLIER);
        assert!(lines.last().is_some_and(|line| line.starts_with("299")), "{length}");
        let numbers: Vec<u16> = lines.iter().map(|line| line.get(..3).unwrap().parse().unwrap()).collect();
        assert!(numbers.is_sorted(), "{length}");
        for body in told {
            let bytes = wire::PeerMessage { body: Some(body) }.encoded_len();
            assert!(bytes <= limits::PEER_MESSAGE_BYTES, "{length}: {bytes}");
        }
    }
}

/// F-05 was taken away meanwhile.
#[test]
fn without_the_right_to_chat_nothing_of_it_is_told() {
    let mut bench = Bench::sharing(EVERYTHING, EVERYTHING);
    operator_writes(&mut bench, [1; 16], "무엇을 도와 드릴까요?");
    let told = next_console(&mut bench, NO_CHAT);
    assert_eq!(earlier(&told), Vec::<String>::new());
}
