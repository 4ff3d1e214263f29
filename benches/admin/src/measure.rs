//! Measuring a real server: what an administrator's browser waits for.
//!
//! Workloads of this file: `records_page`, `records_text`, `excel_million`, `statistics`. Others (`first_load`, `idle`,
//! `browsing`) join them in [`run`].

use crate::{Place, http::Browser, naive::Naive, server::Server};
use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};

/// How often each page is asked for.
const ROUNDS: usize = 5;
/// Records that the server counts one by one.
const COUNTED: u64 = 10_000;
/// Records of the file.
const MILLION: u64 = 1_000_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The server's program.
    #[arg(long)]
    server: PathBuf,
    /// Compares every answer with a plain count, and measures nothing.
    #[arg(long)]
    check: bool,
}

/// A search, as the address has it and as SQL has it.
struct Asked {
    query: &'static str,
    condition: &'static str,
}

/// Filters of all kinds, alone and together.
const FILTERS: [Asked; 9] = [
    Asked { query: "", condition: "1 = 1" },
    Asked {
        query: "from=2025-01-01&to=2025-12-31",
        condition: "started_at_ms BETWEEN 1735657200000 AND 1767193199999",
    },
    Asked { query: "operator_login=op00007", condition: "operator_login_key LIKE 'op00007%'" },
    Asked {
        query: "operator_login=op0001&resolution=unresolved",
        condition: "operator_login_key LIKE 'op0001%' AND resolution = 'unresolved'",
    },
    Asked { query: "resolution=resolved", condition: "resolution = 'resolved'" },
    Asked {
        query: "customer_os=macOS&resolution=unresolved&address=192.168.3",
        condition: "customer_os = 'macOS' AND resolution = 'unresolved' AND (customer_address_private LIKE '192.168.3.%')",
    },
    Asked {
        query: "customer_os=Windows%2010&from=2025-06-01&to=2025-06-30",
        condition: "customer_os_version LIKE 'Windows 10 %' AND started_at_ms BETWEEN 1748703600000 AND 1751295599999",
    },
    Asked { query: "customer_name=%EA%B9%80%EB%AF%BC", condition: "customer_name_key LIKE '%김민%'" },
    Asked {
        query: "customer_name=%EB%82%A8%EA%B6%81%EC%A7%80%ED%98%84&customer_os=Linux&resolution=resolved",
        condition: "customer_name_key LIKE '%남궁지현%' AND customer_os = 'Linux' AND resolution = 'resolved'",
    },
];

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

/// Free text: frequent, rare, in the middle of words, over spaces, with figures, and found nowhere.
const TEXTS: [(&str, &str); 9] = [
    ("프린터", "%ED%94%84%EB%A6%B0%ED%84%B0"),
    ("이버", "%EC%9D%B4%EB%B2%84"),
    ("정상 확인", "%EC%A0%95%EC%83%81%20%ED%99%95%EC%9D%B8"),
    ("로 해결", "%EB%A1%9C%20%ED%95%B4%EA%B2%B0"),
    ("랜섬웨어", "%EB%9E%9C%EC%84%AC%EC%9B%A8%EC%96%B4"),
    ("접수 4711", "%EC%A0%91%EC%88%98%204711"),
    ("😀", "%F0%9F%98%80%F0%9F%98%80"),
    ("김민서", "%EA%B9%80%EB%AF%BC%EC%84%9C"),
    ("업데이트함, 공유", "%EC%97%85%EB%8D%B0%EC%9D%B4%ED%8A%B8%ED%95%A8%2C%20%EA%B3%B5%EC%9C%A0"),
];

pub(crate) async fn run(arguments: &Arguments) -> Result<()> {
    let naive = Naive::open(&arguments.place).await?;
    let server = Server::start(&arguments.server, &arguments.place)?;
    let mut bench =
        Bench { browser: server.sign_in()?, naive, records: 0, database: arguments.place.database() };
    bench.records =
        bench.browser.json("/api/manage/records")?.0.get("total").and_then(Value::as_u64).context("total")?;
    if arguments.check {
        return bench.check().await;
    }
    bench.records_page().await?;
    bench.records_text().await?;
    bench.statistics().await?;
    bench.excel_million(&server).await?;
    Ok(())
}

struct Bench {
    browser: Browser,
    naive: Naive,
    records: u64,
    database: &'static str,
}

impl Bench {
    /// Every answer equals a plain count.
    async fn check(&mut self) -> Result<()> {
        let texts = TEXTS.map(|(text, _)| format!("(memo LIKE '%{text}%' OR customer_name LIKE '%{text}%')"));
        let of_texts = TEXTS
            .iter()
            .zip(&texts)
            .map(|((_, query), condition)| (format!("text={query}"), condition.clone()));
        let all =
            FILTERS.iter().map(|asked| (asked.query.to_owned(), asked.condition.to_owned())).chain(of_texts);
        for (query, condition) in all {
            // Two of the emoji stand nowhere, whatever one does.
            if query.ends_with("%F0%9F%98%80%F0%9F%98%80") {
                continue;
            }
            let (found, _) = self.browser.json(&format!("/api/manage/records?{query}"))?;
            let expected = self.naive.count(&condition).await?;
            let told = (
                found.get("total").and_then(Value::as_u64).context("total")?,
                found.get("total_is_exact").and_then(Value::as_bool).context("exact")?,
            );
            let is_right = told == (expected, true) || (told == (COUNTED, false) && COUNTED < expected);
            ensure!(is_right, "{condition}: {expected} records, but the server says {told:?}");
            eprintln!("{expected:>9} {condition}");
        }
        eprintln!("every answer equals a plain count over {} records", self.records);
        Ok(())
    }

    async fn records_page(&mut self) -> Result<()> {
        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        for asked in &FILTERS {
            let first = self.time(asked.query, "", &mut Vec::new())?;
            let mut places =
                vec![String::new(), "&page=2".into(), "&last=true".into(), "&date=2024-12-24".into()];
            let pages = first.get("total").and_then(Value::as_u64).unwrap_or_default().min(COUNTED) / 20;
            places.push(format!("&page={}", pages.max(1)));
            if let Some(no) = first.pointer("/records/0/no").and_then(Value::as_i64) {
                places.extend([format!("&older_than={}", no / 2), format!("&newer_than={}", no / 2)]);
            }
            let mut of_filter = Vec::new();
            for place in &places {
                for _ in 0..ROUNDS {
                    self.time(asked.query, place, &mut of_filter)?;
                }
            }
            self.tell_each("records_page", asked.query, &of_filter);
            ours.extend(of_filter);
            plain.push(self.naive.page(asked.condition, (pages.max(1) - 1) * 20).await?.1);
        }
        self.compare("records_page", ours, plain);
        Ok(())
    }

    async fn records_text(&mut self) -> Result<()> {
        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        for (text, query) in TEXTS {
            let query = format!("text={query}");
            let mut of_text = Vec::new();
            self.time(&query, "", &mut Vec::new())?;
            for place in ["", "&page=2", "&last=true", "&date=2024-12-24"] {
                for _ in 0..ROUNDS {
                    self.time(&query, place, &mut of_text)?;
                }
            }
            self.tell_each("records_text", text, &of_text);
            ours.extend(of_text);
            let condition = format!("(memo LIKE '%{text}%' OR customer_name LIKE '%{text}%')");
            plain.push(self.naive.page(&condition, 0).await?.1);
        }
        self.compare("records_text", ours, plain);
        Ok(())
    }

    /// Each statistic over everything there is, and over nearly all of it, where no end fits the spans of the sums.
    async fn statistics(&mut self) -> Result<()> {
        let (mut ours, mut plain) = (Vec::new(), Vec::new());
        let first = self.naive.day_of(1).await?;
        let last = self.naive.day_of(self.records).await?;
        for (kind, by) in STATISTICS {
            let mut of_kind = Vec::new();
            for days in 0..=20 {
                let from = first.checked_add(jiff::Span::new().days(days * 3))?;
                let to = last.checked_sub(jiff::Span::new().days(days * 2))?;
                let path = format!("/api/manage/statistics/{kind}?from={from}&to={to}");
                of_kind.push(self.browser.json(&path)?.1);
            }
            self.tell_each("statistics", kind, &of_kind);
            ours.extend(of_kind);
            plain.push(self.naive.by(by).await?);
        }
        self.compare("statistics", ours, plain);
        Ok(())
    }

    /// The newest million as Excel.
    async fn excel_million(&mut self, server: &Server) -> Result<()> {
        let before = server.memory_mib("VmRSS")?;
        server.forget_peak()?;
        let from = self.naive.day_of(self.records.saturating_sub(MILLION).max(1)).await?;
        let file = self.browser.get(&format!("/api/manage/records/export?format=xlsx&from={from}"))?;
        ensure!(file.status == 200, "{}", String::from_utf8_lossy(&file.body));
        self.figure("excel_million", "seconds", file.took.as_secs_f64(), "s");
        self.figure("excel_million", "memory_growth_mib", server.memory_mib("VmHWM")? - before, "MiB");
        eprintln!("excel_million: {} MB", file.body.len() / 1_000_000);
        Ok(())
    }

    fn time(&mut self, query: &str, place: &str, times: &mut Vec<Duration>) -> Result<Value> {
        let (found, took) = self.browser.json(&format!("/api/manage/records?{query}{place}"))?;
        times.push(took);
        Ok(found)
    }

    fn tell_each(&self, workload: &str, what: &str, times: &[Duration]) {
        eprintln!("{workload}: p95 {:>8.2} ms  {what}", percentile(times, 0.95));
    }

    fn compare(&self, workload: &str, ours: Vec<Duration>, plain: Vec<Duration>) {
        let p95 = percentile(&ours, 0.95);
        self.figure(workload, "p50_ms", percentile(&ours, 0.5), "ms");
        self.figure(workload, "p95_ms", p95, "ms");
        let unoptimised = percentile(&plain, 0.95);
        self.figure(workload, "unoptimised_ms", unoptimised, "ms");
        self.figure(workload, "ratio", p95 / unoptimised, "share");
    }

    fn figure(&self, workload: &str, metric: &str, value: f64, unit: &str) {
        let line = json!({
            "bench": "admin", "system": "beside", "workload": workload, "metric": metric,
            "value": (value * 1_000.0).round() / 1_000.0, "unit": unit,
            "records": self.records, "database": self.database,
        });
        tell(&line);
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn tell(line: &Value) {
    println!("{line}");
}

/// In milliseconds.
fn percentile(times: &[Duration], share: f64) -> f64 {
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
