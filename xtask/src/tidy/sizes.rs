//! Files stay readable in one sitting: product lines warn at 300 and fail at 600.

use super::Findings;
use super::exceptions::Exceptions;
use super::sources::{Source, Sources};

const WARN_LINES: usize = 300;
const FAIL_LINES: usize = 600;

pub(super) fn check(sources: &Sources, exceptions: &Exceptions, findings: &mut Findings) {
    for file in sources.with(&["rs", "ts", "tsx", "css", "slint", "py"]) {
        if file.is_generated() {
            continue;
        }
        let lines = product_lines(file);
        if file.is_test() && lines > FAIL_LINES {
            findings.warning(format!("sizes: {}: {lines} lines of tests", file.path));
        } else if lines > FAIL_LINES && !exceptions.sizes.contains_key(&file.path) {
            findings.error(format!("sizes: {}: {lines} lines, at most {FAIL_LINES}", file.path));
        } else if !file.is_test() && lines > WARN_LINES {
            findings.warning(format!("sizes: {}: {lines} lines, aim below {WARN_LINES}", file.path));
        }
    }
    for path in exceptions.sizes.keys() {
        let still_needed =
            sources.files.iter().any(|file| &file.path == path && product_lines(file) > FAIL_LINES);
        if !still_needed {
            findings.error(format!("sizes: {path} needs no exception any more (xtask/tidy.toml)"));
        }
    }
}

/// Lines up to the tests at the end of a Rust file.
fn product_lines(file: &Source) -> usize {
    file.text.lines().take_while(|line| *line != "#[cfg(test)]").count()
}

#[cfg(test)]
mod tests {
    use super::{Exceptions, Findings, Sources, check};

    #[test]
    fn only_product_lines_count() {
        let long = "x\n".repeat(601);
        let tested = format!("x\n#[cfg(test)]\n{}", "x\n".repeat(700));
        let sources = Sources::of(&[("a/long.rs", &long), ("a/tested.rs", &tested)]);
        let mut findings = Findings::default();
        check(&sources, &Exceptions::default(), &mut findings);
        assert_eq!(findings.errors, ["sizes: a/long.rs: 601 lines, at most 600"]);
    }

    #[test]
    fn an_exception_that_is_not_needed_must_go() {
        let mut exceptions = Exceptions::default();
        exceptions.sizes.insert("a/short.rs".to_owned(), "table".to_owned());
        let mut findings = Findings::default();
        check(&Sources::of(&[("a/short.rs", "x\n")]), &exceptions, &mut findings);
        assert_eq!(findings.errors.len(), 1);
    }
}
