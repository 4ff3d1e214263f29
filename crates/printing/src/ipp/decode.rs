//! From bytes to a message.

use super::{
    ATTRIBUTES, Attribute, DEPTH, Group, GroupTag, HEAD_BYTES, IppError, Message, VALUES, Value, Word,
};

const END_OF_ATTRIBUTES: u8 = 3;
const LAST_DELIMITER: u8 = 0x0f;
const BEGIN_COLLECTION: u8 = 0x34;
const END_COLLECTION: u8 = 0x37;
const MEMBER_NAME: u8 = 0x4a;

/// How far bytes are a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// It is whole; so many bytes are the message, and a document follows.
    Whole(Message, usize),
    /// More bytes are needed.
    Incomplete,
}

enum Stop {
    Short,
    Error(IppError),
}

impl From<IppError> for Stop {
    fn from(error: IppError) -> Self {
        Self::Error(error)
    }
}

impl Message {
    /// Reads a message from the beginning of `bytes` (RFC 8010 §3.1.1):
    ///
    /// version 2, operation or status 2, request id 4, then groups: a delimiter 1, and attributes: tag 1, name length 2, name,
    /// value length 2, value; an attribute without a name is one more value of that before it; end-of-attributes 1.
    ///
    /// Errors: [`IppError`]; more than [`HEAD_BYTES`] are [`IppError::TooLong`].
    pub fn decode(bytes: &[u8]) -> Result<Decoded, IppError> {
        let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
        let mut reader = Reader { bytes: head, at: 0, attributes: 0, values: 0 };
        match reader.message() {
            Ok(message) => Ok(Decoded::Whole(message, reader.at)),
            Err(Stop::Short) if head.len() < HEAD_BYTES => Ok(Decoded::Incomplete),
            Err(Stop::Short) => Err(IppError::TooLong),
            Err(Stop::Error(error)) => Err(error),
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    attributes: usize,
    values: usize,
}

/// A tag with its name and bytes, as they stand on the wire.
struct Raw<'a> {
    tag: u8,
    name: &'a [u8],
    value: &'a [u8],
}

impl<'a> Reader<'a> {
    fn message(&mut self) -> Result<Message, Stop> {
        let version = (self.byte()?, self.byte()?);
        let code = self.u16()?;
        let [a, b, c, d] = [self.byte()?, self.byte()?, self.byte()?, self.byte()?];
        let request_id = u32::from_be_bytes([a, b, c, d]);
        let mut groups: Vec<Group> = Vec::new();
        loop {
            match self.byte()? {
                END_OF_ATTRIBUTES => return Ok(Message { version, code, request_id, groups }),
                tag if tag <= LAST_DELIMITER => {
                    self.one_more_attribute()?;
                    groups.push(Group { tag: GroupTag::from_byte(tag), attributes: Vec::new() });
                }
                tag => {
                    let raw = self.raw(tag)?;
                    let group = groups.last_mut().ok_or(IppError::Malformed)?;
                    self.attribute(&raw, &mut group.attributes)?;
                }
            }
        }
    }

    /// One value, of a new attribute or of the last one.
    fn attribute(&mut self, raw: &Raw<'_>, into: &mut Vec<Attribute>) -> Result<(), Stop> {
        let value = self.value(raw, 0)?;
        if raw.name.is_empty() {
            into.last_mut().ok_or(IppError::Malformed)?.values.push(value);
        } else {
            self.one_more_attribute()?;
            into.push(Attribute { name: text(raw.name)?, values: vec![value] });
        }
        Ok(())
    }

    fn value(&mut self, raw: &Raw<'_>, depth: usize) -> Result<Value, Stop> {
        self.values += 1;
        if VALUES < self.values {
            return Err(IppError::TooLong.into());
        }
        if raw.tag == BEGIN_COLLECTION {
            return self.collection(depth + 1);
        }
        Ok(plain(raw.tag, raw.value)?)
    }

    fn collection(&mut self, depth: usize) -> Result<Value, Stop> {
        if DEPTH < depth {
            return Err(IppError::TooLong.into());
        }
        let mut members: Vec<Attribute> = Vec::new();
        loop {
            let tag = self.byte()?;
            let raw = self.raw(tag)?;
            if !raw.name.is_empty() || tag <= LAST_DELIMITER {
                return Err(IppError::Malformed.into());
            }
            match tag {
                END_COLLECTION if members.iter().any(|member| member.values.is_empty()) => {
                    return Err(IppError::Malformed.into());
                }
                END_COLLECTION => return Ok(Value::Collection(members)),
                MEMBER_NAME => {
                    self.one_more_attribute()?;
                    members.push(Attribute { name: text(raw.value)?, values: Vec::new() });
                }
                _ => {
                    let value = self.value(&raw, depth)?;
                    members.last_mut().ok_or(IppError::Malformed)?.values.push(value);
                }
            }
        }
    }

    fn one_more_attribute(&mut self) -> Result<(), IppError> {
        self.attributes += 1;
        if ATTRIBUTES < self.attributes { Err(IppError::TooLong) } else { Ok(()) }
    }

    fn raw(&mut self, tag: u8) -> Result<Raw<'a>, Stop> {
        let name = usize::from(self.u16()?);
        let name = self.take(name)?;
        let value = usize::from(self.u16()?);
        let value = self.take(value)?;
        Ok(Raw { tag, name, value })
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        self.take(1)?.first().copied().ok_or(Stop::Short)
    }

    fn u16(&mut self) -> Result<u16, Stop> {
        Ok(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Stop> {
        let end = self.at.saturating_add(count);
        let taken = self.bytes.get(self.at..end).ok_or(Stop::Short)?;
        self.at = end;
        Ok(taken)
    }
}

/// A value that is no collection, by its tag (RFC 8010 §3.5.2 and §3.9).
fn plain(tag: u8, bytes: &[u8]) -> Result<Value, IppError> {
    let word = |word| Ok(Value::Text(word, text(bytes)?));
    match tag {
        0x10 => Ok(Value::Unsupported),
        0x12 => Ok(Value::Unknown),
        0x13 => Ok(Value::NoValue),
        0x21 => Ok(Value::Integer(i32::from_be_bytes(exactly(bytes)?))),
        0x22 => match bytes {
            [0] => Ok(Value::Boolean(false)),
            [1] => Ok(Value::Boolean(true)),
            _ => Err(IppError::Malformed),
        },
        0x23 => Ok(Value::Enum(i32::from_be_bytes(exactly(bytes)?))),
        0x30 => Ok(Value::Octets(bytes.to_vec())),
        0x31 => Ok(Value::DateTime(exactly(bytes)?)),
        0x32 => match exactly::<9>(bytes)? {
            // In dots per inch; per centimetre nobody asks.
            [a, b, c, d, e, f, g, h, 3] => {
                Ok(Value::Dpi(i32::from_be_bytes([a, b, c, d]), i32::from_be_bytes([e, f, g, h])))
            }
            _ => Ok(Value::Other(tag, bytes.to_vec())),
        },
        0x33 => {
            let [a, b, c, d, e, f, g, h] = exactly(bytes)?;
            Ok(Value::Range(i32::from_be_bytes([a, b, c, d]), i32::from_be_bytes([e, f, g, h])))
        }
        0x35 => Ok(Value::Text(Word::Text, without_language(bytes)?)),
        0x36 => Ok(Value::Text(Word::Name, without_language(bytes)?)),
        0x41 => word(Word::Text),
        0x42 => word(Word::Name),
        0x44 => word(Word::Keyword),
        0x45 => word(Word::Uri),
        0x46 => word(Word::UriScheme),
        0x47 => word(Word::Charset),
        0x48 => word(Word::Language),
        0x49 => word(Word::Mime),
        _ => Ok(Value::Other(tag, bytes.to_vec())),
    }
}

fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], IppError> {
    bytes.try_into().map_err(|_| IppError::Malformed)
}

/// Length 2, language, length 2, text.
fn without_language(bytes: &[u8]) -> Result<String, IppError> {
    let rest = after_counted(bytes)?;
    let (length, written) = rest.split_first_chunk::<2>().ok_or(IppError::Malformed)?;
    if usize::from(u16::from_be_bytes(*length)) != written.len() {
        return Err(IppError::Malformed);
    }
    text(written)
}

fn after_counted(bytes: &[u8]) -> Result<&[u8], IppError> {
    let (length, rest) = bytes.split_first_chunk::<2>().ok_or(IppError::Malformed)?;
    rest.get(usize::from(u16::from_be_bytes(*length))..).ok_or(IppError::Malformed)
}

fn text(bytes: &[u8]) -> Result<String, IppError> {
    // Programs write names in whatever charset their files have; what is no UTF-8 shows as such, and is no reason to print nothing.
    let text = String::from_utf8_lossy(bytes).into_owned();
    if text.contains('\0') { Err(IppError::Malformed) } else { Ok(text) }
}
