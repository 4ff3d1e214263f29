//! Messages of the Internet Printing Protocol (RFC 8010), both ways.

mod decode;
mod encode;
pub mod status;
#[cfg(test)]
mod tests;

pub use decode::Decoded;

/// A message without what follows it: more is no message of ours.
pub const HEAD_BYTES: usize = 64 * 1024;
/// Attributes and members of one message.
const ATTRIBUTES: usize = 2_048;
/// Values of one message.
const VALUES: usize = 8_192;
/// Collections within each other.
const DEPTH: usize = 8;

/// A request or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Major and minor.
    pub version: (u8, u8),
    /// Of a request: its operation; of an answer: its status.
    pub code: u16,
    /// Chosen by who asks.
    pub request_id: u32,
    /// In their order.
    pub groups: Vec<Group>,
}

/// Attributes about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// About what.
    pub tag: GroupTag,
    /// In their order.
    pub attributes: Vec<Attribute>,
}

/// About what a group is; any other delimiter of RFC 8010 §3.5.1 is kept by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupTag {
    /// The operation.
    Operation,
    /// A job.
    Job,
    /// A printer.
    Printer,
    /// What was asked for and is not there.
    Unsupported,
    /// Another.
    Other(u8),
}

impl GroupTag {
    fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Operation,
            2 => Self::Job,
            4 => Self::Printer,
            5 => Self::Unsupported,
            other => Self::Other(other),
        }
    }

    fn to_byte(self) -> u8 {
        match self {
            Self::Operation => 1,
            Self::Job => 2,
            Self::Printer => 4,
            Self::Unsupported => 5,
            Self::Other(other) => other,
        }
    }
}

/// A name with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// At least one.
    pub values: Vec<Value>,
}

impl Attribute {
    /// With one value.
    #[must_use]
    pub fn one(name: &str, value: Value) -> Self {
        Self { name: name.to_owned(), values: vec![value] }
    }

    /// With these values.
    #[must_use]
    pub fn many(name: &str, values: Vec<Value>) -> Self {
        Self { name: name.to_owned(), values }
    }
}

/// What kind of text a text is (RFC 8010 §3.5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// For people.
    Text,
    /// Of a thing, by people.
    Name,
    /// Of a list.
    Keyword,
    /// An address.
    Uri,
    /// The kind of an address.
    UriScheme,
    /// How texts are written.
    Charset,
    /// In which language.
    Language,
    /// What a document is.
    Mime,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Integer(i32),
    /// Yes or no.
    Boolean(bool),
    /// One of a numbered list.
    Enum(i32),
    /// Bytes.
    Octets(Vec<u8>),
    /// RFC 2579's `DateAndTime`.
    DateTime([u8; 11]),
    /// Dots per inch, across and along.
    Dpi(i32, i32),
    /// From and to, both included.
    Range(i32, i32),
    /// A text.
    Text(Word, String),
    /// Members.
    Collection(Vec<Attribute>),
    /// There is none (`no-value`).
    NoValue,
    /// It is not known (`unknown`).
    Unknown,
    /// The attribute is not supported (`unsupported`).
    Unsupported,
    /// Of a kind that nobody here asks for, by its tag.
    Other(u8, Vec<u8>),
}

impl Value {
    /// A keyword.
    #[must_use]
    pub fn keyword(text: &str) -> Self {
        Self::Text(Word::Keyword, text.to_owned())
    }

    /// An address.
    #[must_use]
    pub fn uri(text: &str) -> Self {
        Self::Text(Word::Uri, text.to_owned())
    }

    /// A text for people.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(Word::Text, text.to_owned())
    }

    /// A name by people.
    #[must_use]
    pub fn name(text: &str) -> Self {
        Self::Text(Word::Name, text.to_owned())
    }

    /// What it says, if it is a text of any kind.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(_, text) => Some(text),
            _ => None,
        }
    }

    /// The number of an integer or enum.
    #[must_use]
    pub fn as_number(&self) -> Option<i32> {
        match self {
            Self::Integer(number) | Self::Enum(number) => Some(*number),
            _ => None,
        }
    }
}

/// Why bytes are no message.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum IppError {
    /// Over one of the limits.
    #[error("message is over its limits")]
    TooLong,
    /// Not as RFC 8010 has it.
    #[error("message is malformed")]
    Malformed,
}

impl Message {
    /// The first group of this kind.
    #[must_use]
    pub fn group(&self, tag: GroupTag) -> Option<&Group> {
        self.groups.iter().find(|group| group.tag == tag)
    }

    /// The values of an attribute in the first group of this kind; none: it is not there.
    #[must_use]
    pub fn values(&self, tag: GroupTag, name: &str) -> &[Value] {
        let attributes = self.group(tag).map(|group| group.attributes.as_slice()).unwrap_or_default();
        let found = attributes.iter().find(|attribute| attribute.name == name);
        found.map(|attribute| attribute.values.as_slice()).unwrap_or_default()
    }

    /// The first value of an attribute of the operation.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&Value> {
        self.values(GroupTag::Operation, name).first()
    }
}
