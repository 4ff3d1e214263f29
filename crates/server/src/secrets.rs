//! Random tokens, and the hashes under which they are kept.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Length of every token.
const TOKEN_BYTES: usize = 32;

/// A secret that somebody else gave: no log ever shows it.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// Hides `text`.
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// For whoever needs it.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// A fresh token, in hexadecimal: 256 random bits.
pub(crate) fn new_token() -> String {
    hex(&rand::random::<[u8; TOKEN_BYTES]>())
}

/// What is kept of a token. A plain hash suffices: nobody guesses 256 bits.
pub(crate) fn token_hash(token: &str) -> String {
    digest("beside/token/v1", token)
}

/// The token that a page must name in each request that changes something. It comes from the cookie's token, so
/// that nothing further is kept, and does not lead back to it.
pub(crate) fn csrf_token(session_token: &str) -> String {
    digest("beside/csrf/v1", session_token)
}

/// SHA-256 over a domain and a text, in hexadecimal.
pub(crate) fn digest(domain: &str, text: &str) -> String {
    let hash = Sha256::new().chain_update(domain).chain_update([0]).chain_update(text).finalize();
    hex(&hash)
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

/// Bytes from hexadecimal; `None`: it is none.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    // "+f" is a number to the library.
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = text.as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Bytes from hexadecimal exactly as [`hex`] writes it: no other text stands for the same bytes.
pub(crate) fn unhex_exactly(text: &str) -> Option<Vec<u8>> {
    unhex(text).filter(|bytes| hex(bytes) == text)
}
