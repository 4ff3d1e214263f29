//! Chat lines (F-05).

use crate::{limits, text, wire};

/// Who wrote a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// The operator, in the console.
    Operator,
    /// The customer, in the app or the page.
    Customer,
}

/// One complete chat line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Made by the writer; the delivery and the record refer to it.
    pub id: [u8; 16],
    /// Who wrote it.
    pub author: Author,
    /// 1 to [`limits::CHAT_CHARS`] characters. Line feeds and tabs are its only control characters.
    pub text: String,
    /// The writer's clock, epoch milliseconds.
    pub at_ms: u64,
    /// Of the operator who wrote it, where the app says so (F-18); else empty.
    pub name: String,
}

/// Why a chat line is none.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ChatError {
    /// The id has not 16 bytes.
    #[error("id of a chat line is malformed")]
    Id,
    /// Nobody wrote it.
    #[error("author of a chat line is unknown")]
    Author,
    /// Only blanks, or over the limit.
    #[error("chat line has {chars} characters")]
    Length {
        /// Characters without blanks at the ends.
        chars: usize,
    },
}

/// Takes a text as a person typed it: blanks at the ends go, and letters that cannot be seen.
///
/// Errors: [`ChatError::Length`].
pub fn clean(typed: &str) -> Result<String, ChatError> {
    let seen: String = typed.chars().filter(|c| text::is_visible(*c) || matches!(c, '\n' | '\t')).collect();
    let kept = seen.trim();
    match kept.chars().count() {
        1..=limits::CHAT_CHARS => Ok(kept.to_owned()),
        chars => Err(ChatError::Length { chars }),
    }
}

impl TryFrom<wire::Chat> for Line {
    type Error = ChatError;

    fn try_from(wire: wire::Chat) -> Result<Self, ChatError> {
        let author = match wire.author() {
            wire::chat::Author::Operator => Author::Operator,
            wire::chat::Author::Customer => Author::Customer,
            wire::chat::Author::Unspecified => return Err(ChatError::Author),
        };
        let id = wire.id.as_ref().try_into().map_err(|_| ChatError::Id)?;
        Ok(Self {
            id,
            author,
            text: clean(&wire.text)?,
            at_ms: wire.at_ms,
            name: text::line(&wire.name, limits::NAME_CHARS),
        })
    }
}

impl From<&Line> for wire::Chat {
    fn from(line: &Line) -> Self {
        let author = match line.author {
            Author::Operator => wire::chat::Author::Operator,
            Author::Customer => wire::chat::Author::Customer,
        };
        Self {
            id: bytes::Bytes::copy_from_slice(&line.id),
            author: author.into(),
            text: line.text.clone(),
            at_ms: line.at_ms,
            name: line.name.clone(),
        }
    }
}
