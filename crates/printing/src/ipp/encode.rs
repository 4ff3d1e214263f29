//! From a message to bytes.

use super::{Attribute, Message, Value, Word};

/// A text on the wire has a length of two bytes; ours are far below it.
const LENGTH_MAX: usize = 0x7fff;

impl Message {
    /// The bytes of the message, as [`Message::decode`] reads them.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.version.0, self.version.1];
        out.extend(self.code.to_be_bytes());
        out.extend(self.request_id.to_be_bytes());
        for group in &self.groups {
            out.push(group.tag.to_byte());
            group.attributes.iter().for_each(|each| attribute(each, &mut out));
        }
        out.push(3);
        out
    }
}

fn attribute(attribute: &Attribute, out: &mut Vec<u8>) {
    let mut name = attribute.name.as_str();
    for each in &attribute.values {
        value(name, each, out);
        name = "";
    }
}

fn value(name: &str, value: &Value, out: &mut Vec<u8>) {
    let (tag, bytes) = match value {
        Value::Collection(members) => return collection(name, members, out),
        Value::Integer(number) => (0x21, number.to_be_bytes().to_vec()),
        Value::Boolean(on) => (0x22, vec![u8::from(*on)]),
        Value::Enum(number) => (0x23, number.to_be_bytes().to_vec()),
        Value::Octets(bytes) => (0x30, bytes.clone()),
        Value::DateTime(bytes) => (0x31, bytes.to_vec()),
        Value::Dpi(x, y) => (0x32, [&x.to_be_bytes()[..], &y.to_be_bytes()[..], &[3]].concat()),
        Value::Range(from, to) => (0x33, [from.to_be_bytes(), to.to_be_bytes()].concat()),
        Value::Text(word, text) => (tag_of(*word), text.as_bytes().to_vec()),
        Value::NoValue => (0x13, Vec::new()),
        Value::Unknown => (0x12, Vec::new()),
        Value::Unsupported => (0x10, Vec::new()),
        Value::Other(tag, bytes) => (*tag, bytes.clone()),
    };
    tagged(tag, name, &bytes, out);
}

fn collection(name: &str, members: &[Attribute], out: &mut Vec<u8>) {
    tagged(0x34, name, &[], out);
    for member in members {
        tagged(0x4a, "", member.name.as_bytes(), out);
        member.values.iter().for_each(|each| value("", each, out));
    }
    tagged(0x37, "", &[], out);
}

fn tagged(tag: u8, name: &str, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    counted(name.as_bytes(), out);
    counted(bytes, out);
}

fn counted(bytes: &[u8], out: &mut Vec<u8>) {
    let bytes = bytes.get(..LENGTH_MAX).unwrap_or(bytes);
    let length = u16::try_from(bytes.len()).unwrap_or(0);
    out.extend(length.to_be_bytes());
    out.extend(bytes);
}

fn tag_of(word: Word) -> u8 {
    match word {
        Word::Text => 0x41,
        Word::Name => 0x42,
        Word::Keyword => 0x44,
        Word::Uri => 0x45,
        Word::UriScheme => 0x46,
        Word::Charset => 0x47,
        Word::Language => 0x48,
        Word::Mime => 0x49,
    }
}
