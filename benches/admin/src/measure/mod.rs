//! Measuring a real server: what an administrator's browser waits for. Each workload is a file; what a browser itself
//! is needed for, `first_load`, stands in `e2e/bench/admin`.

mod browsing;
mod excel;
mod idle;
mod office;
mod pages;
mod questions;
mod sign_in;
mod statistics;
mod texts;

use self::questions::Questions;
use crate::{Place, figures::Figures, http::Browser, naive::Naive, server::Server};
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::{path::PathBuf, time::Duration};

/// Records that the server counts one by one.
const COUNTED: u64 = 10_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The server's program.
    #[arg(long)]
    server: PathBuf,
    /// Compares every answer with a plain count, runs each workload for a moment, and holds those limits that no other
    /// program on the machine can move.
    #[arg(long)]
    check: bool,
    /// Only these workloads.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// How much is asked for.
struct Scale {
    is_check: bool,
    /// How often each page.
    rounds: usize,
    /// Records of the file.
    exported: u64,
    /// How many administrators browse, how often each, and for how long.
    administrators: usize,
    every: Duration,
    lasting: Duration,
    /// Before a server counts as idle.
    rest: Duration,
}

const MEASURED: Scale = Scale {
    is_check: false,
    rounds: 5,
    exported: 1_000_000,
    administrators: 1_000,
    every: Duration::from_secs(20),
    lasting: Duration::from_secs(60),
    rest: Duration::from_secs(20),
};
const CHECKED: Scale = Scale {
    is_check: true,
    rounds: 1,
    exported: 50_000,
    administrators: 50,
    every: Duration::from_secs(1),
    lasting: Duration::from_secs(4),
    rest: Duration::from_secs(1),
};

pub(crate) async fn run(arguments: &Arguments) -> Result<()> {
    let naive = Naive::open(&arguments.place).await?;
    let server = Server::start(&arguments.server, &arguments.place)?;
    let mut browser = server.sign_in()?;
    let records =
        browser.json("/api/manage/records")?.0.get("total").and_then(Value::as_u64).context("total")?;
    let questions = Questions::read(&mut browser)?;
    let scale = if arguments.check { CHECKED } else { MEASURED };
    let figures = Figures { records, database: arguments.place.database(), is_check: scale.is_check };
    let is_asked = |name: &str| arguments.only.is_empty() || arguments.only.iter().any(|only| only == name);
    let mut bench = Bench { browser, naive, questions, figures, scale };
    if is_asked("idle") {
        bench.idle(&server)?;
    }
    if is_asked("sign_in") {
        bench.sign_in(&server)?;
    }
    if is_asked("records_page") {
        bench.records_page().await?;
    }
    if is_asked("records_text") {
        bench.records_text().await?;
    }
    if is_asked("statistics") {
        bench.statistics().await?;
    }
    if is_asked("excel_million") {
        bench.excel_million(&server).await?;
    }
    if is_asked("browsing") {
        bench.browsing(&server, &arguments.place).await?;
    }
    Ok(())
}

struct Bench {
    browser: Browser,
    naive: Naive,
    questions: Questions,
    figures: Figures,
    scale: Scale,
}
