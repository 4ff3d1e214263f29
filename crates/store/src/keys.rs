//! Keys of text: what is compared and sorted instead of the text itself.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The key of a text: composed (NFC) and case folded, so that "Ａ" stays "ａ" apart from "a", while "Lee",
/// "LEE" and decomposed jamo of the same syllable are one.
///
/// PostgreSQL takes no NUL, not even to compare with; none stands in anything that is kept, so that the text of the key
/// of one that has any is nobody's.
///
/// Upper- and then lower-casing folds what lower-casing alone keeps apart ("ß" and "SS", "ς" and "σ").
#[must_use]
pub fn key_of(text: &str) -> String {
    let key = composed(&composed(text).to_uppercase().to_lowercase()).into_owned();
    if key.contains('\0') { key.replace('\0', "\u{fffd}") } else { key }
}

/// Nearly every text is composed already.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.into(),
        _ => text.nfc().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::key_of;

    fn check(one: &str, other: &str, same: bool) {
        assert_eq!(key_of(one) == key_of(other), same, "{one:?} and {other:?}");
    }

    #[test]
    fn keys_ignore_case_and_composition_alone() {
        check("Lee", "LEE", true);
        check("straße", "STRASSE", true);
        check("\u{1112}\u{1161}\u{11ab}", "한", true);
        check("e\u{301}", "É", true);
        check("a", "b", false);
        check("support", "support ", false);
        check("a\0", "a", false);
        assert!(!key_of("a\0b").contains('\0'));
    }
}
