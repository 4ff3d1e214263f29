//! Any bytes as each message, and what is made of it: a value or an error; what was read is written and read as the same.
//! The first byte says which message.

use bytes::Bytes;
use prost::Message;
use protocol::{
    chat, clipboard::ClipMessage, decode, drawing::Draw, files::FilesMessage, input::NumberedInput, limits,
    policy::Policy, sdp, tools, versions, wire,
};

pub(crate) fn run(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let bytes = Bytes::copy_from_slice(bytes);
    match kind % 8 {
        0 => from_customer(&bytes),
        1 => drop(again::<wire::ServerToCustomer>(&bytes, limits::FRAME_BYTES)),
        2 => drop(again::<wire::ConsoleToServer>(&bytes, limits::FRAME_BYTES)),
        3 => drop(again::<wire::ServerToConsole>(&bytes, limits::FRAME_BYTES)),
        4 => from_peer(&bytes),
        5 => drop(again::<wire::Policy>(&bytes, limits::POLICY_BYTES).map(Policy::try_from)),
        6 => drop(again::<wire::CertifiedKey>(&bytes, limits::POLICY_BYTES)),
        _ => {
            drop(again::<wire::FilesMessage>(&bytes, limits::PEER_MESSAGE_BYTES).map(FilesMessage::try_from))
        }
    }
}

fn again<M: Message + Default + PartialEq>(bytes: &Bytes, limit_bytes: usize) -> Option<M> {
    let message: M = decode(bytes, limit_bytes).ok()?;
    let written = message.encode_to_vec();
    // What was skipped is not written; what was kept is. A number that is none equals nothing, itself included, but
    // its bytes do.
    let read = M::decode(written.as_slice()).expect("what was written is read");
    assert_eq!(read.encode_to_vec(), written, "what was written is read as the same");
    Some(message)
}

fn from_customer(bytes: &Bytes) {
    use wire::customer_to_server::Body;
    match again::<wire::CustomerToServer>(bytes, limits::FRAME_BYTES).and_then(|message| message.body) {
        Some(Body::Hello(hello)) => drop(versions::choose(hello.versions.as_ref())),
        Some(Body::Answer(answer)) => drop(sdp::fingerprint(&answer.sdp)),
        Some(Body::Event(wire::Event { kind: Some(wire::event::Kind::Chat(line)), .. })) => one_line(line),
        _ => {}
    }
}

fn from_peer(bytes: &Bytes) {
    use wire::peer_message::Body;
    match again::<wire::PeerMessage>(bytes, limits::PEER_MESSAGE_BYTES).and_then(|message| message.body) {
        Some(Body::Input(input)) => drop(NumberedInput::try_from(input)),
        Some(Body::Chat(line)) => one_line(line),
        Some(Body::Draw(draw)) => drop(Draw::try_from(draw)),
        Some(Body::Clip(clip)) => drop(ClipMessage::try_from(clip)),
        Some(Body::ToolRequest(request)) => drop(tools::Request::try_from(request)),
        _ => {}
    }
}

fn one_line(line: wire::Chat) {
    if let Ok(line) = chat::Line::try_from(line) {
        let cleaned = chat::clean(&line.text);
        assert_eq!(cleaned.as_deref(), Ok(line.text.as_str()), "what was cleaned is clean");
    }
}
