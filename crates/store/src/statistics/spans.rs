//! Spans of 2ⁿ days, aligned, so that any stretch of days is the sum and the difference of a few of them.
//!
//! A span's number is `level × 100,000,000 + (day >> level)`; a day is its own span of level 0.

/// For sums by few things (24 hours, six lengths …): days and spans of 32 days.
pub(super) const FEW: &[u32] = &[0, 5];
/// For sums by thousands of operators, where each span is expensive to read: every power of two to 1,024 days.
pub(super) const EVERY: &[u32] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const TOP: u32 = 10;
const LEVEL: i64 = 100_000_000;

/// The number of the span of this level that holds a day.
fn number(level: u32, day: i64) -> i64 {
    i64::from(level) * LEVEL + (day >> level)
}

/// The spans that hold a day, one of each level.
pub(super) fn spans_of(levels: &[u32], day: i64) -> Vec<i64> {
    levels.iter().map(|level| number(*level, day)).collect()
}

/// Spans to add and spans to take away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spans {
    pub(super) plus: Vec<i64>,
    pub(super) minus: Vec<i64>,
}

impl Spans {
    fn len(&self) -> usize {
        self.plus.len() + self.minus.len()
    }

    fn extend(&mut self, other: Self) {
        self.plus.extend(other.plus);
        self.minus.extend(other.minus);
    }
}

/// The fewest spans that make up the days from `wanted.0` to `wanted.1`, both with them, where nothing lies outside `filled`.
pub(super) fn cover(levels: &[u32], wanted: (i64, i64), filled: (i64, i64)) -> Spans {
    let wanted = (wanted.0.max(filled.0), wanted.1.min(filled.1));
    let mut all = Spans::default();
    if wanted.0 <= wanted.1 {
        let plan = Plan { levels, wanted, filled };
        for at in (wanted.0 >> TOP)..=(wanted.1 >> TOP) {
            all.extend(plan.of(TOP, at, false));
        }
    }
    all
}

struct Plan<'a> {
    levels: &'a [u32],
    wanted: (i64, i64),
    filled: (i64, i64),
}

impl Plan<'_> {
    /// Of one span, whose days are counted already or are not.
    fn of(&self, level: u32, at: i64, counted: bool) -> Spans {
        let first = (at << level).max(self.filled.0);
        let last = (((at + 1) << level) - 1).min(self.filled.1);
        let has_wanted = first.max(self.wanted.0) <= last.min(self.wanted.1);
        let has_other = first <= last && (first < self.wanted.0 || self.wanted.1 < last);
        if (counted && !has_other) || (!counted && !has_wanted) {
            return Spans::default();
        }
        let is_pure = !(has_wanted && has_other);
        let turned = self.levels.contains(&level).then(|| {
            let span = vec![number(level, at << level)];
            let (plus, minus) = if counted { (Vec::new(), span) } else { (span, Vec::new()) };
            Spans { plus, minus }
        });
        match turned {
            Some(turned) if is_pure || level == 0 => turned,
            Some(mut turned) => {
                turned.extend(self.halves(level, at, !counted));
                let kept = self.halves(level, at, counted);
                if turned.len() < kept.len() { turned } else { kept }
            }
            None => self.halves(level, at, counted),
        }
    }

    fn halves(&self, level: u32, at: i64, counted: bool) -> Spans {
        let mut both = Spans::default();
        if let Some(below) = level.checked_sub(1) {
            both.extend(self.of(below, at << 1, counted));
            both.extend(self.of(below, (at << 1) | 1, counted));
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::{EVERY, FEW, LEVEL, cover};

    /// Every stretch of days counts each of its days once and no other, and three years take few spans.
    #[test]
    fn spans_count_each_wanted_day_once() {
        let filled = (19_000, 20_100);
        let mut most = 0;
        for levels in [FEW, EVERY] {
            for from in (18_990..20_110).step_by(13) {
                for to in (from..20_120).step_by(37) {
                    let spans = cover(levels, (from, to), filled);
                    let times = |day: i64| {
                        let holds = |span: &&i64| day >> (*span / LEVEL) == *span % LEVEL;
                        spans.plus.iter().filter(holds).count().cast_signed()
                            - spans.minus.iter().filter(holds).count().cast_signed()
                    };
                    for day in filled.0..=filled.1 {
                        assert_eq!(times(day) == 1, (from..=to).contains(&day), "{from}–{to}: {day}");
                        assert!((0..=1).contains(&times(day)), "{from}–{to}: {day}");
                    }
                    if levels == EVERY {
                        most = most.max(spans.len());
                    }
                }
            }
        }
        assert!(most <= 10, "{most} spans");
        assert_eq!(cover(EVERY, filled, filled).len(), 2, "everything there is");
        assert_eq!(cover(EVERY, (0, 10), filled).len(), 0);
    }
}
