//! docs/security-regressions.md and the tests that it names: none without the other.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};

use super::Findings;
use super::sources::Sources;

const LIST: &str = "docs/security-regressions.md";

pub(super) fn check(sources: &Sources, findings: &mut Findings) -> Result<()> {
    let list =
        sources.files.iter().find(|file| file.path == LIST).with_context(|| format!("{LIST} is missing"))?;
    let mut named = BTreeSet::new();
    for row in list.text.lines().filter(|line| line.starts_with("| CVE-") || line.starts_with("| GHSA-")) {
        let number = row.split('|').nth(1).unwrap_or_default().trim();
        let tests: Vec<&str> = row.split('`').skip(1).step_by(2).filter(|name| is_of(name, number)).collect();
        if tests.is_empty() {
            findings.error(format!("regressions: {LIST}: {number} has no test of its name"));
        }
        named.extend(tests);
    }
    let written = written(sources);
    for missing in named.difference(&written) {
        findings.error(format!("regressions: {LIST}: there is no test {missing}"));
    }
    for unnamed in written.difference(&named) {
        findings.error(format!("regressions: {unnamed} does not stand in {LIST}"));
    }
    Ok(())
}

/// Whether a test is named after this number.
fn is_of(test: &str, number: &str) -> bool {
    test.to_ascii_lowercase().replace('-', "_").starts_with(&number.to_ascii_lowercase().replace('-', "_"))
}

/// The names of all tests after such numbers: functions, and titles in the pages and end to end.
fn written(sources: &Sources) -> BTreeSet<&str> {
    let functions = sources.with(&["rs"]).filter(|file| !file.path.starts_with("xtask/"));
    let functions = functions.flat_map(|file| {
        let begins = file.text.split("fn ").skip(1).filter(|rest| is_number(rest, "cve_", "ghsa_"));
        begins.filter_map(|rest| rest.split('(').next())
    });
    let titles = sources.with(&["ts", "tsx"]).flat_map(|file| {
        let calls = file.text.split("test(\"").skip(1).chain(file.text.split("it(\"").skip(1));
        calls.filter(|rest| is_number(rest, "CVE-", "GHSA-")).filter_map(|rest| rest.split('"').next())
    });
    functions.chain(titles).collect()
}

fn is_number(text: &str, one: &str, other: &str) -> bool {
    text.starts_with(one) || text.starts_with(other)
}

#[cfg(test)]
mod tests {
    use super::{Findings, Sources, check};

    #[test]
    fn a_number_has_a_test_and_a_test_has_its_line() {
        let sources = Sources::of(&[
            (
                "docs/security-regressions.md",
                "| CVE-2026-1 | x | y | `cve_2026_1_is_not_here` |\n| CVE-2026-2 | x | `z` | none |\n\
                 | GHSA-a-b | x | y | `ghsa_a_b_gone`, `GHSA-a-b: in a browser` |\n",
            ),
            ("crates/session/src/tests.rs", "fn cve_2026_1_is_not_here() {}\nasync fn cve_2026_3_x() {}"),
            ("e2e/hostile-texts.spec.ts", "test(\"GHSA-a-b: in a browser\", async () => {});"),
        ]);
        let mut findings = Findings::default();
        check(&sources, &mut findings).unwrap();
        findings.errors.sort();
        let [one, two, three] = findings.errors.as_slice() else { panic!("{:?}", findings.errors) };
        assert!(one.contains("cve_2026_3_x does not stand"), "{one}");
        assert!(two.contains("CVE-2026-2 has no test"), "{two}");
        assert!(three.contains("no test ghsa_a_b_gone"), "{three}");
    }
}
