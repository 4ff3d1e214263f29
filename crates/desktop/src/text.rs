//! Text of the customer's machine, made fit to be sent and shown.

/// One line of at most `limit_chars` characters: a line end or tab becomes a space, and what cannot be seen a sign.
pub(crate) fn line(text: &str, limit_chars: usize) -> String {
    let spaced: String = text
        .trim()
        .chars()
        .map(|c| if c.is_ascii_whitespace() { ' ' } else { c })
        .take(limit_chars)
        .collect();
    protocol::text::shown(&spaced)
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_has_no_control_character_and_an_end() {
        assert_eq!(line(" a\tb\u{1b}[2J\n", 256), "a b\u{fffd}[2J");
        assert_eq!(line("a\u{202e}b", 256), "a\u{fffd}b");
        assert_eq!(line("한국어 이름", 3), "한국어");
        assert_eq!(line("", 3), "");
    }
}
