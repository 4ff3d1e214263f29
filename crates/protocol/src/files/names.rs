//! Names and paths of the customer's machine that a console may say.

use crate::limits;

/// Why a text is no name or path.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NameError {
    /// Nothing, or over the limit.
    #[error("name has {bytes} bytes")]
    Length {
        /// Its length.
        bytes: usize,
    },
    /// "." and "..": a way and no name.
    #[error("name leads elsewhere")]
    Way,
    /// A character that ends or parts names.
    #[error("name holds a character that no name has")]
    Character,
    /// A path that does not begin at the root.
    #[error("path is not absolute")]
    NotAbsolute,
}

/// One part of a path: 1 to [`limits::FILE_NAME_BYTES`] bytes, no separator, no control character, and neither "." nor
/// "..". Whether the customer's system takes it is for the system to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileName(String);

impl FileName {
    /// Reads a name.
    ///
    /// Errors: [`NameError`].
    pub fn parse(name: &str) -> Result<Self, NameError> {
        check(name)?;
        // In a name that is to be, a line end is a trick; in one that is there, it is to be shown and fetched.
        if name.chars().any(char::is_control) {
            return Err(NameError::Character);
        }
        Ok(Self(name.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An absolute path of at most [`limits::FILE_PATH_BYTES`] bytes whose parts are names: no "..", no NUL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FilePath(String);

impl FilePath {
    /// Reads a path.
    ///
    /// Errors: [`NameError`].
    pub fn parse(path: &str) -> Result<Self, NameError> {
        if !(1..=limits::FILE_PATH_BYTES).contains(&path.len()) {
            return Err(NameError::Length { bytes: path.len() });
        }
        let inner = path.strip_prefix('/').ok_or(NameError::NotAbsolute)?;
        if !inner.is_empty() {
            inner.split('/').try_for_each(check)?;
        }
        Ok(Self(path.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check(name: &str) -> Result<(), NameError> {
    match name {
        "." | ".." => Err(NameError::Way),
        _ if !(1..=limits::FILE_NAME_BYTES).contains(&name.len()) => {
            Err(NameError::Length { bytes: name.len() })
        }
        _ if name.contains(['/', '\0']) => Err(NameError::Character),
        _ => Ok(()),
    }
}
