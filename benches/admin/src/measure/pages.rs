//! `records_page`: first, last, next and previous page, and the one of a day, under every kind of filter.

use super::{Bench, COUNTED, questions::Asked};
use crate::figures::{self, is_time_for_plain, tell_each};
use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use std::time::Duration;

impl Bench {
    pub(super) async fn records_page(&mut self) -> Result<()> {
        let mut all = Vec::new();
        let filters = std::mem::take(&mut self.questions.filters);
        for asked in &filters {
            // The first asking is the one that the usage log notes.
            let mut ours = Vec::new();
            let first = self.time(asked, "", &mut ours)?;
            self.compare_hits(asked, &first).await?;
            let mut places =
                vec![String::new(), "&page=2".into(), "&last=true".into(), "&date=2024-12-24".into()];
            let pages = first.get("total").and_then(Value::as_u64).unwrap_or_default().min(COUNTED) / 20;
            places.push(format!("&page={}", pages.max(1)));
            if let Some(no) = first.pointer("/records/0/no").and_then(Value::as_i64) {
                places.extend([format!("&older_than={}", no / 2), format!("&newer_than={}", no / 2)]);
            }
            for place in &places {
                for _ in 0..self.scale.rounds {
                    self.time(asked, place, &mut ours)?;
                }
            }
            tell_each("records_page", &asked.condition, &ours);
            let mut plain = None;
            if is_time_for_plain(&all) {
                plain = Some(self.naive.page(&asked.condition, (pages.max(1) - 1) * 20).await?.1);
            }
            all.push(figures::Asked { ours, plain });
        }
        self.figures.compare("records_page", &all)
    }

    pub(super) fn time(&mut self, asked: &Asked, place: &str, times: &mut Vec<Duration>) -> Result<Value> {
        let (found, took) = self.browser.json(&format!("/api/manage/records?{}{place}", asked.query))?;
        times.push(took);
        Ok(found)
    }

    /// In a check: what the server counts equals a plain count.
    pub(super) async fn compare_hits(&self, asked: &Asked, found: &Value) -> Result<()> {
        if !self.scale.is_check {
            return Ok(());
        }
        let condition = &asked.condition;
        let expected = self.naive.count(condition).await?;
        let told = (
            found.get("total").and_then(Value::as_u64).context("total")?,
            found.get("total_is_exact").and_then(Value::as_bool).context("exact")?,
        );
        let is_right = told == (expected, true) || (told == (COUNTED, false) && COUNTED < expected);
        ensure!(is_right, "{condition}: {expected} records, but the server says {told:?}");
        eprintln!("{expected:>9} {condition}");
        Ok(())
    }
}
