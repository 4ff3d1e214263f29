//! `excel_million`: the newest million records as Excel.

use super::{Bench, office};
use crate::server::Server;
use anyhow::{Result, ensure};
use std::time::Duration;

/// What the server may grow by while it makes the file, whatever the file's size.
const LARGEST_GROWTH_MIB: f64 = 64.0;
/// Records of the file that a check has opened.
const OPENED_IN_CHECK: u64 = 5_000;
/// Records of one page of the plain way.
const PAGE: u64 = 1_000;

impl Bench {
    pub(super) async fn excel_million(&mut self, server: &Server) -> Result<()> {
        let before = server.memory_mib("VmRSS")?;
        server.forget_peak()?;
        let first = self.figures.records.saturating_sub(self.scale.exported).max(1);
        let from = self.naive.day_of(first).await?;
        let file = self.browser.get(&format!("/api/manage/records/export?format=xlsx&from={from}"))?;
        ensure!(file.status == 200, "{}", String::from_utf8_lossy(&file.body));
        let growth = server.memory_mib("VmHWM")? - before;
        if self.scale.is_check {
            ensure!(growth <= LARGEST_GROWTH_MIB, "the server grew by {growth:.1} MiB while it made a file");
        }
        let seconds = file.took.as_secs_f64();
        self.figures.tell("excel_million", "seconds", seconds, "s");
        self.figures.tell("excel_million", "memory_growth_mib", growth, "MiB");
        eprintln!("excel_million: {} MB", file.body.len() / 1_000_000);
        let plain = self.by_offset().await?.as_secs_f64();
        self.figures.tell("excel_million", "unoptimised_s", plain, "s");
        self.figures.tell("excel_million", "ratio", seconds / plain, "share");
        self.opens(file.body, from).await
    }

    /// LibreOffice opens the whole file; in a check a shorter one, since it takes its time.
    async fn opens(&mut self, mut file: Vec<u8>, mut from: jiff::civil::Date) -> Result<()> {
        if self.scale.is_check {
            from = self.naive.day_of(self.figures.records.saturating_sub(OPENED_IN_CHECK).max(1)).await?;
            file = self.browser.get(&format!("/api/manage/records/export?format=xlsx&from={from}"))?.body;
        }
        office::opens(&file, &self.naive.exported(from).await?)
    }

    /// How long only reading the same records takes by `OFFSET`, page after page: as often as there are pages what the first,
    /// the middle and the last one take on average.
    async fn by_offset(&self) -> Result<Duration> {
        let exported = self.scale.exported.min(self.figures.records);
        let mut took = Duration::ZERO;
        for skipped in [0, exported / 2, exported.saturating_sub(PAGE)] {
            took += self.naive.read(skipped, PAGE).await?;
        }
        Ok(took / 3 * u32::try_from(exported.div_ceil(PAGE))?)
    }
}
