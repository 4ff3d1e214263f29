//! `cargo xtask bench picture`: figures of our product and its peers, one JSON line each on standard output and
//! nothing else there.

use anyhow::Result;

use super::browser;
use crate::project::Project;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only these systems: beside, x11vnc, tigervnc.
    #[arg(long, value_delimiter = ',', default_value = "x11vnc,tigervnc,beside")]
    systems: Vec<String>,
    /// Bad networks that ours is measured over too: round trip and loss each way.
    #[arg(long, value_delimiter = ',', default_value = "50ms-1%,50ms-3%")]
    networks: Vec<String>,
    /// Leaves profiles of the page for DevTools in this folder; figures of such a run are of no use.
    #[arg(long, value_name = "FOLDER")]
    profile: Option<std::path::PathBuf>,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Builds optimised programs, measures, and prints the figures when all are there.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut bench = browser::Bench::build(project, "picture", arguments.yes)?;
    bench
        .command
        .env("BENCH_SYSTEMS", arguments.systems.join(","))
        .env("BENCH_NETWORKS", arguments.networks.join(","));
    if let Some(folder) = &arguments.profile {
        bench.command.env("BENCH_PROFILE", std::path::absolute(folder)?);
    }
    bench.run()
}
