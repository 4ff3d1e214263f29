//! The wire: whatever arrives, parsing it ends in a value or an error, never in a panic, and what is written is read
//! back.

use bytes::Bytes;
use proptest::prelude::*;
use prost::Message;
use protocol::{
    chat::Line, decode, files::FilesMessage, input::NumberedInput, limits, policy::Policy, sdp, slot,
    slot::Slot, versions, wire,
};

/// What came out does not matter, only that something did.
fn looked_at<T>(parsed: T) {
    std::hint::black_box(parsed);
}

fn parse_everything(bytes: &Bytes) {
    if let Ok(message) = decode::<wire::PeerMessage>(bytes, limits::PEER_MESSAGE_BYTES) {
        match message.body {
            Some(wire::peer_message::Body::Input(input)) => looked_at(NumberedInput::try_from(input)),
            Some(wire::peer_message::Body::Chat(chat)) => looked_at(Line::try_from(chat)),
            _ => {}
        }
    }
    if let Ok(message) = decode::<wire::FilesMessage>(bytes, limits::PEER_MESSAGE_BYTES) {
        looked_at(FilesMessage::try_from(message));
    }
    if let Ok(hello) = decode::<wire::CustomerHello>(bytes, limits::FRAME_BYTES) {
        looked_at(versions::choose(hello.versions.as_ref()));
    }
    if let Ok(policy) = decode::<wire::Policy>(bytes, limits::POLICY_BYTES) {
        looked_at(Policy::try_from(policy));
    }
    looked_at(decode::<wire::CustomerToServer>(bytes, limits::FRAME_BYTES));
    looked_at(decode::<wire::ServerToCustomer>(bytes, limits::FRAME_BYTES));
    looked_at(decode::<wire::ConsoleToServer>(bytes, limits::FRAME_BYTES));
    looked_at(decode::<wire::ServerToConsole>(bytes, limits::FRAME_BYTES));
    looked_at(slot::find_in(bytes));
    looked_at(sdp::fingerprint(&String::from_utf8_lossy(bytes)));
}

fn input() -> impl Strategy<Value = wire::Input> {
    let event = prop_oneof![
        any::<(i32, i32)>().prop_map(|(x, y)| wire::input::Event::Move(wire::PointerMove { x, y })),
        any::<(i32, bool, i32, i32)>().prop_map(|(button, pressed, x, y)| {
            wire::input::Event::Button(wire::PointerButton { button, pressed, x, y })
        }),
        any::<(i32, i32)>()
            .prop_map(|(x, y)| { wire::input::Event::Wheel(wire::Wheel { x, y, ..wire::Wheel::default() }) }),
        (".{0,40}", any::<bool>())
            .prop_map(|(code, pressed)| wire::input::Event::Key(wire::Key { code, pressed })),
        ".{0,40}".prop_map(|text| wire::input::Event::Text(wire::Text { text })),
    ];
    (any::<u64>(), any::<u64>(), event).prop_map(|(number, move_number, event)| wire::Input {
        number,
        move_number,
        event: Some(event),
    })
}

proptest! {
    #[test]
    fn random_bytes_are_parsed_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        parse_everything(&Bytes::from(bytes));
    }

    #[test]
    fn cut_and_changed_messages_are_parsed_or_refused(
        input in input(),
        cut in any::<prop::sample::Index>(),
        changed in any::<(prop::sample::Index, u8)>(),
    ) {
        let message = wire::PeerMessage { body: Some(wire::peer_message::Body::Input(input)) };
        let mut bytes = message.encode_to_vec();
        let at = changed.0.index(bytes.len());
        bytes[at] ^= changed.1;
        bytes.truncate(cut.index(bytes.len()) + 1);
        parse_everything(&Bytes::from(bytes));
    }

    #[test]
    fn input_travels_unchanged(input in input()) {
        let bytes = Bytes::from(input.encode_to_vec());
        let back: wire::Input = decode(&bytes, limits::PEER_MESSAGE_BYTES).unwrap();
        prop_assert_eq!(&back, &input);
        prop_assert_eq!(NumberedInput::try_from(back).ok(), NumberedInput::try_from(input).ok());
    }

    #[test]
    fn a_slot_with_random_content_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 200), at in 16_usize..1000) {
        let mut block = slot::EMPTY;
        block[at..at + bytes.len()].copy_from_slice(&bytes);
        looked_at(Slot::decode(&block));
    }
}

/// Golden bytes of protocol 1: a released message keeps its layout.
#[test]
fn the_layout_of_input_is_the_released_one() {
    let event = wire::input::Event::Key(wire::Key { code: "KeyA".to_owned(), pressed: true });
    let input = wire::Input { number: 7, move_number: 0, event: Some(event) };
    let message = wire::PeerMessage { body: Some(wire::peer_message::Body::Input(input)) };
    let golden = [0x52, 0x0c, 0x08, 0x07, 0x6a, 0x08, 0x0a, 0x04, b'K', b'e', b'y', b'A', 0x10, 0x01];
    assert_eq!(message.encode_to_vec(), golden);
}
