//! What the benches in a browser have in common: optimised programs, Playwright, figures in a file.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::{ourselves, standard_error};
use crate::project::{Project, run as run_program};
use crate::report::{say, step};

/// One bench, ready to run.
pub(super) struct Bench {
    pub(super) command: Command,
    figures: PathBuf,
}

impl Bench {
    /// Installs what is missing, without asking where `yes`, and builds pages and programs; `name` is of the file in `e2e/bench`.
    pub(super) fn build(project: &Project, name: &str, yes: bool) -> Result<Self> {
        ourselves(&["setup", "--bench"], yes.then_some("--yes"))?;
        ourselves(&["web"], None)?;
        step("Optimised programs");
        let shell = project.shell(".")?;
        let packages = ["server", "customer", "picture-workload"].map(|name| format!("--package={name}"));
        cmd!(shell, "cargo build --locked --release {packages...}").run()?;
        // The bare channel and the bad network.
        cmd!(shell, "cargo build --locked --release --package peer --examples").run()?;
        let release = project.target().join("release");
        let figures = project.target().join(format!("bench-{name}.jsonl"));
        std::fs::write(&figures, "").context("the file for the figures")?;
        let mut command = Command::new("npx");
        command
            .current_dir(project.path("e2e"))
            .args(["--no-install", "playwright", "test", "--config", "bench/playwright.config.ts"])
            .arg(format!("{name}.bench.ts"))
            .env("BENCH_OUT", &figures)
            .env("BESIDE_PROGRAMS", &release)
            .env("PICTURE_WORKLOAD", release.join("picture-workload"))
            .stdout(standard_error()?);
        Ok(Self { command, figures })
    }

    /// Measures, and prints what was found by then.
    pub(super) fn run(mut self) -> Result<()> {
        let outcome = run_program("bench", &mut self.command);
        for line in std::fs::read_to_string(&self.figures)?.lines() {
            say(line);
        }
        outcome
    }
}
