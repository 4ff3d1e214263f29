//! What stands in lists of favourites (F-10): the same rule where a list is kept and where an entry is opened.

use super::{WebUrl, line};
use crate::{limits, wire};

/// What a favourite opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Favourite {
    /// An address.
    Url(WebUrl),
    /// A program by its name or absolute path, without arguments.
    Program(String),
    /// A folder by its absolute path, or one that begins with "~/".
    Folder(String),
}

/// Of which kind a favourite is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FavouriteKind {
    /// A page in the customer's browser.
    Url,
    /// A program.
    Program,
    /// A folder.
    Folder,
}

/// Why a text is nothing that a favourite opens.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum FavouriteError {
    /// Empty, too long, or with control characters.
    #[error("not a line of text")]
    Malformed,
    /// No address of the web.
    #[error("not an address of the web")]
    Url,
    /// Neither a name nor an absolute path.
    #[error("neither a program's name nor an absolute path")]
    Program,
    /// Neither an absolute path nor one within the home folder.
    #[error("neither an absolute path nor one that begins with ~/")]
    Folder,
}

impl Favourite {
    /// Reads what a favourite of this kind is to open; blanks at its ends go. Paths are those of any system: which one the
    /// customer has is not known where a list is kept.
    ///
    /// Errors: all of [`FavouriteError`].
    pub fn parse(kind: FavouriteKind, text: &str) -> Result<Self, FavouriteError> {
        let target = line(text, limits::TOOL_TARGET_CHARS).ok_or(FavouriteError::Malformed)?;
        match kind {
            FavouriteKind::Url => WebUrl::parse(&target).map(Self::Url).map_err(|_| FavouriteError::Url),
            FavouriteKind::Program if is_name(&target) || is_absolute(&target) => Ok(Self::Program(target)),
            FavouriteKind::Program => Err(FavouriteError::Program),
            FavouriteKind::Folder if is_absolute(&target) || is_in_home(&target) => Ok(Self::Folder(target)),
            FavouriteKind::Folder => Err(FavouriteError::Folder),
        }
    }
}

impl TryFrom<wire::OpenFavourite> for Favourite {
    type Error = FavouriteError;

    fn try_from(open: wire::OpenFavourite) -> Result<Self, FavouriteError> {
        use wire::open_favourite::Kind;
        let kind = match open.kind() {
            Kind::Url => FavouriteKind::Url,
            Kind::Program => FavouriteKind::Program,
            Kind::Folder => FavouriteKind::Folder,
            Kind::Unspecified => return Err(FavouriteError::Malformed),
        };
        Self::parse(kind, &open.target)
    }
}

/// As a desktop lists it, or a command; what begins with a dash would be an option to whoever took it for one.
fn is_name(text: &str) -> bool {
    !text.starts_with(['-', '~']) && !text.contains(['/', '\\'])
}

/// "/usr/bin/vi", "C:\\Windows\\notepad.exe", "\\\\server\\share".
fn is_absolute(text: &str) -> bool {
    let is_drive =
        matches!(text.as_bytes(), [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    text.starts_with('/') || text.starts_with("\\\\") || is_drive
}

fn is_in_home(text: &str) -> bool {
    text == "~" || text.starts_with("~/")
}
