//! `cargo xtask e2e`: the product as people meet it, by Playwright (folder e2e).

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use xshell::cmd;

use crate::project::{Project, run as run_program};
use crate::report::step;
use crate::web;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Takes the programs that were built last, without looking for changes.
    #[arg(long)]
    no_build: bool,
    /// For Playwright: files, --grep, --headed.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// What Playwright's report says in the end.
#[derive(Deserialize)]
struct Report {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// Playwright's projects, in the order in which they run: tests that share the machine, and those that need it whole.
const PARTS: [&str; 2] = ["together", "alone"];

/// Builds what is tested and runs the tests, output as it comes.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    web::install(project, "e2e")?;
    if !arguments.no_build {
        web::run(project)?;
        build_programs(project)?;
    }
    let chosen: Vec<_> =
        ["--pass-with-no-tests".to_owned()].into_iter().chain(arguments.rest.clone()).collect();
    let (passed, failed, skipped) = run_parts(project, &chosen)?;
    ensure!(failed == 0, "{failed} of {} tests failed", passed + failed + skipped);
    ensure!(passed + skipped != 0, "there is no such test");
    Ok(())
}

/// Server, app and the X programs that the tests look at. Whatever runs the product in a test builds it by this one command:
/// with examples the features are those of the Rust tests, and nothing is compiled twice.
pub(crate) fn build_programs(project: &Project) -> Result<()> {
    step("Programs");
    let shell = project.shell(".")?;
    cmd!(shell, "cargo build --locked --workspace --bins --examples").run()?;
    Ok(())
}

/// Runs all tests and counts them: passed, failed, skipped.
pub(crate) fn run_and_count(project: &Project) -> Result<(u64, u64, u64)> {
    run_parts(project, &[])
}

/// Every part, also after one with a failure.
fn run_parts(project: &Project, arguments: &[String]) -> Result<(u64, u64, u64)> {
    let mut all = (0, 0, 0);
    for part in PARTS {
        let (passed, failed, skipped) = run_part(project, part, arguments)?;
        all = (all.0 + passed, all.1 + failed, all.2 + skipped);
    }
    Ok(all)
}

/// A run that fails before its report counts as one failed test.
fn run_part(project: &Project, part: &str, arguments: &[String]) -> Result<(u64, u64, u64)> {
    let report = project.target().join(format!("e2e-report-{part}.json"));
    remove_old(&report)?;
    let mut command = Command::new("npx");
    command
        .current_dir(project.path("e2e"))
        .args(["--no-install", "playwright", "test", "--reporter=list,json"])
        .arg(format!("--project={part}"))
        .args(arguments)
        .env("BESIDE_PROGRAMS", project.target().join("debug"))
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let outcome = run_program("playwright", &mut command);
    let Ok(text) = std::fs::read_to_string(&report) else {
        outcome?;
        return Ok((0, 1, 0));
    };
    let stats = serde_json::from_str::<Report>(&text).context("Playwright's report")?.stats;
    let failed = stats.unexpected + stats.flaky;
    // Whatever made the run fail outside a test must not be lost.
    Ok((stats.expected, failed.max(u64::from(outcome.is_err())), stats.skipped))
}

fn remove_old(report: &Path) -> Result<()> {
    match std::fs::remove_file(report) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
