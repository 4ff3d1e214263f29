//! Counting tests over several runners.

/// How many tests of a part passed, failed, were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
}

impl Tally {
    /// A check that is no set of tests counts as one.
    pub(super) fn one_passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    pub(super) fn one_failed() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// The last line of a run, alone on its line.
    pub(super) fn summary(self) -> String {
        if self.skipped == 0 {
            format!("{} passed, {} failed", self.passed, self.failed)
        } else {
            format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
        }
    }

    /// From nextest's own last line: `Summary [ 1.2s] 12 tests run: 11 passed, 1 failed, 2 skipped`.
    pub(super) fn from_nextest(output: &str) -> Option<Self> {
        let line = output.lines().rev().find(|line| line.contains("Summary [") && line.contains("run:"))?;
        let counts = line.split_once("run:")?.1;
        let count = |word: &str| -> u64 {
            let parts = counts.split([',', '(', ')']);
            parts.filter_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok()).sum()
        };
        let failed = count("failed") + count("timed out") + count("exec failed");
        Some(Self { passed: count("passed"), failed, skipped: count("skipped") })
    }

    /// From vitest's line `Tests  1 failed | 20 passed (21)`.
    pub(super) fn from_vitest(output: &str) -> Option<Self> {
        let line = output.lines().rev().find(|line| line.trim_start().starts_with("Tests "))?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let count = |name: &str| {
            let pair = words.windows(2).find(|pair| pair.get(1) == Some(&name));
            pair.and_then(|pair| pair.first()?.parse().ok()).unwrap_or(0)
        };
        Some(Self { passed: count("passed"), failed: count("failed"), skipped: count("skipped") })
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn nextest_summaries_are_read() {
        let text = "x\n     Summary [   3.216s] 120 tests run: 118 passed (1 slow), 2 failed, 5 skipped\n";
        assert_eq!(Tally::from_nextest(text), Some(Tally { passed: 118, failed: 2, skipped: 5 }));
        assert_eq!(Tally::from_nextest("error: could not compile"), None);
    }

    #[test]
    fn vitest_summaries_are_read() {
        let text = " Test Files  3 passed (3)\n      Tests  1 failed | 20 passed (21)\n";
        assert_eq!(Tally::from_vitest(text), Some(Tally { passed: 20, failed: 1, skipped: 0 }));
    }
}
