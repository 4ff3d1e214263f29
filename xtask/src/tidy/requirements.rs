//! The ids of docs/requirements.md: which have a test, and whether tests name only ids that exist.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};

use super::Findings;
use super::sources::{Source, Sources};

const LIST: &str = "docs/requirements.md";

pub(super) fn check(sources: &Sources, findings: &mut Findings) -> Result<()> {
    let list =
        sources.files.iter().find(|file| file.path == LIST).with_context(|| format!("{LIST} is missing"))?;
    let known = listed(&list.text);
    let mut tested = BTreeSet::new();
    for file in sources.with(&["rs", "ts", "tsx"]) {
        for id in ids(test_text(file)) {
            if !known.contains(&id) {
                findings.error(format!("requirements: {}: {id} is not in {LIST}", file.path));
            }
            tested.insert(id);
        }
    }
    let untested: Vec<_> = known.iter().filter(|id| !tested.contains(*id)).cloned().collect();
    if !untested.is_empty() {
        let share = format!("{} of {}", known.len() - untested.len(), known.len());
        findings.warning(format!("requirements: {share} ids have a test; without: {}", untested.join(" ")));
    }
    Ok(())
}

/// The ids in the first column of the list's tables.
fn listed(text: &str) -> BTreeSet<String> {
    let cells = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    cells.flat_map(ids).collect()
}

/// The part of a file that is test code.
fn test_text(file: &Source) -> &str {
    if file.path.starts_with("xtask/") {
        return "";
    }
    if file.is_test() {
        return &file.text;
    }
    file.text.split_once("#[cfg(test)]").map_or("", |(_, tests)| tests)
}

/// Every id of the form letter, hyphen, one or two digits, that stands by itself.
fn ids(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .filter(|word| is_id(word))
        .map(str::to_owned)
        .collect()
}

fn is_id(word: &str) -> bool {
    let Some((letter, number)) = word.split_once('-') else { return false };
    letter.len() == 1
        && letter.starts_with(|c: char| "ABCDEFGHMORSTXY".contains(c))
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Findings, Sources, check, ids};

    #[test]
    fn ids_are_found_and_their_like_are_not() {
        assert_eq!(
            ids("A-1, F-05; [S-02] (UTF-8, SHA-256, 2024-11, Y-4…Y-6)"),
            ["A-1", "F-05", "S-02", "Y-4", "Y-6"]
        );
    }

    #[test]
    fn a_test_of_an_unknown_id_fails_and_an_untested_id_is_said() {
        let sources = Sources::of(&[
            ("docs/requirements.md", "| A-1 | sign-in |\n| A-2 | language |\n"),
            ("crates/server/src/sign_in/tests.rs", "/// A-1, and A-9."),
        ]);
        let mut findings = Findings::default();
        check(&sources, &mut findings).unwrap();
        assert_eq!(findings.errors.len(), 1);
        assert!(findings.warnings[0].ends_with("without: A-2"));
    }
}
