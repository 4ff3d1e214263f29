//! `cargo xtask setup`: what building and the demo need, from Debian packages and npm alone; for the tests, crates.io too.

mod packages;
pub(crate) mod wasm_toolchain;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

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
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let missing = packages::missing(arguments)?;
    if missing.is_empty() {
        step("Debian packages: all there");
    } else {
        step(&format!("Debian packages to install: {}", missing.join(" ")));
        allow(arguments)?;
        packages::install(&missing)?;
    }
    if wasm_toolchain::Toolchain::find().is_none() {
        step("The Rust standard library for WebAssembly is missing: fetching it");
        allow(arguments)?;
        wasm_toolchain::install()?;
    }
    if arguments.tests && !has_nextest() {
        step("cargo-nextest is missing: building it from crates.io");
        allow(arguments)?;
        let shell = project.shell(".")?;
        cmd!(shell, "cargo install --locked cargo-nextest").run()?;
    }
    for folder in ["web", "e2e"] {
        step(&format!("npm packages of {folder}"));
        web::install(project, folder)?;
    }
    step("Everything that is needed is installed");
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
