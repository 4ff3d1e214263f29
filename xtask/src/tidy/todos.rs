//! A promise in the code carries the number of the issue that keeps it.

use super::Findings;
use super::sources::Sources;

// Written in two halves, so that this file is not found by its own rule.
const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

pub(super) fn check(sources: &Sources, findings: &mut Findings) {
    for file in sources.with(&["rs", "ts", "tsx", "css", "slint", "py", "toml", "proto", "ftl"]) {
        for (index, line) in file.text.lines().enumerate() {
            let marked = MARKS.iter().any(|mark| has_word(line, mark));
            if marked && !has_issue_number(line) {
                findings.error(format!("todos: {}:{}: no issue number", file.path, index + 1));
            }
        }
    }
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|part| part == word)
}

fn has_issue_number(line: &str) -> bool {
    line.split('#').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{Findings, Sources, check};

    #[test]
    fn only_a_promise_without_a_number_is_found() {
        let text = format!(
            "// {mark}: later\n// {mark}(#12): later\nconst {mark}_LIST: u8 = 1;",
            mark = concat!("TO", "DO")
        );
        let mut findings = Findings::default();
        check(&Sources::of(&[("a.rs", &text)]), &mut findings);
        assert_eq!(findings.errors, ["todos: a.rs:1: no issue number"]);
    }
}
