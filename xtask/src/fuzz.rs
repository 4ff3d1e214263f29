//! `cargo xtask fuzz`: the targets of `fuzz/`, for longer than the tests try them, by cargo-fuzz and a nightly compiler.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use clap::Args;

use crate::project::{Project, run as run_program};
use crate::report::step;

/// Where the programs for libFuzzer lie, and what the tests replay.
const PROGRAMS: &str = "fuzz/libfuzzer";
const CORPUS: &str = "fuzz/corpus";

#[derive(Args)]
pub(crate) struct Arguments {
    /// Only this target; else one after the other.
    target: Option<String>,
    /// For each target.
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Runs libFuzzer on each target, beginning with what the tests replay. What it finds on its way stays in
/// `fuzz/libfuzzer/corpus`, which git does not keep; what makes a target fail belongs into `fuzz/corpus` with the mending.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    needs(&["cargo", "fuzz", "--version"], "cargo-fuzz is missing: run `cargo install --locked cargo-fuzz`")?;
    let nightly = "a nightly compiler is missing: run `rustup toolchain install nightly --profile minimal`";
    needs(&["cargo", "+nightly", "--version"], nightly)?;
    let known = targets(project)?;
    let chosen: Vec<&String> = match &arguments.target {
        Some(name) => known.iter().filter(|known| *known == name).collect(),
        None => known.iter().collect(),
    };
    ensure!(!chosen.is_empty(), "no such target; there are {}", known.join(", "));
    for name in chosen {
        step(&format!("{name}: {} s", arguments.seconds));
        one(project, name, arguments.seconds)?;
    }
    Ok(())
}

fn needs(command: &[&str], otherwise: &str) -> Result<()> {
    let Some((program, rest)) = command.split_first() else { return Ok(()) };
    // Not the variables of the cargo that runs this: they choose its own toolchain.
    let asked = Command::new(program)
        .args(rest)
        .env_remove("RUSTUP_TOOLCHAIN")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if asked.is_ok_and(|status| status.success()) { Ok(()) } else { bail!("{otherwise}") }
}

/// The names of the programs.
fn targets(project: &Project) -> Result<Vec<String>> {
    let folder = project.path(PROGRAMS).join("targets");
    let files = fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))?;
    let mut names = Vec::new();
    for file in files {
        let path = file?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn one(project: &Project, name: &str, seconds: u32) -> Result<()> {
    let found = project.path(PROGRAMS).join("corpus").join(name);
    fs::create_dir_all(&found)?;
    let mut command = Command::new("cargo");
    command
        .current_dir(project.root())
        .args(["+nightly", "fuzz", "run", "--fuzz-dir", PROGRAMS, name])
        .args([found, project.path(CORPUS).join(name)])
        .args(["--", &format!("-max_total_time={seconds}"), "-max_len=65536", "-rss_limit_mb=1024"])
        .env_remove("RUSTUP_TOOLCHAIN");
    run_program(&format!("fuzz {name}"), &mut command)
}
