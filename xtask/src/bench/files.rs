//! `cargo xtask bench files`: what files reach beside a bare data channel and scp, clicks meanwhile, and memory.

use anyhow::Result;

use super::browser;
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Size of the file that is moved, MiB.
    #[arg(long, default_value_t = 512)]
    mib: u32,
    /// Also moves one file of so many MiB each way and watches memory; 10240 take half an hour and 40 GB of disk. 0: none.
    #[arg(long, default_value_t = 0)]
    huge_mib: u32,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Builds optimised programs, measures, and prints the figures when all are there.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut bench = browser::Bench::build(project, "files", arguments.yes)?;
    bench.command.env("BENCH_MIB", arguments.mib.to_string());
    bench.command.env("BENCH_HUGE_MIB", arguments.huge_mib.to_string());
    bench.run()
}
