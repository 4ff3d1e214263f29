//! Words that hide what a thing is: no folder or file is named so, and no identifier uses another's words for ours.

use super::Findings;
use super::sources::Sources;

/// A place for everything is a place where nothing is found.
const FOLDERS: &[&str] =
    &["util", "utils", "common", "core", "misc", "helper", "helpers", "lib", "shared_types"];

/// Requirements §0 has the words; these are other products' for the same things.
const WORDS: &[(&str, &str)] = &[("tenant", "company"), ("helpdesk", "support")];

pub(super) fn check(sources: &Sources, findings: &mut Findings) {
    for file in sources.with(&["rs", "ts", "tsx", "css", "slint", "py"]) {
        let (folders, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let stem = name.split('.').next().unwrap_or(name);
        let is_crate_root = name == "lib.rs";
        let forbidden = folders.split('/').chain((!is_crate_root).then_some(stem));
        for part in forbidden.filter(|part| FOLDERS.contains(part)) {
            findings.error(format!("names: {}: \"{part}\" says nothing; name it by its feature", file.path));
        }
        if file.path == "xtask/src/tidy/names.rs" {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            let line = line.to_lowercase();
            for (word, ours) in WORDS.iter().filter(|(word, _)| line.contains(word)) {
                findings.error(format!("names: {}:{}: {word}: we say {ours}", file.path, index + 1));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Findings, Sources, check};

    fn errors(path: &str, text: &str) -> usize {
        let mut findings = Findings::default();
        check(&Sources::of(&[(path, text)]), &mut findings);
        findings.errors.len()
    }

    #[test]
    fn a_folder_for_everything_is_refused() {
        assert_eq!(errors("web/src/utils/time.ts", ""), 1);
        assert_eq!(errors("crates/store/src/helpers.rs", ""), 1);
    }

    #[test]
    fn a_crate_root_and_a_feature_are_fine() {
        assert_eq!(errors("crates/store/src/lib.rs", ""), 0);
        assert_eq!(errors("web/src/manage/departments/departments-page.tsx", ""), 0);
    }

    #[test]
    fn a_foreign_word_is_refused() {
        assert_eq!(errors("crates/store/src/companies.rs", "struct TenantId;"), 1);
    }
}
