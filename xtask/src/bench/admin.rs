//! `cargo xtask bench admin`: what an administrator waits for, over a company of some years (`benches/admin`). The company
//! is made once by bulk load, and kept outside the checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::standard_error;
use crate::project::{Project, run as run_program};
use crate::report::step;

/// The packages that are measured and that measure.
const PACKAGES: [&str; 2] = ["--package=server", "--package=admin-workload"];
/// Records of the check that is part of `cargo xtask test`.
const CHECKED: u64 = 100_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Records over three years; ten million are what the requirements measure.
    #[arg(long, default_value_t = 10_000_000)]
    records: u64,
    /// Operators.
    #[arg(long, default_value_t = 10_000)]
    operators: u64,
    /// An empty PostgreSQL database instead of SQLite: `postgres://…`.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Where the company is kept; a folder of the user's cache where not given.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Makes the company and measures nothing.
    #[arg(long)]
    generate_only: bool,
}

/// Makes the company where it is not there yet, and prints the figures.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    step("Optimised programs");
    let shell = project.shell(".")?;
    cmd!(shell, "cargo build --locked --release {PACKAGES...}").run()?;
    let release = project.target().join("release");
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => kept(arguments)?,
    };
    let place = place(&data, arguments.postgres.as_deref());
    step("The company");
    generate(&release, &place, arguments.records, arguments.operators)?;
    if arguments.generate_only {
        return Ok(());
    }
    step("Figures");
    let mut command = workload(&release, "measure", &place);
    run_program("bench", command.arg("--server").arg(release.join("beside-server")))
}

/// The same questions over a smaller company, each answer compared with a plain count. The programs are built already.
pub(crate) fn check(project: &Project) -> Result<()> {
    let shell = project.shell(".")?;
    cmd!(shell, "cargo build --locked {PACKAGES...}").run()?;
    let programs = project.target().join("debug");
    let place = place(&project.target().join("bench-admin"), None);
    generate(&programs, &place, CHECKED, 1_000)?;
    let mut command = workload(&programs, "measure", &place);
    run_program("bench", command.arg("--check").arg("--server").arg(programs.join("beside-server")))
}

fn generate(programs: &Path, place: &[String], records: u64, operators: u64) -> Result<()> {
    let mut command = workload(programs, "generate", place);
    command.args(["--records", &records.to_string(), "--operators", &operators.to_string()]);
    run_program("generating the company", command.stdout(standard_error()?))
}

fn workload(programs: &Path, what: &str, place: &[String]) -> Command {
    let mut command = Command::new(programs.join("admin-workload"));
    command.arg(what).args(place);
    command
}

fn place(data: &Path, postgres: Option<&str>) -> Vec<String> {
    let mut place = vec!["--data".to_owned(), data.display().to_string()];
    place.extend(postgres.into_iter().flat_map(|url| ["--postgres".to_owned(), url.to_owned()]));
    place
}

/// Under the user's cache: a company of ten million records takes minutes to make and is the same each time.
fn kept(arguments: &Arguments) -> Result<PathBuf> {
    let cache = match std::env::var_os("XDG_CACHE_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => {
            PathBuf::from(std::env::var_os("HOME").context("HOME is not set: give --data")?).join(".cache")
        }
    };
    let database = if arguments.postgres.is_some() { "postgres" } else { "sqlite" };
    Ok(cache.join(format!("beside/bench-admin-{database}-{}-{}", arguments.records, arguments.operators)))
}
