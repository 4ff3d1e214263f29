//! Any bytes as each message, and what is made of it: a value or an error, never a panic; what was read is written and
//! read as the same. The first byte says which message.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use prost::Message;
use protocol::{
    IdentityHash, chat, decode,
    drawing::Draw,
    files::FilesMessage,
    input::NumberedInput,
    limits,
    policy::{Policy, TrustedKey},
    sdp, slot, versions, wire,
};

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    let bytes = Bytes::copy_from_slice(bytes);
    match kind % 10 {
        0 => from_customer(&bytes),
        1 => drop(again::<wire::ServerToCustomer>(&bytes, limits::FRAME_BYTES)),
        2 => drop(again::<wire::ConsoleToServer>(&bytes, limits::FRAME_BYTES)),
        3 => drop(again::<wire::ServerToConsole>(&bytes, limits::FRAME_BYTES)),
        4 => from_peer(&bytes),
        5 => {
            if let Some(policy) = again::<wire::Policy>(&bytes, limits::POLICY_BYTES) {
                let _read = Policy::try_from(policy);
            }
        }
        6 => certificate(&bytes),
        7 => {
            let _found = slot::find_in(&bytes);
            if let Some(slot) = bytes.first_chunk() {
                let _read = slot::Slot::decode(slot);
            }
        }
        8 => {
            if let Some(message) = again::<wire::FilesMessage>(&bytes, limits::PEER_MESSAGE_BYTES) {
                let _read = FilesMessage::try_from(message);
            }
        }
        _ => {
            let _found = sdp::fingerprint(&String::from_utf8_lossy(&bytes));
        }
    }
});

fn again<M: Message + Default + PartialEq>(bytes: &Bytes, limit_bytes: usize) -> Option<M> {
    let message: M = decode(bytes, limit_bytes).ok()?;
    let written = message.encode_to_vec();
    // What was skipped is not written; what was kept is. A number that is none equals nothing, itself included, but
    // its bytes do.
    let read = M::decode(written.as_slice()).expect("what was written is read");
    assert_eq!(read.encode_to_vec(), written);
    Some(message)
}

fn from_customer(bytes: &Bytes) {
    use wire::customer_to_server::Body;
    match again::<wire::CustomerToServer>(bytes, limits::FRAME_BYTES).and_then(|message| message.body) {
        Some(Body::Hello(hello)) => drop(versions::choose(hello.versions.as_ref())),
        Some(Body::Answer(answer)) => drop(sdp::fingerprint(&answer.sdp)),
        Some(Body::Event(wire::Event { kind: Some(wire::event::Kind::Chat(chat)), .. })) => {
            drop(chat::Line::try_from(chat));
        }
        _ => {}
    }
}

fn from_peer(bytes: &Bytes) {
    use wire::peer_message::Body;
    match again::<wire::PeerMessage>(bytes, limits::PEER_MESSAGE_BYTES).and_then(|message| message.body) {
        Some(Body::Input(input)) => drop(NumberedInput::try_from(input)),
        Some(Body::Chat(chat)) => drop(chat::Line::try_from(chat)),
        Some(Body::Draw(draw)) => drop(Draw::try_from(draw)),
        _ => {}
    }
}

/// Also with the identity that it names itself, so that what follows that check is reached.
fn certificate(bytes: &Bytes) {
    if let Some(certificate) = again::<wire::KeyCertificate>(bytes, limits::POLICY_BYTES) {
        let identity = IdentityHash::of(&certificate.identity_key);
        let _read = TrustedKey::verify_certificate(&certificate, &[identity], 1);
    }
}
