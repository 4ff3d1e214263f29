//! Figures as every bench of ours prints them: one JSON line each.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::time::Duration;

/// How long the unoptimised questions of one workload may take: with ten million records each is most of a minute, so
/// that only the first ones are put.
const PLAIN: Duration = Duration::from_secs(120);

/// A question of a workload.
pub(crate) struct Asked {
    /// How long each asking took.
    pub(crate) ours: Vec<Duration>,
    /// The same without an index; `None`: there was no time for it.
    pub(crate) plain: Option<Duration>,
}

/// Whether there is time for another plain question.
pub(crate) fn is_time_for_plain(so_far: &[Asked]) -> bool {
    so_far.iter().filter_map(|asked| asked.plain).sum::<Duration>() < PLAIN
}

pub(crate) struct Figures {
    pub(crate) records: u64,
    pub(crate) database: &'static str,
    /// Figures of a check are no figures: they go where people read.
    pub(crate) is_check: bool,
}

impl Figures {
    /// Median and tail of ours; and of the questions that were also put without an index, each one's tail as a share of that.
    ///
    /// Errors: in a check, ours is not faster than without an index.
    pub(crate) fn compare(&self, workload: &str, asked: &[Asked]) -> Result<()> {
        let all: Vec<Duration> = asked.iter().flat_map(|asked| asked.ours.iter().copied()).collect();
        self.tell(workload, "p50_ms", percentile(&all, 0.5), "ms");
        self.tell(workload, "p95_ms", percentile(&all, 0.95), "ms");
        let plain: Vec<Duration> = asked.iter().filter_map(|asked| asked.plain).collect();
        self.tell(workload, "unoptimised_ms", percentile(&plain, 0.5), "ms");
        let share =
            |asked: &Asked| Some(percentile(&asked.ours, 0.95) / (asked.plain?.as_secs_f64() * 1_000.0));
        let mut shares: Vec<f64> = asked.iter().filter_map(share).collect();
        shares.sort_by(f64::total_cmp);
        let ratio = shares.get(shares.len() / 2).copied().unwrap_or_default();
        self.tell(workload, "ratio", ratio, "share");
        self.tell(workload, "worst_ratio", shares.last().copied().unwrap_or_default(), "share");
        ensure!(
            !self.is_check || ratio < 1.0,
            "{workload}: {ratio:.2} of the time that it takes without an index"
        );
        Ok(())
    }

    pub(crate) fn tell(&self, workload: &str, metric: &str, value: f64, unit: &str) {
        let line = json!({
            "bench": "admin", "system": "beside", "workload": workload, "metric": metric,
            "value": (value * 1_000.0).round() / 1_000.0, "unit": unit,
            "records": self.records, "database": self.database,
        });
        if self.is_check { eprintln!("{line}") } else { print(&line) }
    }
}

/// One question's share of a workload, for people.
pub(crate) fn tell_each(workload: &str, what: &str, times: &[Duration]) {
    eprintln!("{workload}: p95 {:>8.2} ms  {what}", percentile(times, 0.95));
}

/// In milliseconds.
pub(crate) fn percentile(times: &[Duration], share: f64) -> f64 {
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
