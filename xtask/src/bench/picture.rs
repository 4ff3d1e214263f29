//! `cargo xtask bench picture`: figures of our product and its peers, one JSON line each on standard output and
//! nothing else there.

use std::process::Command;

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::{ourselves, standard_error};
use crate::project::{Project, run as run_program};
use crate::report::{say, step};

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
    ourselves(&["setup", "--bench"], arguments.yes.then_some("--yes"))?;
    ourselves(&["web"], None)?;
    step("Optimised programs");
    let shell = project.shell(".")?;
    let packages = ["server", "customer", "picture-workload"].map(|name| format!("--package={name}"));
    cmd!(shell, "cargo build --locked --release {packages...}").run()?;
    let release = project.target().join("release");
    let figures = project.target().join("bench-picture.jsonl");
    std::fs::write(&figures, "").context("bench-picture.jsonl")?;
    let mut command = Command::new("npx");
    command
        .current_dir(project.path("e2e"))
        .args(["--no-install", "playwright", "test", "--config", "bench/playwright.config.ts"])
        .env("BENCH_OUT", &figures)
        .env("BENCH_SYSTEMS", arguments.systems.join(","))
        .env("BENCH_NETWORKS", arguments.networks.join(","))
        .env("BESIDE_PROGRAMS", &release)
        .env("PICTURE_WORKLOAD", release.join("picture-workload"))
        .stdout(standard_error()?);
    if let Some(folder) = &arguments.profile {
        command.env("BENCH_PROFILE", std::path::absolute(folder)?);
    }
    let outcome = run_program("bench", &mut command);
    for line in std::fs::read_to_string(&figures)?.lines() {
        say(line);
    }
    outcome
}
