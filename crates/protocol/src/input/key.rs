//! Names of physical keys.

use super::InputError;
use crate::limits;

/// The W3C UI Events `code` of a physical key ("KeyA", "ControlLeft"): 1 to 32 ASCII letters and digits. Whether a
/// platform knows the key is its own matter. Source: W3C UI Events KeyboardEvent code Values, §3.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyCode(String);

impl KeyCode {
    /// Takes a name.
    ///
    /// Errors: [`InputError::KeyCode`].
    pub fn new(code: &str) -> Result<Self, InputError> {
        let fits = !code.is_empty() && code.len() <= limits::KEY_CODE_BYTES;
        if fits && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Ok(Self(code.to_owned()));
        }
        Err(InputError::KeyCode)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
