//! `cargo xtask setup`: what building and the demo need, from Debian packages and npm alone; for the tests, crates.io too.

mod packages;
pub(crate) mod wasm_toolchain;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Result, bail};
use clap::Args;
use xshell::cmd;

use crate::project::Project;
use crate::report::step;
use crate::web;

#[derive(Args, Default)]
pub(crate) struct Arguments {
    /// Installs without asking.
    #[arg(long)]
    pub(crate) yes: bool,
    /// Also the systems that `bench picture` measures beside ours.
    #[arg(long)]
    pub(crate) bench: bool,
    /// Also what `demo --record` films with.
    #[arg(long)]
    pub(crate) record: bool,
    /// Also cargo-nextest, which runs the tests; it is built from crates.io.
    #[arg(long)]
    pub(crate) tests: bool,
}

/// Installs what is missing and says what it does. Does nothing on a machine that has everything.
///
/// Debian's packages keep one processor busy at most, and what comes from npm and crates.io needs none of them: both go on side
/// by side.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let missing = packages::missing(arguments)?;
    let needs_toolchain = wasm_toolchain::Toolchain::find().is_none();
    let needs_nextest = arguments.tests && !has_nextest();
    if missing.is_empty() {
        step("Debian packages: all there");
    } else {
        step(&format!("Debian packages to install: {}", missing.join(" ")));
        allow(arguments)?;
        packages::ask_for_root()?;
    }
    if needs_toolchain {
        step("The Rust standard library for WebAssembly is missing: fetching it");
        allow(arguments)?;
    }
    if needs_nextest {
        step("cargo-nextest is missing: building it from crates.io");
        allow(arguments)?;
    }
    thread::scope(|scope| {
        let beside = scope.spawn(|| {
            for folder in ["web", "e2e"] {
                step(&format!("npm packages of {folder}"));
                web::install(project, folder)?;
            }
            if needs_nextest { install_nextest(project) } else { Ok(()) }
        });
        let system = install_for_system(&missing, needs_toolchain);
        if let Err(error) = &system {
            step(&format!("Not installed: {error:#}; what runs beside it ends first"));
        }
        let beside = beside.join().unwrap_or_else(|_| bail!("installing ended in a panic"));
        match (system, beside) {
            (Err(system), Err(beside)) => Err(system.context(format!("{beside:#}"))),
            (system, beside) => system.and(beside),
        }
    })?;
    step("Everything that is needed is installed");
    Ok(())
}

fn install_for_system(missing: &[&str], needs_toolchain: bool) -> Result<()> {
    if !missing.is_empty() {
        packages::install(missing)?;
    }
    if needs_toolchain { wasm_toolchain::install() } else { Ok(()) }
}

/// Without what makes it faster than our tests could tell, and without its updates of itself, which take longer to build.
fn install_nextest(project: &Project) -> Result<()> {
    let shell = project.shell(".")?;
    cmd!(shell, "cargo install --locked --quiet --debug --no-default-features cargo-nextest")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .run()?;
    Ok(())
}

/// Cargo also looks where it installs, which is on the search path of rustup's users alone.
pub(crate) fn has_nextest() -> bool {
    let asked = Command::new("cargo").args(["nextest", "--version"]).stderr(Stdio::null()).output();
    asked.is_ok_and(|output| output.status.success())
}

/// Asks once per step, unless the answer was given on the command line.
fn allow(arguments: &Arguments) -> Result<()> {
    if arguments.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        bail!("installing needs a yes: run `cargo xtask setup --yes`");
    }
    eprint!("Install now? [y/N] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    if !matches!(answer.trim(), "y" | "Y" | "yes") {
        bail!("nothing was installed");
    }
    Ok(())
}
