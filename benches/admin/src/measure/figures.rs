//! Figures as every bench of ours prints them: one JSON line each.

use serde_json::{Value, json};
use std::time::Duration;

/// How long the unoptimised questions of one workload may take: with ten million records each is most of a minute, so
/// that only the first ones are put.
const PLAIN: Duration = Duration::from_secs(120);

/// Whether there is time for another of them.
pub(super) fn is_time_for_plain(so_far: &[Duration]) -> bool {
    so_far.iter().sum::<Duration>() < PLAIN
}

pub(super) struct Figures {
    pub(super) records: u64,
    pub(super) database: &'static str,
    /// Figures of a check are no figures: they go where people read.
    pub(super) is_check: bool,
}

impl Figures {
    /// Median and tail of ours beside the same questions put without an index.
    pub(super) fn compare(&self, workload: &str, ours: &[Duration], plain: &[Duration]) {
        let p95 = percentile(ours, 0.95);
        self.tell(workload, "p50_ms", percentile(ours, 0.5), "ms");
        self.tell(workload, "p95_ms", p95, "ms");
        let unoptimised = percentile(plain, 0.95);
        self.tell(workload, "unoptimised_ms", unoptimised, "ms");
        self.tell(workload, "ratio", p95 / unoptimised, "share");
    }

    pub(super) fn tell(&self, workload: &str, metric: &str, value: f64, unit: &str) {
        let line = json!({
            "bench": "admin", "system": "beside", "workload": workload, "metric": metric,
            "value": (value * 1_000.0).round() / 1_000.0, "unit": unit,
            "records": self.records, "database": self.database,
        });
        if self.is_check { eprintln!("{line}") } else { print(&line) }
    }
}

/// One question's share of a workload, for people.
pub(super) fn tell_each(workload: &str, what: &str, times: &[Duration]) {
    eprintln!("{workload}: p95 {:>8.2} ms  {what}", percentile(times, 0.95));
}

/// In milliseconds.
pub(super) fn percentile(times: &[Duration], share: f64) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1_000.0).collect();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index"
    )]
    let at = (sorted.len() as f64 * share) as usize;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn print(line: &Value) {
    println!("{line}");
}
