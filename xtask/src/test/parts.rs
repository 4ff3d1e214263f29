//! The parts of `cargo xtask test`, cheap ones first.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use xshell::cmd;

use super::tally::Tally;
use crate::project::Project;
use crate::{bench, end_to_end, generated, licences, setup, tidy, wasm, web};

/// One part of the run.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) run: fn(&Project) -> Result<Tally>,
}

/// In the order in which they run: what the later ones need is built by the earlier ones.
pub(super) const ALL: &[Part] = &[
    Part { name: "format", title: "rustfmt", run: format },
    Part { name: "tidy", title: "names, sizes, layers, translations, requirements", run: tidy },
    Part { name: "licences", title: "licences of all dependencies", run: licences },
    Part { name: "wasm", title: "the picture decoder for the browser", run: wasm },
    Part { name: "web", title: "pages: Biome, tsc, build", run: pages },
    Part { name: "web-tests", title: "pages: unit tests", run: page_tests },
    Part { name: "rust-tests", title: "Rust tests", run: rust_tests },
    Part { name: "admin-bench", title: "searches over 100,000 records equal plain counts", run: admin_bench },
    Part { name: "generated", title: "generated types and contracts are up to date", run: generated },
    Part { name: "clippy", title: "clippy, warnings are errors", run: clippy },
    Part { name: "e2e", title: "end to end: real server, browser, app, desktop", run: whole_product },
];

fn format(project: &Project) -> Result<Tally> {
    let shell = project.shell(".")?;
    cmd!(shell, "cargo fmt --all --check").run()?;
    Ok(Tally::one_passed())
}

fn tidy(project: &Project) -> Result<Tally> {
    tidy::run(project)?;
    Ok(Tally::one_passed())
}

fn licences(project: &Project) -> Result<Tally> {
    licences::run(project)?;
    Ok(Tally::one_passed())
}

fn wasm(project: &Project) -> Result<Tally> {
    wasm::run(project)?;
    Ok(Tally::one_passed())
}

fn pages(project: &Project) -> Result<Tally> {
    web::install(project, "web")?;
    let shell = project.shell("web")?;
    cmd!(shell, "npm run check").run()?;
    cmd!(shell, "npm run build").run()?;
    Ok(Tally::one_passed())
}

fn page_tests(project: &Project) -> Result<Tally> {
    let mut command = Command::new("npm");
    command.current_dir(project.path("web")).args(["run", "test"]).env("NO_COLOR", "1");
    let (output, succeeded) = run_and_read(&mut command)?;
    let tally = Tally::from_vitest(&output).context("vitest printed no summary")?;
    Ok(with_exit(tally, succeeded))
}

fn rust_tests(project: &Project) -> Result<Tally> {
    let mut command = Command::new("cargo");
    command.current_dir(project.root()).env("CARGO_TERM_COLOR", "never");
    if setup::has_nextest() {
        command.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--no-tests", "pass"]);
    } else {
        anyhow::bail!("cargo-nextest is missing: run `cargo xtask setup`");
    }
    let (output, succeeded) = run_and_read(&mut command)?;
    let tally = Tally::from_nextest(&output).context("nextest printed no summary: did it compile?")?;
    Ok(with_exit(tally, succeeded))
}

fn admin_bench(project: &Project) -> Result<Tally> {
    bench::check_admin(project)?;
    Ok(Tally::one_passed())
}

fn generated(project: &Project) -> Result<Tally> {
    generated::check(project)?;
    Ok(Tally::one_passed())
}

fn clippy(project: &Project) -> Result<Tally> {
    let shell = project.shell(".")?;
    cmd!(shell, "cargo clippy --workspace --all-targets --locked -- -D warnings").run()?;
    Ok(Tally::one_passed())
}

fn whole_product(project: &Project) -> Result<Tally> {
    web::install(project, "e2e")?;
    let shell = project.shell("e2e")?;
    cmd!(shell, "npm run check").run()?;
    end_to_end::build_programs(project)?;
    let (passed, failed, skipped) = end_to_end::run_and_count(project)?;
    Ok(Tally { passed, failed, skipped })
}

/// A runner that fails although every test passed (a leak, a crash at the end) still fails the part.
fn with_exit(mut tally: Tally, succeeded: bool) -> Tally {
    if !succeeded && tally.failed == 0 {
        tally.failed = 1;
    }
    tally
}

/// Runs a program, shows its output as it comes, and keeps it.
fn run_and_read(command: &mut Command) -> Result<(String, bool)> {
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer).stdin(Stdio::null());
    let mut child =
        command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    // The command holds the pipe's writing end; without this the reading would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut kept = String::new();
    let mut line = Vec::new();
    let mut reader = BufReader::new(reader);
    while reader.read_until(b'\n', &mut line)? > 0 {
        std::io::stderr().write_all(&line)?;
        kept.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    Ok((kept, child.wait()?.success()))
}
