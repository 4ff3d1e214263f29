//! Texts of strangers: what a machine, a person at it or a peer calls something, made fit to be shown, kept and logged.
//! Markup and formulas are texts like any other, for whoever writes a page or a sheet to escape; what is taken away here is
//! what no reader sees and yet changes what all of them see.

/// Stands for a letter that cannot be seen, so that nobody mistakes one name for another.
const HIDDEN: char = '\u{fffd}';

/// Whether a letter is one to look at: no control character, no mark that turns text around or hides in it, nothing that
/// is no text (Unicode Technical Report 36, §3; Unicode Standard, §23).
#[must_use]
pub fn is_visible(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{061c}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The text with a sign in the place of each letter that cannot be seen; a line end is one of them.
#[must_use]
pub fn shown(text: &str) -> String {
    text.chars().map(|letter| if is_visible(letter) { letter } else { HIDDEN }).collect()
}

/// At most so many letters of a text, as [`shown`], without blanks at its ends.
#[must_use]
pub fn line(text: &str, most_chars: usize) -> String {
    text.trim()
        .chars()
        .take(most_chars)
        .map(|letter| if is_visible(letter) { letter } else { HIDDEN })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{line, shown};

    /// Every script and every emoji stays; what moves, hides or turns the text around it shows as what it is.
    #[test]
    fn what_cannot_be_seen_is_seen() {
        for text in ["한국어 이름", "Ωμέγα عربى ไทย", "👩‍💻🎉", "<b>=1+1</b>", "a\\b", ""]
        {
            assert_eq!(shown(text), text);
        }
        for (text, expected) in [
            ("invoice\u{202e}gpj.exe", "invoice\u{fffd}gpj.exe"),
            ("a\u{1b}[2Jb", "a\u{fffd}[2Jb"),
            ("a\r\nb\u{2028}c\0", "a\u{fffd}\u{fffd}b\u{fffd}c\u{fffd}"),
            ("\u{feff}a\u{200b}\u{2066}\u{9b}31m", "\u{fffd}a\u{fffd}\u{fffd}\u{fffd}31m"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
        assert_eq!(line(" 가\u{202e}나다\n", 3), "가\u{fffd}나");
        assert_eq!(shown(&shown("\u{202e}")), "\u{fffd}", "once is enough");
    }
}
