//! `cargo xtask bench files`: what files reach beside a bare data channel and scp, clicks meanwhile, and memory.

use anyhow::Result;

use super::browser;
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Size of the file that is moved, MiB.
    #[arg(long, default_value_t = 256)]
    mib: u32,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Builds optimised programs, measures, and prints the figures when all are there.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut bench = browser::Bench::build(project, "files", arguments.yes)?;
    bench.command.env("BENCH_MIB", arguments.mib.to_string());
    bench.run()
}
