//! Messages there and back, and bytes that are none.

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

use super::{Attribute, Decoded, Group, GroupTag, HEAD_BYTES, IppError, Message, Value, Word};

fn request(attributes: Vec<Attribute>) -> Message {
    let groups = vec![Group { tag: GroupTag::Operation, attributes }];
    Message { version: (2, 0), code: 2, request_id: 7, groups }
}

/// RFC 8010 §A.1, shortened: the bytes of a Print-Job request.
#[test]
fn a_message_has_the_bytes_of_the_rfc() {
    let message = request(vec![
        Attribute::one("attributes-charset", Value::Text(Word::Charset, "utf-8".to_owned())),
        Attribute::many("x", vec![Value::Integer(1), Value::Boolean(true)]),
    ]);
    let bytes = message.encode();
    let expected = [
        &[2, 0, 0, 2, 0, 0, 0, 7, 1, 0x47, 0, 18][..],
        b"attributes-charset",
        &[0, 5],
        b"utf-8",
        &[0x21, 0, 1, b'x', 0, 4, 0, 0, 0, 1, 0x22, 0, 0, 0, 1, 1, 3],
    ]
    .concat();
    assert_eq!(bytes, expected);
    let document = [&bytes[..], b"%PDF"].concat();
    assert_eq!(Message::decode(&document), Ok(Decoded::Whole(message, bytes.len())));
    for end in 0..bytes.len() {
        assert_eq!(Message::decode(&bytes[..end]), Ok(Decoded::Incomplete), "{end}");
    }
}

#[test]
fn what_is_no_message_is_refused() {
    let head = [2, 0, 0, 2, 0, 0, 0, 1];
    let check = |rest: &[u8]| Message::decode(&[&head[..], rest].concat());
    // An attribute outside of a group, a second value of nothing, a boolean of 2, a number of three bytes.
    assert_eq!(check(&[0x21, 0, 1, b'x', 0, 4, 0, 0, 0, 1, 3]), Err(IppError::Malformed));
    assert_eq!(check(&[1, 0x21, 0, 0, 0, 4, 0, 0, 0, 1, 3]), Err(IppError::Malformed));
    assert_eq!(check(&[1, 0x22, 0, 1, b'x', 0, 1, 2, 3]), Err(IppError::Malformed));
    assert_eq!(check(&[1, 0x21, 0, 1, b'x', 0, 3, 0, 0, 1, 3]), Err(IppError::Malformed));
    let collection = [0x34, 0, 0, 0, 0, 0x4a, 0, 0, 0, 1, b'm'];
    let deep = [&[1, 0x34, 0, 1, b'x', 0, 0, 0x4a, 0, 0, 0, 1, b'm'][..], &collection.repeat(20)].concat();
    assert_eq!(check(&deep), Err(IppError::TooLong));
    let many = [&[1][..], &[0x22, 0, 1, b'x', 0, 1, 1].repeat(3_000)].concat();
    assert_eq!(check(&many), Err(IppError::TooLong));
    let long = [&[1, 0x41, 0, 1, b'x', 0xff, 0xff][..], &vec![b'a'; HEAD_BYTES]].concat();
    assert_eq!(check(&long), Err(IppError::TooLong));
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<i32>().prop_map(Value::Integer),
        any::<bool>().prop_map(Value::Boolean),
        any::<[u8; 11]>().prop_map(Value::DateTime),
        any::<(i32, i32)>().prop_map(|(x, y)| Value::Dpi(x, y)),
        any::<(i32, i32)>().prop_map(|(from, to)| Value::Range(from, to)),
        "[a-z가-힣]{0,20}".prop_map(|text| Value::name(&text)),
        "[a-z-]{0,20}".prop_map(|text| Value::keyword(&text)),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let member = ("[a-z]{1,8}", prop::collection::vec(inner, 1..3));
        let member = member.prop_map(|(name, values)| Attribute::many(&name, values));
        prop::collection::vec(member, 0..4).prop_map(Value::Collection)
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(name in "[a-z]{1,8}", values in prop::collection::vec(values(), 1..4)) {
        let message = request(vec![Attribute::many(&name, values)]);
        let bytes = message.encode();
        assert_eq!(Message::decode(&bytes), Ok(Decoded::Whole(message, bytes.len())));
    }
}
