//! Addresses that a browser may be sent to (F-04).

use url::Url;

use crate::limits;

/// An address of the web, as a browser writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebUrl(String);

/// Why a text is no address to open.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum UrlError {
    /// Not an address, too long, or with characters that none has.
    #[error("not an address")]
    Malformed,
    /// Something else than `http` and `https`.
    #[error("address has another scheme than http and https")]
    Scheme,
    /// A name or password before the host: it looks like a host and is none.
    #[error("address has credentials")]
    Credentials,
}

/// The standard leaves some characters as they are that no address has (RFC 3986 §2), and that an opener on the way might
/// take for something else: browsers read their escapes alike.
fn escaped(letter: char) -> String {
    let is_plain = letter.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(letter);
    if is_plain {
        letter.into()
    } else {
        letter.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
    }
}

impl WebUrl {
    /// Reads an address as typed: blanks at its ends go. WHATWG URL Standard, §4.4.
    ///
    /// Errors: all of [`UrlError`].
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        // The standard's parser drops tabs and line feeds from within: what is shown and what is opened would differ.
        if limits::TOOL_TARGET_CHARS < text.chars().count() || text.chars().any(char::is_control) {
            return Err(UrlError::Malformed);
        }
        let url = Url::parse(text).map_err(|_| UrlError::Malformed)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(UrlError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::Credentials);
        }
        let written: String = url.as_str().chars().map(escaped).collect();
        // Written with its escapes it is longer.
        if limits::TOOL_TARGET_CHARS < written.len() {
            return Err(UrlError::Malformed);
        }
        Ok(Self(written))
    }

    /// As a browser takes it; ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
