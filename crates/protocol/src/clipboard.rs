//! What a console says about the clipboard (S-11), as complete values.

use bytes::Bytes;

use crate::{limits, wire};

/// The first bytes of every PNG (W3C PNG §5.2).
const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// What is copied as one, beside files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClipKind {
    /// UTF-8.
    Text,
    /// PNG.
    Picture,
}

impl ClipKind {
    /// More than this is left out, in bytes.
    #[must_use]
    pub fn most_bytes(self) -> u64 {
        match self {
            Self::Text => limits::CLIP_TEXT_BYTES,
            Self::Picture => limits::CLIP_PICTURE_BYTES,
        }
    }
}

/// A text or a picture that is on a clipboard as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clip {
    /// Without control characters but for line ends and tabs.
    Text(String),
    /// It begins as a PNG does; nobody here looks further into it.
    Picture(Bytes),
}

/// What a console says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipMessage {
    /// The operator's switch.
    Share(bool),
    /// The files of this batch are to be on the customer's clipboard.
    Place(u32),
    /// A text or a picture comes.
    Begin {
        /// By which it is spoken of.
        id: u32,
        /// Which of the two.
        kind: ClipKind,
        /// At least 1; more than [`ClipKind::most_bytes`] is for the session to refuse.
        size_bytes: u64,
    },
    /// Its next bytes: 1 to [`limits::CLIP_PART_BYTES`].
    Part(u32, Bytes),
    /// The console has so many bytes of what comes from here.
    Taken(u32, u64),
}

/// Why something that a console said about the clipboard is nothing, or a clip is none.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
#[error("message about the clipboard does not read")]
pub struct ClipError;

impl TryFrom<wire::Clip> for ClipMessage {
    type Error = ClipError;

    fn try_from(clip: wire::Clip) -> Result<Self, ClipError> {
        use wire::clip::What;
        Ok(match clip.what.ok_or(ClipError)? {
            What::Share(share) => Self::Share(share.on),
            What::Place(place) if place.batch != 0 => Self::Place(place.batch),
            What::Begin(begin) if begin.size_bytes != 0 => {
                let kind = match begin.kind() {
                    wire::clip_begin::Kind::Text => ClipKind::Text,
                    wire::clip_begin::Kind::Picture => ClipKind::Picture,
                    wire::clip_begin::Kind::Unspecified => return Err(ClipError),
                };
                Self::Begin { id: begin.id, kind, size_bytes: begin.size_bytes }
            }
            What::Part(part) if (1..=limits::CLIP_PART_BYTES).contains(&part.bytes.len()) => {
                Self::Part(part.id, part.bytes)
            }
            What::Taken(taken) => Self::Taken(taken.id, taken.taken_bytes),
            What::Place(_) | What::Begin(_) | What::Part(_) | What::Files(_) => return Err(ClipError),
        })
    }
}

impl Clip {
    /// What these bytes are. Of a text, what no reader sees and a terminal obeys is taken away.
    ///
    /// Errors: [`ClipError`], of what is no UTF-8, no PNG, or nothing.
    pub fn parse(kind: ClipKind, bytes: Vec<u8>) -> Result<Self, ClipError> {
        match kind {
            ClipKind::Text => {
                let text = String::from_utf8(bytes).map_err(|_| ClipError)?;
                let kept: String = text
                    .chars()
                    .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t'))
                    .collect();
                if kept.is_empty() { Err(ClipError) } else { Ok(Self::Text(kept)) }
            }
            ClipKind::Picture if bytes.starts_with(&PNG) => Ok(Self::Picture(bytes.into())),
            ClipKind::Picture => Err(ClipError),
        }
    }

    /// Which of the two.
    #[must_use]
    pub fn kind(&self) -> ClipKind {
        match self {
            Self::Text(_) => ClipKind::Text,
            Self::Picture(_) => ClipKind::Picture,
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match self {
            Self::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
            Self::Picture(bytes) => bytes.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clip, ClipError, ClipKind, ClipMessage, PNG};
    use crate::{limits, wire};
    use wire::clip::What;

    fn check(what: What, expected: Result<ClipMessage, ClipError>) {
        assert_eq!(ClipMessage::try_from(wire::Clip { what: Some(what) }), expected);
    }

    #[test]
    fn what_a_console_may_not_say_is_nothing() {
        let begin = |kind: i32, size_bytes| What::Begin(wire::ClipBegin { id: 1, kind, size_bytes });
        let text = ClipKind::Text;
        check(begin(1, 1 << 63), Ok(ClipMessage::Begin { id: 1, kind: text, size_bytes: 1 << 63 }));
        check(begin(1, 0), Err(ClipError));
        check(begin(0, 1), Err(ClipError));
        check(begin(99, 1), Err(ClipError));
        let part = |bytes: usize| What::Part(wire::ClipPart { id: 1, bytes: vec![0; bytes].into() });
        check(part(1), Ok(ClipMessage::Part(1, vec![0].into())));
        check(part(0), Err(ClipError));
        check(part(limits::CLIP_PART_BYTES + 1), Err(ClipError));
        check(What::Place(wire::ClipPlace { batch: 0 }), Err(ClipError));
        // Only a customer's side tells of files.
        check(What::Files(wire::ClipFiles::default()), Err(ClipError));
        assert_eq!(ClipMessage::try_from(wire::Clip { what: None }), Err(ClipError));
    }

    #[test]
    fn a_clip_is_text_or_a_picture_and_nothing_hides_in_it() {
        let text = |bytes: &[u8]| Clip::parse(ClipKind::Text, bytes.to_vec());
        assert_eq!(text("한글\r\n\ttab".as_bytes()), Ok(Clip::Text("한글\r\n\ttab".to_owned())));
        assert_eq!(text(b"a\x1b[2J\0b\x07"), Ok(Clip::Text("a[2Jb".to_owned())));
        assert_eq!(text(&[0xff]), Err(ClipError));
        assert_eq!(text(&[0]), Err(ClipError));
        let picture = |bytes: &[u8]| Clip::parse(ClipKind::Picture, bytes.to_vec()).map(|clip| clip.kind());
        assert_eq!(picture(&PNG), Ok(ClipKind::Picture));
        assert_eq!(picture(b"GIF89a"), Err(ClipError));
    }
}
