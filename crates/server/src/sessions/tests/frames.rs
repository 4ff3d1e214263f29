//! "Messages of 0 bytes, 100 MB, random bytes, valid but out of order", on both sockets: each ends its own socket with a
//! reason, and nothing else.

use super::peers::{Console, Port, active, customer_hello, hello};
use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use prost::Message as _;
use protocol::{limits, wire};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use std::time::Duration;
use tokio::{io::AsyncWriteExt as _, net::TcpStream};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::CloseFrame},
};

const PATHS: [&str; 2] = ["/ws/customer", "/ws/console"];
const NOT_OURS: Option<u16> = Some(1002);
const TOO_LONG: Option<u16> = Some(1009);

type Socket = WebSocketStream<TcpStream>;

/// The first problem that is told, and the code that the socket is closed with.
async fn refusal(path: &str, socket: &mut Socket) -> (Option<String>, Option<u16>) {
    let mut told = None;
    loop {
        let message =
            tokio::time::timeout(Duration::from_secs(10), socket.next()).await.expect("an answer in time");
        match message {
            Some(Ok(Message::Binary(frame))) => told = told.or(problem_of(path, frame)),
            Some(Ok(Message::Close(frame))) => {
                return (told, frame.map(|CloseFrame { code, .. }| code.into()));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return (told, None),
        }
    }
}

fn problem_of(path: &str, frame: Bytes) -> Option<String> {
    if path == "/ws/customer" {
        match wire::ServerToCustomer::decode(frame).unwrap().body? {
            wire::server_to_customer::Body::Problem(problem) => Some(problem.code),
            _ => None,
        }
    } else {
        match wire::ServerToConsole::decode(frame).unwrap().body? {
            wire::server_to_console::Body::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }
}

async fn first(port: &Port, path: &str, bytes: Vec<u8>) -> (Option<String>, Option<u16>) {
    let mut socket = port.socket(path, &port.console_headers()).await.unwrap();
    socket.send(Message::Binary(bytes.into())).await.unwrap();
    refusal(path, &mut socket).await
}

/// A frame of `bytes` is announced and sent piece by piece, without a buffer of that size here. How much left.
async fn pour(socket: &mut Socket, bytes: u64) -> u64 {
    let stream = socket.get_mut();
    let mut head = vec![0x82, 0xff];
    head.extend(bytes.to_be_bytes());
    head.extend([0; 4]);
    stream.write_all(&head).await.unwrap();
    let piece = vec![0; 64 * 1024];
    let mut sent = 0;
    while sent < bytes {
        match tokio::time::timeout(Duration::from_secs(5), stream.write_all(&piece)).await {
            Ok(Ok(())) => sent += piece.len() as u64,
            Ok(Err(_)) | Err(_) => break,
        }
    }
    sent
}

async fn still_works(console: &mut Console) {
    let ping = wire::console_to_server::Body::Ping(wire::Ping { at_ms: 1 });
    console.say(&[], ping).await;
    console.until(|body| matches!(body, wire::server_to_console::Body::Pong(_)).then_some(())).await;
}

/// The cheapest frame of a stranger is not 256 KiB.
#[tokio::test]
async fn a_first_frame_is_small() {
    let port = Port::open().await;
    let entry = wire::customer_hello::Entry::Code("x".repeat(limits::HELLO_BYTES));
    let long = customer_hello(wire::customer_hello::Kind::App, entry);
    let long = wire::customer_to_server::Body::Hello(long);
    let customer = wire::CustomerToServer { body: Some(long) }.encode_to_vec();
    let console = hello("x".repeat(limits::HELLO_BYTES));
    let console = wire::ConsoleToServer { session_id: Bytes::new(), body: Some(console) }.encode_to_vec();
    for (path, bytes) in PATHS.into_iter().zip([customer, console]) {
        assert!(limits::HELLO_BYTES < bytes.len() && bytes.len() < limits::HELLO_BYTES + 200);
        assert_eq!(
            first(&port, path, bytes).await,
            (Some("message-too-long".to_owned()), TOO_LONG),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_first_frame_that_is_no_message_ends_its_socket_alone() {
    let mut port = Port::open().await;
    let (_session, mut console, _customer, _) = active(&mut port).await;
    let mut random = StdRng::seed_from_u64(8);
    for path in PATHS {
        let mut frames = vec![Vec::new(), vec![0xff; 100]];
        frames.extend((0..20).map(|_| (0..random.random_range(1..400)).map(|_| random.random()).collect()));
        for bytes in frames {
            let refused = first(&port, path, bytes.clone()).await;
            assert_eq!(refused, (Some("bad-message".to_owned()), NOT_OURS), "{path} {bytes:02x?}");
        }
    }
    still_works(&mut console).await;
}

/// 100 MB are announced: the server reads none of it, whether it knows who sends or not.
#[tokio::test]
async fn a_hundred_megabytes_are_not_read() {
    let mut port = Port::open().await;
    let (_session, mut console, mut customer, _) = active(&mut port).await;
    for path in PATHS {
        let mut socket = port.socket(path, &port.console_headers()).await.unwrap();
        assert!(pour(&mut socket, 100_000_000).await < 20_000_000, "{path}");
    }
    assert!(pour(&mut customer.0, 100_000_000).await < 20_000_000);
    console.stage(wire::session_state::Stage::Away).await;
    let mut other = port.console().await;
    assert!(pour(&mut other.0, 100_000_000).await < 20_000_000);
    still_works(&mut console).await;
}

/// Over the limit of every message, and small enough to arrive whole: the sender is told.
#[tokio::test]
async fn a_long_message_closes_the_socket_with_its_reason() {
    let mut port = Port::open().await;
    let (_session, mut console, mut customer, _) = active(&mut port).await;
    let long = Message::Binary(vec![0; limits::FRAME_BYTES + 1].into());
    drop(customer.0.send(long.clone()).await);
    // Bytes that were not read may reset the connection before the reason is.
    let (told, code) = refusal(PATHS[0], &mut customer.0).await;
    assert!(matches!(told.as_deref(), None | Some("message-too-long")) && matches!(code, None | Some(1009)));
    console.stage(wire::session_state::Stage::Away).await;
    still_works(&mut console).await;
}

/// Random bytes of somebody who is in: a few are forgiven, then the socket ends.
#[tokio::test]
async fn noise_of_those_who_are_in_ends_their_sockets() {
    let mut port = Port::open().await;
    let (_session, mut console, mut customer, _) = active(&mut port).await;
    for _ in 0..20 {
        drop(customer.0.send(Message::Binary(Bytes::from_static(&[0xff; 9]))).await);
    }
    assert_eq!(refusal(PATHS[0], &mut customer.0).await, (Some("bad-message".to_owned()), NOT_OURS));
    console.stage(wire::session_state::Stage::Away).await;
    for _ in 0..20 {
        drop(console.0.send(Message::Binary(Bytes::from_static(&[0xff; 9]))).await);
    }
    assert_eq!(refusal(PATHS[1], &mut console.0).await, (Some("bad-message".to_owned()), NOT_OURS));
    still_works(&mut port.console().await).await;
}

/// Every message of ours but a Hello, as the first one.
#[tokio::test]
async fn whoever_does_not_introduce_itself_is_closed() {
    let port = Port::open().await;
    use wire::customer_to_server::Body as Customer;
    let customer = [
        Customer::Consent(wire::Consent { agreed: true, permissions: None }),
        Customer::Answer(wire::SessionDescription::default()),
        Customer::Candidate(wire::Candidate::default()),
        Customer::Event(wire::Event { source_seq: 1, at_ms: 1, kind: None }),
        Customer::End(1),
        Customer::RequestAppCode(wire::RequestAppCode {}),
        Customer::Ping(wire::Ping { at_ms: 1 }),
    ];
    for body in customer {
        let bytes = wire::CustomerToServer { body: Some(body.clone()) }.encode_to_vec();
        assert_eq!(
            first(&port, PATHS[0], bytes).await,
            (Some("bad-message".to_owned()), NOT_OURS),
            "{body:?}"
        );
    }
    use wire::console_to_server::Body as ToServer;
    let console = [
        ToServer::Open(wire::OpenSession {}),
        ToServer::Offer(wire::SessionDescription::default()),
        ToServer::Candidate(wire::Candidate::default()),
        ToServer::Event(wire::Event { source_seq: 1, at_ms: 1, kind: None }),
        ToServer::End(1),
        ToServer::Ping(wire::Ping { at_ms: 1 }),
    ];
    for body in console {
        let message = wire::ConsoleToServer { session_id: Bytes::new(), body: Some(body.clone()) };
        let refused = first(&port, PATHS[1], message.encode_to_vec()).await;
        assert_eq!(refused, (Some("bad-message".to_owned()), NOT_OURS), "{body:?}");
    }
}
