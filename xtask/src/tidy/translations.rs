//! Korean and English say the same things: the same keys with the same variables, each of them used.

use std::collections::{BTreeMap, BTreeSet};

use super::Findings;
use super::sources::{Source, Sources};

/// Key → the variables that its text takes.
type Messages = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(sources: &Sources, findings: &mut Findings) {
    let korean = files(sources, "locales/ko/");
    let english = files(sources, "locales/en/");
    for name in korean.keys().chain(english.keys()).collect::<BTreeSet<_>>() {
        let (Some(korean), Some(english)) = (korean.get(name), english.get(name)) else {
            findings.error(format!("translations: {name} exists in one language only"));
            continue;
        };
        compare(name, &messages(&korean.text), &messages(&english.text), findings);
    }
    let used = Used::read(sources);
    let keys = english.values().flat_map(|file| messages(&file.text).into_keys()).collect();
    for (name, file) in &english {
        for key in messages(&file.text).keys().filter(|key| !used.contains(key, &keys)) {
            findings.error(format!("translations: {name}: {key} is used nowhere"));
        }
    }
}

fn files<'a>(sources: &'a Sources, folder: &str) -> BTreeMap<String, &'a Source> {
    sources
        .with(&["ftl"])
        .filter_map(|file| Some((file.path.strip_prefix(folder)?.to_owned(), file)))
        .collect()
}

fn compare(name: &str, korean: &Messages, english: &Messages, findings: &mut Findings) {
    for key in korean.keys().chain(english.keys()).collect::<BTreeSet<_>>() {
        match (korean.get(key), english.get(key)) {
            (Some(left), Some(right)) if left != right => {
                findings.error(format!("translations: {name}: {key} takes other variables in ko than in en"));
            }
            (Some(_), Some(_)) => {}
            (left, _) => {
                let language = if left.is_some() { "en" } else { "ko" };
                findings.error(format!("translations: {name}: {key} is missing in {language}"));
            }
        }
    }
}

/// The messages of a Fluent file; attributes and continued lines belong to the message above them.
fn messages(text: &str) -> Messages {
    let mut messages = Messages::new();
    let mut key = String::new();
    for line in text.lines() {
        let starts_message = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        if starts_message && let Some((name, _)) = line.split_once('=') {
            key = name.trim().to_owned();
        } else if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if !key.is_empty() {
            messages.entry(key.clone()).or_default().extend(variables(line));
        }
    }
    messages
}

fn variables(line: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    line.split('$').skip(1).map(|rest| rest.chars().take_while(|c| is_name(*c)).collect()).collect()
}

/// Every word in code that may be a key, and every beginning of a key that code completes at run time.
struct Used {
    words: BTreeSet<String>,
    beginnings: BTreeSet<String>,
}

impl Used {
    fn read(sources: &Sources) -> Self {
        let mut used = Self { words: BTreeSet::new(), beginnings: BTreeSet::new() };
        for file in sources.with(&["rs", "ts", "tsx", "slint", "ftl"]) {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '@';
            // A translation uses another message only inside braces.
            let parts: Vec<&str> = if file.extension() == "ftl" {
                file.text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
            } else {
                vec![&file.text]
            };
            for part in parts {
                used.words.extend(part.split(|c| !is_name(c)).map(str::to_owned));
                used.beginnings.extend(beginnings(part));
            }
        }
        used
    }

    /// Written as it is, or completed at run time: by a placeholder after its beginning, or from a beginning that
    /// stands in the code as a word of its own and is no key itself.
    fn contains(&self, key: &str, keys: &BTreeSet<String>) -> bool {
        let mut starts = key.match_indices('-').filter_map(|(at, _)| key.get(..at));
        self.words.contains(key)
            || self.beginnings.iter().any(|beginning| key.starts_with(beginning))
            || starts.any(|start| self.words.contains(start) && !keys.contains(start))
    }
}

/// `key-start-${…}` and `"key-start-{…}"`: texts that end in a hyphen before a placeholder.
fn beginnings(text: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let starts = text.match_indices('{').filter_map(|(at, _)| text.get(..at));
    let starts = starts.map(|before| before.trim_end_matches('$'));
    let starts = starts.filter(|before| before.ends_with('-'));
    let starts = starts.filter_map(|before| before.rsplit(|c| !is_name(c)).next()).map(str::to_owned);
    starts.filter(|start| start.len() > 3).collect()
}

#[cfg(test)]
mod tests {
    use super::{Findings, Sources, check};

    fn errors(korean: &str, english: &str, code: &str) -> Vec<String> {
        let mut findings = Findings::default();
        let files = [("locales/ko/a.ftl", korean), ("locales/en/a.ftl", english), ("web/src/a.ts", code)];
        check(&Sources::of(&files), &mut findings);
        findings.errors
    }

    #[test]
    fn the_same_keys_used_in_code_are_fine() {
        assert!(errors("a-one = 하나\n", "a-one = One\n", "t(\"a-one\")").is_empty());
    }

    #[test]
    fn a_missing_key_a_strange_variable_and_an_unused_key_are_found() {
        assert_eq!(errors("a-one = 하나\na-two = 둘\n", "a-one = One\n", "a-one").len(), 1);
        assert_eq!(errors("a-one = { $n } 개\n", "a-one = { $count } pieces\n", "a-one").len(), 1);
        assert_eq!(errors("a-one = 하나\n", "a-one = One\n", "").len(), 1);
    }

    #[test]
    fn a_key_completed_at_run_time_counts_as_used() {
        assert!(errors("a-state-on = 켬\n", "a-state-on = On\n", "t(`a-state-${state}`)").is_empty());
    }
}
