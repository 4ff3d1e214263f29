//! Text of the customer's machine, made fit to be sent and shown.

/// One line of at most `limit_chars` characters: what would move a cursor or break a line becomes a space.
pub(crate) fn line(text: &str, limit_chars: usize) -> String {
    text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(limit_chars).collect()
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_has_no_control_character_and_an_end() {
        assert_eq!(line(" a\tb\u{1b}[2J\n", 256), "a b [2J");
        assert_eq!(line("한국어 이름", 3), "한국어");
        assert_eq!(line("", 3), "");
    }
}
