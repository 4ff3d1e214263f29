//! Every command that a developer or a build machine runs: `cargo xtask COMMAND`.
//!
//! One file or folder per command. No command builds a shell line from text: programs get their arguments
//! as a list. It contains no product code, and no product code uses it.

mod bench;
mod build;
mod demo;
mod end_to_end;
mod fuzz;
mod generated;
mod licences;
mod options;
mod project;
mod protocol_doc;
mod report;
mod setup;
mod test;
mod tidy;
mod wasm;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

/// Builds, checks and shows Beside.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what is missing: Debian packages, the WebAssembly target, npm packages.
    Setup(setup::Arguments),
    /// Builds the picture decoder and the encoder of the console (crates/tiles) into web/public.
    Wasm,
    /// Builds the web pages into web/dist.
    Web,
    /// Builds everything that a server and a customer run.
    Build(build::Arguments),
    /// Starts the whole product with a demo company and a demo customer's desktop.
    Demo(demo::Arguments),
    /// Runs every check and every test.
    Test(test::Arguments),
    /// Checks what no compiler checks: names, sizes, layers, translations, requirements.
    Tidy,
    /// Lists what each option does on each platform, by the test that shows it.
    Options,
    /// Checks the licence of every dependency against deny.toml.
    Licences,
    /// Writes the generated types and contracts anew.
    Generate,
    /// Measures: one JSON line per figure on standard output.
    Bench(bench::Arguments),
    /// Tries hostile bytes on everything that faces the network, for longer than the tests do.
    Fuzz(fuzz::Arguments),
    /// Runs the end-to-end tests alone; what follows is passed to Playwright.
    E2e(end_to_end::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let project = Project::find()?;
    match arguments.command {
        Command::Setup(options) => setup::run(&project, &options),
        Command::Wasm => wasm::run(&project),
        Command::Web => web::run(&project),
        Command::Build(options) => build::run(&project, &options),
        Command::Demo(options) => demo::run(&project, &options),
        Command::Test(options) => test::run(&project, &options),
        Command::Tidy => tidy::run(&project),
        Command::Options => options::run(&project),
        Command::Licences => licences::run(&project),
        Command::Generate => generated::write(&project),
        Command::Bench(options) => bench::run(&project, &options),
        Command::Fuzz(options) => fuzz::run(&project, &options),
        Command::E2e(options) => end_to_end::run(&project, &options),
    }
}
