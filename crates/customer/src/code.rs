//! Connection codes as people write them.

use protocol::limits::CODE_DIGITS;

/// The digits of what was typed or pasted, at most six: blanks, hyphens and full-width digits are fine.
pub(crate) fn digits(typed: &str) -> String {
    typed.chars().filter_map(digit).take(CODE_DIGITS).collect()
}

/// Whether all digits are there.
pub(crate) fn is_complete(code: &str) -> bool {
    digits(code).chars().count() == CODE_DIGITS
}

/// The code in the program's own file name, as downloads carry it: `beside-123456`, `beside-123456 (1).exe`.
pub(crate) fn from_file_name(name: &str) -> Option<String> {
    let rest = name.strip_prefix("beside-")?;
    let written: String = rest.chars().take_while(|sign| sign.is_ascii_digit()).collect();
    let after = rest.strip_prefix(written.as_str())?.trim_start();
    let after = after.strip_suffix(".exe").unwrap_or(after).trim_end();
    let is_copy = after.is_empty()
        || after
            .strip_prefix('(')
            .and_then(|number| number.strip_suffix(')'))
            .is_some_and(|number| !number.is_empty() && number.chars().all(|sign| sign.is_ascii_digit()));
    (written.len() == CODE_DIGITS && is_copy).then_some(written)
}

fn digit(sign: char) -> Option<char> {
    match sign {
        '0'..='9' => Some(sign),
        '０'..='９' => char::from_digit(u32::from(sign) - u32::from('０'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{digits, from_file_name, is_complete};

    #[test]
    fn codes_are_read_with_blanks_hyphens_and_wide_digits() {
        for typed in ["123456", "123 456", " 123-456 ", "12 34 56", "１２３４５６", "1234567"] {
            assert_eq!(digits(typed), "123456", "{typed}");
            assert!(is_complete(typed));
        }
        assert!(!is_complete("12345"));
        assert_eq!(digits("abc"), "");
    }

    #[test]
    fn the_file_name_fills_the_code_in_and_nothing_else() {
        for name in ["beside-123456", "beside-123456.exe", "beside-123456 (1)", "beside-123456(12).exe"] {
            assert_eq!(from_file_name(name).as_deref(), Some("123456"), "{name}");
        }
        for name in [
            "beside",
            "beside-12345",
            "beside-1234567",
            "beside-123456-evil.example",
            "other-123456",
            "beside-123456()",
        ] {
            assert_eq!(from_file_name(name), None, "{name}");
        }
    }
}
