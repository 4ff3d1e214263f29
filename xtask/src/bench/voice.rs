//! `cargo xtask bench voice`: how long a sound takes each way (F-14), one JSON line a figure.

use anyhow::Result;

use super::{browser, ourselves};
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How long each way is listened to.
    #[arg(long, default_value_t = 30)]
    seconds: u32,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Builds optimised programs, measures, and prints the figures when all are there.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    ourselves(&["setup", "--bench"], arguments.yes.then_some("--yes"))?;
    ourselves(&["web"], None)?;
    let mut bench = browser::Bench::build(project, "voice", &["server", "customer"])?;
    bench.command.env("BENCH_VOICE_SECONDS", arguments.seconds.to_string());
    bench.run()
}
