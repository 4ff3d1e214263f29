//! `cargo xtask bench admin`: what an administrator waits for, over a company of some years (`benches/admin`). The company
//! is made once by bulk load, and kept outside the checkout.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::ourselves;
use super::postgres::{self, Cluster, Purpose};
use crate::project::{Project, run as run_program};
use crate::report::step;
use crate::{end_to_end, web};

/// The packages that are measured and that measure.
const PACKAGES: [&str; 2] = ["--package=server", "--package=admin-workload"];
/// PostgreSQL is asked for, and a server of our own is to be started.
const OWN: &str = "own";
/// The workload that a browser measures.
const FIRST_LOAD: &str = "first_load";
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
    /// PostgreSQL instead of SQLite: an empty database, `postgres://…`, or where none is named, in a server of Debian's
    /// PostgreSQL 15 that runs for as long as the bench.
    #[arg(long, value_name = "URL", num_args = 0..=1, default_missing_value = OWN)]
    postgres: Option<String>,
    /// Where the company is kept; a folder of the user's cache where not given.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Makes the company and measures nothing.
    #[arg(long)]
    generate_only: bool,
    /// Only these workloads.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Makes the company where it is not there yet, and prints the figures.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    ourselves(&["setup"], arguments.yes.then_some("--yes"))?;
    ourselves(&["web"], None)?;
    step("Optimised programs");
    let shell = project.shell(".")?;
    cmd!(shell, "cargo build --locked --release {PACKAGES...}").run()?;
    let release = project.target().join("release");
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => kept(arguments)?,
    };
    std::fs::create_dir_all(&data).with_context(|| data.display().to_string())?;
    step("The company");
    let is_own = arguments.postgres.as_deref() == Some(OWN);
    let started = |purpose| is_own.then(|| Cluster::start(&data, purpose)).transpose();
    // Where PostgreSQL is our own and does not run yet, its address stands for none.
    let place = |own: Option<&Cluster>| Place {
        data: data.clone(),
        postgres: own.map(Cluster::url).or_else(|| arguments.postgres.clone()),
    };
    let (records, operators) = (arguments.records, arguments.operators);
    let mut look = company(&release, "look", &place(None), records, operators);
    // That nothing is there yet is no error here.
    if !look.stderr(Stdio::null()).status()?.success() {
        let own = started(Purpose::Fill)?;
        generate(&release, &place(own.as_ref()), records, operators)?;
    }
    let own = started(Purpose::Use)?;
    let place = place(own.as_ref());
    if arguments.generate_only {
        return Ok(());
    }
    step("Figures");
    let only = arguments.only.join(",");
    if only != FIRST_LOAD {
        let mut command = workload(&release, "measure", &place);
        command.args((!only.is_empty()).then(|| format!("--only={only}")));
        run_program("bench", command.arg("--server").arg(release.join("beside-server")))?;
    }
    if only.is_empty() || arguments.only.iter().any(|name| name == FIRST_LOAD) {
        run_program("bench", &mut first_load(project, &release, &place, arguments.records)?)?;
    }
    Ok(())
}

/// The same questions over a smaller company, each answer compared with a plain count, and each other workload for a moment.
pub(crate) fn check(project: &Project) -> Result<()> {
    end_to_end::build_programs(project)?;
    if !project.path("web/dist/manage.html").exists() {
        web::run(project)?;
    }
    let programs = project.target().join("debug");
    let place = Place { data: project.target().join("bench-admin"), postgres: None };
    generate(&programs, &place, CHECKED, 1_000)?;
    let mut command = workload(&programs, "measure", &place);
    run_program("bench", command.arg("--check").arg("--server").arg(programs.join("beside-server")))?;
    run_program("bench", first_load(project, &programs, &place, CHECKED)?.arg("--check"))
}

/// Where a company is kept.
struct Place {
    data: PathBuf,
    postgres: Option<String>,
}

fn generate(programs: &Path, place: &Place, records: u64, operators: u64) -> Result<()> {
    run_program("generating the company", &mut company(programs, "generate", place, records, operators))
}

fn company(programs: &Path, what: &str, place: &Place, records: u64, operators: u64) -> Command {
    let mut command = workload(programs, what, place);
    command.args(["--records", &records.to_string(), "--operators", &operators.to_string()]);
    command
}

fn workload(programs: &Path, what: &str, place: &Place) -> Command {
    let mut command = Command::new(programs.join("admin-workload"));
    command.arg(what).arg("--data").arg(&place.data);
    if let Some(url) = &place.postgres {
        command.args(["--postgres", url]);
    }
    command
}

/// What only a browser can measure.
fn first_load(project: &Project, programs: &Path, place: &Place, records: u64) -> Result<Command> {
    web::install(project, "e2e")?;
    let database = if place.postgres.is_some() { "postgres" } else { "sqlite" };
    let mut command = Command::new("node");
    command
        .current_dir(project.path("e2e"))
        .args(["--import", "tsx", "bench/admin/first-load.ts", "--database", database, "--data"])
        .arg(std::path::absolute(&place.data)?)
        .args(["--records", &records.to_string()])
        .env("BESIDE_PROGRAMS", programs);
    if let Some(url) = &place.postgres {
        command.env("BESIDE_DATABASE", url);
    }
    Ok(command)
}

/// Under the user's cache: a company of ten million records takes minutes to make and is the same each time.
fn kept(arguments: &Arguments) -> Result<PathBuf> {
    let cache = match std::env::var_os("XDG_CACHE_HOME") {
        Some(folder) => PathBuf::from(folder),
        // The account that PostgreSQL runs under then sees nothing in the home of root.
        None if postgres::needs_account() && arguments.postgres.as_deref() == Some(OWN) => {
            "/var/cache".into()
        }
        None => {
            PathBuf::from(std::env::var_os("HOME").context("HOME is not set: give --data")?).join(".cache")
        }
    };
    let database = if arguments.postgres.is_some() { "postgres" } else { "sqlite" };
    Ok(cache.join(format!("beside/bench-admin-{database}-{}-{}", arguments.records, arguments.operators)))
}
