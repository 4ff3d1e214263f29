//! `cargo xtask bench session`: what a second viewer costs the customer's app (F-18), and how late each voice is (F-14).

use anyhow::Result;

use super::browser;
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Of each measurement.
    #[arg(long, default_value_t = 20)]
    seconds: u32,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Builds optimised programs, measures, and prints the figures when all are there.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut bench = browser::Bench::build(project, "session", arguments.yes)?;
    bench.command.env("BENCH_SECONDS", arguments.seconds.to_string());
    bench.run()
}
