//! `statistics`: the eight of them, over three years.

use super::Bench;
use crate::figures::{self, is_time_for_plain, tell_each};
use anyhow::Result;

/// The statistics, and what they are by in the records.
const STATISTICS: [(&str, &str); 8] = [
    ("by-month", "(consented_at_ms + 32400000) / 86400000"),
    ("by-day", "(consented_at_ms + 32400000) / 86400000"),
    ("by-hour", "(consented_at_ms + 32400000) / 3600000 % 24"),
    ("by-operator", "operator_id"),
    ("by-duration", "duration_s / 300"),
    ("by-os", "customer_os"),
    ("by-support-type", "support_type_id"),
    ("by-satisfaction", "support_type_id, rating"),
];

impl Bench {
    /// Each over everything there is, and over nearly all of it, where no end fits the spans of the sums.
    pub(super) async fn statistics(&mut self) -> Result<()> {
        let mut all = Vec::new();
        let first = self.naive.day_of(1).await?;
        let last = self.naive.day_of(self.figures.records).await?;
        for (kind, by) in STATISTICS {
            let mut ours = Vec::new();
            for days in 0..=i64::try_from(self.scale.rounds)? * 4 {
                let from = first.checked_add(jiff::Span::new().days(days * 3))?;
                let to = last.checked_sub(jiff::Span::new().days(days * 2))?;
                let path = format!("/api/manage/statistics/{kind}?from={from}&to={to}");
                ours.push(self.browser.json(&path)?.1);
            }
            tell_each("statistics", kind, &ours);
            let mut plain = None;
            if is_time_for_plain(&all) {
                plain = Some(self.naive.by(by).await?);
            }
            all.push(figures::Asked { ours, plain });
        }
        self.figures.compare("statistics", &all)
    }
}
